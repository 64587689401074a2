"""Articles and sections of laws that a page says were breached."""

import re
from collections.abc import Iterator

from loaders.news.facts import Facts, Sentence

_PART = (  # a part of an article, behind its number: "(1)(f)", "Abs. 1", ".1.f)", "a)", and the "º" of its number
    r"(?:\(\w{1,3}\)|(?:abs|par|παρ|ust|lit|al|paragraph|apartado|co|lett)\.?\s?\(?\w{1,2}\)?[’'´)]?|[a-z]\)"
    r"|\.\d{1,2}(?!\d)|\.[a-z]\)|\.?º)"
)
_PARTS = re.compile(_PART, re.IGNORECASE)
_ARTICLE = rf"\d{{1,3}}(?!\d)(?:,?\s?{_PART})*"
_LIST = re.compile(
    r"(?<!\w)(?:art(?:icle|icles|ikel|ikels|ikeln|ikelen|iklarna|ículo|ículos|icolo|icoli|igo|igos|ykuł|ykułu|icolul|icolele|t|\.?s?)?"
    rf"|άρθρ\w*|άρ|cikk\w*|§+)\.?\s*(?P<list>{_ARTICLE}"
    rf"(?:\s*(?:,|;|and|y|e|et|und|en|och|i|oraz|și|şi|και|és|&|bis|Art\.|art\.|άρ\.)+\s*(?:art\.?\s*)?{_ARTICLE})*)",
    re.IGNORECASE,
)
_CJK = re.compile(r"第\s?(?P<number>\d{1,3})\s?[条條]|제\s?(?P<ko>\d{1,3})조|(?P<hu>\d{1,3})\. cikk")
_SECTION = re.compile(r"\b[Ss]ections?\s(?P<number>\d{1,3}[A-Z]?)(?:\(\w+\))*\s(?:of|under)\b")
_NUMBER = re.compile(r"(?<![\w(])(\d{1,3})(?![\d])")
_PROCEDURE = frozenset((4, 51, 55, 56, 57, 58, 60, 61, 62, 63, 64, 65, 66, 70, 77, 78, 79, 80, 82, 83, 84, 99))
"""Articles of the GDPR on powers, procedure and fines: nobody is fined for breaching them."""


def provisions(facts: Facts) -> Iterator[tuple[int, str, str]]:
    """Yield (sentence number, law id, article or section number) for each provision that is named."""
    page_laws = [one for one in facts.mentions if one.type == "law"]
    for sentence in facts.sentences:
        laws = sentence.named("law")
        for start, numbers in _numbers(facts.page.text, sentence):
            near = min(laws or page_laws, key=lambda one: abs(one.start - start), default=None)
            if near is None:
                continue
            for number in numbers:
                if near.id in {"eu_gdpr", "gb_uk-gdpr"} and (int(number) in _PROCEDURE or int(number) > 99):
                    continue
                yield sentence.number, near.id, number


def _numbers(text: str, sentence: Sentence) -> Iterator[tuple[int, list[str]]]:
    for match in _LIST.finditer(text, sentence.start, sentence.end):
        yield match.start(), list(dict.fromkeys(_NUMBER.findall(_PARTS.sub("", match["list"]))))
    for match in _CJK.finditer(text, sentence.start, sentence.end):
        yield match.start(), [next(one for one in match.groups() if one)]
    for match in _SECTION.finditer(text, sentence.start, sentence.end):
        number = re.sub(r"\D", "", match["number"])
        yield match.start(), [number]
