"""Pages that fail or take too long: each is a counted problem, and the next one is read."""

import argparse
import contextlib
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.release import Input, keep_input
from loaders import build
from loaders.news import budget, page, plain, reader, reading, readings
from loaders.news.budget import Budget
from loaders.news.command import extract
from loaders.source import Source, SourceError
from ontology.records import Problem, Story

GOOD = (
    "A fine for faces\n\nOn 20 October 2022 the CNIL fined Clearview AI €20 million under the GDPR. "
    "The company has not paid yet, says its lawyer in Paris.\n"
)
HTML = f"<html lang=en><body><article><h1>A fine for faces</h1><p>{GOOD[18:]}</p></article>"
FEED = "<rss version='2.0'><channel>" + "".join(
    f"<item><guid>{n}</guid><title>{n} fines for faces</title><description>{GOOD[18:]}</description></item>"
    for n in range(3)
)
FORMS = {"a.txt": GOOD, "a.html": HTML, "a.md": f"# {GOOD}", "a.rss": f"{FEED}</channel></rss>"}


def saved(tmp_path: Path, text: str, name: str = "a.txt") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def load(path: Path) -> tuple[list[Story], list[Problem]]:
    source = Source("news", path)
    return list(reader.load(source)), [one for one in source.problems if one.level == "error"]


def for_ever(*_: object, **__: object) -> None:
    while True:
        with contextlib.suppress(Exception):  # as libraries do
            sum(range(1000))


def work(seconds: float) -> None:
    """Keep the processor busy."""
    started = time.process_time()
    while time.process_time() - started < seconds:
        sum(range(1000))


def fails(error: type[BaseException]) -> Callable[..., None]:
    def step(*_: object, **__: object) -> None:
        raise error

    return step


STEPS = [(readings, "read"), (reader, "story")]
OF_TEXT, OF_MARKUP = (plain, "read"), (page, "language_of")


@pytest.mark.parametrize(
    ("name", "module", "step"),
    [(name, *step) for name in FORMS for step in (*STEPS, OF_TEXT if name == "a.txt" else OF_MARKUP)],
)
def test_no_step_takes_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, module: object, step: str
) -> None:
    path = saved(tmp_path, FORMS[name], name)
    stories, problems = load(path)
    assert (len(stories), problems) == (3 if name == "a.rss" else 1, [])
    with monkeypatch.context() as context:
        context.setattr(budget, "SECONDS", 0.2)
        context.setattr(module, step, for_ever)
        started = time.process_time()
        none, problems = load(path)
    assert time.process_time() - started < 0.2 * len(stories) + 2
    assert (none, [one.level for one in problems]) == ([], ["error"] * len(stories))
    assert all(one.message.startswith(f"{path}: given up after 0.2 s") for one in problems)
    assert load(path)[0] == stories


@pytest.mark.parametrize("error", [ZeroDivisionError, RecursionError, MemoryError, KeyError, StopIteration])
@pytest.mark.parametrize(("module", "step"), [*STEPS, OF_TEXT, (page, "_kind")])
def test_a_step_that_fails_is_a_counted_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: object, step: str, error: type[BaseException]
) -> None:
    path = saved(tmp_path, GOOD)
    load(path)
    with monkeypatch.context() as context:
        context.setattr(module, step, fails(error))
        stories, [problem] = load(path)
    assert stories == []
    assert (problem.level, problem.place, problem.count) == ("error", "a.txt", 1)
    assert problem.message.startswith(str(path))


def test_a_person_can_still_interrupt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "read", fails(KeyboardInterrupt))
    readings._load.cache_clear()
    with pytest.raises(KeyboardInterrupt):
        load(saved(tmp_path, GOOD))


UNITS = (
    "fined Acme €5 million and ", "CNIL ICO ", "between €5 and ", "GDPR Article 5(1)(a), ", "fined Aabx Ltd. ",
    "found ",
)  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_hostile_words_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unit: str) -> None:
    load(saved(tmp_path, GOOD, "first.txt"))
    monkeypatch.setattr(budget, "SECONDS", 0.5)
    started = time.process_time()
    stories, problems = load(saved(tmp_path, f"{GOOD}\n{unit * (200_000 // len(unit))}"))
    assert time.process_time() - started < 5
    assert len(stories) + len(problems) == 1
    assert not problems or "given up after 0.5 s" in problems[0].message


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # hypothesis looks on at the collector
def test_one_sentence_of_fines_ends_in_time_and_the_next_page_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(saved(tmp_path, GOOD, "first.txt"))
    page_ = saved(tmp_path, f"{GOOD}\n{'fined Acme €5 million and ' * 480}", "long.txt")
    monkeypatch.setattr(budget, "SECONDS", 0.1)
    started = time.process_time()
    stories, [problem] = load(page_)
    assert time.process_time() - started < 0.1 + 2
    assert (stories, problem.level, problem.place, problem.count) == ([], "error", "long.txt", 1)
    assert problem.message.startswith(f"{page_}: given up after 0.1 s")
    monkeypatch.undo()
    assert len(load(saved(tmp_path, GOOD, "next.txt"))[0]) == 1


def test_the_items_of_a_feed_fail_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = reader.story

    def story(found: object, source: Source) -> Story:
        if found.page.headline.startswith("1"):  # type: ignore[attr-defined]
            raise ValueError
        return real(found, source)  # type: ignore[arg-type]

    monkeypatch.setattr(reader, "story", story)
    stories, [problem] = load(saved(tmp_path, FORMS["a.rss"], "a.rss"))
    assert [one.headline for one in stories] == ["0 fines for faces", "2 fines for faces"]
    assert "1-fines-for-faces" in problem.record


def test_a_folder_is_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    for name in ("apples", "berries", "cherries"):
        saved(folder, GOOD.replace("faces", name), f"{name}.txt")
    saved(folder, "\0" * 90, "dates.txt")
    real = reading.read

    def read(one: page.Page, names: object) -> object:
        if one.headline.endswith("berries"):
            raise RuntimeError
        return real(one, names)  # type: ignore[arg-type]

    monkeypatch.setattr(readings, "read", read)
    with pytest.raises(SourceError) as caught:
        extract(argparse.Namespace(files=[folder], out=tmp_path / "out", trig=False, explain=False))
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "apples.pred.json",
        "cherries.pred.json",
    ]
    first, second = str(caught.value).splitlines()
    assert "berries.txt: cannot be read (RuntimeError)" in first
    assert "dates.txt" in second
    assert capsys.readouterr().out.count("acts of") == 2


def test_a_build_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("apples.txt", "berries.txt")
    store = tmp_path / "store"
    inputs = [
        Input("news", name, keep_input(store, saved(tmp_path, GOOD.replace("faces", name[:-4]), name)), None)
        for name in names
    ]
    real = reading.read

    def read(one: page.Page, registry: object) -> object:
        if one.headline.endswith("berries"):
            for_ever()
        return real(one, registry)  # type: ignore[arg-type]

    monkeypatch.setattr(budget, "SECONDS", 1.0)
    monkeypatch.setattr(readings, "read", read)
    with pytest.raises(build.BuildError, match=r"1 records cannot be read.*\n.*berries\.txt: berries\.txt: given up"):
        build.build(store, inputs, embedded=False)
    release = build.build(store, inputs, embedded=False, keep_going=True)
    (fault,) = (one for one in release.problems if one.level == "error")
    assert fault.place == "berries.txt"


def test_the_steps_of_a_page_share_its_time(tmp_path: Path) -> None:
    source = Source("news", tmp_path / "a.txt")
    one = Budget(1.0)
    one.spend(0.7)
    started = time.process_time()
    assert one.run(source, "a", for_ever) is None
    assert time.process_time() - started < 0.9
    assert one.run(source, "a", lambda: 1) is None  # nothing is left
    one.renew()
    assert one.run(source, "a", lambda: 1) == 1
    assert [one.level for one in source.problems] == ["error", "error"]


def test_the_alarm_of_somebody_else_still_rings(tmp_path: Path) -> None:
    rung: list[int] = []
    handler = signal.signal(signal.SIGPROF, lambda *_: rung.append(1))
    signal.setitimer(signal.ITIMER_PROF, 0.2)
    try:
        Budget(5.0).run(Source("news", tmp_path), "a", lambda: work(0.05))
        work(0.3)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, handler)
    assert rung == [1]


def test_another_thread_is_measured(tmp_path: Path) -> None:
    source, one = Source("news", tmp_path / "a.txt"), Budget(0.05)
    found: list[int | None] = []

    def slow() -> int:
        work(0.1)
        return 1

    def read() -> None:
        found.append(one.run(source, "a", slow))
        found.append(one.run(source, "a", lambda: 2))

    thread = threading.Thread(target=read)
    thread.start()
    thread.join()
    assert found == [1, None]
