"""What an input module finds in a file, before it has a key: plain data that can cross from a process to another."""

from dataclasses import dataclass, replace
from typing import Literal

Role = Literal["headline", "paragraph", "item", "caption"]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a story in its order, on one line."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """One story of a file. `id` tells it from the others of its file; what the file does not state is None."""

    headline: str
    parts: tuple[Part, ...]
    published: str | None = None
    url: str | None = None
    language: str | None = None
    id: str = ""
    voice: str | None = None

    def at(self, url: str | None) -> "Draft":
        """Return the same story with an address, where it states none."""
        return self if self.url else replace(self, url=url)
