"""What the model says, held against the page and the tables. Nothing of it is taken on trust.

The model only points at words of the page: our own code reads the amount and the date in them, and finds the names in
the registry. What is not in the page is rejected; a name that no table knows goes to review and makes no event.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from loaders.news.dates import dates
from loaders.news.event import Event
from loaders.news.llm.answer import RejectedError, Said
from loaders.news.money import Amount, amounts
from loaders.news.page import Page
from ontology import registry as tables
from ontology.dates import Date
from ontology.lookup import Found, Lookup, lookup
from ontology.registry import Registry

METHOD = "llm"
CONFIDENCE = Decimal("0.60")
SHORTEST = 12
"""Characters of a quote that says something, in any script."""
_BLACK = re.compile(r"\S")
# Letters of scripts that put no spaces between words, or endings right behind a name.
_UNSPACED = re.compile(r"[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class Doubt:
    """An event that a person has to look at: what of it is doubtful, why, and where its quote stands."""

    kind: str
    field: str
    value: str
    reason: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of an answer."""

    events: tuple[Event, ...]
    review: tuple[Doubt, ...]
    rejected: Counter[str]


def judge(said: Sequence[Said], page: Page, registry: Registry, money: Sequence[Amount] | None = None) -> Judged:
    """Return the events that hold, those for review, and how many were rejected for what.

    `money` are the amounts of the page, where they were read already.
    """
    if not said:
        return Judged((), (), Counter())
    desk = _Desk(page, lookup() if registry is tables.registry() else _lookup(registry), registry, money)
    events: dict[Event, None] = {}
    review: dict[Doubt, None] = {}
    rejected = Counter[str]()
    for one in said:
        try:
            event, doubts = desk.event(one)
        except RejectedError as reason:
            rejected[str(reason)] += 1
            continue
        review |= dict.fromkeys(doubts)
        if event in events:
            rejected["repeated"] += 1
        elif event:
            events[event] = None
    return Judged(tuple(events), tuple(review), rejected)


class _Desk:
    """One page under judgement. Only its story counts: comments and teasers bear nothing out."""

    def __init__(self, page: Page, names: Lookup, registry: Registry, money: Sequence[Amount] | None) -> None:
        self._page = page
        self._names = names
        self._registry = registry
        self._story = _story(page)
        self._amounts = tuple(amounts(self._story, page.language) if money is None else money)
        self._dates = tuple(dates(self._story, page.language, page.published))

    def event(self, said: Said) -> tuple[Event | None, list[Doubt]]:
        """Return an event, or None and what is doubtful; raise RejectedError where its words are not the page's."""
        start, end = self._quote(said.quote)
        flags: list[str] = []
        amount = self._amount(said.amount_text, start, end)
        if amount and amount.vague:
            flags.append("vague amount")
        date = self._date(said.date_text, start, end)
        if said.date_text and not date:
            flags.append("date not read")
        company, why_company = self._company(said.company, start, end)
        regulator, why_regulator = self._regulator(said.regulator)
        place = self._place(regulator)
        laws = [(text, *self._law(text, place)) for text in said.laws]
        doubts = [
            Doubt(said.kind, field, _shown(value), reason, start, end)
            for field, value, reason in (
                ("company", said.company, why_company),
                ("regulator", said.regulator, why_regulator),
                *(("law", text, why) for text, _, why in laws),
            )
            if reason
        ]
        if doubts:
            return None, doubts
        exact = amount if amount and not amount.vague else None
        event = Event(
            kind=said.kind,
            regulator=regulator,
            company=company,
            company_name=said.company,
            amount=exact.value if exact else None,
            currency=amount.currency if amount else None,
            amount_text=amount.words if amount else None,
            laws=tuple(dict.fromkeys(id_ for _, id_, _ in laws if id_)),
            provisions=(),
            date=date,
            status=said.status,
            start=start,
            end=end,
            method=METHOD,
            confidence=CONFIDENCE,
            flags=tuple(flags),
            least=exact.least if exact else None,
            most=exact.most if exact else None,
            at=amount.start if amount else start,
        )
        return event, []

    def _quote(self, quote: str) -> tuple[int, int]:
        """Return where a quote stands in the story: nothing but white space of it may lie between two blocks."""
        words = quote.strip()
        start = self._story.find(words) if len(words) >= SHORTEST else -1
        if start < 0 or not self._page.text.startswith(words, start):
            raise RejectedError("quote")
        return start, start + len(words)

    def _amount(self, text: str | None, start: int, end: int) -> Amount | None:
        """Return the amount that our own code reads at these words of the quote.

        All amounts are read in the whole page first: "€5" out of "€5 million" is none of them.
        """
        if text is None:
            return None
        at = self._story.find(text, start, end)
        while at >= 0:
            inside = [one for one in self._amounts if at <= one.start and one.end <= at + len(text)]
            if len(inside) == 1:
                return inside[0]
            at = self._story.find(text, at + 1, end)
        raise RejectedError("amount")

    def _date(self, text: str | None, start: int, end: int) -> Date | None:
        """Return the date that our own code reads at these words, in the quote first; None where it reads none.

        All dates are read in the whole story first, against the page's day: "October" out of "6 October" is none.
        """
        if text is None:
            return None
        if not named(self._story, text):
            raise RejectedError("date")
        for since, until in ((start, end), (0, len(self._story))):
            at = self._story.find(text, since, until)
            while at >= 0:
                inside = [one for one in self._dates if at <= one.start and one.end <= at + len(text)]
                if len(inside) == 1:
                    return inside[0].date
                at = self._story.find(text, at + 1, until)
        return None

    def _company(self, text: str | None, start: int, end: int) -> tuple[str | None, str]:
        """Return the id of a registered organisation, or why there is none. Persons are in no table."""
        if text is None:
            return None, "no company is named"
        if not named(self._story, text):
            return None, "is not in the page"
        if not (named(self._story[start:end], text) or named(self._page.headline, text)):
            return None, "is neither in the quote nor in the headline"
        return _sure(self._names.organisation(text))

    def _regulator(self, text: str | None) -> tuple[str | None, str]:
        if text is None:
            return None, ""
        if not named(self._story, text):
            return None, "is not in the page"
        return _sure(self._names.authority(text))

    def _law(self, text: str, place: str | None) -> tuple[str | None, str]:
        if not named(self._story, text):
            return None, "is not in the page"
        return _sure(self._names.law(text, place))

    def _place(self, regulator: str | None) -> str | None:
        found = self._registry.authorities.get(regulator or "")
        return found.region or found.jurisdiction if found else None


def _story(page: Page) -> str:
    """Return the page's text with all but the white space outside its blocks struck out, every offset kept."""
    kept: list[str] = []
    last = 0
    for block in page.blocks:
        kept += [_BLACK.sub("\0", page.text[last : block.start]), page.text[block.start : block.end]]
        last = block.end
    return "".join((*kept, _BLACK.sub("\0", page.text[last:])))


def named(text: str, name: str) -> bool:
    """Tell whether a text holds a name as whole words.

    >>> named("Meta was fined", "Meta"), named("Metadata was fined", "Meta"), named("Google은", "Google")
    (True, False, True)
    """
    at = text.find(name) if name.strip() else -1
    while at >= 0:
        if not _within(text, at) and not _within(text, at + len(name)):
            return True
        at = text.find(name, at + 1)
    return False


def _within(text: str, at: int) -> bool:
    """Tell whether a place in a text lies within a word."""
    if not 0 < at < len(text):
        return False
    around = text[at - 1 : at + 1]
    return all(map(_is_letter, around)) and not _UNSPACED.search(around)


def _is_letter(char: str) -> bool:
    return char.isalnum() or char == "_"


def _sure(found: Found) -> tuple[str | None, str]:
    if found.id:
        return found.id, ""
    listed = ", ".join(f"{one.id} ({one.method})" for one in found.candidates[:4])
    return None, f"may be {listed}" if listed else "is not known"


def _shown(text: str | None) -> str:
    """Return a text that may be anything as one short line."""
    return "".join(char if char.isprintable() else " " for char in text or "")[:100]


@cache
def _lookup(registry: Registry) -> Lookup:
    return Lookup(registry)
