"""What the Japanese, Korean and Chinese lexicons see in sentences."""

import tomllib
from pathlib import Path

import pytest

from loaders.news.lexicon import lexicon, pattern

_FOLDER = Path(__file__).parent.parent / "loaders" / "news" / "lexicon"
_MODEL = tomllib.loads((_FOLDER / "en.toml").read_text(encoding="utf-8"))


def _kinds(language: str, sentence: str) -> set[str]:
    """Return the kinds of act a sentence tells of; `pay` alone is none."""
    return {one.kind for one in lexicon(language).triggers(sentence)} - {"pay"}


def _marks(language: str, sentence: str) -> set[str]:
    """Return the statuses and flags a sentence bears; who says it is not asked."""
    words = lexicon(language)
    both = {**words.status, **words.flag}
    return {key for key, one in both.items() if one.search(sentence)} - {"second_hand"}


@pytest.mark.parametrize(
    ("language", "sentence", "kinds", "marks"),
    [
        ("ja", "個人情報保護委員会は山海物産に対し、是正を勧告した。", "order", ""),
        ("ja", "委員会は同社に1億2000万円の課徴金の納付を命じた。", "fine", ""),
        ("ja", "同庁は名簿業者に個人データの処理の停止を命じた。", "ban", ""),
        ("ja", "当局は漏えいを起こした病院に行政指導を行った。", "reprimand", ""),
        ("ja", "監督機関が北斗通信に対する調査に着手した。", "investigation", ""),
        ("ja", "利用者らが損害賠償を求めて集団訴訟を起こした。", "lawsuit", ""),
        ("ja", "東京地裁は制裁金の決定を取り消した。", "court_ruling", "annulled"),
        ("ja", "同社は3000万ドルの支払いで和解した。", "settlement", "settled"),
        ("ja", "当局は5億円の制裁金を科す方針を固めた。", "fine", "proposed"),
        ("ja", "同社は罰金を不服として控訴した。", "fine", "appealed"),
        ("ja", "違反が続けば罰金の可能性がある。", "fine", "hypothetical"),
        ("ja", "課徴金は科されなかった。", "fine", "negated"),
        ("ja", "同じ件で市も指導の対象となった。", "reprimand", ""),
        ("ja", "委員会は同社から報告を求め、調べる。", "investigation", ""),
        ("ja", "違反した可能性があるとして調査を開始した。", "investigation", ""),
        ("ja", "命令に従わなかったため過料50万円となった。", "overdue_penalty", ""),
        ("ko", "개인정보보호위원회는 한빛전자에 과징금 12억 원을 부과했다.", "fine", ""),
        ("ko", "위원회는 해당 업체에 시정명령을 내렸다.", "order", ""),
        ("ko", "개인정보위는 병원 3곳에 개선권고를 의결했다.", "order", ""),
        ("ko", "당국은 이 앱의 신규 다운로드를 잠정 중단하도록 했다.", "ban", ""),
        ("ko", "방통위는 해당 기관에 경고 처분을 내렸다.", "reprimand", ""),
        ("ko", "개인정보위가 유출 경위에 대한 조사에 착수했다.", "investigation", ""),
        ("ko", "피해자들이 집단소송을 제기했다.", "lawsuit", ""),
        ("ko", "서울행정법원은 과징금 처분을 취소했다.", "court_ruling", "annulled"),
        ("ko", "회사는 과징금에 불복해 행정소송을 냈다.", "fine", "appealed"),
        ("ko", "위반이 확인될 경우 과징금이 부과될 수 있다.", "fine", "hypothetical"),
        ("ko", "과태료는 부과되지 않았다.", "fine", "negated"),
        ("ko", "이용자를 식별할 수 있는 정보를 모아 과징금을 물었다.", "fine", ""),
        ("ko", "회사는 이용자들과 500만 달러에 합의했다.", "settlement", "settled"),
        ("ko", "위원회는 과징금 2억원을 매겼다.", "fine", ""),
        ("ko", "고등법원도 항소를 받아들이지 않았다.", "court_ruling", "appealed upheld"),
        ("ko", "시정명령을 이행하지 않은 업체에 과태료를 물렸다.", "overdue_penalty", "unpaid"),
        ("ko", "당국은 익산시에 경고하고 개선을 권고했다.", "order reprimand", ""),
        ("ko", "조사에 착수한 바 없다.", "investigation", "negated"),
        ("ko", "불법 접속을 차단하는 조치를 소홀히 했다.", "", ""),
        ("ko", "최근 여론조사 결과가 발표됐다.", "", ""),
        ("zh", "网信办对星河科技处以80万元罚款。", "fine", ""),
        ("zh", "監管機構責令該公司限期改正。", "order", ""),
        ("zh", "该应用因违规收集个人信息被下架。", "ban", ""),
        ("zh", "監管機構約談三家平台。", "reprimand", ""),
        ("zh", "當局已對該平台展開調查。", "investigation", ""),
        ("zh", "用户在法院起诉该公司。", "lawsuit", ""),
        ("zh", "高等行政法院撤銷了罰鍰處分。", "court_ruling fine", "annulled"),
        ("zh", "该公司以三百万美元和解。", "settlement", "settled"),
        ("zh", "該公司不服，提出上訴，罰鍰尚未繳納。", "fine", "appealed unpaid"),
        ("zh", "若不整改，该公司可能被处以罚款。", "fine", "hypothetical"),
        ("zh", "监管机构决定不予处罚。", "fine", "negated"),
        ("zh", "委员会要求其在六个月内使处理合规。", "order", ""),
        ("zh", "處新臺幣15萬元罰鍰，限期一個月內改善。", "fine order", ""),
        ("zh", "不遵從執行通知屬刑事罪行。", "order", "hypothetical"),
        ("zh", "因未履行保护义务，该银行被罚50万元。", "fine", ""),
        ("zh", "因可能违反隐私规定，监管机构立案调查。", "investigation", ""),
        ("zh", "委員會擬對其罰款兩億歐元。", "fine", "proposed"),
    ],
)
def test_sentence(language: str, sentence: str, kinds: str, marks: str) -> None:
    assert (_kinds(language, sentence), _marks(language, sentence)) == (set(kinds.split()), set(marks.split()))


@pytest.mark.parametrize("language", ["ja", "ko", "zh"])
def test_keys_are_those_of_the_model(language: str) -> None:
    parts = tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    assert {part: list(keys) for part, keys in parts.items()} == {part: list(keys) for part, keys in _MODEL.items()}
    assert not [
        (part, key, one)
        for part, keys in parts.items()
        for key, entries in keys.items()
        for one in ([entries] if isinstance(entries, str) else entries)
        if pattern([one], spaced=False).match("")
    ]


@pytest.mark.parametrize(
    ("language", "line", "left_out"),
    [
        ("ja", "シェアする ツイート", True), ("ja", "LINEに1億円の課徴金", False),
        ("ko", "페이스북 트위터 카카오톡", True), ("ko", "페이스북, 과징금 67억 원", False),
        ("zh", "分享到 微信 微博", True), ("zh", "微博因违规被罚50万元", False),
    ],
)  # fmt: skip
def test_share_buttons_are_left_out_and_headlines_are_not(language: str, line: str, *, left_out: bool) -> None:
    parts = tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    found = pattern(parts["furniture"]["line"], spaced=False).fullmatch(line)
    assert (found is not None) is left_out


@pytest.mark.parametrize(
    ("language", "use", "words", "found"),
    [
        ("ja", "maximum_before", "最大で", True), ("ja", "maximum_before", "過去最大の", False),
        ("ja", "other_before", "売上高の4%にあたる", False), ("ja", "daily_before", "3月1日に", False),
        ("ko", "maximum_before", "최대 ", True), ("ko", "maximum_before", "역대 최대 ", False),
        ("zh", "maximum_before", "最高可罰", True), ("zh", "maximum_before", "最高人民法院", False),
    ],
)  # fmt: skip
def test_words_beside_an_amount(language: str, use: str, words: str, *, found: bool) -> None:
    assert bool(lexicon(language).money[use].search(words)) is found
