"""What each amount of money of a sentence is: the sum of an act, a maximum, a daily sum, a total, a conversion."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import zip_longest

from loaders.news.lexicon import Lexicon
from loaders.news.money import Amount

_BEFORE, _AFTER = 45, 32
_GAP_BEFORE, _GAP_AFTER = 14, 9
_BRACKET = re.compile(r"\s*[,]?\s*[(\[（]\s*[^()\[\]（）\d]{0,22}$")
_EACH = re.compile(
    r"\s*(?:\b(?:je|jeweils|each|apiece|chacune?|cada un[ao]|ciascun[ao]?|elk|ieder|vardera|var|fiecare|po)\b"
    r"|각각|各|ずつ|씩)\s*",
    re.IGNORECASE,
)
"""Words by which a sum is that of each company."""
_CUT = re.compile(
    r"\b(?:cut|reduc\w+|lower\w+|slash\w+|(?:herab|ge)s\w+|reduzier\w+|rédui\w+|ramen\w+|abaiss\w+|reduci\w+|rebaj\w+"
    r"|ridott\w+|ridus\w+|reduzi\w+|verlaag\w+|obniż\w+|zmniejsz\w+|sänk\w+|redus\w+|diminu\w+|mérsékel\w+|csökkent\w+"
    r"|μει[ωώ]\w+)\b[^.;]{0,40}\Z|減額|감액|減至|减至|降至"
)
_FROM = re.compile(
    r"(?<!\w)(?:from|von|de|da|dai|van|från|z|od|de la|από)(?: (?:los|gli|os|i|les))?\s\Z", re.IGNORECASE
)
_TO = re.compile(r"\s?(?:to|auf|à|a|ai|para|naar|till|do|la|σε)(?: (?:los|gli|os|les|only|just))?\s", re.IGNORECASE)
"""Words before the first and between two amounts of which the second took the first one's place."""
_JOINT = 25  # characters between an amount and its conversion
_USES = ("maximum", "daily", "person", "total", "other", "earlier", "damages")


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount and its use.

    `use` is act, each (of several companies), maximum, daily, person, total, other, earlier, damages, conversion or
    part;

    `of` is, for a conversion, the amount that it converts.
    """

    amount: Amount
    use: str
    of: Amount | None = None

    @property
    def start(self) -> int:
        """Where it stands in the text."""
        return self.amount.start

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.amount.end


def sums(text: str, start: int, end: int, amounts: Sequence[Amount], words: Lexicon, companies: int) -> list[Sum]:
    """Return the amounts of a sentence with their uses; `companies` is how many it names."""
    found: list[Sum] = []
    for n, one in enumerate(amounts):
        floor = max(start, amounts[n - 1].end if n else start, one.start - _BEFORE)
        ceiling = min(end, amounts[n + 1].start if n + 1 < len(amounts) else end, one.end + _AFTER)
        before, after = text[floor : one.start], text[one.end : ceiling]
        if n and _converts(text, amounts[n - 1], one, words):
            found.append(Sum(one, "conversion", found[-1].of or amounts[n - 1]))
            continue
        use = next((use for use in _USES if _said(use, before, after, words)), "act")
        if use in {"person", "daily"} and companies > 1 and (_EACH.search(before) or _EACH.match(after)):
            use = "each"
        found.append(Sum(one, "total" if one.vague and use == "act" else use))
    return _parts(_cut(text, found), companies)


def _cut(text: str, found: list[Sum]) -> list[Sum]:
    """Return the amounts with those marked that were cut to the next one."""
    pairs = zip_longest(found, found[1:])
    return [
        replace(one, use="earlier") if one.use == "act" and other and _is_cut(text, one, other) else one
        for one, other in pairs
    ]


def _is_cut(text: str, one: Sum, other: Sum) -> bool:
    """Tell whether words say that an amount was cut to the next one: "cut to", or "from … to"."""
    if _CUT.search(text, one.end, other.start):
        return True
    return bool(_TO.fullmatch(text, one.end, other.start) and _FROM.search(text[max(0, one.start - 12) : one.start]))


def _said(use: str, before: str, after: str, words: Lexicon) -> bool:
    ahead = words.money.get(f"{use}_before")
    if ahead and any(len(before) - match.end() <= _GAP_BEFORE for match in ahead.finditer(before)):
        return True
    behind = words.money.get(f"{use}_after")
    match = behind.search(after) if behind else None
    return match is not None and match.start() <= _GAP_AFTER and "," not in after[: match.start()]


def _converts(text: str, first: Amount, second: Amount, words: Lexicon) -> bool:
    """Tell whether an amount says the one before it again in another currency: in brackets, or after "about"."""
    if first.currency == second.currency or first.currency is None or second.currency is None:
        return False
    between = text[first.end : second.start]
    if _BRACKET.fullmatch(between):
        return True
    joined = words.money["conversion_before"].search(between)
    return joined is not None and len(between) < _JOINT


def _parts(found: list[Sum], companies: int) -> list[Sum]:
    """Return the amounts with those marked that add up to another one."""
    stated = [one for one in found if one.use in {"act", "total"} and one.amount.value]
    for whole in stated:
        parts = [one for one in stated if one is not whole and one.amount.currency == whole.amount.currency]
        parts = [one for one in parts if (one.amount.value or 0) < (whole.amount.value or 0)]
        total = sum((one.amount.value or Decimal(0) for one in parts), Decimal(0))
        if (
            len(parts) > 1
            and whole.amount.value
            and abs(total - whole.amount.value) <= whole.amount.value * Decimal("0.01")
        ):
            marked = {id(one) for one in parts}
            if companies >= len(parts):  # a part for each of several companies: each is an act's own sum
                return [replace(one, use="total") if one is whole else one for one in found]
            return [
                replace(one, use="part") if id(one) in marked else replace(one, use="act") if one is whole else one
                for one in found
            ]
    return found
