"""The closed schema, checked by us: a server may not know it, and a model may be fooled into another."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from loaders.fetch.cache import read_json, write_json
from loaders.news.event import KINDS, STATUSES
from loaders.news.llm.prompt import FIELDS

MOST_EVENTS = 50
MOST_LAWS = 20
LONGEST = 300
LONGEST_QUOTE = 2_000
_TEXTS = ("regulator", "company", "amount_text", "date_text", "status")


@dataclass(frozen=True, slots=True)
class Said:
    """What the model says of one event: texts that are still to be found in the page and the tables."""

    kind: str
    regulator: str | None
    company: str | None
    amount_text: str | None
    laws: tuple[str, ...]
    date_text: str | None
    status: str | None
    quote: str


@dataclass(frozen=True, slots=True)
class Answered:
    """The events of an answer that fit the schema, and how many did not, by reason."""

    events: tuple[Said, ...]
    rejected: Mapping[str, int]

    def text(self) -> str:
        """Return all that it holds, as one text."""
        return json.dumps([asdict(one) for one in self.events], ensure_ascii=False)


class RejectedError(ValueError):
    """Something that the model says is not taken; the message is the reason, for counting."""


def parse(content: str) -> Answered:
    """Read a model's answer. One that is no JSON or has another form as a whole is one rejected `answer`.

    >>> parse('{"events": [{"kind": "fine", "url": "https://x.example"}], "note": 1}').rejected
    {'answer': 1}
    >>> parse('{"events": [{"kind": "fine", "url": "https://x.example"}]}').rejected
    {'unknown key': 1}
    """
    try:
        value = json.loads(content, object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return Answered((), {"answer": 1})
    if not isinstance(value, dict) or value.keys() != {"events"} or not isinstance(value["events"], list):
        return Answered((), {"answer": 1})
    return _events(value["events"])


def _events(items: list[Any]) -> Answered:
    events, rejected = [], Counter[str]()
    for item in items[:MOST_EVENTS]:
        try:
            events.append(_said(item))
        except RejectedError as reason:
            rejected[str(reason)] += 1
    if len(items) > MOST_EVENTS:
        rejected["too many"] = len(items) - MOST_EVENTS
    return Answered(tuple(events), dict(rejected))


def _said(item: object) -> Said:
    if not isinstance(item, dict):
        raise RejectedError("schema")
    if item.keys() - set(FIELDS):
        raise RejectedError("unknown key")
    if item.keys() != set(FIELDS) or not isinstance(item["laws"], list) or len(item["laws"]) > MOST_LAWS:
        raise RejectedError("schema")
    texts = {name: _text(item[name]) or None if item[name] is not None else None for name in _TEXTS}
    kind, status = _text(item["kind"]), texts["status"]
    if kind not in KINDS:
        raise RejectedError("kind")
    if status is not None and status not in STATUSES:
        raise RejectedError("status")
    return Said(
        kind=kind,
        regulator=texts["regulator"],
        company=texts["company"],
        amount_text=texts["amount_text"],
        laws=tuple(dict.fromkeys(filter(None, map(_text, item["laws"])))),
        date_text=texts["date_text"],
        status=status,
        quote=_text(item["quote"], LONGEST_QUOTE),
    )


def _text(value: object, longest: int = LONGEST) -> str:
    if not isinstance(value, str) or len(value) > longest:
        raise RejectedError("schema")
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        raise ValueError("a key stands twice")
    return table


def _no_number(name: str) -> None:
    raise ValueError(name)


def keep(path: Path, answered: Answered, about: Mapping[str, str]) -> None:
    """Write an answer to disk, whole or not at all; raise OSError where that fails."""
    write_json(path, {**about, "events": [asdict(one) for one in answered.events], "rejected": dict(answered.rejected)})


def kept(path: Path) -> Answered | None:
    """Return an answer from disk; None where there is none or it is damaged. It is checked like a new one."""
    held = read_json(path)
    if not isinstance(held, dict) or not isinstance(held.get("events"), list):
        return None
    rejected = held.get("rejected")
    if not isinstance(rejected, dict) or not all(type(count) is int for count in rejected.values()):
        return None
    found = _events(held["events"])
    return None if found.rejected else Answered(found.events, rejected)
