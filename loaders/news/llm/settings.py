"""What the user sets: where the model is, what a run may cost, and how much of that is spent.

FINEGRAPH_LLM_URL in the environment is the only switch. All else may also stand in the TOML file that
FINEGRAPH_LLM_SETTINGS names, under the same names without FINEGRAPH_LLM_, in lower case.
"""

import os
import re
import threading
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from loaders.source import SourceError

PREFIX = "FINEGRAPH_LLM_"
GIVEN_UP = 3
"""Pages in a row that the server failed: after so many, a run asks it no more."""
# What a header may hold, and what JSON writes as it is: no quotes, no backslash.
_KEY = re.compile(r"[!#-\[\]-~]+")
_MILLION = 1_000_000


@dataclass(slots=True)
class Run:
    """What one run has spent. Several threads may share it; a process of its own has its own."""

    pages: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    failures: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def spend(self, tokens_in: int, tokens_out: int) -> None:
        """Count the tokens of one answer."""
        with self.lock:
            self.tokens_in += tokens_in
            self.tokens_out += tokens_out

    def ended(self, *, well: bool) -> None:
        """Count a page that the server failed; one that it answered sets the count back."""
        with self.lock:
            self.failures = 0 if well else self.failures + 1


@dataclass(frozen=True, slots=True)
class Settings:
    """How to ask a model; raises SourceError for what cannot be. The key is never shown.

    `url` is what stands before /chat/completions. Prices are for a million tokens, in any one currency, as is
    `max_cost`. `timeout` is in seconds. One Settings is one run: its caps count what `run` has spent.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    cache: Path = Path(".finegraph/fetched/llm")
    max_pages: int = 100
    max_characters: int = 40_000
    max_tokens: int = 1_000_000
    max_answer: int = 4_000
    price_in: Decimal | None = None
    price_out: Decimal | None = None
    max_cost: Decimal | None = None
    timeout: int = 120
    run: Run = field(default_factory=Run, repr=False, compare=False)

    def __post_init__(self) -> None:
        _check_url(self.url)
        if not self.model:
            raise SourceError(f"{PREFIX}MODEL is not set: name the model to ask, or unset {PREFIX}URL")
        if self.key and not _KEY.fullmatch(self.key):
            raise SourceError(f"{PREFIX}KEY holds a space, a quote or another sign that no key has; copy it again")
        if self.max_cost is not None and (self.price_in is None or self.price_out is None):
            raise SourceError(f"{PREFIX}MAX_COST needs {PREFIX}PRICE_IN and {PREFIX}PRICE_OUT: set both")

    @classmethod
    def from_environment(
        cls, environment: Mapping[str, str] | None = None, store: Path | None = None
    ) -> "Settings | None":
        """Return the settings, None where no URL is set: then nothing may be sent.

        Answers are kept in STORE/fetched/llm, the store being `store`, else FINEGRAPH_STORE. Raises SourceError.

        >>> Settings.from_environment({}) is None
        True
        >>> on = {"FINEGRAPH_LLM_URL": "http://localhost:8080/v1", "FINEGRAPH_LLM_MODEL": "m"}
        >>> Settings.from_environment(on).max_pages
        100
        """
        environment = os.environ if environment is None else environment
        url = environment.get(f"{PREFIX}URL", "").strip()
        if not url:
            return None
        file = environment.get(f"{PREFIX}SETTINGS", "").strip()
        values = _file(Path(file)) if file else {}
        for name, text in environment.items():
            if name.startswith(PREFIX) and name.removeprefix(PREFIX) not in {"URL", "SETTINGS"} and text.strip():
                key = name.removeprefix(PREFIX).lower()
                values[key] = _value(name, key, text.strip())
        folder = store or Path(environment.get("FINEGRAPH_STORE") or ".finegraph")
        return cls(url, values.pop("model", ""), cache=folder / "fetched" / "llm", **values)

    @property
    def cost(self) -> Decimal:
        """What the run has cost so far, 0 where no price is set."""
        run = self.run
        return ((self.price_in or 0) * Decimal(run.tokens_in) + (self.price_out or 0) * Decimal(run.tokens_out)) / (
            _MILLION
        )

    def enter(self, text: str) -> str:
        """Count a page that is to be sent; return why it may not be, "" where it may."""
        with self.run.lock:
            reason = self._refusal(text)
            self.run.pages += not reason
        return reason

    def _refusal(self, text: str) -> str:
        run = self.run
        if len(text) > self.max_characters:
            return f"longer than {self.max_characters} characters ({PREFIX}MAX_CHARACTERS)"
        if run.failures >= GIVEN_UP:
            return f"the server failed {GIVEN_UP} pages in a row; run again when it answers"
        if run.pages >= self.max_pages:
            return f"{self.max_pages} pages were sent in this run ({PREFIX}MAX_PAGES)"
        if run.tokens_in + run.tokens_out >= self.max_tokens:
            return f"{self.max_tokens} tokens were used in this run ({PREFIX}MAX_TOKENS)"
        if self.max_cost is not None and self.cost >= self.max_cost:
            return f"this run has cost {self.max_cost} ({PREFIX}MAX_COST)"
        return ""


def _check_url(url: str) -> None:
    """Raise SourceError for an address that is not of the web. Its words are not repeated: they may hold a password."""
    fault = ""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        fault = "is no address"
    else:
        plain = url.isascii() and url.isprintable() and " " not in url
        if parts.scheme not in {"http", "https"} or not parts.hostname or not plain:
            fault = "is no http:// or https:// address"
        elif parts.username is not None or parts.password is not None:
            fault = f"holds a name or password: put the key into {PREFIX}KEY"
        elif parts.query or parts.fragment:
            fault = f"has something after ? or #: put the key into {PREFIX}KEY"
    if fault:
        raise SourceError(f"{PREFIX}URL {fault}; give what stands before /chat/completions")


def _file(path: Path) -> dict[str, Any]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror}); check {PREFIX}SETTINGS") from error
    except ValueError:  # its words may repeat what the file holds
        raise SourceError(f"{path}: is no TOML in UTF-8; check {PREFIX}SETTINGS") from None
    if "url" in table:
        raise SourceError(f"{path}: url cannot stand here; the switch is {PREFIX}URL in the environment")
    return {name: _value(f"{path}: {name}", name, str(value).strip()) for name, value in table.items()}


def _value(place: str, name: str, text: str) -> str | int | Decimal:
    read = _READ.get(name)
    if read is None:  # a cap that is misspelt would be no cap
        raise SourceError(f"{place} is no setting; there are {', '.join(_READ)}")
    try:
        return read(text)
    except (ValueError, InvalidOperation):
        raise SourceError(f"{place} is not a number that fits; give a positive one, with a point if any") from None


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 16 and int(text)):
        raise ValueError
    return int(text)


def _price(text: str) -> Decimal:
    price = Decimal(text)
    if not (price.is_finite() and price >= 0):
        raise ValueError
    return price


_READ: Mapping[str, Callable[[str], str | int | Decimal]] = {
    "model": str,
    "key": str,
    **dict.fromkeys(("max_pages", "max_characters", "max_tokens", "max_answer", "timeout"), _whole),
    **dict.fromkeys(("price_in", "price_out", "max_cost"), _price),
}
