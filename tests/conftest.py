"""Fixtures: one release of the embedded set and small hand-written sources, built once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from graph.release import Release, current
from loaders import build
from web import create_app
from web.settings import Settings

FIXTURES = Path(__file__).parent / "fixtures"
GOLDEN = Path(__file__).parent / "golden"
REAL = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a store from the embedded set, the tracker fixture and the story fixture."""
    path = tmp_path_factory.mktemp("store")
    inputs = build.inputs_of(
        path,
        [("cms", FIXTURES / "cms.json", "2024-03-07"), ("news", FIXTURES / "story-2023-05-10.html", "2023-05-11")],
    )
    build.build(path, inputs)
    return path


@pytest.fixture(scope="session")
def release(store: Path) -> Release:
    found = current(store)
    assert found is not None
    return found


@pytest.fixture(scope="session")
def app(store: Path) -> Iterator[Flask]:
    made = create_app(store, Settings(workers=2, spares=1, seconds=2.0))
    made.testing = False
    yield made
    made.extensions["finegraph"].close()
