"""A reading as text for people: each sentence with what was found where, and the acts that it tells of."""

from collections.abc import Iterator

from loaders.news.event import Event
from loaders.news.facts import Sentence
from loaders.news.reading import Reading


def explained(reading: Reading) -> Iterator[str]:
    """Yield the lines of an explanation, in reading order."""
    page = reading.page
    published = page.published or "not stated"
    yield f"{page.key}  language {page.language}, published {published}, {len(reading.events)} acts"
    for sentence in reading.facts.sentences:
        yield ""
        yield _marked(reading, sentence)
        for event in (*reading.events, *reading.flagged):
            if event.start == sentence.start:
                arrow = "->" if event in reading.events else "(not told as a fact)"
                yield f"    {arrow} {_told(event)}"


def _marked(reading: Reading, sentence: Sentence) -> str:
    """Return a sentence with the names, sums, dates and words of enforcement in it marked."""
    marks = [(one.start, one.end, f"{one.type} {one.id}") for one in sentence.mentions]
    marks += [(one.start, one.end, f"sum {one.use} {one.amount.currency} {one.amount.value}") for one in sentence.sums]
    marks += [(one.start, one.end, f"date {one.date}") for one in sentence.dates if one.date]
    marks += [(one.start, one.end, one.kind) for one in sentence.triggers]
    text = reading.page.text
    parts: list[str] = []
    here = sentence.start
    for start, end, label in sorted(marks, key=lambda mark: (mark[0], -mark[1])):
        if start < here:
            continue
        parts += [text[here:start], f"[{text[start:end]} = {label}]"]
        here = end
    return "".join([*parts, text[here : sentence.end]]).replace("\n", " ")


def _told(event: Event) -> str:
    amount = f" {event.currency} {event.amount:,f}" if event.amount is not None else ""
    parts = [
        f"{event.kind}{amount}",
        f"by {event.regulator or 'nobody named'}",
        f"against {event.company or event.company_name or 'nobody named'}",
        f"{event.date or 'no date'}",
        event.status or "",
        f"scope {event.scope}",
        f"confidence {event.confidence}",
        *event.flags,
    ]
    return ", ".join(part for part in parts if part)
