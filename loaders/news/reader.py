"""A news page to claims, sentence by sentence, each with its own words and their place.

A sentence that names a registered company (or goes on about the headline's) and speaks of a sanction
makes claims: one for each sum of money, one for each authority whose finding it reports.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from loaders.news.money import Amount, amounts
from loaders.news.page import Page, read
from loaders.source import Source, SourceError
from ontology import places
from ontology.dates import Date
from ontology.folding import fold
from ontology.lookup import lookup
from ontology.records import Claim, Document, Problem, Spelling, Story
from ontology.registry import Registry

# A sentence about the enforcement of a law says one of these.
_SANCTION = re.compile(
    r"\b(?:fine[ds]?|sanction(?:s|ed)?|penalt(?:y|ies)|penali[sz]ed|settle(?:d|ment)|order(?:ed|s)?|ban(?:ned)?"
    r"|breach(?:ed|ing|es)?|violat(?:ed|ing|ion|ions)|reprimand(?:ed)?|infring(?:ed|ement|ements))\b",
    re.IGNORECASE,
)
_FINDING = re.compile(
    r"\b(?:found|finding|ruled|held)\b.*\b(?:breach\w*|violat\w*|infring\w*|unlawful\w*)", re.IGNORECASE
)
_TOTAL = re.compile(r"\b(?:in total|total fines|in all|altogether|to date|so far)\b", re.IGNORECASE)
_KINDS = (
    (
        "periodic-penalty-payment",
        re.compile(r"\b(?:overdue penalty|penalty payment|daily penalty)\b", re.IGNORECASE),
    ),
    ("settlement-payment", re.compile(r"\bsettle(?:d|ment|s)?\b", re.IGNORECASE)),
    ("civil-penalty", re.compile(r"\bcivil penalt", re.IGNORECASE)),
    ("administrative-fine", re.compile(r"\b(?:fine[ds]?|sanction|penalt)", re.IGNORECASE)),
)
# "the French regulator", "Italy's data protection watchdog"; "authorities in the UK, Italy and Greece".
_BODY = r"(?:regulators?|watchdogs?|authorit(?:y|ies)|agency|commission(?:er)?)"
_DESCRIBED = re.compile(rf"\b[\w’'.-]+(?: [\w’'.-]+){{0,5}}? {_BODY}\b", re.IGNORECASE)
_IN_PLACES = re.compile(
    rf"\b{_BODY}(?:,? including)?(?: authorities| regulators)? in (?P<places>[^.;]+)", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(]?[A-Z0-9])")
_LAST_YEAR = re.compile(r"\blast year\b", re.IGNORECASE)
_IN_YEAR = re.compile(r"\b(?:in|since) (?P<year>20[0-3]\d)\b")


@dataclass(frozen=True, slots=True)
class _Mention:
    id: str
    start: int
    end: int


def load(source: Source) -> Iterator[Story]:
    """Yield the one story of a page; one without a claim gives a notice, one without a story an error."""
    try:
        page = read(source)
    except SourceError as error:  # the other pages of a folder are read all the same, and all faults told at once
        source.problems.append(Problem("error", source.path.name, str(error), source.name, source.path.stem))
        return
    document = Document(
        source="news",
        key=page.key,
        tier="news",
        title=page.headline,
        url=page.url,
        retrieved=source.retrieved,
        digest=source.digest,
        place=source.path.name,
    )
    claims = numbered(page, source.registry)
    if not claims:
        source.notice("whole page", "no claim about a known company found")
    yield Story(document, page.headline, page.language, page.published, claims)


def numbered(page: Page, registry: Registry) -> tuple[Claim, ...]:
    """Return the claims of a page in reading order, numbered from 1."""
    return tuple(replace(one, number=n) for n, one in enumerate(find(page, registry), 1))


def may_claim(text: str) -> bool:
    """Tell whether a text speaks of a sanction at all, which is soon seen."""
    return bool(_SANCTION.search(text))


def find(page: Page, registry: Registry) -> Iterator[Claim]:
    """Yield the claims of a page in reading order; a headline alone is its own text."""
    if not may_claim(page.text):
        return
    headline_companies = _mentions(page.headline, _company_names(registry))
    topic = headline_companies[0].id if headline_companies else None
    headline, _, body = page.text.partition("\n\n")
    offset = len(headline) + 2 if body else 0
    for paragraph in (body or headline).split("\n\n"):
        for start, end in _sentences(paragraph):
            sentence = paragraph[start:end]
            companies = _mentions(sentence, _company_names(registry))
            about = companies[0].id if companies else topic
            if about and _SANCTION.search(sentence):
                yield from _claims(sentence, offset + start, about, page, registry)
        offset += len(paragraph) + 2


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in _SENTENCE_END.finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def _claims(sentence: str, offset: int, about: str, page: Page, registry: Registry) -> Iterator[Claim]:
    regulators = _regulators(sentence, registry)
    laws = _mentions(sentence, _law_names(registry)) or _mentions(page.text, _law_names(registry))
    law = laws[0].id if laws else None
    sums = list(amounts(sentence))
    base = Claim(0, sentence, offset, offset + len(sentence), about, law=law)
    if _FINDING.search(sentence):
        for one in regulators:
            yield replace(base, authority=one.id, scope="finding", until=page.published, confidence=Decimal("0.7"))
    for n, amount in enumerate(sums):
        before = sums[n - 1].end if n else 0
        after = sums[n + 1].start if n + 1 < len(sums) else len(sentence)
        yield _money_claim(base, amount, sentence[before:after], regulators, page)


def _money_claim(base: Claim, amount: Amount, around: str, regulators: list[_Mention], page: Page) -> Claim:
    total = amount.vague or bool(_TOTAL.search(around))
    since, until = _period(around, page.published)
    near = min(regulators, key=lambda one: abs(one.start - amount.start), default=None)
    return replace(
        base,
        authority=near.id if near and not total else None,
        kind=next((kind for kind, words in _KINDS if words.search(around)), None) if not total else None,
        scope="total" if total else "single-measure",
        least=amount.least,
        most=amount.most,
        currency=amount.currency,
        since=None if total else since,
        until=until,
        confidence=Decimal("0.6") if amount.vague else Decimal("0.9" if near else "0.7"),
    )


def _period(words: str, published: Date | None) -> tuple[Date | None, Date | None]:
    """Resolve words of time against the page's date; without any, the page speaks of its own year."""
    if named := _IN_YEAR.search(words):
        return Date(int(named["year"])), Date(int(named["year"]))
    if published is None:
        return None, None
    if _LAST_YEAR.search(words):
        return Date(published.year - 1), Date(published.year - 1)
    return Date(published.year), published


def _regulators(sentence: str, registry: Registry) -> list[_Mention]:
    """Return the authorities that a sentence names, describes or places, each once."""
    found = _mentions(sentence, _authority_names(registry))
    found += [*_described(sentence), *_placed(sentence)]
    first: dict[str, _Mention] = {}
    for one in sorted(found, key=lambda mention: mention.start):
        first.setdefault(one.id, one)
    return list(first.values())


def _described(sentence: str) -> Iterator[_Mention]:
    """Yield the authorities that words such as "the French privacy regulator" stand for.

    A sentence about sanctions says enough for "the French regulator" to be that of data protection.
    """
    for match in _DESCRIBED.finditer(sentence):
        words = match[0].split(" ")
        for cut in range(len(words) - 1):
            (*rest,) = lookup().authority(" ".join(words[cut:])).candidates
            if len(rest) == 1 and rest[0].method in {"description", "bare words"}:
                yield _Mention(rest[0].id, match.start(), match.end())
                break


def _placed(sentence: str) -> Iterator[_Mention]:
    for match in _IN_PLACES.finditer(sentence):
        for words in re.split(r",|\band\b", match["places"]):
            starts = (one for one in places.mentions(words) if one.template.removeprefix("the ").startswith("{place}"))
            general = next((found for one in starts if (found := lookup().general(one.place))), None)
            if general:
                yield _Mention(general, match.start(), match.end())


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """Names to look for in a text, longest first where they overlap."""

    by_name: Mapping[str, str]
    pattern: re.Pattern[str]


@cache
def _company_names(registry: Registry) -> Names:
    return _names((org.id, (org.name, *_texts(org.spellings))) for org in registry.organisations.values())


@cache
def _authority_names(registry: Registry) -> Names:
    return _names(
        (one.id, (*_texts(one.spellings), *_own_acronym(one.short, one.spellings)))
        for one in registry.authorities.values()
    )


def _texts(spellings: Iterable[Spelling]) -> list[str]:
    return [one.text for one in spellings if one.role != "acronym"]


def _own_acronym(short: str, spellings: Iterable[Spelling]) -> tuple[str, ...]:
    shared = {one.text for one in spellings if one.role == "acronym"}
    return (short,) if len(short) > 2 and short not in shared else ()


@cache
def _law_names(registry: Registry) -> Names:
    return _names((law.id, (*_texts(law.spellings), law.short)) for law in registry.laws.values())


def _names(entries: Iterator[tuple[str, tuple[str, ...]]]) -> Names:
    pairs = {(name, id_) for id_, spellings in entries for name in spellings if len(fold(name)) > 2}
    ordered = sorted(pairs, key=lambda pair: (-len(pair[0]), pair))
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(name) for name, _ in ordered)})(?!\w)")
    return Names(dict(reversed(ordered)), pattern)


def _mentions(text: str, names: Names) -> list[_Mention]:
    """Return where names stand in a text."""
    return [_Mention(names.by_name[match[0]], match.start(), match.end()) for match in names.pattern.finditer(text)]
