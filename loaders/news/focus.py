"""Whom a page speaks of from one sentence to the next, and whether it tells of fines."""

from dataclasses import dataclass

from loaders.news.event import MONEY_KINDS
from loaders.news.facts import Facts
from loaders.news.mention import Mention
from loaders.news.told import only_told
from ontology.lookup import lookup

_OPENING = 6  # sentences that say what a page is about
_HOMES = {"el": "GR", "hu": "HU", "pl": "PL", "sv": "SE", "ro": "RO", "it": "IT", "ja": "JP", "ko": "KR"}


@dataclass(slots=True)
class Focus:
    """Whom the page last spoke of."""

    company: Mention | None = None
    authority: Mention | None = None
    court: Mention | None = None
    unnamed: bool = False
    fined: int = -9
    """The sentence that last told of a fine without its sum: the next ones may state it."""
    addressees: frozenset[str] = frozenset()
    """Ids of companies that were told to have got a fine or the like."""
    section: bool = False
    """The company heads this part of the page, as its heading or at the head of an item."""
    regulators: tuple[Mention, ...] = ()
    """All that were named so far, the last first."""


def opening(facts: Facts) -> Focus:
    """Return the focus before the first sentence: whom the first sentences name, for pages that begin with a pronoun.

    A page that says "the authority" and names none speaks of its own country's, where its language is of one country.
    """
    focus = Focus()
    home = lookup().general(_HOMES.get(facts.page.language, ""))
    if home and not any(one.type == "regulator" for one in facts.mentions):
        said = any(
            facts.words.actor["authority"].search(facts.page.text, one.start, one.end) for one in facts.sentences
        )
        focus.authority = Mention("regulator", home, 0, 0, "home") if said else None
    for sentence in facts.sentences[:3]:
        named = sentence.named("company")
        if named and focus.company is None:
            focus.company = named[0]
        regulators = [one for one in sentence.named("regulator") if not only_told(facts.page.text, one)]
        if regulators and focus.authority is None:
            focus.authority = regulators[0]
    if facts.voice:
        focus.authority = Mention("regulator", facts.voice, 0, 0, "voice")
    return focus


def tells_of_fines(facts: Facts) -> bool:
    """Tell whether a page is about fines: it opens with one, or has two sentences or more that state the sum of one."""
    kinds = [{one.kind for one in sentence.triggers} for sentence in facts.sentences]
    opens = any(found & MONEY_KINDS for found in kinds[:_OPENING])
    stated = sum(
        bool(found & {*MONEY_KINDS, "pay"}) and any(one.use == "act" for one in sentence.sums)
        for found, sentence in zip(kinds, facts.sentences, strict=True)
    )
    return opens or stated > 1
