"""The events of a page's sentences to the acts that the page tells of: each once, with all that is said of it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate, combinations

from loaders.news.event import MONEY_KINDS, Event

_NEAR = Decimal("0.02")
_CLOSE = 400  # characters: what led to an act is told beside it
_SANCTIONS = frozenset(
    ("fine", "overdue_penalty", "settlement", "order", "ban", "reprimand", "lawsuit", "court_ruling")
)
_FINER_KINDS = ("overdue_penalty", "settlement")  # say more than that a sum has to be paid
_PRIVATE = frozenset(("lawsuit", "court_ruling"))
_MEASURES = {"ban", "order"}  # a ban is an order not to: one act of a page is called both
_PARTS = 8  # amounts of a page that may add up to another one
_ABOUT = Decimal("0.03")
_EARLY = (Decimal("0.8"), Decimal("0.6"))  # what Spain's early payers are left to pay
_OUTCOMES = ("annulled", "suspended", "upheld", "reduced", "unpaid", "paid", "appealed")


def fused(events: Sequence[Event], same_company: Callable[[Event, Event], bool]) -> list[Event]:
    """Return the acts of a page in the order in which it tells them.

    `same_company` says whether two events are against one company: names of one page may differ.
    """
    acts: list[Event] = []
    for event in events:
        twin = next((n for n, one in enumerate(acts) if _same(one, event, same_company)), None)
        if twin is None:
            acts.append(event)
        else:
            acts[twin] = _joined(acts[twin], event)
    return [one for one in acts if not _needless(one, acts, same_company)]


def _same(one: Event, other: Event, same_company: Callable[[Event, Event], bool]) -> bool:
    kinds = {one.kind, other.kind}
    alike = one.kind == other.kind or (kinds == _MEASURES and one.date == other.date)
    alike = alike or (kinds <= {"fine", "overdue_penalty"} and one.amount is not None and _amounts(one, other))
    alike = alike or (kinds == {"fine", "settlement"} and one.amount is not None and one.amount == other.amount)
    if not alike or not (same_company(one, other) or _named_later(one, other)):
        return False
    if one.regulator and other.regulator and one.regulator != other.regulator:
        return False
    if one.kind in MONEY_KINDS:
        return _amounts(one, other)
    return True


def _named_later(one: Event, other: Event) -> bool:
    """Tell whether one event may be the other's, told of somebody who is not yet named: "a charity has to pay …"."""
    first, second = sorted((one, other), key=lambda event: event.start)
    return (
        first.main
        and first.company_name is None
        and second.company_name is not None
        and (second.start - first.start < _CLOSE or first.amount == second.amount is not None)
        and first.kind not in _PRIVATE
        and (first.kind not in MONEY_KINDS or first.amount is None or second.amount is None or _amounts(first, second))
    )


def _amounts(one: Event, other: Event) -> bool:
    if one.amount is None or other.amount is None:
        return True
    if one.currency != other.currency:
        return False
    if (
        one.regulator == other.regulator == "es-aepd"
        and min(one.amount, other.amount) / max(one.amount, other.amount) in _EARLY
    ):
        return True
    return abs(one.amount - other.amount) <= _NEAR * max(one.amount, other.amount) or _rounds(one, other)


def _rounds(one: Event, other: Event) -> bool:
    """Tell whether one amount is the other rounded to its leading digits: 5 million for 5.2 million."""
    rough, fine = sorted(
        (one, other), key=lambda event: len((event.amount or Decimal(0)).normalize().as_tuple().digits)
    )
    if rough.amount is None or fine.amount is None or rough.amount <= 0:
        return False
    digits = rough.amount.normalize().as_tuple()
    if (
        len(digits.digits) > 2
        or rough.amount < 1000
        or len(fine.amount.normalize().as_tuple().digits) == len(digits.digits)
    ):
        return False
    unit = Decimal(10) ** int(digits.exponent)
    return abs(rough.amount - fine.amount) < unit / 2


def _joined(one: Event, other: Event) -> Event:
    """Return two tellings of one act as one: the first one's words, and what only the other says."""
    better = one
    if other.amount is not None and (
        one.amount is None or (one.currency == other.currency and _finer(other.amount, one.amount))
    ):
        better = other
    base = replace(
        better,
        company=better.company or one.company or other.company,
        company_name=better.company_name or one.company_name or other.company_name,
        regulator=one.regulator or other.regulator,
        laws=tuple(dict.fromkeys((*one.laws, *other.laws))),
        date=one.date or other.date,
        kind=next((kind for kind in _FINER_KINDS if kind in {one.kind, other.kind}), better.kind),
        main=one.main or other.main,
        confidence=max(one.confidence, other.confidence),
        points=max(one.points, other.points) + 1,  # said twice
        flags=better.flags if None in {one.amount, other.amount} else tuple(set(one.flags) & set(other.flags)),
    )
    outcome = next((status for status in _OUTCOMES if status in {one.status, other.status}), None)
    return replace(base, status=outcome or one.status or other.status)


def _finer(one: Decimal, other: Decimal) -> bool:
    return len(one.normalize().as_tuple().digits) > len(other.normalize().as_tuple().digits)


def _is_sum(one: Event, others: Sequence[Event]) -> bool:
    """Tell whether an amount is about the sum of two or three others of the same company."""
    parts = {other.amount for other in others if other.amount and other.currency == one.currency}
    sums = (sum(chosen) for size in (2, 3) for chosen in combinations(sorted(parts)[:_PARTS], size))
    return one.amount is not None and any(abs(total - one.amount) <= one.amount * _ABOUT for total in sums)


def _announces(one: Event, acts: Sequence[Event]) -> bool:
    """Tell whether a page opens with the sum of the first acts that it then tells."""
    parts = [other.amount for other in acts if other.amount and other.currency == one.currency and other is not one]
    totals = [*accumulate(parts)][1:]
    return one.amount is not None and one is acts[0] and one.amount in totals


def _needless(one: Event, acts: Sequence[Event], same_company: Callable[[Event, Event], bool]) -> bool:
    """Tell whether an event only alludes to others of the page: the sum of them, or what led to them."""
    others = [other for other in acts if other is not one]
    mine = [other for other in others if same_company(one, other)]
    paid = [other for other in others if other.kind in MONEY_KINDS and other.amount is not None]
    if "total" in one.flags:
        return any(other in mine or one.kind != "court_ruling" for other in paid)
    if "bare" in one.flags:  # another sum of a company that was fined: no word says that it is a fine too
        return any(other in mine and "bare" not in other.flags for other in paid)
    if one.kind in MONEY_KINDS:
        return (_is_sum(one, mine) or _announces(one, acts)) if one.amount else _sumless(one, mine, paid)
    if one.kind == "lawsuit" and one.regulator is None:
        return any(other.kind in {"court_ruling", "settlement"} for other in mine)  # the suit that led to them
    if one.kind == "investigation" and "opened" not in one.flags:
        return any(_follows(other, one) for other in mine) or any(
            other.kind in MONEY_KINDS and abs(other.start - one.start) < _CLOSE for other in mine
        )
    return False


def _follows(act: Event, inquiry: Event) -> bool:
    """Tell whether an act may be what an inquiry led to; a suit of others is none."""
    if act.kind == "lawsuit" and act.regulator is None:
        return False
    return act.kind in _SANCTIONS and act.regulator in {inquiry.regulator, None}


def _sumless(one: Event, mine: Sequence[Event], paid: Sequence[Event]) -> bool:
    """Tell whether a fine without a sum is a threat, or another one of the page spoken of in general."""
    if one.status == "proposed" or (paid and not one.main):
        return True
    return any(
        other.kind in MONEY_KINDS
        and (other.amount is not None or other.kind != one.kind)
        and (one.regulator is None or other.regulator in {None, one.regulator} or one.company is None)
        for other in mine
    )
