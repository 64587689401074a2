"""What stands near what in a sentence, what is denied or only possible there, and an event made of it."""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise, zip_longest

from loaders.news.dates import When
from loaders.news.event import Event
from loaders.news.facts import Facts, Sentence
from loaders.news.focus import Focus
from loaders.news.lexicon import UNSPACED, Trigger
from loaders.news.mention import Mention
from loaders.news.spellings import words
from loaders.news.sums import Sum
from loaders.news.told import only_told
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
_COMPOUND = re.compile(r"-[A-ZÄÖÜa-zåäö]")  # "Schufa-Daten": a name that says what else is meant
_AGAINST = re.compile(
    r"(?<!\w)(?:against|gegen|tegen|mot|contre|contra|contro|przeciwko?|împotriva|κατά) (?:[^\s,.;:]+ ){0,4}\Z",
    re.IGNORECASE,
)
_BEHALF = re.compile(
    r"on behalf of|pour le compte de|au nom de|im Auftrag|en nombre de|per conto|namens|em nome d", re.IGNORECASE
)
_OPENS = re.compile(
    r"\b(?:open|launch|start|beg[au]n|avvi|apert|ouv(?:r|ert)|lanc|er[öo]ff|eingeleitet|leitet|abr|abier|inici|geopend|gestart"
    r"|inled|wszcz|indít|deschi|εκκίν|ξεκίν|άνοιξ)|開始|着手|착수|立案|启动|啟動|展开|展開|介入|들어갔|나섰|乗り出|始め",
    re.IGNORECASE,
)
"""Words that tell of an inquiry that begins: news of its own, not what led to a sanction."""
_HANDED = re.compile(r"(?:[向给給与與和])\Z")
_HANDS = re.compile(r"(?:分享|共享|提供|披露|传输|傳輸|出售|转移|轉移|转让|傳送|传送)")
"""To whom data were handed, in Chinese: 向…提供."""
_RESPECTIVELY = re.compile(
    r"\b(?:re(?:s)?pe[ck]?tiv|rispettivamente|beziehungsweise|bzw\b|odpowiednio|αντίστοιχα|illetve)|分别|分別|각각|それぞれ"
)
"""Words by which several sums are those of several names in the order in which they are named."""
_ALLEGED = re.compile(
    r"\w*(?:poss[ií]|potent|potenc|potenz|event|évent|proba|suspe|hypoth)\w*(?: (?:de|di))?", re.IGNORECASE
)
"""Words that say of a breach that it is not proven; an inquiry into it has begun nonetheless."""
_BEHIND = 20
_SIDE = 12  # characters between sums that are enumerated
_MAJOR = frozenset(("EUR", "USD", "GBP", "CHF"))
_LARGEST = Decimal(9_000_000_000)
_MEASURES = frozenset(("order", "ban"))  # told in words that mean much else


def _payable(one: Sum) -> bool:
    """Tell whether a sum may be that of an act: no fine has ever come near a company's turnover."""
    value = one.amount.value
    return value is not None and (one.amount.currency not in _MAJOR or value < _LARGEST)


class Clause:
    """The reading of one sentence: what stands near what in it."""

    def __init__(self, facts: Facts, registry: Registry, sentence: Sentence, focus: Focus, *, digest: bool) -> None:
        self.digest = digest
        self.facts = facts
        self.text = facts.page.text
        self.words = facts.words
        self.registry = registry
        self.sentence = sentence
        self.focus = focus
        self.said = self.text[sentence.start : sentence.end]
        self.companies = sentence.named("company")
        named = sentence.named("regulator")
        self.informed = [one for one in named if only_told(self.text, one)]
        self.regulators = self._principals([one for one in named if one not in self.informed])
        self.courts = sentence.named("court")
        uses = {"act", "total", "each", *(("damages",) if self._awards() else ())}
        self.acts = [one for one in sentence.sums if (one.use in uses or self._overdue(one)) and _payable(one)]
        unnamed = bool(self.words.actor["unnamed_company"].search(self.said))
        if unnamed and all(self._by_way(one) for one in self.companies):  # "a town hall that put data on Facebook"
            self.companies = []
        self.unnamed = unnamed and not self.companies
        self.row = sentence.role == "item" or self.said.count("|") > 1
        self.court_said = bool(self.courts) or bool(self.words.actor["court"].search(self.said))

    def _against(self) -> list[Mention]:
        """Return the companies that something is brought against."""
        return [one for one in self.companies if _AGAINST.search(self.text, self.sentence.start, one.start)]

    def _overdue(self, one: Sum) -> bool:
        """Tell whether a sum that stands as a penalty's is said to be due: "dwangsom van 50.000 euro verbeurd"."""
        daily = self.words.money["daily_after"].match(self.text, one.end + 1)
        inside = (
            word.kind == "overdue_penalty" and word.start <= one.start < word.end for word in self.sentence.triggers
        )
        return one.use == "daily" and daily is None and any(inside)

    def _awards(self) -> bool:
        """Tell whether a court is said to have decided: damages are then the sum of its ruling, else but a claim."""
        kinds = {one.kind for one in self.sentence.triggers}
        return "court_ruling" in kinds or ("pay" in kinds and bool(self.words.actor["court"].search(self.said)))

    def _principals(self, found: list[Mention]) -> list[Mention]:
        """Return the authorities without those that only act "on behalf of" the next."""
        return [
            one
            for one, other in zip_longest(found, found[1:])
            if other is None or not _BEHALF.search(self.text[one.end : other.start])
        ]

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
        far += 60 if isinstance(one, Mention) and _COMPOUND.match(self.text, one.end) else 0
        far += 60 if isinstance(one, Mention) and _BRACKETED.search(self.text, self.sentence.start, one.start) else 0
        far += 25 * len(_BARRIER.findall(between))
        far += 40 * sum(1 for act in self.acts if low < act.start < high and act is not one)
        return far

    def _by_way(self, one: Mention) -> bool:
        """Tell whether a company is named as the place or means of what happened: "on Facebook"."""
        if _HANDED.search(self.text, max(0, one.start - 3), one.start) and _HANDS.match(self.text, one.end):
            return True
        by = words("by_way").get(self.words.language, ())
        before = self.text[max(0, one.start - 12) : one.start].casefold()
        return any(before.endswith(f" {word} ") for word in by)

    def _paired(self, mentions: Sequence[Mention]) -> dict[int, Mention]:
        """Return, for each sum, the name that goes with it: in turns where they alternate, else the nearest one."""
        acts = self.acts
        if not mentions or not acts:
            return {}
        firsts = self._distinct(mentions)
        single = [one for one in acts if one.use == "act"]
        if len(single) == len(firsts) > 1 and _RESPECTIVELY.search(self.said):
            return {id(act): one for act, one in zip(single, firsts, strict=True)}
        if len(single) == len(firsts) > 1:
            order = sorted([*((one.start, "a") for one in single), *((one.start, "n") for one in firsts)])
            turns = "".join(mark for _, mark in order)
            named_first = turns == "n" * len(single) + "a" * len(single) and self._adjoining(single)
            if turns in {"an" * len(single), "na" * len(single)} or named_first:
                return {id(act): one for act, one in zip(single, firsts, strict=True)}
        if (
            len(firsts) > 1 and self.words.language in UNSPACED and firsts[0].end <= acts[0].start
        ):  # each before its sums
            return {id(act): [one for one in mentions if one.end <= act.start][-1] for act in acts}
        return {
            id(act): min(mentions, key=lambda one, act=act: self._distance(one, act.start, act.end))  # type: ignore[misc]
            for act in acts
        }

    def _adjoining(self, found: Sequence[Sum]) -> bool:
        """Tell whether sums stand side by side: "X and Y 400 and 25 euros respectively"."""
        return all(other.start - one.end < _SIDE for one, other in pairwise(found))

    def _nearest(self, mentions: Sequence[Mention], trigger: Trigger | Sum) -> Mention | None:
        return min(mentions, key=lambda one: self._distance(one, trigger.start, trigger.end), default=None)

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
        return any(
            not trigger.start <= one.start() < one.end() <= trigger.end
            and not (trigger.kind == "investigation" and _ALLEGED.fullmatch(one[0]))
            for one in found
        )

    def _only_possible(self) -> bool:
        return bool(self.words.flag["hypothetical"].search(self.said))

    def _near(self, pattern: re.Pattern[str], start: int, end: int) -> bool:
        left, right = self._clause(start, end)
        return bool(pattern.search(self.text, left, right))

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
        if act and (act.use == "total" or not (trigger or self.row)):
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
