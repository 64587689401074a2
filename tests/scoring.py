"""Readings of annotated pages against their annotation: precision and recall by page sets and by whole events.

An annotated page is `NNN.txt` with `NNN.gold.json`; `aliases.json` beside them maps the spellings of a name to one.
An event is right where authority, company, kind and amount are one of those that the annotation accepts. Optional
and out-of-scope events are neither asked for nor held against a reading; one that is told as in scope though it is
not is a leak.
"""

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import networkx as nx

SETS = ("regulators", "companies", "laws", "money")
MONEY_KINDS = frozenset(("fine", "overdue_penalty", "settlement"))
_FORMS = re.compile(
    r" (?:inc|llc|ltd|limited|corp|corporation|plc|sa|spa|s p a|srl|s r l|gmbh|ag|se|bv|b v|nv|ab|co|sas|kg)$"
)

Event = Mapping[str, Any]


@dataclass(slots=True)
class Tally:
    """Right, wrong and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, right: int, wrong: int, missed: int) -> None:
        """Count one page."""
        self.right += right
        self.wrong += wrong
        self.missed += missed

    @property
    def precision(self) -> float:
        """The share of what was said that is right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        """The share of what there is that was said."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(slots=True)
class Score:
    """The tallies of a set of pages: by name, and of the events by confidence as (confidence, right)."""

    pages: int = 0
    tallies: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    negatives: int = 0
    false_negatives: list[str] = field(default_factory=list)
    leaks: int = 0
    confidences: list[tuple[float, bool]] = field(default_factory=list)
    judged: list[tuple[str, int, bool]] = field(default_factory=list)
    """Each event told as in scope: the page, its number there, and whether it is right."""
    errors: list[str] = field(default_factory=list)


class Names:
    """The one name that each spelling of a table stands for."""

    def __init__(self, path: Path) -> None:
        table = json.loads(path.read_text(encoding="utf-8"))
        self._names: dict[str, dict[str, str]] = {
            type_: {_plain(one): name for name, others in names.items() for one in (name, *others)}
            for type_, names in table.items()
        }
        self._names["regulators"] = {**self._names["courts"], **self._names["regulators"]}

    def of(self, type_: str, name: str | None) -> str | None:
        """Return the name that a spelling stands for, the plain spelling where the table has none."""
        if not name:
            return None
        plain = _plain(name)
        names = self._names[type_]
        while type_ == "companies" and plain not in names and (shorter := _FORMS.sub("", plain)) != plain:
            plain = shorter
        return names.get(plain, plain)


def _plain(name: str) -> str:
    folded = unicodedata.normalize("NFKD", str(name)).replace("’", "'").casefold()
    folded = "".join(char for char in folded if not unicodedata.combining(char))
    folded = re.sub(r"[.,\"“”()]", " ", folded).strip()
    return " ".join(re.sub(r"^(?:the|der|die|das|la|le|il|el) |^l'", "", folded).split())


def score(pages: Path, readings: Mapping[str, Mapping[str, Any]], *, leave_out: Iterable[str] = ()) -> Score:
    """Score readings, by page id, against the annotated pages of a folder."""
    names = Names(pages / "aliases.json")
    total = Score()
    for path in sorted(pages.glob("*.gold.json")):
        key = path.name.removesuffix(".gold.json")
        if key not in set(leave_out):
            gold = json.loads(path.read_text(encoding="utf-8"))
            _page(key, gold, readings.get(key, {}), names, total)
    return total


def _page(key: str, gold: Mapping[str, Any], said: Mapping[str, Any], names: Names, total: Score) -> None:
    total.pages += 1
    for type_ in SETS:
        _set(key, type_, gold, said, names, total)
    told = [one for one in said.get("events", []) if one.get("scope", "in") == "in"]
    wanted = [one for one in gold["events"] if one["scope"] == "in" and not one.get("optional")]
    for name, level in (("events", 3), ("events without amount", 2), ("company and kind", 1)):
        pairs = dict(_matched(gold["events"], told, names, level))
        background = {
            n for n, one in enumerate(told) if n not in pairs.values() and _led_to(one, gold["events"], names)
        }
        right = sum(any(gold["events"][g] is one for one in wanted) for g in pairs)
        wrong = len(told) - len(pairs) - len(background)
        total.tallies[name].add(right, wrong, len(wanted) - right)
        if level == 3:
            _whole(key, gold, told, pairs, background, wanted, total)
    out = [one for one in gold["events"] if one["scope"] == "out"]
    total.leaks += len(list(_matched(out, told, names, 1)))
    broken = {one for event in gold["events"] for one in event["provisions"]}
    named = {one for event in told for one in event.get("provisions", [])} | set(said.get("provisions", []))
    if broken:
        total.tallies["provisions"].add(len(broken & named), len(named - broken), len(broken - named))


def _whole(
    key: str, gold: Mapping[str, Any], told: list[Event], pairs: Mapping[int, int], background: set[int],
    wanted: list[Event], total: Score,
) -> None:  # fmt: skip
    events = gold["events"]
    found = {id(events[g]) for g in pairs}
    money = [one for one in wanted if one["kind"] in MONEY_KINDS]
    hits = sum(id(one) in found for one in money)
    wrong = [n for n, one in enumerate(told) if n not in pairs.values() and n not in background]
    total.tallies["money kinds"].add(hits, sum(told[n]["kind"] in MONEY_KINDS for n in wrong), len(money) - hits)
    mains = [one for one in wanted if one["is_main_subject"]]
    hits = sum(id(one) in found for one in mains)
    total.tallies["main subjects"].add(hits, 0, len(mains) - hits)
    rated = [(n, one) for n, one in enumerate(told) if n not in background]
    total.confidences += [(float(one["confidence"]), n in pairs.values()) for n, one in rated]
    total.judged += [(key, n, n in pairs.values()) for n, _ in rated]
    if gold["negative"]:
        total.negatives += 1
        if wrong:
            total.false_negatives.append(key)
    total.errors += [f"{key} wrong {_line(told[n])}" for n in wrong]
    total.errors += [f"{key} missed {_line(one)}" for one in wanted if id(one) not in found]


def _line(event: Event) -> str:
    return f"{event['kind']} | {event['regulator']} | {event['company']} | {event['currency']} {event['amount']}"


def _set(key: str, type_: str, gold: Mapping[str, Any], said: Mapping[str, Any], names: Names, total: Score) -> None:
    optional = list(gold["optional"].get(type_, []))
    extra: list[Any]
    missed: list[Any]
    if type_ == "money":
        want, have = _sums(gold["money"]), _sums(said.get("money", []))
        right = sum(any(_same(one, other) for other in have) for one in want)
        extra = [one for one in have if not any(_same(other, one) for other in (*want, *_sums(optional)))]
        missed = [one for one in want if not any(_same(one, other) for other in have)]
    else:
        optional += gold.get("courts", []) if type_ == "regulators" else []
        wanted = {names.of(type_, one) for one in gold[type_]}
        found = {names.of(type_, one) for one in said.get(type_, []) if one}
        right = len(wanted & found)
        extra = sorted(map(str, found - wanted - {names.of(type_, one) for one in optional}))
        missed = sorted(map(str, wanted - found))
    total.tallies[type_].add(right, len(extra), len(missed))
    if extra or missed:
        total.errors.append(f"{key} {type_}: too many {extra}, missed {missed}")


def _sums(found: Iterable[Any]) -> list[tuple[float, str | None]]:
    return list(dict.fromkeys((float(value), currency) for value, currency in found))


def _same(one: tuple[float, str | None], other: tuple[float, str | None]) -> bool:
    return one[1] == other[1] and abs(one[0] - other[0]) <= max(0.005 * abs(one[0]), 0.005)


def _matched(gold: list[Event], told: list[Event], names: Names, level: int) -> Iterator[tuple[int, int]]:
    """Yield (annotated, told) pairs of the largest matching, what is asked for before what is optional."""
    graph: nx.Graph[tuple[str, int]] = nx.Graph()
    for g, one in enumerate(gold):
        asked = one["scope"] == "in" and not one.get("optional")
        graph.add_edges_from(
            (("gold", g), ("told", n), {"weight": 1001 if asked else 1000})
            for n, other in enumerate(told)
            if _right(one, other, names, level)
        )
    for first, second in nx.max_weight_matching(graph, maxcardinality=True):
        found = dict((first, second))
        yield found["gold"], found["told"]


def _right(gold: Event, told: Event, names: Names, level: int) -> bool:
    def accepted(type_: str, key: str) -> bool:
        wanted = {names.of(type_, one) for one in (gold[key], *gold.get(f"{key}_alt", []))}
        return names.of(type_, told.get(key)) in wanted

    if not accepted("companies", "company") or not accepted("kinds", "kind"):
        return False
    if level > 1 and not accepted("regulators", "regulator"):
        return False
    if level < 3:
        return True
    amounts = [(gold["amount"], gold["currency"]), *map(tuple, gold.get("amount_alt", []))]
    return any(_amount(told, value, currency) for value, currency in amounts)


def _amount(told: Event, value: float | None, currency: str | None) -> bool:
    amount = told.get("amount")
    if value is None or amount is None:
        return value is amount
    return (currency is None or told.get("currency") == currency) and abs(amount - value) <= max(0.005 * value, 0.005)


def _led_to(told: Event, gold: list[Event], names: Names) -> bool:
    """Tell whether an event is the inquiry behind a sanction that the page reports: right, though not annotated."""
    if told.get("kind") != "investigation" or told.get("amount") is not None:
        return False
    regulator = names.of("regulators", told.get("regulator"))
    company = names.of("companies", told.get("company"))
    return any(
        one["scope"] == "in"
        and company in {names.of("companies", name) for name in (one["company"], *one.get("company_alt", []))}
        and regulator
        in {None, *(names.of("regulators", name) for name in (one["regulator"], *one.get("regulator_alt", [])))}
        for one in gold
    )
