"""CSV files of sources: rows with the line that they begin on; a damaged file is refused with the line and the cure."""

import csv
import io
from collections.abc import Iterator

from loaders.source import Source, SourceError

# A classification in the AI Incident Database quotes whole articles in one cell.
csv.field_size_limit(16 * 1024 * 1024)


def lines(source: Source) -> Iterator[tuple[int, list[str]]]:
    """Yield (line, cells) of each row that holds anything, cells without space around them; raise SourceError."""
    reader = csv.reader(io.StringIO(source.text(), newline=""), strict=True)
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begins, [cell.strip() for cell in cells]
            begins = reader.line_num + 1
    except csv.Error as error:
        raise SourceError(
            f"{source.path}:{reader.line_num}: broken CSV ({error}); the file may be cut off: fetch it again"
        ) from error


def fields(source: Source, head: list[str], line: int, cells: list[str]) -> dict[str, str]:
    """Return a row's cells by the names of their columns; raise SourceError where their number differs."""
    if len(cells) != len(head):
        raise SourceError(
            f"{source.path}:{line}: {len(cells)} cells, expected {len(head)}; the file may be cut off: fetch it again"
        )
    return dict(zip(head, cells, strict=True))
