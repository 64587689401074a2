"""The competency questions: what every release must answer, one file of `queries/` each.

```
# title: The history of one organisation
# question: What happened to Clearview AI, in order of time?
# parameter: org co:clearview-ai the organisation        (any number: variable, default, what it is)
# note: Acts without a known date are left out.          (any number, read as one text)
SELECT … WHERE { VALUES ?org { co:clearview-ai } …       (without PREFIX lines; one VALUES for each parameter)
```
A file can be copied into an editor as it is: each parameter stands there with its default.
"""

import difflib
import functools
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from ontology.terms import PREFIXES

FOLDER = Path(__file__).parent / "queries"
_HEADER = re.compile(r"# (title|question|parameter|note): (.*)")
_IRI = r'<[^\x00-\x20<>"{}|^`\\]+>'
_NAME = r"(?P<{}>[a-z-]+):[A-Za-z0-9_][A-Za-z0-9_-]*"
# No backslash may come before u: engines read \u0022 as a quotation mark before they look for strings.
_STRING = r'"(?:[^"\\\x00-\x1f]|\\[tbnrf"\'\\](?![uU]))*"'
_TERM = re.compile(
    rf"{_IRI}|{_NAME.format('prefix')}|[+-]?[0-9]+(?:\.[0-9]+)?|true|false"
    rf"|{_STRING}(?:@[A-Za-z]+(?:-[A-Za-z0-9]+)*|\^\^(?:{_IRI}|{_NAME.format('datatype')}))?"
)


class UnknownQuestionError(LookupError):
    """A name that is no question's; the message lists near ones."""


class ParameterError(ValueError):
    """A parameter that a question does not have, or a value that is not one SPARQL term."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable that a reader may give another value; `default` is a SPARQL term."""

    name: str
    default: str
    words: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question: `name` is that of its file, `text` the whole file, a query that can be run."""

    name: str
    title: str
    question: str
    parameters: tuple[Parameter, ...]
    note: str
    text: str

    @property
    def number(self) -> int:
        """Its place among the questions, from 1."""
        return int(self.name.partition("-")[0])

    @property
    def slug(self) -> str:
        """Its name without the number."""
        return self.name.partition("-")[2]

    def filled(self, **values: str) -> str:
        """Return the query with these values (SPARQL terms) in place of the defaults.

        Raises ParameterError for a parameter that is none of its own, and for a value that is not
        one IRI in <>, name with one of our prefixes, number, boolean or string in double quotes.

        >>> print(find("cases-by-capability").filled(capability="ai:EmotionRecognition").splitlines()[5])
          VALUES ?capability { ai:EmotionRecognition }
        >>> find("5").filled(org="co:clearview-ai } ?s ?p ?o {")
        Traceback (most recent call last):
            ...
        graph.questions.ParameterError: org: 'co:clearview-ai } ?s ?p ?o {' is not one SPARQL term
        """
        known = [one.name for one in self.parameters]
        text = self.text
        for name, value in values.items():
            if name not in known:
                raise ParameterError(f"{self.name} has no parameter {name!r}; it has {', '.join(known) or 'none'}")
            _check(name, value)
            text = _put(text, name, value)
        return text


def _check(name: str, value: str) -> None:
    found = _TERM.fullmatch(value)
    if found is None:
        raise ParameterError(f"{name}: {value!r} is not one SPARQL term")
    prefix = found["prefix"] or found["datatype"]
    if prefix and prefix not in PREFIXES:
        raise ParameterError(f"{name}: the prefix {prefix!r} of {value!r} is none of ours ({', '.join(PREFIXES)})")


def _put(text: str, name: str, value: str) -> str:
    slot = re.compile(rf"^( *VALUES \?{re.escape(name)} {{ ).*( }})$", re.MULTILINE)
    return slot.sub(lambda found: f"{found[1]}{value}{found[2]}", text)


@functools.cache
def questions() -> tuple[Question, ...]:
    """Return all questions in the order of their numbers, read once.

    >>> questions()[4].title, [one.name for one in questions()[4].parameters]
    ('The history of one organisation', ['org'])
    """
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.rq")))


def _read(path: Path) -> Question:
    text = path.read_text(encoding="utf-8")
    head: defaultdict[str, list[str]] = defaultdict(list)
    for line in text.splitlines():
        found = _HEADER.fullmatch(line)
        if found is None:
            break
        head[found[1]].append(found[2])
    return Question(
        path.stem,
        " ".join(head["title"]),
        " ".join(head["question"]),
        tuple(Parameter(*line.split(" ", 2)) for line in head["parameter"]),
        " ".join(head["note"]),
        text,
    )


def find(name: str) -> Question:
    """Return the question of a number, a slug or a file's name; raise UnknownQuestionError for any other text.

    >>> find("5") is find("05") is find("history-of-an-organisation") is find("05-history-of-an-organisation")
    True
    >>> find("history-of-an-org")
    Traceback (most recent call last):
        ...
    graph.questions.UnknownQuestionError: 'history-of-an-org' is no question; near: 05-history-of-an-organisation
    """
    wanted = name.strip().removesuffix(".rq")
    for one in questions():
        if wanted in {one.name, one.slug} or (wanted.isdecimal() and int(wanted) == one.number):
            return one
    slugs = {one.slug: one.name for one in questions()}
    near = [slugs[slug] for slug in difflib.get_close_matches(wanted.lstrip("0123456789-"), slugs)]
    listed = f"near: {', '.join(near)}" if near else f"there are 1 to {len(slugs)}"
    raise UnknownQuestionError(f"{name!r} is no question; {listed}")
