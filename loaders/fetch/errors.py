"""What can go wrong with a fetch, and how a user hears of it. Nothing that was kept before is lost by any of it."""

import sys

from tqdm import tqdm


class FetchError(Exception):
    """Something could not be fetched; the message says why and what to do."""


class GoneError(FetchError):
    """There is no such page, or none for robots: asking again is no use."""


class DeniedError(FetchError):
    """The server does not want to answer (a status of 4xx)."""


class ContactError(FetchError):
    """Nobody said whom a site may write to."""


def say(words: str) -> None:
    """Tell what is going on, beside progress bars (standard error: standard output is for results)."""
    tqdm.write(words, file=sys.stderr)
