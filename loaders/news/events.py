"""Sentences to events: who is said to have done what to whom, for how much.

Words of enforcement, amounts and names of one sentence are paired by distance and order; what a sentence leaves
open ("the company", "the watchdog") is the page's last-named one. Every event keeps the sentence that says it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import zip_longest

from loaders.news.beside import addressed
from loaders.news.dates import When
from loaders.news.event import MONEY_KINDS, Event
from loaders.news.facts import Facts, Sentence
from loaders.news.lexicon import UNSPACED, Trigger
from loaders.news.mention import Mention, folded
from loaders.news.places import places
from loaders.news.spellings import words
from loaders.news.sums import Sum
from ontology.lookup import lookup
from ontology.registry import Registry

_BARRIER = re.compile(r"[;:|()（）–—，；、。]|, | -- | - ")
_STATUSES = (
    "annulled",
    "upheld",
    "reduced",
    "suspended",
    "unpaid",
    "paid",
    "proposed",
    "appealed",
    "settled",
    "rejected",
)
_BRACKETED = re.compile(r"[(（][^)）]{0,60}\Z")  # what stands in brackets is said in passing
_BEHALF = re.compile(
    r"on behalf of|pour le compte de|au nom de|im Auftrag|en nombre de|per conto|namens|em nome d", re.IGNORECASE
)
_OPENS = re.compile(
    r"\b(?:open|launch|start|beg[au]n|avvi|apert|ouv(?:r|ert)|lanc|er[öo]ff|eingeleitet|leitet|abr|abier|inici|geopend|gestart"
    r"|inled|wszcz|indít|deschi|εκκίν|ξεκίν|άνοιξ)|開始|着手|착수|立案|启动|展开",
    re.IGNORECASE,
)
"""Words that tell of an inquiry that begins: news of its own, not what led to a sanction."""
_AND = re.compile(
    r"\s*(?:,|,? (?:and|und|et|y|e|en|och|i|oraz|και|és|și|şi|as well as)"
    r"|＆|&|と|、|や|及び|および|和|与|與|及|와|과) ?"
    r"(?:(?:the|la|le|die|der|den|het|de|a|o|az) |l’|l')?"
)
_NEXT = 2  # sentences in which a page says whom it does not name
_GOING_ON = 2  # sentences within which a fine's sum follows the fine
_OPENING = 6  # sentences that say what a page is about
_BESIDE = 45  # characters between a company and its sum where no word says what the sum is
_BEHIND = 20
_OFTEN = 3  # times that a page says an unknown name which it is about
_NOUN = 6  # letters of a noun that says which authority is meant
_HEAD = 12  # characters within which a sentence's subject stands
_HOMES = {"el": "GR", "hu": "HU", "pl": "PL", "sv": "SE", "ro": "RO", "it": "IT", "ja": "JP", "ko": "KR"}
_MAJOR = frozenset(("EUR", "USD", "GBP", "CHF"))
_LARGEST = Decimal(9_000_000_000)
_ASIDE = frozenset(("maximum", "daily", "part"))  # uses of sums that are no act's own
_MEASURES = frozenset(("order", "ban"))  # told in words that mean much else
_RULINGS = ("annulled", "upheld", "reduced", "suspended")


@dataclass(slots=True)
class _Focus:
    """Whom the page last spoke of."""

    company: Mention | None = None
    authority: Mention | None = None
    court: Mention | None = None
    unnamed: bool = False
    fined: int = -9
    """The sentence that last told of a fine without its sum: the next ones may state it."""
    section: bool = False
    """The company heads this part of the page, as its heading or at the head of an item."""
    regulators: tuple[Mention, ...] = ()
    """All that were named so far, the last first."""


def raw_events(facts: Facts, registry: Registry) -> Iterator[Event]:
    """Yield the events that each sentence tells, in reading order; one act may be told more than once."""
    focus = _opening(facts)
    digest = _tells_of_fines(facts)
    for sentence in facts.sentences:
        reader = _Reader(facts, registry, sentence, focus, digest=digest)
        told = list(reader.events())
        yield from told
        reader.move(told=bool(told))


def flagged_events(facts: Facts, registry: Registry) -> Iterator[Event]:
    """Yield what a page says did not or only may happen, and sums that are no act's own, each with its flag.

    The flags are negated, hypothetical, maximum, daily and part (of a total that is told too).
    """
    focus = _opening(facts)
    seen: set[tuple[object, ...]] = set()
    for sentence in facts.sentences:
        reader = _Reader(facts, registry, sentence, focus, digest=False)
        for one in reader.flagged():
            key = (one.kind, one.company_name, one.amount, one.flags)
            if key not in seen:
                seen.add(key)
                yield one
        reader.move(told=False)


def _tells_of_fines(facts: Facts) -> bool:
    """Tell whether a page is about fines: it opens with one, or has two sentences or more that state the sum of one."""
    kinds = [{one.kind for one in sentence.triggers} for sentence in facts.sentences]
    opens = any(found & MONEY_KINDS for found in kinds[:_OPENING])
    stated = sum(
        bool(found & {*MONEY_KINDS, "pay"}) and any(one.use == "act" for one in sentence.sums)
        for found, sentence in zip(kinds, facts.sentences, strict=True)
    )
    return opens or stated > 1


def _payable(one: Sum) -> bool:
    """Tell whether a sum may be that of an act: no fine has ever come near a company's turnover."""
    value = one.amount.value
    return value is not None and (one.amount.currency not in _MAJOR or value < _LARGEST)


def _opening(facts: Facts) -> _Focus:
    """Return the focus before the first sentence: whom the first sentences name, for pages that begin with a pronoun.

    A page that says "the authority" and names none speaks of its own country's, where its language is of one country.
    """
    focus = _Focus()
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
        regulators = sentence.named("regulator")
        if regulators and focus.authority is None:
            focus.authority = regulators[0]
    if facts.voice:
        focus.authority = Mention("regulator", facts.voice, 0, 0, "voice")
    return focus


class _Reader:
    """The reading of one sentence."""

    def __init__(self, facts: Facts, registry: Registry, sentence: Sentence, focus: _Focus, *, digest: bool) -> None:
        self.digest = digest
        self.facts = facts
        self.text = facts.page.text
        self.words = facts.words
        self.registry = registry
        self.sentence = sentence
        self.focus = focus
        self.said = self.text[sentence.start : sentence.end]
        self.companies = sentence.named("company")
        self.regulators = self._principals(sentence.named("regulator"))
        self.courts = sentence.named("court")
        self.acts = [one for one in sentence.sums if one.use in {"act", "total", "each"} and _payable(one)]
        self.unnamed = bool(self.words.actor["unnamed_company"].search(self.said)) and not self.companies
        self.row = sentence.role == "item" or self.said.count("|") > 1
        self.court_said = bool(self.courts) or bool(self.words.actor["court"].search(self.said))

    def _principals(self, found: list[Mention]) -> list[Mention]:
        """Return the authorities without those that only act "on behalf of" the next."""
        return [
            one
            for one, other in zip_longest(found, found[1:])
            if other is None or not _BEHALF.search(self.text[one.end : other.start])
        ]

    def events(self) -> Iterator[Event]:
        """Yield the events of the sentence."""
        triggers = [one for one in self.sentence.triggers if not self._flagged(one.start, one.end, "negated")]
        told = [one for one in triggers if not self._hypothetical(one)]
        money = list(self._money(triggers))
        yield from money
        kinds = {one.kind for one in money}
        has_order = any(one.kind == "order" for one in told)
        done: set[tuple[str, str | None]] = set()
        for trigger in told:
            kind = trigger.kind
            if kind == "ban" and has_order:  # "ordered to stop": one measure
                continue
            if kind == "lawsuit" and "settlement" in kinds:
                continue
            if kind == "court_ruling" and kind in kinds:
                continue
            if kind == "pay" or (kind in MONEY_KINDS and (kind in kinds or any(k in MONEY_KINDS for k in kinds))):
                continue
            for event in self._plain(trigger):
                if (event.kind, event.company_name) not in done:
                    done.add((event.kind, event.company_name))
                    yield event
                if kind in MONEY_KINDS and not self.sentence.sums:
                    self.focus.fined = self.sentence.number
        if self.courts and not any(one.kind == "court_ruling" for one in told):
            yield from self._ruling()

    def flagged(self) -> Iterator[Event]:
        """Yield the events of the sentence that are not told as facts."""
        for trigger in self.sentence.triggers:
            negated = self._flagged(trigger.start, trigger.end, "negated")
            if trigger.kind != "pay" and (negated or self._hypothetical(trigger)):
                company = self._nearest(self.companies, trigger) or self._company()
                told = self._event(trigger.kind, company, self._regulator(trigger), None, trigger=trigger)
                yield replace(told, flags=("negated" if negated else "hypothetical",))
        for one in self.sentence.sums:
            if one.use in _ASIDE and self.sentence.triggers:
                company = self._nearest(self.companies, one) or self._company()
                yield replace(self._event("fine", company, self._regulator(one), one, trigger=None), flags=(one.use,))

    def _ruling(self) -> Iterator[Event]:
        """Yield what a court that is named did where no other word says it: annulled, upheld, reduced, suspended."""
        company = self._company()
        status = next((one for one in _RULINGS if self.words.status[one].search(self.said)), None)
        if company is not None and status:
            yield self._event("court_ruling", company, self.courts[0], None, trigger=None)

    def move(self, *, told: bool) -> None:
        """Set the focus for the sentences that follow; `told` says whether this one told of an act."""
        focus = self.focus
        if self.sentence.first:
            focus.section = False
        acts = told or any(one.kind not in {"investigation", "pay"} for one in self.sentence.triggers)
        if self.companies and (acts or self._is_subject(self.companies[0])):
            focus.company = self._main_company(self.companies) if acts else self.companies[0]
            focus.unnamed = False
        elif self.companies and self.sentence.first and self._only():
            focus.company = self.companies[0]
            focus.unnamed = False
        elif self.unnamed and self.sentence.triggers:
            focus.unnamed = True
        focus.section = focus.section or self._heads()
        if self.regulators:
            focus.authority = self.regulators[0]
            focus.regulators = (*self.regulators, *focus.regulators)
        if self.courts:
            focus.court = self.courts[0]

    def _heads(self) -> bool:
        """Tell whether the sentence is a heading, or the head of an item, that is a company's name."""
        if not self.companies or not self.sentence.first:
            return False
        company = self.companies[0]
        alone = company.end - company.start > 0.6 * len(self.said)
        begins = company.start - self.sentence.start < _HEAD
        return (alone and not self.sentence.triggers) or (begins and self.sentence.role == "item")

    def _only(self) -> bool:
        """Tell whether the sentence speaks of one company alone, and not in passing."""
        one = self.companies[0]
        return (
            len({other.id for other in self.companies}) == 1
            and one.role != "product"
            and not _BRACKETED.search(self.text, self.sentence.start, one.start)
        )

    def _is_subject(self, company: Mention) -> bool:
        """Tell whether the text goes on about a company: it heads the sentence, or is alone in a paragraph's first."""
        before = company.start - self.sentence.start
        first = self.sentence.first and len({one.id for one in self.companies}) == 1
        return before < _HEAD or (first and before < _HEAD * 4)

    def _main_company(self, found: Sequence[Mention]) -> Mention:
        if not self.sentence.triggers:
            return found[0]
        trigger = self.sentence.triggers[0]
        return min(found, key=lambda one: self._distance(one, trigger.start, trigger.end))

    # -- amounts ---------------------------------------------------------------------------------------------------

    def _money(self, triggers: Sequence[Trigger]) -> Iterator[Event]:
        paying = [one for one in triggers if one.kind in MONEY_KINDS or one.kind == "pay"]
        if not self.acts or not (paying or self._told_without_words()):
            return
        pairs = self._paired(self.companies)
        bodies = self._paired(self.regulators)
        for act in self.acts:
            near = min(paying, key=lambda one: self._distance(one, act.start, act.end), default=None)
            if self._hypothetical(near, act) if near is not None else self._only_possible():
                continue
            company = pairs.get(id(act)) or self._company()
            if company is None and not self._somebody():
                continue
            if near is None and not self._goes_with(act, company):
                continue
            regulator = bodies.get(id(act)) or self._regulator(near or act)
            kind = self._money_kind(near, regulator)
            if kind is None:
                continue
            if kind == "settlement" and not self.regulators and self._private():
                regulator = None
            if kind == "court_ruling":
                regulator = self._nearest(self.courts, near or act) or self._focus_court()
            for one in self._each(act, company):
                yield self._event(kind, one, regulator, act, trigger=near)

    def _told_without_words(self) -> bool:
        """Tell whether a sum may be that of a fine though no word of the sentence says so."""
        return self.row or self._going_on() or self.digest

    def _going_on(self) -> bool:
        return self.sentence.number - self.focus.fined <= _GOING_ON

    def _goes_with(self, act: Sum, company: Mention | None) -> bool:
        """Tell whether a sum that no word explains is what a company was fined."""
        if company is None:
            return False
        if self._going_on() or self.row or self._beside(act):
            return True
        if act.use != "act" or not self.digest:
            return False
        return self.focus.section or bool(self.regulators or self.courts)

    def _somebody(self) -> bool:
        """Tell whether the page speaks of a company that it does not name, here or in the next sentences."""
        number = self.sentence.number
        end = self.facts.sentences[min(number + _NEXT, len(self.facts.sentences) - 1)].end
        somebody = self.words.actor["unnamed_company"].search(self.text, self.sentence.start, end)
        return self.focus.unnamed or somebody is not None

    def _each(self, act: Sum, company: Mention | None) -> list[Mention | None]:
        """Return whom a sum is of: all companies of the sentence where it is "each" one's."""
        if act.use == "each":
            return list(self._distinct(self.companies))
        return [company]

    def _money_kind(self, trigger: Trigger | None, regulator: Mention | None) -> str | None:
        kinds = {one.kind for one in self.sentence.triggers}
        if trigger is None:
            if "lawsuit" in kinds and not self.regulators:
                return "settlement"
            opening = [one for sentence in self.facts.sentences[:_OPENING] for one in sentence.triggers]
            kind = next((one.kind for one in opening if one.kind in MONEY_KINDS), None)
            return kind or ("fine" if regulator is not None else None)
        if trigger.kind != "pay":
            return trigger.kind
        if "court_ruling" in kinds and not kinds & MONEY_KINDS and not self.regulators:
            return "court_ruling"
        if kinds & {"settlement", "lawsuit"}:
            return "settlement"
        return "fine" if regulator is not None or "fine" in kinds or self.digest else None

    def _only_possible(self) -> bool:
        return bool(self.words.flag["hypothetical"].search(self.said))

    def _beside(self, act: Sum) -> bool:
        near = min((self._distance(one, act.start, act.end) for one in self.companies), default=_BESIDE)
        return near < _BESIDE

    def _private(self) -> bool:
        """Tell whether the sentence speaks of a suit: what ends it is settled with plaintiffs, no authority."""
        return any(one.kind == "lawsuit" for one in self.sentence.triggers)

    def _paired(self, mentions: Sequence[Mention]) -> dict[int, Mention]:
        """Return, for each sum, the name that goes with it: in turns where they alternate, else the nearest one."""
        acts = self.acts
        if not mentions or not acts:
            return {}
        firsts = self._distinct(mentions)
        single = [one for one in acts if one.use == "act"]
        if len(single) == len(firsts) > 1:
            order = sorted([*((one.start, "a") for one in single), *((one.start, "n") for one in firsts)])
            turns = "".join(mark for _, mark in order)
            if turns in {"an" * len(single), "na" * len(single)}:
                return {id(act): one for act, one in zip(single, firsts, strict=True)}
        return {
            id(act): min(mentions, key=lambda one, act=act: self._distance(one, act.start, act.end))  # type: ignore[misc]
            for act in acts
        }

    @staticmethod
    def _distinct(mentions: Sequence[Mention]) -> list[Mention]:
        first: dict[str, Mention] = {}
        for one in mentions:
            first.setdefault(one.id, one)
        return list(first.values())

    def _distance(self, one: Mention | Trigger | Sum, start: int, end: int) -> int:
        """Return how far a name is from a place in the sentence; what stands between counts."""
        low, high = (one.end, start) if one.end <= start else (end, one.start)
        between = self.text[low:high]
        far = max(0, high - low)
        far += 60 if isinstance(one, Mention) and one.role == "product" else 0
        far += 60 if isinstance(one, Mention) and self._by_way(one) else 0
        far += 60 if isinstance(one, Mention) and _BRACKETED.search(self.text, self.sentence.start, one.start) else 0
        far += 25 * len(_BARRIER.findall(between))
        far += 40 * sum(1 for act in self.acts if low < act.start < high and act is not one)
        return far

    def _by_way(self, one: Mention) -> bool:
        """Tell whether a company is named as the place or means of what happened: "on Facebook"."""
        by = words("by_way").get(self.words.language, ())
        before = self.text[max(0, one.start - 12) : one.start].casefold()
        return any(before.endswith(f" {word} ") for word in by)

    # -- acts without an amount ------------------------------------------------------------------------------------

    def _plain(self, trigger: Trigger) -> Iterator[Event]:
        company = self._nearest(self.companies, trigger) or self._company()
        kind = trigger.kind
        if kind == "court_ruling":
            told = self.court_said and company is not None
            actor = self._nearest(self.courts, trigger) or self._focus_court()
        elif kind in {"lawsuit", "settlement"}:
            told = self._addressed(company)
            actor = self._plaintiff(trigger) if kind == "lawsuit" else self._settling(trigger)
        else:
            actor = self._regulator(trigger)
            told = self._addressed(company) and self._acts(trigger, actor)
        for one in self._joined(company) if told and self._sure(company) else ():
            yield self._event(kind, one, actor, None, trigger=trigger)

    def _sure(self, company: Mention | None) -> bool:
        """Tell whether words beside an unknown name say that it is the addressee, where no sum does."""
        if company is None or company.role != "unseen" or self.words.language in UNSPACED:
            return True
        said = [one for one in self.facts.mentions if one.id == company.id]
        return len(said) >= _OFTEN or any(addressed(self.text, one.start, one.end, self.words.language) for one in said)

    def _joined(self, company: Mention | None) -> list[Mention | None]:
        """Return a company and those that "and" joins to it."""
        found = [company]
        if company in self.companies:
            at = self.companies.index(company)
            for before, after in ((-1, -1), (1, 1)):
                here = at
                while 0 <= here + before < len(self.companies) and self._adjoin(here, here + after):
                    here += after
                    if self.companies[here].id not in {one.id for one in found if one}:
                        found.append(self.companies[here])
        return found

    def _adjoin(self, one: int, other: int) -> bool:
        first, second = sorted((self.companies[one], self.companies[other]), key=lambda mention: mention.start)
        return bool(_AND.fullmatch(self.text, first.end, second.start))

    def _addressed(self, company: Mention | None) -> bool:
        return company is not None or self.unnamed or self.focus.unnamed

    def _plaintiff(self, trigger: Trigger) -> Mention | None:
        """Return the authority that sues: named before the word, or "the authority"."""
        plaintiff = next((one for one in self.regulators if one.start < trigger.start), None)
        said = plaintiff is None and self.words.actor["authority"].search(self.said)
        return self.focus.authority if said else plaintiff

    def _settling(self, trigger: Trigger) -> Mention | None:
        return self._nearest(self.regulators, trigger) or (None if self._private() else self.focus.authority)

    def _acts(self, trigger: Trigger, regulator: Mention | None) -> bool:
        """Tell whether words without a sum tell of an act of their own."""
        if trigger.kind in MONEY_KINDS and not (self.companies or self.sentence.number < _OPENING):
            return False  # a fine without a sum, of nobody that the sentence names
        if regulator is None and trigger.kind != "fine" and not self.companies:
            return False
        return trigger.kind != "investigation" or not self._known_already(trigger)

    def _known_already(self, trigger: Trigger) -> bool:
        """Tell whether an article says that a procedure is one that was spoken of: "the inquiry" is no news."""
        definite = words("definite").get(self.words.language, ())
        before = self.text[max(0, trigger.start - 12) : trigger.start].casefold()
        return any(re.search(rf"(?<!\w){article}\Z", before) for article in definite)

    def _focus_court(self) -> Mention | None:
        return self.focus.court if self.words.actor["court"].search(self.said) else None

    def _nearest(self, mentions: Sequence[Mention], trigger: Trigger | Sum) -> Mention | None:
        return min(mentions, key=lambda one: self._distance(one, trigger.start, trigger.end), default=None)

    def _company(self) -> Mention | None:
        if self.companies:
            return self.companies[0]
        if self.unnamed and not self.words.actor["company"].search(self.said):
            return None
        return None if self.focus.unnamed else self.focus.company

    def _regulator(self, trigger: Trigger | Sum) -> Mention | None:
        if self.regulators:
            return min(self.regulators, key=lambda one: self._distance(one, trigger.start, trigger.end))
        return self._meant() or self._of_place() or self.focus.authority or self._sole()

    def _sole(self) -> Mention | None:
        """Return the one authority that the page names, be it further on."""
        named = {one.id: one for one in self.facts.mentions if one.type == "regulator"}
        return next(iter(named.values())) if len(named) == 1 else None

    def _of_place(self) -> Mention | None:
        """Return the authority of a place that the sentence names, where the page names that authority."""
        known = {one.id: one for one in self.focus.regulators}
        found = {lookup().general(place) for _, _, place, _ in places(self.said, self.words.language)}
        here = [known[one] for one in found if one in known]
        return here[0] if len(here) == 1 else None

    def _meant(self) -> Mention | None:
        """Return the last-named authority whose name has the noun by which the sentence speaks of it (同委員会)."""
        said = self.words.actor["authority"].search(self.said)
        noun = folded(said[0].split()[-1].removeprefix("同")) if said else ""
        if len(noun) < (2 if self.words.language in UNSPACED else _NOUN) or self.facts.voice:
            return None
        for one in self.focus.regulators:
            authority = self.registry.authorities[one.id]
            if any(noun in folded(spelling.text) for spelling in authority.spellings):
                return one
        return None

    # -- flags -----------------------------------------------------------------------------------------------------

    def _clause(self, start: int, end: int) -> tuple[int, int]:
        """Return the part of the sentence between the marks around a place."""
        left, right = self.sentence.start, self.sentence.end
        for match in _BARRIER.finditer(self.text, left, right):
            if match.end() <= start:
                left = match.end()
            elif match.start() >= end:
                right = match.start()
                break
        return left, right

    def _flagged(self, start: int, end: int, flag: str) -> bool:
        left, right = self._clause(start, end)
        near = 60 if self.words.language not in UNSPACED else 20
        return bool(self.words.flag[flag].search(self.text, max(left, start - near), min(right, end + near)))

    def _hypothetical(self, trigger: Trigger, act: Sum | None = None) -> bool:
        """Tell whether an act is only possible; one that is proposed is told as such."""
        start, end = trigger.start, trigger.end
        if act is not None and self._distance(trigger, act.start, act.end) < 60:
            start, end = min(start, act.start), max(end, act.end)
        left, right = self._clause(start, end)
        if self.words.status["proposed"].search(self.text, left, right):
            return False
        if act is None:
            left = self.sentence.start
        behind = _BEHIND if self.words.language in UNSPACED else 3  # there the verb's mood follows it
        found = self.words.flag["hypothetical"].finditer(
            self.text, max(left, trigger.start - (60 if act else 90)), min(right, trigger.end + behind)
        )
        return any(not trigger.start <= one.start() < one.end() <= trigger.end for one in found)

    def _event(
        self, kind: str, company: Mention | None, regulator: Mention | None, act: Sum | None, *, trigger: Trigger | None
    ) -> Event:
        sentence = self.sentence
        amount = act.amount if act else None
        here = trigger or act
        start = here.start if here else sentence.start
        end = here.end if here else sentence.end
        status = self._status(kind, start, end)
        when = self._when(start, act)
        return Event(
            kind, regulator.id if regulator else None, self._id(company), self._name(company),
            amount.value if amount else None, amount.currency if amount else None, amount.words if amount else None,
            tuple(dict.fromkeys(one.id for one in sentence.named("law"))), (), when.date if when else None,
            status, sentence.start, sentence.end, "rules", Decimal(0),
            at=act.start if act else start, points=self._points(kind, company, regulator, act, trigger),
            flags=self._flags(act, trigger),
            least=amount.least if amount else None, most=amount.most if amount else None,
        )  # fmt: skip

    def _points(
        self, kind: str, company: Mention | None, regulator: Mention | None, act: Sum | None, trigger: Trigger | None
    ) -> int:
        """Return the points for what the sentence itself says of an event."""
        found = 0
        if company is not None:
            found += (1 if company in self.companies else 0) + (0 if company.role == "unseen" else 2)
        if regulator in self.regulators or regulator in self.courts:
            found += 2
        if act is not None and trigger is not None:
            found += 1
        return found + (2 if self.sentence.named("law") else 0) - (1 if kind in _MEASURES else 0)

    def _when(self, start: int, act: Sum | None) -> When | None:
        """Return the date of an act: the nearest of those that stand nearer to it than to another sum."""
        stated = [one for one in self.sentence.dates if one.date]
        if act in self.acts:
            stated = [one for one in stated if min(self.acts, key=lambda sum_: abs(sum_.start - one.start)) is act]
        start = act.start if act is not None else start
        return min(stated, key=lambda one: abs(one.start - start), default=None)

    def _flags(self, act: Sum | None, trigger: Trigger | None) -> tuple[str, ...]:
        said = ("second-hand",) if self.words.flag["second_hand"].search(self.said) else ()
        if act and (act.use == "total" or not trigger):
            return ("total" if act.use == "total" else "bare", *said)
        if trigger and trigger.kind == "investigation" and _OPENS.search(self.said):
            return ("opened", *said)
        return said

    def _id(self, company: Mention | None) -> str | None:
        return company.id if company and company.role != "unseen" else None

    def _name(self, company: Mention | None) -> str | None:
        if company is None:
            return None
        return company.id if company.role == "unseen" else self.text[company.start : company.end]

    def _status(self, kind: str, start: int, end: int) -> str | None:
        for status in _STATUSES:
            pattern = self.words.status.get(status)
            if pattern and any(pattern.finditer(self.said)):
                if status == "settled" and kind != "settlement":
                    continue
                if status == "proposed" and not self._near(pattern, start, end):
                    continue
                return status
        return None

    def _near(self, pattern: re.Pattern[str], start: int, end: int) -> bool:
        left, right = self._clause(start, end)
        return bool(pattern.search(self.text, left, right))
