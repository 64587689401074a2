"""What a text is known again by when it is printed elsewhere: its runs of words, hashed, and a sample of them."""

import functools
import re
from itertools import islice
from zlib import crc32

_RUN = 8
_EVERY = 4
# A Chinese or Japanese character counts as a word: these are written without spaces.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+")


@functools.lru_cache(maxsize=1 << 14)
def runs(text: str) -> frozenset[int]:
    """Return the runs of eight words of a text, as numbers; none of a text of less.

    >>> one = runs("The regulator fined the firm one million euros on Tuesday.")
    >>> len(one), len(one & runs("Paris: the regulator FINED the firm one million euros"))
    (3, 1)
    """
    return _runs(text)


def fingerprint(text: str) -> frozenset[int]:
    """Return a fourth of the runs of a text, the same ones wherever they stand: enough to tell a copy, even of a part.

    >>> story = " ".join(f"word{n}" for n in range(400))
    >>> 70 < len(fingerprint(story)) < 130, fingerprint(story[490:1490]) < fingerprint(story)
    (True, True)
    """
    return frozenset(one for one in _runs(text) if one % _EVERY == 0)


def _runs(text: str) -> frozenset[int]:
    words = _WORD.findall(text.casefold())
    shifted = zip(*(islice(words, n, None) for n in range(_RUN)), strict=False)
    return frozenset(crc32(" ".join(run).encode()) for run in shifted)
