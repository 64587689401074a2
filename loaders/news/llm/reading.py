"""`read`: a page to events by way of a model, its answers kept by content so that no page is sent twice."""

import hashlib
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from loaders.fetch.clock import Clock
from loaders.news.event import Event
from loaders.news.llm.answer import Answered, keep, kept, parse
from loaders.news.llm.client import ServerError, ask
from loaders.news.llm.judge import Doubt, judge
from loaders.news.llm.prompt import VERSION, message
from loaders.news.llm.settings import Settings
from loaders.news.money import Amount
from loaders.news.page import Page
from ontology.records import Problem
from ontology.registry import Registry

_SECRET = 8  # characters: servers of one's own take words such as "EMPTY" for a key, and these are no secret


@dataclass(frozen=True, slots=True)
class Reading:
    """What a model's answer gave: events that hold, what a person has to look at, what was rejected for what.

    `cached`: nothing was sent. `tokens` are those of this page. `problems` says why a page was not read.
    """

    events: tuple[Event, ...] = ()
    review: tuple[Doubt, ...] = ()
    rejected: Mapping[str, int] = field(default_factory=dict)
    cached: bool = False
    tokens: int = 0
    problems: tuple[Problem, ...] = ()


def read(
    page: Page,
    settings: Settings,
    registry: Registry,
    clock: Clock | None = None,
    *,
    money: Sequence[Amount] | None = None,
) -> Reading:
    """Read a page with the help of a model. A cap or a server that fails gives a problem, never an error.

    `money` are the amounts of the page, where they were read already.
    """
    path = _path(page, settings)
    answered, tokens, problems = kept(path), 0, []
    cached = answered is not None
    if answered is None:
        if reason := settings.enter(page.text):
            return Reading(problems=(_problem(page, f"not sent: {reason}"),))
        try:
            answered, tokens = _answered(page, settings, clock or Clock())
        except ServerError as error:
            settings.run.ended(well=False)
            return Reading(problems=(_problem(page, str(error)),))
        settings.run.ended(well=True)
        try:
            keep(path, answered, {"model": settings.model, "prompt": VERSION})
        except OSError as error:
            problems.append(_problem(page, f"its answer cannot be kept ({error.strerror}): check {settings.cache}"))
    judged = judge(answered.events, page, registry, money)
    rejected = dict(Counter(answered.rejected) + judged.rejected)
    return Reading(judged.events, judged.review, rejected, cached, tokens, tuple(problems))


def _answered(page: Page, settings: Settings, clock: Clock) -> tuple[Answered, int]:
    number = secrets.token_hex(16)
    answer = ask(settings, message(page.text, number), clock)
    answered = parse(answer.content)
    if len(settings.key) >= _SECRET and settings.key in answered.text():
        raise ServerError("the server's answer repeats the key; nothing of it is kept")
    return answered, answer.tokens_in + answer.tokens_out


def _path(page: Page, settings: Settings) -> Path:
    """Return where the answer to a page lies: by the model, the words that ask it, and the text."""
    key = f"{settings.model}\0{VERSION}\0{page.text}"
    return settings.cache / f"{hashlib.sha256(key.encode(errors='surrogatepass')).hexdigest()}.json"


def _problem(page: Page, words: str) -> Problem:
    return Problem("notice", page.key, words, "news", page.key, field="llm")
