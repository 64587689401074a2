"""The shapes accept a good example of each class and reject each broken one, by the rule that it breaks."""

from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.namespace import RDF, SH

from graph.cli import main
from graph.validate import SHAPES, validate_file
from ontology.terms import FG, PREFIXES

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
    assert [(one.line, one.node, one.path, one.value) for one in validate_file(path)] == [
        (4, "<https://data.example/m>", "fg:currency", ""),
        (6, "<https://data.example/m>", "fg:amount", ""),
    ]


HEAD = "".join(f"@prefix {name}: <{space}> .\n" for name, space in PREFIXES.items())
FIRST = HEAD.count("\n") + 1


def written(tmp_path: Path, name: str, text: str | bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


COURT = """court:fr-cnil a fg:Court ; skos:prefLabel 'x' .
rul:x a fg:CourtRuling ; skos:prefLabel 'x' ;
fg:authority court:it-garante ."""
PROVISION = """dec:x a fg:Decision ; skos:prefLabel 'x' ; fg:authority reg:fr-cnil ;
fg:foundViolationOf law:eu_gdpr_foo-5_bar-1 ."""
DATE = """dec:x a fg:Decision ; skos:prefLabel "x" ; fg:authority reg:fr-cnil ;
fg:decidedOn "2022-13-45"^^xsd:date ."""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mea:x_1 a fg:Measure ; fg:kind k:reprimand ; fg:currency cur:EUR ;\nfg:amount 5000 .", [(1, "5000")]),
        ('mea:x_1 a fg:Measure ; fg:kind k:reprimand ;\nfg:currency cur:EUR ;\nfg:amount "5.0" .', [(2, "5.0")]),
        ("[] a fg:Measure .", [(0, "")]),
        ("mea:x_1 a fg:Measur .", [(0, "")]),
        ("mea:x_1 a fg:Measure ; fg:kind k:reprimand ;\nfg:secure mea:x_1 .", [(1, "")]),
        (COURT, [(2, "court:it-garante")]),
        (PROVISION, [(1, "law:eu_gdpr_foo-5_bar-1")]),
        (DATE, [(1, "2022-13-45")]),
    ],
)  # fmt: skip
def test_a_fault_is_found_at_its_line_with_its_words(tmp_path: Path, text: str, found: list[tuple[int, str]]) -> None:
    path = written(tmp_path, "x.ttl", HEAD + text)
    broken = validate_file(path)
    assert [(one.line - FIRST, one.value) for one in broken if "authority" not in one.message] == found
    assert broken == validate_file(path)


@pytest.mark.parametrize("text", ["", "<urn:a> <urn:b> <urn:c> .", "# nothing"])
def test_a_file_without_our_terms_is_no_success(tmp_path: Path, text: str) -> None:
    (fault,) = validate_file(written(tmp_path, "x.ttl", text))
    assert "says nothing in our vocabulary" in str(fault)


def test_long_lines_and_byte_order_marks_are_read(tmp_path: Path) -> None:
    text = f'{HEAD}\nmea:x_1 a fg:Measure ;\n skos:note "{"x" * 20_000}" ;\n fg:kind k:nothing .'
    (fault,) = validate_file(written(tmp_path, "x.ttl", b"\xef\xbb\xbf" + text.encode()))
    assert fault.line == FIRST + 3


@pytest.mark.parametrize("syntax", ["ttl", "nt", "trig", "nq", "jsonld"])
def test_every_export_conforms(tmp_path: Path, store: Path, syntax: str) -> None:
    path = tmp_path / f"all.{syntax}"
    assert main(["export", "--store", str(store), "--format", syntax, "-o", str(path)]) == 0
    assert validate_file(path) == []


def test_documents_may_disagree_but_each_must_conform(tmp_path: Path) -> None:
    one = "GRAPH g:doc_a_1 { dec:x a fg:Decision ; skos:prefLabel 'x'@en ; fg:authority reg:fr-cnil ; "
    one += "fg:decidedOn DATE . }"
    two = one.replace("doc_a_1", "doc_b_1")
    dates = ("'2022'^^xsd:gYear", "'2023'^^xsd:gYear")
    text = "\n".join((HEAD, one.replace("DATE", dates[0]), two.replace("DATE", dates[1])))
    assert validate_file(written(tmp_path, "x.trig", text)) == []
    wrong = "\n".join((HEAD, one.replace("DATE", ", ".join(dates)), two.replace("DATE", dates[1])))
    (fault,) = validate_file(written(tmp_path, "y.trig", wrong))
    assert (fault.node, fault.line) == ("dec:x", FIRST + 1)
