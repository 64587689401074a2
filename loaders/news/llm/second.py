"""The model as second reader of a file's pages: its events beside ours, its doubts and faults among the problems."""

import os
from collections import Counter
from collections.abc import Mapping
from functools import cache

from loaders.news.llm.reading import read
from loaders.news.llm.settings import PREFIX, Settings
from loaders.news.reading import Reading, with_more
from loaders.source import Source, SourceError
from ontology.records import Problem


class Second:
    """Asks the model about each page of one file. Whatever it says or fails to say, our own reading stays."""

    def __init__(self, source: Source, settings: Settings) -> None:
        self._source = source
        self._settings = settings
        self._counts: Counter[tuple[str, str, str]] = Counter()

    @classmethod
    def of(cls, source: Source) -> "Second":
        """Return the reader of a file, as the environment sets it; raise SourceError where that is at fault.

        All files that one process reads are one run: they share its caps.
        """
        settings = _settings(_environment())
        if settings is None:
            raise SourceError(f"{PREFIX}URL is not set")
        return cls(source, settings)

    def joined(self, found: Reading) -> Reading:
        """Return a reading with what the model tells of its page, and count what it does not bear out."""
        page, registry = found.page, self._source.registry
        try:
            told = read(page, self._settings, registry, money=found.amounts)
            more = with_more(found, told.events, registry) if told.events else found
        except Exception as error:  # noqa: BLE001 - whatever a model says, it must not take our own reading away
            self._counts["", "", f"the model's answer cannot be judged ({type(error).__name__})"] += 1
            return found
        for fault in told.problems:
            self._counts["", "", fault.message] += 1
        for reason, count in told.rejected.items():
            self._counts[page.key, "", f"what the model tells is left out: {reason}"] += count
        for doubt in told.review:
            words = f"the model tells of a {doubt.kind}, look at it: {doubt.field} {doubt.reason}"
            self._counts[page.key, doubt.value, words] += 1
        return more

    def report(self) -> None:
        """Add what was counted to the file's problems: what a page said at the page, what the server did once."""
        source = self._source
        for (key, value, words), count in self._counts.items():
            record = key or source.path.stem
            source.problems.append(Problem("notice", source.path.name, words, source.name, record, "llm", value, count))


def _environment() -> tuple[tuple[str, str], ...]:
    """Return the variables that the settings are read from."""
    return tuple(sorted(one for one in os.environ.items() if one[0].startswith(PREFIX) or one[0] == "FINEGRAPH_STORE"))


@cache
def _settings(environment: tuple[tuple[str, str], ...]) -> Settings | None:
    given: Mapping[str, str] = dict(environment)
    return Settings.from_environment(given)
