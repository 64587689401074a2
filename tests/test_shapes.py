"""The shapes accept a good example of each class and reject each broken one, by the rule that it breaks."""

from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.namespace import RDF, SH

from graph.validate import SHAPES, validate_file
from ontology.terms import FG

HERE = Path(__file__).parent / "shapes"
GOOD = sorted((HERE / "good").glob("*.ttl"))
BROKEN = sorted((HERE / "broken").glob("*.ttl"))
MESSAGES = {str(message) for message in Graph().parse(SHAPES, format="turtle").objects(None, SH.message)}


def expected(path: Path) -> str:
    return path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# expects: ")


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_good_example_conforms(path: Path) -> None:
    assert validate_file(path) == []


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_example_is_rejected_by_its_own_rule(path: Path) -> None:
    found = validate_file(path)
    assert found
    assert all(one.message.startswith(expected(path)) for one in found), found
    lines = path.read_text(encoding="utf-8").splitlines()
    assert all(1 <= one.line <= len(lines) and not lines[one.line - 1].startswith(("#", "@")) for one in found)


def test_every_rule_has_a_broken_example() -> None:
    broken = {message for path in BROKEN for message in MESSAGES if message.startswith(expected(path))}
    assert broken == MESSAGES


def test_every_class_has_a_good_example() -> None:
    classes = {FG[name] for name in FG.__annotations__ if name[0].isupper()} - {FG.Act}  # an act is one or the other
    shown = {thing for path in GOOD for thing in Graph().parse(path).objects(None, RDF.type)}
    assert classes <= shown


def test_a_fault_is_named_with_the_line_of_its_statement(tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(
        "@prefix fg: <https://w3id.org/finegraph#> .\n@prefix d: <https://data.example/> .\n\n"
        "d:m a fg:Measure ;\n    fg:kind <https://w3id.org/finegraph/kind/reprimand> ;\n"
        "    fg:amount 5.0 ,\n        6.0 .\n",
        encoding="utf-8",
    )
    assert [(one.line, one.path.rpartition("#")[2], one.value) for one in validate_file(path)] == [
        (4, "currency", ""),
        (6, "amount", ""),
    ]
