"""GDPRhub in each of its shapes, as rows of the same fields (`fields.py`).

* extracted pages, one JSON object a line, and saved pages (`pages.py`): the infobox as the wiki shows it;
* answers of the MediaWiki API (`wikitext.py`): the infobox as the wiki stores it;
* answers of the submission API, and its CSV export (`submissions.py`).
"""

from collections.abc import Iterator

from loaders.gdprhub import pages, submissions, wikitext
from loaders.source import Row, Source, SourceError


def rows(source: Source) -> Iterator[Row]:
    """Yield a row for each record; raise SourceError for a file in none of the shapes."""
    match source.path.suffix.casefold():
        case ".jsonl":
            yield from pages.extracted(source)
        case ".html" | ".htm":
            yield pages.saved(source)
        case ".csv":
            yield from submissions.exported(source)
        case ".json":
            yield from _of_json(source)
        case other:
            raise SourceError(f"{source.path}: GDPRhub is read from .jsonl, .html, .json and .csv, not from {other!r}")


def _of_json(source: Source) -> Iterator[Row]:
    payload = source.json()
    answers = payload if isinstance(payload, list) else [payload]
    if answers and all(isinstance(one, dict) and one.keys() & {"query", "parse"} for one in answers):
        return wikitext.answered(source, answers)
    if isinstance(payload, dict) and isinstance(payload.get("rows"), list):
        return submissions.answered(source, payload["rows"])
    raise SourceError(
        f'{source.path}: no answer of GDPRhub: expected {{"query": {{"pages": …}}}} or {{"parse": …}} of the wiki\'s '
        'API, or {"rows": [{"content", "wiki"}, …]} of the submission API'
    )
