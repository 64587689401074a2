"""A web archive (WARC, also compressed) to the pages in it."""

import gzip
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

UNPACKED = 1 << 30
"""Bytes that an archive may unpack to."""
_TYPES = frozenset(("text/html", "application/xhtml+xml"))
_GZIP = b"\x1f\x8b"


class BrokenArchiveError(Exception):
    """An archive that cannot be read on; the message says why."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A page of an archive: its address, and its bytes, one more than `limit` where there are more."""

    url: str
    body: bytes


class _Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


def pages(raw: bytes, limit: int) -> Iterator[Saved]:
    """Yield the web pages that an archive holds as answers of servers. Raises BrokenArchiveError.

    Each is read up to `limit` and a byte, so that what is too large is seen.
    """
    stream: _Readable = io.BytesIO(raw)
    if raw.startswith(_GZIP):
        stream = gzip.GzipFile(fileobj=io.BytesIO(raw))
    try:
        for record in ArchiveIterator(_Counted(stream)):
            answer = record.http_headers
            if record.rec_type != "response" or answer is None or not answer.get_statuscode().startswith("2"):
                continue
            type_ = (answer.get_header("Content-Type") or "").partition(";")[0].strip().casefold()
            if type_ in _TYPES:
                url = record.rec_headers.get_header("WARC-Target-URI") or ""
                yield Saved(url.strip("<> "), record.content_stream().read(limit + 1))
    except (ArchiveLoadFailed, EOFError, OSError, ValueError) as error:
        raise BrokenArchiveError(f"the archive is cut off or broken ({error})") from error


class _Counted:
    """A stream that ends with an error where it gives more than UNPACKED: compressed zeros have no end."""

    def __init__(self, stream: _Readable) -> None:
        self._stream, self._left = stream, UNPACKED

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        found = self._stream.read(size)
        self._left -= len(found)
        if self._left < 0:
            raise BrokenArchiveError(f"the archive unpacks to more than {UNPACKED >> 20} MiB; split it")
        return found

    def close(self) -> None:
        """Do nothing: the bytes are in memory."""
