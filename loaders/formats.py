"""The formats that can be loaded: each folder here with a source.toml and a reader.py is one."""

import importlib
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, cast

from loaders.source import Source
from ontology.records import Record

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Format:
    """One loader. `suffixes` are those of the files it reads where a folder is named."""

    name: str
    settings: Mapping[str, Any]

    @property
    def suffixes(self) -> frozenset[str]:
        """The suffixes of its files, lower case, with the dot."""
        return frozenset(self.settings["suffixes"])

    def load(self, source: Source) -> Iterator[Record]:
        """Yield the records of one file; problems gather in the source."""
        source.config = self.settings
        return cast("Callable[[Source], Iterator[Record]]", self._reader().load)(source)

    def data(self, path: Path) -> Path | None:
        """Return the file that a file of this format names and that is read with it; None where files stand alone.

        Raises SourceError where the file named is not there.
        """
        named = cast("Callable[[Path], Path] | None", getattr(self._reader(), "data", None))
        return named(path) if named else None

    def _reader(self) -> ModuleType:
        return importlib.import_module(f"loaders.{self.name}.reader")


@cache
def formats() -> Mapping[str, Format]:
    """Return every loader by the name of its folder."""
    found = (path.parent for path in sorted(_HERE.glob("*/source.toml")) if (path.parent / "reader.py").is_file())
    return {
        one.name: Format(one.name, tomllib.loads((one / "source.toml").read_text(encoding="utf-8"))) for one in found
    }
