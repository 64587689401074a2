"""Files to readings: each page within its seconds, by our rules and, where the user set one, with a model's help."""

import contextlib
import importlib
import os
from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import TYPE_CHECKING, TypeVar, cast

from loaders.news import nlp
from loaders.news.budget import Budget
from loaders.news.draft import Part
from loaders.news.page import composed
from loaders.news.page import read as pages
from loaders.news.reading import Reading, read
from loaders.source import Source
from ontology.registry import Registry

if TYPE_CHECKING:
    from loaders.news.llm.second import Second

T = TypeVar("T")
_SWITCH = "FINEGRAPH_LLM_URL"


def each(source: Source, make: Callable[[Reading], T]) -> Iterator[tuple[Reading, T]]:
    """Yield each page of a file as it was read, with what `make` makes of that.

    A page that takes too long, or breaks a step, is an error among the source's problems and stops no other.
    Raises SourceError where what the user set for the optional readers is at fault.
    """
    nlp.check()
    budget, model = Budget(), _model(source)
    for page in pages(source, budget):
        with contextlib.suppress(Exception):  # the page itself will say so
            _load(page.language, source.registry)
        found = budget.run(source, page.key, partial(read, page, source.registry))
        if found is None:
            continue
        if model is not None:
            found = model.joined(found)
        made = budget.run(source, page.key, partial(make, found))
        if made is not None:
            yield found, made
    if model is not None:
        model.report()


@cache
def _load(language: str, registry: Registry) -> None:
    """Load what the first page of a language needs: tables and lexicons count for no page."""
    read(composed("-", [Part("paragraph", "-")], language=language), registry)


def _model(source: Source) -> "Second | None":
    """Return the second reader. It is not even imported where the user set no address."""
    if not os.environ.get(_SWITCH, "").strip():
        return None
    module = importlib.import_module("loaders.news.llm.second")
    return cast("Second", module.Second.of(source))
