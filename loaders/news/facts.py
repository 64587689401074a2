"""A page taken apart: its sentences with the names, amounts, dates and words of enforcement that each holds."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from loaders.news import names, unseen
from loaders.news.beside import addressed
from loaders.news.chinese import CALLED
from loaders.news.dates import When, dates
from loaders.news.elided import elided
from loaders.news.event import MONEY_KINDS
from loaders.news.lexicon import UNSPACED, Lexicon, Trigger, lexicon
from loaders.news.mention import Mention
from loaders.news.money import Amount, amounts
from loaders.news.page import Page
from loaders.news.sentences import sentences
from loaders.news.spellings import words as ordinary
from loaders.news.sums import Sum, sums
from ontology.registry import Registry

_CAMPAIGNING = frozenset(("civil-society",))
_SHORTEST, _LONGEST = 2, 8  # letters of short forms
_LETTERS = 3  # letters of small words: "de", "da", "of"
_DATE_ONLY, _HEADING = 25, 80  # characters
_MEMBERS = (
    "Pension Solutions Services? Italia Italy España Espagne France Deutschland Germany Polska Ireland UK Nederland"
    " Belgium Belgique Sverige Norge Danmark Hellas Romania România Magyarország Hungary Österreich Austria Schweiz"
    " Portugal Brasil México Japan Korea India Australia Canada Technologies Holdings? Insurance Media Mobile Telecom"
    " Energy Energia Europe International Global Americas Operations Software Systems Networks Labs Health Retail"
    " Logistics Communications Financial Capital Finance Leisure Marketplace"
)
"""Words behind a company's name that make it another company's, of the same group."""
_MEMBER = re.compile(rf"(?:[ \u00a0](?:{_MEMBERS.replace(' ', '|')}))+(?!\w)")
_ACRONYM = re.compile(r"\s?[(（][\"“„«]?(?P<short>[^\W\d_a-zα-ω]{2,8})[\"”“»]?[)）]")
_DOLLARS = {"AU": "AUD", "CA": "CAD", "NZ": "NZD", "SG": "SGD", "HK": "HKD", "TW": "TWD"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and what it holds, all offsets in the page's text; `first` where it opens its paragraph."""

    number: int
    start: int
    end: int
    role: str
    first: bool
    mentions: tuple[Mention, ...]
    sums: tuple[Sum, ...]
    dates: tuple[When, ...]
    triggers: tuple[Trigger, ...]

    def named(self, *types: str) -> list[Mention]:
        """Return its names of some types."""
        return [one for one in self.mentions if one.type in types]


@dataclass(frozen=True, slots=True)
class Facts:
    """All that was found on a page; `voice` is the authority that speaks as "we"."""

    page: Page
    words: Lexicon
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    amounts: tuple[Amount, ...]
    voice: str | None


def facts(page: Page, registry: Registry) -> Facts:
    """Return what the story of a page holds; what lies outside its blocks is not looked at."""
    words = lexicon(page.language)
    text = page.text
    spans = [
        (start, end, block.role)
        for block in page.blocks
        for start, end in sentences(text, block.start, block.end, page.language)
    ]
    firsts = _firsts(spans, page)
    story = _masked(page)
    known = _parties(story, names.find(story, page.language, registry), words, registry)
    money = list(amounts(story, page.language, _dollar(known, registry)))
    triggers = [words.triggers(text[start:end]) for start, end, _ in spans]
    told = [
        (start + one.start, start + one.end)
        for (start, _, _), found in zip(spans, triggers, strict=True)
        for one in found
        if one.kind in MONEY_KINDS or one.kind == "pay"
    ]
    money = sorted([*money, *elided(story, told, money, page.language)], key=lambda one: one.start)
    acting = _spans(page, spans, [bool(found) for found in triggers], money, known)
    known += unseen.courts(story, [(one.start, one.end) for one in known], page.language)
    known = sorted([*_extended(story, known), *_initials(story, known)], key=lambda one: one.start)
    times = list(dates(story, page.language, page.published))
    taken = [(one.start, one.end) for found in (known, money, times) for one in found]
    bodies = [(one.start, one.end) for one in known if one.type != "company"]
    new = _shortened(story, unseen.find(story, acting, taken, words, bodies), known, words.language)
    mentions = sorted([*known, *new], key=lambda one: one.start)
    made = []
    for number, ((start, end, role), found) in enumerate(zip(spans, triggers, strict=True)):
        inside = [one for one in money if start <= one.start < end]
        here = [one for one in mentions if start <= one.start < end]
        companies = len({one.id for one in here if one.type == "company"})
        made.append(
            Sentence(
                number,
                start,
                end,
                role,
                start in firsts,
                tuple(here),
                tuple(sums(text, start, end, inside, words, companies)),
                tuple(one for one in times if start <= one.start < end),
                tuple(Trigger(one.kind, one.start + start, one.end + start) for one in found),
            )
        )
    voice = page.voice or _voice(page, made, words, registry)
    return Facts(page, words, tuple(made), tuple(mentions), tuple(money), voice)


def _parties(text: str, known: Sequence[Mention], words: Lexicon, registry: Registry) -> list[Mention]:
    """Return names without those of campaigners, but for such as are themselves the addressees of an act."""
    campaigners = {
        one.id
        for one in known
        if one.type == "company" and one.id in registry.organisations
        if registry.organisations[one.id].sector in _CAMPAIGNING and one.id not in ordinary("ordinary")["addressees"]
    }
    addressees = {
        one.id for one in known if one.id in campaigners and addressed(text, one.start, one.end, words.language)
    }
    return [one for one in known if one.type != "company" or one.id not in campaigners - addressees]


def _spans(
    page: Page, spans: Sequence[tuple[int, int, str]], acts: Sequence[bool], money: Sequence[Amount],
    known: Sequence[Mention],
) -> list[unseen.Span]:  # fmt: skip
    """Return the sentences with what helps to find names in them."""
    paying = [any(start <= one.start < end for one in money) for start, end, _ in spans]
    block_of = [next(n for n, one in enumerate(page.blocks) if one.start <= start <= one.end) for start, _, _ in spans]
    telling = {block for block, act, pay in zip(block_of, acts, paying, strict=True) if act or pay}
    found: list[unseen.Span] = []
    for n, (start, end, role) in enumerate(spans):
        block = block_of[n]
        opens = n == 0 or block_of[n - 1] != block
        alone = page.blocks[block].end <= end + 1 and role == "paragraph"
        found.append(
            unseen.Span(
                start,
                end,
                acts=acts[n],
                paying=paying[n],
                naming=any(one.type == "company" and start <= one.start < end for one in known),
                told=block in telling,
                heading=opens and end - start < _HEADING and (block in telling or (alone and block + 1 in telling)),
                head=opens and block in telling and role == "item",
            )
        )
    return found


def _voice(page: Page, made: Sequence[Sentence], words: Lexicon, registry: Registry) -> str | None:
    """Return the one authority of a page that says "we" of what it did; its name may stand in the footer alone."""
    told = sum(
        bool(one.triggers) and bool(words.actor["first_person"].search(page.text, one.start, one.end)) for one in made
    )
    if told < 2:
        return None
    named = {one.id for one in names.find(page.text, page.language, registry) if one.type == "regulator"}
    return min(named) if len(named) == 1 else None


def _firsts(spans: Sequence[tuple[int, int, str]], page: Page) -> frozenset[int]:
    """Return where the sentences start that open a paragraph; one that is but a date leaves it to the next."""
    opening: set[int] = set()
    blocks = {block.start for block in page.blocks}
    begins = False
    for start, end, _ in spans:
        begins = begins or any(block <= start for block in blocks if page.text[block:start].strip() == "")
        if begins:
            opening.add(start)
        begins = begins and end - start < _DATE_ONLY
    return frozenset(opening)


def _masked(page: Page) -> str:
    """Return the text with what is no part of the story blanked, so that every offset stays."""
    kept: list[str] = []
    last = 0
    for block in page.blocks:
        kept += [re.sub(r"[^\n]", "\n", page.text[last : block.start]), page.text[block.start : block.end]]
        last = block.end
    return "".join(kept)


def _dollar(known: Sequence[Mention], registry: Registry) -> str | None:
    """Return the currency of a bare "$" where all authorities of the page are of one country with its own dollar."""
    seats = {registry.authorities[one.id].jurisdiction for one in known if one.type in {"regulator", "court"}}
    return _DOLLARS.get(seats.pop()) if len(seats) == 1 else None


def _extended(text: str, known: Sequence[Mention]) -> list[Mention]:
    """Return names with what is behind them that makes them other companies' ("Capita" in Capita Pension Solutions)."""
    found: list[Mention] = []
    for one in known:
        more = _MEMBER.match(text, one.end) if one.type == "company" and one.role == "name" else None
        whole = text[one.start : more.end()] if more else ""
        found.append(Mention("company", whole, one.start, more.end(), "unseen") if more else one)
    return found


def _shortened(text: str, new: Sequence[Mention], known: Sequence[Mention], language: str) -> list[Mention]:
    """Return new names, those that shorten a longer one of the page as that one's.

    "Epic" shortens Epic Games, "ESSA" what it stands behind in brackets: "the English School (ESSA)".
    """
    companies = [*new, *(one for one in known if one.type == "company")]
    whole = {text[one.start : one.end].casefold(): one for one in companies}
    for one in companies:
        bracket = _ACRONYM.match(text, one.end) or (CALLED.match(text, one.end) if language == "zh" else None)
        if bracket:
            whole[bracket["short"].casefold()] = one
    for one in companies:
        name = text[one.start : one.end]
        if name.isupper() and _SHORTEST < len(name) <= _LONGEST and (long := _spelt_out(name, text, companies)):
            whole[name.casefold()] = long
    new = [_nominative(text, one) for one in new]
    found: list[Mention] = []
    for one in new:
        short = text[one.start : one.end].casefold()
        spaced = "" if language in UNSPACED else " "
        begins = (
            name for name in whole if name != short and (name.startswith(f"{short}{spaced}") or _within(short, name))
        )
        longer = min(begins, default=short)
        other = whole.get(longer, one)
        found.append(replace(one, id=one.id if longer == short and one.name else other.id, role=other.role))
    return found


def _nominative(text: str, one: Mention) -> Mention:
    """Return a name without the ending of the Romanian noun at its head: "Primăriei Valea" is Primăria Valea."""
    noun, _, rest = text[one.start : one.end].partition(" ")
    named = ordinary("nominative").get(noun)
    if not rest or not named:
        return one
    name = f"{min(named)} {rest}"
    return replace(one, id=name, name=name)


def _spelt_out(short: str, text: str, companies: Sequence[Mention]) -> Mention | None:
    """Return the company whose words begin with the letters of a short form: ESSA for English School (Athens)."""
    for one in companies:
        heads = "".join(word[0] for word in text[one.start : one.end].split() if word[0].isupper())
        if len(heads) > _SHORTEST and len(heads) in {len(short), len(short) - 1} and _spells(heads, short):
            return one
    return None


def _spells(heads: str, short: str) -> bool:
    rest = iter(short)
    return short[0] == heads[0] and all(letter in rest for letter in heads)


def _within(short: str, name: str) -> bool:
    """Tell whether a name of several words is another one with words left out, its first word kept.

    >>> _within("câmara de vila alta", "câmara municipal de vila alta"), _within("banco norte", "banco do porto norte")
    (True, True)
    >>> _within("banco norte", "banco sul"), _within("norte", "banco norte")
    (False, False)
    """
    few, all_ = ([one for one in words.split() if len(one) > _LETTERS] for words in (short, name))
    rest = iter(all_)
    return 1 < len(few) < len(all_) and few[0] == all_[0] and all(one in rest for one in few)


def _initials(text: str, known: Sequence[Mention]) -> list[Mention]:
    """Return initials that stand for a company of two words or more that the page names in full.

    >>> full = Mention("company", "british-airways", 0, 15)
    >>> [one.start for one in _initials("British Airways, BA for short", [full])]
    [17]
    """
    found: list[Mention] = []
    for id_, name in {(one.id, text[one.start : one.end]) for one in known if one.type == "company"}:
        words = re.findall(r"[A-Z]\w+", name)
        if len(words) < 2:
            continue
        short = "".join(word[0] for word in words)
        found += [
            Mention("company", id_, match.start(), match.end())
            for match in re.finditer(rf"(?<![\w.]){short}(?![\w.])", text)
            if not any(one.start <= match.start() < one.end for one in known)
        ]
    return found
