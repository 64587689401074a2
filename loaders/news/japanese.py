"""Names of organisations in Japanese, by the words that Sudachi tells apart: what is a proper noun, or no known word.

A run of nouns is a name from its first proper or unknown one on. It counts where words of enforcement stand behind it,
where a common noun such as 大手 stands before it, or where the story says it again.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from sudachipy import Dictionary, Morpheme, SplitMode, Tokenizer

_ENOUGH = 2
_NEXT = r"[「『]?[^、。\n「」『』はがをに]{2,25}?[」』]?(?:[(（][^)）]{1,30}[)）])?"
_ACTED = re.compile(
    rf"[」』]?(?:[(（][^)）]{{1,30}}[)）])?(?:(?:と、?|、|や|及び|および|並びに){_NEXT}){{0,5}}?"
    r"(?:など|ほか|等)?(?:の?(?:計|大手[一-龥]{1,4}|[一-龥]{0,4})?[\d０-９一二三四五六七八九十]+(?:社|者|行|市|団体|法人|病院|大学|機関))?(?:側)?"
    r"(?:に対し|に対する|に(?:は|も)?(?:、)?(?:[^。、\n]{0,12}?)"
    r"(?:課徴金|命令|勧告|行政|罰金|制裁金|是正|業務|指導|罰則|警告|過料|注意|賠償|調査|立ち?入り|報告|措置命令|改善|[約計総額]*[\d０-９])"
    r"|へ(?:の|課徴金|行政|勧告|指導|警告)|を(?:行政|正式に|厳重|相手取)?(?:指導|提訴|告発|処分|調査|訴え|注意|戒告|けん責|譴責|叱責)"
    r"|(?:は|が|も|には)[^。\n]{0,80}(?:(?:指導|命令|勧告|処分|制裁|罰金|注意|警告|調査|過料|戒告)を(?:受け|命じられ|科され)"
    r"|を命じられ|を科され|を求められ|の対象|で(?:和解|合意)|支払(?:う|い|って)))"
)
_LEAKED = re.compile(
    r"[」』]?(?:[(（][^)）]{1,30}[)）])?(?:の(?:ネットワーク|サーバー|システム|顧客|利用者|会員|患者|住民|生徒|児童|職員|元社員|元従業員|サイト|アプリ|情報|個人)"
    r"|(?:が|は|で|から)[^。\n]{0,30}?(?:漏えい|漏洩|流出|不正アクセス|サイバー攻撃|誤送信|紛失|持ち出|ランサム|無断|同意な|誤って))"
)
_HEADS = re.compile(
    r"(?:大手|最大手|中堅|老舗|会社|企業|業者|運営|塾|チェーン|サービス|サイト|アプリ|グループ|子会社|親会社|ゼミ)の?[「『]?\Z"
)
_FORM = re.compile(r"(?:株式会社|有限会社|合同会社|学校法人|医療法人|一般社団法人)\Z")
_BODY = re.compile(
    r"(?:市|区|町|村|県|府|庁|省|大学|大学校|高校|病院|銀行|学園|新聞社|放送|鉄道|電力|保険|証券|協会|組合|連盟|金庫|農協|生協|教育委員会|機構|協議会"
    r"|公社|事業団|センター|クリニック|医院|歯科|薬局|連合会|振興会|財団|学会|小学校|中学校|高等学校|幼稚園|保育園|専門学校|学院|学校|塾|予備校|ホテル|旅館"
    r"|百貨店|生命|火災|損保|信託|製薬|電機|自動車|工業|製作所|商事|物産|建設|不動産|運輸|交通|航空|電鉄|通信|テレビ|出版|印刷|ソリューションズ"
    r"|サービス|システム|警察|警察本部|ガス|水道局|消防本部|図書館|福祉協議会|会社|年金|リース|カード|クレジット|食品|製菓|書店|旅行|観光|(?:税理士|弁護士|監査|書士|福祉)法人|連盟|財団|ゼミ)\Z"
)
_PLACE = re.compile(r"[^\s]{1,5}[市区町村県府都道州]\Z")
_AUTHORITY = re.compile(
    r"(?:当局|監督機関|規制機関|委員会|裁判所|地裁|高裁|最高裁|コミッショナー|オンブズマン|政府|議会|検察|司法長官)\Z"
)
_KINDS = (
    "大手|地方|総合|大学|公立|私立|国立|県立|市立|民間|都市|専門|歯科|動物|個人|派遣|保険|旅行|通信|広告|人材|運営|名簿|通販|小売|食品|建設|不動産|電力|鉄道|航空|投資|決済|配信|調査|警備"
    "|介護|福祉|教育|学習|進学|コール|データ|カスタマー|サポート|配送|物流|システム|クラウド|サービス|アプリ|ネット|オンライン|各|両|当該|国内|海外|外国|県内|市内|都内|同|他|委託先|複数の?|監視|防犯"
)
_GENERIC = re.compile(
    rf"(?:{_KINDS})*(?:病院|銀行|大学|学校|高校|小学校|中学校|塾|会社|センター|協会|組合|ホテル|旅館|百貨店|書店|薬局|クリニック|医院|歯科|機構|保険|証券|金庫|生命|損保|機関"
    r"|団体|自治体|警察|システム|サービス|図書館|カード|クレジット|観光|旅行|交通|通信|出版|印刷|建設|不動産|リース)"
)
_SUFFIX = frozenset("車庁市区県府町村省局署校園院堂屋館機社行港組団会室所店軒亭座塾士")
_COUNTRY = re.compile(r"[米英仏独伊中韓西蘭露加豪印台](?=[ァ-ヶA-Z])")
_TITLED = re.compile(r"(?:氏|さん|容疑者|被告|委員長|社長|会長|教授|弁護士|記者|大臣|知事|市長)")
_FOREIGN = re.compile(r"(?=.*[ァ-ヶA-Za-z・])[ァ-ヶーA-Za-z0-9＆&・]+")
_SIDES = frozenset(("北", "南", "東", "西", "新", "大", "小", "中"))
_LONG = 6  # characters of a foreign word that may be a name though its parts are known words
_DROPPED = re.compile(r"(?:社|側|アプリ|サービス|など|ら|内|製|版)\Z")


@dataclass(frozen=True, slots=True)
class _Run:
    """A name by its form: where it stands in the text, and whether it holds a proper or an unknown noun."""

    start: int
    end: int
    proper: bool


def names(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield where names stand in the sentences `spans`."""
    runs = [run for start, end in spans for run in _runs(text, start, end)]
    often = Counter(text[one.start : one.end] for one in runs)
    for one in runs:
        name = text[one.start : one.end]
        points = 1 if one.proper else 0
        points += 2 if _ACTED.match(text, one.end) else 0
        points += 3 if _FORM.search(text, max(0, one.start - 6), one.start) else 0
        points += 1 if _HEADS.search(text, max(0, one.start - 8), one.start) else 0
        points += 1 if often[name] > 1 and one.proper and not _PLACE.search(name) else 0
        points += 1 if _LEAKED.match(text, one.end) else 0
        if points >= _ENOUGH and len(name) > 1 and not _TITLED.match(text, one.end) and not _is_other(name):
            yield one.start, one.end


def _is_other(name: str) -> bool:
    """Tell whether what is written like a name is but a kind of body, or an authority."""
    return bool(_GENERIC.fullmatch(name) or (_AUTHORITY.search(name) and not _BODY.search(name)))


def _runs(text: str, start: int, end: int) -> Iterator[_Run]:
    nouns: list[Morpheme] = []
    for word in [*_tokenizer().tokenize(text[start:end]), None]:
        if word is not None and _is_noun(word):
            nouns.append(word)
            continue
        if nouns and (run := _name(nouns, start, text)):
            yield run
        nouns = []


def _is_noun(word: Morpheme) -> bool:
    kind = word.part_of_speech()
    noun = kind[0] == "名詞" and kind[1] in {"普通名詞", "固有名詞"} and kind[2] != "助数詞可能"
    suffix = kind[:2] == ("接尾辞", "名詞的") and word.surface() in _SUFFIX
    return noun or suffix or kind[0] == "接頭辞" or _FOREIGN.fullmatch(word.surface()) is not None


def _name(nouns: list[Morpheme], offset: int, text: str) -> _Run | None:
    """Return the name in a run of nouns: from its first proper or unknown one on, or a public body's whole one."""
    first = next((n for n, one in enumerate(nouns) if _tells(one)), None)
    dot = next((n for n, one in enumerate(nouns) if one.surface() == "・"), None)
    if dot and (first is None or dot < first):  # "イージー・ヘルスケア" is written as names are
        first = dot - 1
    while first and (_FOREIGN.fullmatch(nouns[first - 1].surface()) or nouns[first - 1].surface() in _SIDES):
        first -= 1
    start = offset + nouns[first or 0].begin()
    start += 1 if _COUNTRY.match(text, start) else 0
    end = offset + nouns[-1].end()
    while (cut := _DROPPED.search(text, start, end)) and cut.start() > start + 1:
        end = cut.start()
    body = len(nouns) > 1 and _BODY.search(text, start, end) is not None
    if first is None:
        start = offset + nouns[0].begin()
        foreign = _FOREIGN.fullmatch(text, start, end) is not None and end - start >= _LONG
        return _Run(start, end, proper=False) if foreign or body else None
    kinds = {one.part_of_speech()[2] for one in nouns[first:] if one.part_of_speech()[1] == "固有名詞"}
    if not body and kinds and kinds <= {"地名", "人名"} and len(nouns) - first < 2:
        return None
    return _Run(start, end, proper=True)


def _tells(word: Morpheme) -> bool:
    kind = word.part_of_speech()
    unknown = word.is_oov() and _FOREIGN.fullmatch(word.surface()) is not None
    return kind[1] == "固有名詞" or unknown


@cache
def _tokenizer() -> Tokenizer:
    return Dictionary(dict="small").tokenizer(SplitMode.C)
