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
_ACTED = re.compile(
    r"[」』]?(?:[(（][^)）]{1,30}[)）])?(?:(?:と|、|や|及び|および)[ァ-ヶー一-龥A-Za-z0-9・＆&]{2,25})?(?:など|ほか)?(?:の?[\d０-９]+社)?"
    r"(?:に対し|に対する|に(?:は)?(?:課徴金|命令|勧告|行政|罰金|制裁金|是正|業務|指導|罰則|[約計総額]*[\d０-９])"
    r"|へ(?:の|課徴金|行政)|を(?:行政)?(?:指導|提訴|告発|処分|調査)"
    r"|(?:は|が|も|には)[^。\n]{0,60}(?:(?:指導|命令|勧告|処分|制裁|罰金|注意)を(?:受け|命じられ|科され)"
    r"|を命じられ|を科され|の対象|で和解))"
)
_HEADS = re.compile(
    r"(?:大手|最大手|中堅|老舗|会社|企業|業者|運営|塾|チェーン|サービス|サイト|アプリ|グループ|子会社|親会社)の?\Z"
)
_FORM = re.compile(r"(?:株式会社|有限会社|合同会社|学校法人|医療法人|一般社団法人)\Z")
_BODY = re.compile(
    r"(?:市|区|町|村|県|府|庁|省|大学|大学校|高校|病院|銀行|学園|新聞社|放送|鉄道|電力|保険|証券|協会|組合|連盟)\Z"
)
_TITLED = re.compile(r"(?:氏|さん|容疑者|被告|委員長|社長|会長|教授|弁護士|記者|大臣|知事|市長)")
_FOREIGN = re.compile(r"(?=.*[ァ-ヶA-Za-z・])[ァ-ヶーA-Za-z0-9＆&・]+")
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
        points += 1 if often[name] > 1 and one.proper else 0
        if points >= _ENOUGH and len(name) > 1 and not _TITLED.match(text, one.end):
            yield one.start, one.end


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
    return noun or kind[0] == "接頭辞" or _FOREIGN.fullmatch(word.surface()) is not None


def _name(nouns: list[Morpheme], offset: int, text: str) -> _Run | None:
    """Return the name in a run of nouns: from its first proper or unknown one on, or a public body's whole one."""
    first = next((n for n, one in enumerate(nouns) if _tells(one)), None)
    dot = next((n for n, one in enumerate(nouns) if one.surface() == "・"), None)
    if dot and (first is None or dot < first):  # "イージー・ヘルスケア" is written as names are
        first = dot - 1
    while first and _FOREIGN.fullmatch(nouns[first - 1].surface()):
        first -= 1
    start = offset + nouns[first or 0].begin()
    end = offset + nouns[-1].end()
    while (cut := _DROPPED.search(text, start, end)) and cut.start() > start + 1:
        end = cut.start()
    body = len(nouns) > 1 and _BODY.search(text, start, end) is not None
    if first is None:
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
