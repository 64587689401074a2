"""Sentences to events: who is said to have done what to whom, for how much.

Words of enforcement, amounts and names of one sentence are paired by distance and order; what a sentence leaves
open ("the company", "the watchdog") is the page's last-named one. Every event keeps the sentence that says it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from loaders.news.beside import addressed
from loaders.news.event import MONEY_KINDS, Event
from loaders.news.facts import Facts
from loaders.news.focus import opening, tells_of_fines
from loaders.news.lexicon import UNSPACED, Trigger
from loaders.news.mention import Mention
from loaders.news.parties import Parties
from loaders.news.spellings import words
from loaders.news.sums import Sum
from ontology.registry import Registry

_BRACKETED = re.compile(r"[(（][^)）]{0,60}\Z")  # what stands in brackets is said in passing
_GOING_ON = 2  # sentences within which a fine's sum follows the fine
_OPENING = 6  # sentences that say what a page is about
_TELLING = 25  # characters within which a word says what a sum is
_BESIDE = 60  # characters between a company and its sum where no word says what the sum is
_HEAD = 12  # characters within which a sentence's subject stands
_ASIDE = frozenset(("maximum", "daily", "part"))  # uses of sums that are no act's own
_ANY_SANCTION = re.compile(r"san[cçzk]|κυρώσ|szankc|kar(?:a|y|ę)\b|penal|puni|处罚|處罰|処分|제재", re.IGNORECASE)
_BY_COMPANIES = frozenset(("investigation", "ban", "order"))  # what companies do too, and then tell the authority
_RULINGS = ("annulled", "upheld", "reduced", "suspended")


def raw_events(facts: Facts, registry: Registry) -> Iterator[Event]:
    """Yield the events that each sentence tells, in reading order; one act may be told more than once."""
    focus = opening(facts)
    digest = tells_of_fines(facts)
    for sentence in facts.sentences:
        reader = _Reader(facts, registry, sentence, focus, digest=digest)
        told = list(reader.events())
        yield from told
        focus.addressees |= {one.company_name for one in told if one.company_name and one.amount is not None}
        reader.move(told=bool(told))


def flagged_events(facts: Facts, registry: Registry) -> Iterator[Event]:
    """Yield what a page says did not or only may happen, and sums that are no act's own, each with its flag.

    The flags are negated, hypothetical, maximum, daily and part (of a total that is told too).
    """
    focus = opening(facts)
    seen: set[tuple[object, ...]] = set()
    for sentence in facts.sentences:
        reader = _Reader(facts, registry, sentence, focus, digest=False)
        for one in reader.flagged():
            key = (one.kind, one.company_name, one.amount, one.flags)
            if key not in seen:
                seen.add(key)
                yield one
        reader.move(told=False)


class _Reader(Parties):
    """The reading of one sentence."""

    def events(self) -> Iterator[Event]:
        """Yield the events of the sentence."""
        triggers = [one for one in self.sentence.triggers if not self._flagged(one.start, one.end, "negated")]
        told = self._without_generic([one for one in triggers if not self._hypothetical(one)])
        money = list(self._money(triggers))
        yield from money
        kinds = {one.kind for one in money}
        needless = self._needless_measures({one.kind for one in told})
        done: set[tuple[str | None, ...]] = set()
        for trigger in told:
            kind = trigger.kind
            if kind in needless:
                continue
            if kind == "lawsuit" and "settlement" in kinds:
                continue
            if kind == "court_ruling" and kind in kinds:
                continue
            if kind == "pay" or (kind in MONEY_KINDS and (kind in kinds or any(k in MONEY_KINDS for k in kinds))):
                continue
            for event in self._plain(trigger):
                key = (kind, event.company_name, event.regulator if kind == "court_ruling" else None)
                if key not in done:
                    done.add(key)
                    yield event
                if kind in MONEY_KINDS and not self.sentence.sums:
                    self.focus.fined = self.sentence.number
        if self.courts and not any(one.kind == "court_ruling" for one in told):
            yield from self._ruling()

    def _needless_measures(self, told: set[str]) -> set[str]:
        """Return the kinds of measure that are part of another act: "ordered to stop", what a court orders."""
        if self.court_said and not self.regulators and "court_ruling" in told:
            return {"order", "ban"}
        return {"ban"} if "order" in told else set()

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

    def _without_generic(self, told: list[Trigger]) -> list[Trigger]:
        """Return triggers without words for any sanction where a reprimand is the one: "sanctioned with a warning"."""
        if self.sentence.sums or all(one.kind != "reprimand" for one in told):
            return told
        return [one for one in told if one.kind != "fine" or not _ANY_SANCTION.search(self.text, one.start, one.end)]

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
        elif self.companies and (
            focus.company is None or self._is_addressed(self.companies[0]) or (self.sentence.first and self._only())
        ):
            focus.company = self.companies[0]
            focus.unnamed = False
        elif self.unnamed and (self.sentence.triggers or self._heads_unnamed()) and not self._both():
            focus.unnamed = True
        focus.section = focus.section or self._heads()
        if self.regulators:
            focus.authority = self.regulators[0]
            focus.regulators = (*self.regulators, *focus.regulators)
        if self.courts:
            focus.court = self.courts[0]

    def _is_addressed(self, company: Mention) -> bool:
        return addressed(self.text, company.start, company.end, self.words.language)

    def _heads(self) -> bool:
        """Tell whether the sentence is a heading, or the head of an item, that is a company's name."""
        if not self.companies or not self.sentence.first:
            return False
        company = self.companies[0]
        alone = company.end - company.start > 0.6 * len(self.said)
        begins = company.start - self.sentence.start < _HEAD
        return (alone and not self.sentence.triggers) or (begins and self.sentence.role == "item")

    def _heads_unnamed(self) -> bool:
        """Tell whether an item of a list begins with somebody who is not named: "An owners' association"."""
        head = self.words.actor["unnamed_company"].match(self.text, self.sentence.start, self.sentence.end)
        return self.sentence.role == "item" and self.sentence.first and head is not None

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

    def _money(self, triggers: Sequence[Trigger]) -> Iterator[Event]:
        paying = [one for one in triggers if one.kind in MONEY_KINDS or one.kind == "pay"]
        if not self.acts or not (paying or self._told_without_words()):
            return
        pairs = self._paired(self.companies)
        bodies = self._paired(self.regulators)
        for act in self.acts:
            near = self._beside_sum(paying, act)
            if self._hypothetical(near, act) if near is not None else self._only_possible():
                continue
            company = pairs.get(id(act)) or self._company()
            if self._is_of_nobody(company, act):
                continue
            if near is None and not self._goes_with(act, company):
                continue
            regulator = bodies.get(id(act)) or self._regulator(near or act)
            kind = "court_ruling" if act.use == "damages" else self._money_kind(near, regulator)
            if kind is None:
                continue
            if kind == "settlement" and not self.regulators and self._private():
                regulator = None
            if kind == "court_ruling":
                regulator = self._nearest(self.courts, near or act) or self._focus_court()
            for one in self._each(act, company):
                yield self._event(kind, one, regulator, act, trigger=near)

    def _beside_sum(self, paying: Sequence[Trigger], act: Sum) -> Trigger | None:
        """Return the word that says what a sum is: of the nearest, one that says it rather than that it is paid."""
        near = sorted(paying, key=lambda one: self._distance(one, act.start, act.end))
        telling = [one for one in near if one.kind != "pay" and self._distance(one, act.start, act.end) < _TELLING]
        return next(iter([*telling, *near]), None)

    def _is_of_nobody(self, company: Mention | None, act: Sum) -> bool:
        """Tell whether a sum is not said to be anybody's: a total of fines, or that of an item about somebody else."""
        if act.use == "total" and not (self.companies or self.row or self.unnamed):
            return self.words.actor["company"].search(self.said) is None
        return (company is None and (act.use == "total" or not self._somebody())) or self._is_another_item()

    def _is_another_item(self) -> bool:
        """Tell whether an item of a list tells of somebody whom it does not name: not of whom was spoken of above."""
        if self.sentence.role != "item" or self.companies or self.regulators or self.focus.section:
            return False
        return self.sentence.first and self.unnamed and self._of_row() is None

    def _told_without_words(self) -> bool:
        """Tell whether a sum may be that of a fine though no word of the sentence says so."""
        awarded = any(one.use == "damages" for one in self.acts)
        return awarded or self.row or self._going_on() or self.digest or self._own_field()

    def _own_field(self) -> bool:
        """Tell whether the sentence names an authority of data protection, whose sums are seldom anything but fines."""
        named = (self.registry.authorities.get(one.id) for one in self.regulators)
        return self.words.language not in UNSPACED and any(one is not None and one.general for one in named)

    def _going_on(self) -> bool:
        return self.sentence.number - self.focus.fined <= _GOING_ON

    def _goes_with(self, act: Sum, company: Mention | None) -> bool:
        """Tell whether a sum that no word explains is what a company was fined."""
        if company is None:
            return False
        if act.use == "damages" or self._going_on() or self.row or self._beside(act):
            return True
        if act.use != "act" or not (self.digest or self._own_field()):
            return False
        return self.focus.section or bool(self.regulators or self.courts)

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
        if ("court_ruling" in kinds or self.courts) and not kinds & MONEY_KINDS and not self.regulators:
            return "court_ruling"
        if kinds & {"settlement", "lawsuit"}:
            return "settlement"
        fine = "overdue_penalty" if "overdue_penalty" in kinds and "fine" not in kinds else "fine"
        return fine if regulator is not None or kinds & MONEY_KINDS or self.digest else None

    def _beside(self, act: Sum) -> bool:
        near = min((self._distance(one, act.start, act.end) for one in self.companies), default=_BESIDE)
        return near < _BESIDE

    def _plain(self, trigger: Trigger) -> Iterator[Event]:
        kind = trigger.kind
        against = self._against() if kind == "lawsuit" else []
        company = self._nearest(against or self.companies, trigger) or self._company()
        if kind == "court_ruling":
            told = self.court_said and company is not None
            actor = self._nearest(self.courts, trigger) or self._focus_court()
        elif kind in {"lawsuit", "settlement"}:
            told = self._addressed(company)
            actor = self._plaintiff(trigger) if kind == "lawsuit" else self._settling(trigger)
        else:
            actor = self._regulator(trigger)
            told = self._addressed(company) and self._acts(trigger, actor)
        if kind in {"order", "ban"} and self.courts and not self.regulators:
            kind, actor = "court_ruling", self._nearest(self.courts, trigger)
        for one in self._joined(company) if told and self._sure(company, kind) else ():
            yield self._event(kind, one, actor, None, trigger=trigger)

    def _acts(self, trigger: Trigger, regulator: Mention | None) -> bool:
        """Tell whether words without a sum tell of an act of their own."""
        if trigger.kind in MONEY_KINDS and not (self.companies or self.sentence.number < _OPENING):
            return False  # a fine without a sum, of nobody that the sentence names
        if regulator is None and not self._somebody_acts(trigger):
            return False
        if self.informed and not self.regulators and trigger.kind in _BY_COMPANIES:
            return False
        if trigger.kind != "investigation":
            return True
        return self._authority_said() and not self._known_already(trigger)

    def _authority_said(self) -> bool:
        """Tell whether the sentence speaks of an authority: others, too, look into things."""
        said = self.regulators or self.words.actor["authority"].search(self.said)
        return bool(said) or self.facts.voice is not None or self.sentence.number == 0

    def _somebody_acts(self, trigger: Trigger) -> bool:
        """Tell whether an authority that the page does not name acts: else a company bans, orders and inquires too."""
        said = self.words.actor["authority"].search(self.said) is not None
        return trigger.kind != "investigation" and (said or (trigger.kind == "fine" and self._opens()))

    def _opens(self) -> bool:
        return self.sentence.number < _OPENING and bool(self.companies)

    def _known_already(self, trigger: Trigger) -> bool:
        """Tell whether an article says that a procedure is one that was spoken of: "the inquiry" is no news."""
        definite = words("definite").get(self.words.language, ())
        before = self.text[max(0, trigger.start - 12) : trigger.start].casefold()
        return any(re.search(rf"(?<!\w){article}\Z", before) for article in definite)
