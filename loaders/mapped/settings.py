"""The tables of a TOML file, taken off key by key: every fault names the file, the key and the cure."""

import difflib
import tomllib
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NoReturn, TypeVar

from loaders.source import SourceError

T = TypeVar("T")


def nearest(word: str, known: Iterable[str]) -> str:
    """Return " (did you mean …?)" with the known word that is most like this one, "" where none is.

    >>> nearest("repsondent", ["authority", "respondent"]), nearest("x", ["authority"])
    (" (did you mean 'respondent'?)", '')
    """
    folded = {one.casefold(): one for one in known}
    found = difflib.get_close_matches(word.casefold(), folded, 1)
    return f" (did you mean {folded[found[0]]!r}?)" if found else ""


class Settings:
    """One table of a TOML file; `file` and `name` are what messages call them."""

    def __init__(self, file: str, name: str, values: Mapping[str, Any]) -> None:
        self.file = file
        self._name = name
        self._rest = dict(values)
        self._asked: list[str] = []

    @classmethod
    def parse(cls, file: str, text: str) -> "Settings":
        """Return the whole of a file; raise SourceError where it is no TOML."""
        try:
            return cls(file, "", tomllib.loads(text))
        except tomllib.TOMLDecodeError as error:
            raise SourceError(
                f"{file}: broken TOML: {error}; texts stand in quotation marks, lists in [ ], tables under [name]"
            ) from error

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that nobody took yet."""
        return tuple(self._rest)

    def fail(self, key: str, words: str) -> NoReturn:
        """Raise the SourceError of a fault."""
        table = f"[{self._name}] " if self._name else ""
        raise SourceError(f"{self.file}: {table}{key}: {words}")

    def _take(self, key: str, type_: type[T], words: str, default: T) -> T:
        self._asked.append(key)
        value = self._rest.pop(key, default)
        if not isinstance(value, type_) or (isinstance(value, bool) and type_ is not bool):
            self.fail(key, f"{value!r} is no {words}")
        return value

    def text(self, key: str, default: str = "") -> str:
        """Take a text."""
        return self._take(key, str, 'text in quotation marks, such as "CNIL"', default)

    def flag(self, key: str, *, default: bool) -> bool:
        """Take a yes or no."""
        return self._take(key, bool, "true or false", default)

    def count(self, key: str) -> int:
        """Take a whole number, 0 or more; 0 where there is none."""
        value = self._take(key, int, "whole number, such as 2", 0)
        return value if value >= 0 else self.fail(key, f"{value} is below 0")

    def choice(self, key: str, options: Collection[str], default: str = "") -> str:
        """Take a text that is one of the options, or the default."""
        value = self.text(key, default)
        if value != default and value not in options:
            self.fail(key, f"{value!r} is none of {', '.join(options)}{nearest(value, options)}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Take a list of texts; a single text is a list of one."""
        self._asked.append(key)
        value = self._rest.pop(key, [])
        found = [value] if isinstance(value, str) else value
        if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
            self.fail(key, f'{value!r} is no list of texts, such as ["one", "two"]')
        return tuple(found)

    def any(self, key: str) -> object:
        """Take a value of any type, None where there is none."""
        self._asked.append(key)
        return self._rest.pop(key, None)

    def table(self, key: str) -> "Settings":
        """Take a table; an empty one where there is none."""
        self._asked.append(key)
        value = self._rest.pop(key, {})
        name = f"{self._name}.{key}" if self._name else key
        if not isinstance(value, dict):
            self.fail(key, f"must be a table: write it under a line [{name}]")
        return Settings(self.file, name, value)

    def done(self) -> None:
        """Raise SourceError for a key that nobody took: a misspelt setting must not be passed over."""
        for key in self._rest:
            self.fail(key, f"unknown key{nearest(key, self._asked)}; there are {', '.join(self._asked)}")
