"""What an endpoint says of organisations (Wikidata's shape) or of laws (EUR-Lex's): identifiers, names, parents, dates.

A file is what `finegraph fetch-references` saved. What it says never overrides the tables: where the two contradict
each other, a notice tells both values.
"""

from collections.abc import Iterator

from loaders.endpoint import laws, organisations
from loaders.endpoint.answers import read
from loaders.source import Source
from ontology.records import Reference

_LOADERS = {"wikidata": organisations.load, "eurlex": laws.load}


def load(source: Source) -> Iterator[Reference]:
    """Yield one reference a thing that the endpoint knows; raise SourceError where the file is no answer of ours."""
    answers = read(source)
    yield from _LOADERS[answers.shape](source, answers)
