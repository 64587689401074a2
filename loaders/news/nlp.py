"""Organisations that a spaCy pipeline finds in a sentence: more candidates for names that no table knows.

Optional and off: FINEGRAPH_NLP names the model packages to use, by commas ("en_core_web_sm"), and nothing else switches
it on. The extra `finegraph[nlp]` has spaCy and that one; other installed ones do as well, each for its language, one of
the language "xx" for all the rest. Nothing is downloaded: a package that is not installed is an error.
"""

import importlib
import os
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from loaders.source import SourceError

SWITCH = "FINEGRAPH_NLP"
LONGEST = 2_000
"""Characters of the longest sentence that is looked at."""
_CURE = f"install it (pip install 'finegraph[nlp]' has spaCy and en_core_web_sm), or unset {SWITCH}"
_PACKAGE = re.compile(r"[a-z]\w*")  # no path, no address
_NEEDLESS = ("tagger", "morphologizer", "parser", "senter", "attribute_ruler", "lemmatizer", "trainable_lemmatizer")
_ANY = "xx"
_LABELS = frozenset(("ORG", "orgName", "ORGANIZATION"))  # of most models, of the Polish and the Romanian one

Pipeline = Callable[[str], Any]


def check() -> None:
    """Load what the user named; raise SourceError where that cannot be."""
    _chosen()


def organisations(text: str, language: str) -> list[tuple[int, int]]:
    """Return (start, end) of the organisations that a pipeline finds in a sentence; none where none is switched on.

    A single word is left out, as pipelines take "Board" and "Commission" for names; so is all of an English headline.
    """
    pipelines = _chosen()
    pipeline = pipelines.get(language) or pipelines.get(_ANY)
    if pipeline is None or len(text) > LONGEST or _is_title(text):
        return []
    found = (one for one in pipeline(text).ents if one.label_ in _LABELS)
    return [(one.start_char, one.end_char) for one in found if " " in text[one.start_char : one.end_char]]


def _is_title(text: str) -> bool:
    """Tell whether most words of a text have capitals: pipelines take any run of them for a name."""
    words = [one for one in text.split() if len(one) > 3 and one[0].isalpha()]
    return 2 * sum(one[0].isupper() for one in words) > len(words)


def _chosen() -> Mapping[str, Pipeline]:
    named = os.environ.get(SWITCH, "").strip()
    return _pipelines(named) if named else {}


@cache
def _pipelines(named: str) -> Mapping[str, Pipeline]:
    """Return the pipelines of some packages by language, the first of each language."""
    try:
        spacy = importlib.import_module("spacy")
    except ImportError:
        raise SourceError(f"{SWITCH} is set, but spaCy is not installed: {_CURE}") from None
    found: dict[str, Pipeline] = {}
    for language, pipeline in _loaded(spacy, filter(None, (one.strip() for one in named.split(",")))):
        found.setdefault(language, pipeline)
    return found


def _loaded(spacy: Any, packages: Iterator[str]) -> Iterator[tuple[str, Pipeline]]:  # noqa: ANN401 - optional library
    for name in packages:
        if not _PACKAGE.fullmatch(name) or not spacy.util.is_package(name):
            raise SourceError(f"{SWITCH}: no model package {name!r} is installed: {_CURE}")
        try:
            pipeline = spacy.load(name, exclude=list(_NEEDLESS))
        except (OSError, ValueError) as error:
            raise SourceError(
                f"{SWITCH}: {name} does not fit this spaCy ({type(error).__name__}): install the model of its version"
            ) from error
        if "ner" not in pipeline.pipe_names:
            raise SourceError(f"{SWITCH}: {name} finds no names: choose a model that does")
        yield pipeline.lang, pipeline
