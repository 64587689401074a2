"""Amounts that leave their currency out though no other amount of the sentence states it: "fined X 10 million".

They are taken where the page has one currency alone, a word of enforcement stands in the sentence, a scale ("million")
belongs to the number, and no counted noun follows it.
"""

import re
from collections.abc import Iterator, Sequence

from loaders.news.lexicon import UNSPACED
from loaders.news.money import Amount
from loaders.news.numerals import numerals, starts

_NEAR = 60  # characters between a word of enforcement and its sum
_GOES_ON = re.compile(
    r"\s*(?:[.,;:)!?–—-]|$|(?:for|on|to|against|in|by|after|over|and|pour|à|contre|en|et|que|por|para|contra|a|al|y|per|alla|al|e"
    r"|für|wegen|gegen|und|aan|voor|wegens|en|för|mot|till|och|za|dla|na|i|pentru|și|la|για|στ\w+|και|miatt|és)\b"
    r"|(?:de|di|do|da|van|von|zu Lasten) (?=[A-ZÀ-Ý]))"
)

_FINE_OF = re.compile(r"(?<=s) (?:\w+ ){0,2}(?:adatvédelmi |pénz)?(?:bírság|büntetés|szankció|pénzbírság)\w*")
"""Hungarian has the sum as an adjective: "250 milliós bírság"."""


def elided(text: str, triggers: Sequence[tuple[int, int]], stated: Sequence[Amount], language: str) -> Iterator[Amount]:
    """Yield amounts without a currency near words of enforcement, which stand at `triggers`.

    `stated` are the amounts of the page that have one.
    """
    currencies = {one.currency for one in stated if one.currency}
    if len(currencies) != 1 or language in UNSPACED:  # there a counter is not told from what follows
        return
    (currency,) = currencies
    taken = [(one.start, one.end) for one in stated]
    for first, last in triggers:
        start, end = max(0, first - _NEAR), last + _NEAR
        for match in starts(language).finditer(text, start, end):
            at = match.start()
            if any(low <= at < high for low, high in taken) or "\n" in text[min(at, last) : max(at, first)]:
                continue
            number = next((one for one in reversed(numerals(text, at, language)) if one.scaled), None)
            if number is None or not (_GOES_ON.match(text, number.end) or _FINE_OF.match(text, number.end)):
                continue
            taken.append((at, number.end))
            half = number.unit / 2
            yield Amount(
                text[at : number.end],
                number.value - half,
                number.value + half,
                currency,
                at,
                number.end,
                value=number.value,
                elided=True,
            )
