"""What confirms the curated acts, what is held and missing, what changed, and the archive of an edition."""

import csv
import hashlib
import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml
from rdflib.namespace import DCTERMS

from graph import changes, cli, tables
from graph.agreement import Record, Said
from graph.archive import Edition, write
from graph.confirm import Confirmation, Confirmed, compared
from graph.coverage import AXES, REASONS, counts, coverage, missing
from graph.release import Input, Release, keep_input
from loaders import build
from loaders.curated import reader
from loaders.curated.checks import all_confirmed, tally
from loaders.curated.lined import parse
from loaders.press import reader as press
from loaders.source import Source
from ontology import tables as reference
from ontology.dates import Date
from ontology.records import Money
from ontology.registry import registry
from ontology.terms import FG, PREFIXES
from tests.conftest import FIXTURES

DAY = Date.parse("2026-11-24").first
TABLES = [act for case in parse(Source("curated", FIXTURES / "curated.yaml")).value for act in case["acts"]]


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Release]:
    """Return a release of one case file and the tracker's fixture."""
    folder = tmp_path_factory.mktemp("editions")
    (folder / "cases").mkdir()
    shutil.copy(FIXTURES / "curated.yaml", folder / "cases" / "fr.yaml")
    store = folder / "store"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "CASES", folder / "cases")
        patch.setattr(press, "ITEMS", folder)
        yield build.build(store, [Input("cms", "cms.json", keep_input(store, FIXTURES / "cms.json"), "2024-03-07")])


@pytest.fixture(scope="module")
def found(release: Release) -> dict[str, Confirmed]:
    return {one.act: one for one in all_confirmed(release.open(), TABLES)}


def test_each_act_is_listed_with_what_others_say(found: dict[str, Confirmed]) -> None:
    assert set(found) == {"fr-ce_000001", "fr-cnil_san-2022-019", "fr-cnil_san-2023-005"}
    tracker, read = found["fr-cnil_san-2022-019"].found
    assert (tracker.source, tracker.record) == ("cms", "ETid-9001")
    assert {"authority", "respondents", "amount"} <= {*tracker.confirms}
    assert [field for field, _, _ in tracker.contradicts] == ["decided", "breaches"]  # of publication; article 32
    assert (read.source, read.confirms) == ("register.example", ("decided", "amount"))
    assert read.contradicts == (("breaches", "", "Art. 32 instead of 31"),)
    assert read.settled == "The deliberation says 31."
    assert found["fr-cnil_san-2022-019"].sources == {"cms", "register.example"}


def test_acts_are_counted_by_the_sources_that_confirm_them(found: dict[str, Confirmed]) -> None:
    assert tally(found.values()) == {"2": 1, "1": 1, "unverified": 1}
    only_named = Confirmed("x", "", "machine", (Confirmation("a", "", "", ("authority", "respondents")),))
    assert tally([only_named]) == {"0": 1}


def _said(*sums: int, **facts: str) -> Said:
    """Return what a document says, by the names of properties (`respondent`: ids with spaces between)."""
    place = {"respondent": PREFIXES["org"], "identifier": ""}
    act = {
        str(DCTERMS.identifier if key == "identifier" else FG[key]): frozenset(
            place[key] + one for one in value.split()
        )
        for key, value in facts.items()
    }
    return Said(act, {str(n): Money(Decimal(one), "EUR") for n, one in enumerate(sums)}, frozenset())


@pytest.mark.parametrize(
    ("ours", "theirs", "field", "verdict"),
    [
        (_said(identifier="146/2024"), _said(identifier="146/24"), "docket", "confirms"),
        (_said(identifier="146/2024"), _said(identifier="147/2024"), "docket", "contradicts"),
        (_said(identifier="PS/00170/2023"), _said(identifier="EXP202202960"), "docket", ""),  # its file
        (_said(respondent="meta-platforms-ireland"), _said(respondent="meta-platforms"), "respondents", ""),  # parent
        (_said(respondent="tiktok-inc"), _said(respondent="tiktok"), "respondents", ""),  # in no table, shorter
        (_said(respondent="tiktok-inc"), _said(respondent="meta-platforms"), "respondents", "contradicts"),
        (_said(60, 40, 1), _said(100), "amount", "confirms"),  # the total without the penalty a day
        (_said(60, 40, 1), _said(90), "amount", "contradicts"),
    ],
)
def test_what_confirms_and_what_contradicts(ours: Said, theirs: Said, field: str, verdict: str) -> None:
    found = compared(ours, theirs, Record("d", "cms", "ETid-1", "register", None), "fr-cnil")
    assert (field in found.confirms) is (verdict == "confirms")
    assert (field in [each for each, _, _ in found.contradicts]) is (verdict == "contradicts")


def test_a_settled_check_tells_what_the_record_of_its_source_contradicts(release: Release) -> None:
    check = {"url": "https://www.enforcementtracker.com/ETid-9001", "read": "2026-11-24", "confirms": ["amount"]}
    table = {"id": "fr-cnil_san-2022-019", "checks": [{**check, "contradicts": {"breaches": "32"}, "settled": "Ours."}]}
    found = {one.act: one.found for one in all_confirmed(release.open(), [table])}["fr-cnil_san-2022-019"]
    assert [field for one in found for field, _, _ in one.contradicts] == ["decided", "breaches"]
    assert [one.settled for one in found] == ["", "Ours."]


def test_confirm_prints_and_filters(release: Release, capsys: pytest.CaptureFixture[str]) -> None:
    store = ["--store", str(release.path.parent.parent)]
    assert cli.main(["confirm", *store]) == 0
    told = capsys.readouterr()
    assert "    cms ETid-9001: authority" in told.out
    assert "3 acts; confirmed by so many sources: " in told.err
    assert "4 contradictions, 3 of them not settled" in told.err
    assert cli.main(["confirm", "--json", "--alone", *store]) == 0
    assert [one["act"] for one in json.loads(capsys.readouterr().out)] == ["fr-ce_000001"]


# -- coverage ------------------------------------------------------------------------------------------------------


def test_coverage_counts_acts_by_authority_and_year(release: Release) -> None:
    held = {one.authority: one for one in coverage(release.open())}
    cnil = held["fr-cnil"]
    assert (cnil.jurisdiction, dict(cnil.years)) == ("FR", {"2022": 1, "2023": 1})
    assert "fr-ce" not in held  # its only act is unverified
    assert {one.authority for one in missing()} <= set(held)


def test_acts_are_counted_by_one_axis(release: Release) -> None:
    store = release.open()
    years, places = counts(store, "year"), counts(store, "jurisdiction")
    dated = (number for one in coverage(store) for year, number in one.years.items() if year)
    assert sum(years.values()) == sum(dated)
    assert places["FR"] == 2
    assert [*places.values()] == sorted(places.values(), reverse=True)
    assert counts(store, "technology") == {"facial-recognition": 2, "scraping": 2}
    assert counts(store, "kind")["periodic-penalty-payment"] == 1
    assert {*AXES} == {"jurisdiction", "kind", "technology", "year"}


def test_what_is_missing_names_known_authorities_and_a_reason() -> None:
    for one in missing():
        assert one.authority in registry().authorities
        assert one.matter
        assert re.fullmatch(r"(\d{4})?", one.year)


def test_a_reason_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def rows(_name: str) -> Iterator[tuple[str, dict[str, str]]]:
        yield "missing.csv:2", {"authority": "fr-cnil", "year": "", "matter": "x", "why": "lost"}

    monkeypatch.setattr(reference, "rows", rows)
    with pytest.raises(reference.TableError, match=r"missing\.csv:2: 'lost' is no reason; one of"):
        list(missing())
    assert "unread" in REASONS


# -- changes -------------------------------------------------------------------------------------------------------


def test_changes_have_old_and_new_value_and_source(release: Release, tmp_path: Path) -> None:
    new = (release.path / "finegraph.nq").read_text(encoding="utf-8")
    old = new.replace('"2022-10-17"', '"2022-10-19"')
    gone = "<https://w3id.org/finegraph/measure/fr-cnil_san-2023-005_1>"
    old = "".join(line for line in old.splitlines(keepends=True) if not line.startswith(gone))
    path = tmp_path / "old.nq"
    path.write_text(old, encoding="utf-8")
    listed = list(changes.changes(changes.of_file(path), changes.of_file(release.path / "finegraph.trig")))
    official = "https://www.legifrance.gouv.fr/cnil/id/CNILTEXT000046444859"
    assert changes.Change("dec:fr-cnil_san-2022-019", "fg:decidedOn", "2022-10-19", "2022-10-17", official) in listed
    assert changes.Change("mea:fr-cnil_san-2023-005_1", "new", "", "k:periodic-penalty-payment", "") in listed
    assert len(listed) == 2


def test_nothing_changed(release: Release, capsys: pytest.CaptureFixture[str]) -> None:
    path = release.path / "finegraph.nq"
    assert cli.main(["changes", str(path), "--store", str(release.path.parent.parent)]) == 0
    assert capsys.readouterr() == ("", "0 changes\n")


# -- the archive ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def archive(release: Release, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    path = tmp_path_factory.mktemp("archive") / "a.zip"
    write(release, Edition("1.2.3", DAY), path, changes.State({}, {}))
    with zipfile.ZipFile(path) as opened:
        assert opened.testzip() is None
        return {name.removeprefix("finegraph-1.2.3/"): opened.read(name) for name in opened.namelist()}


def test_the_archive_holds_every_syntax_and_its_checksums(archive: dict[str, bytes]) -> None:
    assert {*archive} == {
        "CITATION.cff", "LICENSE-DATA", "README.md", "SHA256SUMS", "changes.csv", "csv/decisions.csv",
        "csv/measures.csv", "csv/organisations.csv", "datapackage.json", "finegraph.jsonld", "finegraph.nq",
        "finegraph.trig", "finegraph.ttl", "ontology/concepts.ttl", "ontology/finegraph.ttl", "ontology/shapes.ttl",
        "void.ttl",
    }  # fmt: skip
    sums = dict(line.split("  ")[::-1] for line in archive["SHA256SUMS"].decode().splitlines())
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in archive.items() if name != "SHA256SUMS"}
    citation = yaml.safe_load(archive["CITATION.cff"])
    assert (citation["version"], str(citation["date-released"]), citation["license"]) == (
        "1.2.3",
        "2026-11-24",
        "CC-BY-4.0",
    )


def test_the_syntaxes_hold_the_same_facts(archive: dict[str, bytes]) -> None:
    facts = {
        (str(quad.subject), str(quad.predicate), str(quad.object))
        for quad in ox.parse(archive["finegraph.nq"], format=ox.RdfFormat.N_QUADS)
        if isinstance(quad.graph_name, ox.DefaultGraph)
    }
    for name, syntax in (("finegraph.ttl", ox.RdfFormat.TURTLE), ("finegraph.jsonld", ox.RdfFormat.JSON_LD)):
        read = {(str(q.subject), str(q.predicate), str(q.object)) for q in ox.parse(archive[name], format=syntax)}
        assert read == facts, name


def test_the_tables_are_as_their_description_says(archive: dict[str, bytes], release: Release) -> None:
    package = json.loads(archive["datapackage.json"])
    assert [one["name"] for one in package["resources"]] == ["decisions", "measures", "organisations"]
    for resource in package["resources"]:
        head, *rows = csv.reader(io.StringIO(archive[resource["path"]].decode()))
        fields = resource["schema"]["fields"]
        assert head == [one["name"] for one in fields]
        assert len(rows) == resource["rows"] > 0
        assert len({row[0] for row in rows}) == len(rows)
        for row in rows:
            for field, cell in zip(fields, row, strict=True):
                assert field["type"] != "number" or not cell or Decimal(cell) > 0
    measures = {one["id"]: one for one in csv.DictReader(io.StringIO(archive["csv/measures.csv"].decode()))}
    fine, deletion = (measures[f"fr-cnil_san-2022-019_{number}"] for number in (1, 2))
    assert (fine["decision"], fine["kind"]) == ("fr-cnil_san-2022-019", "administrative-fine")
    assert (fine["amount"], fine["currency"]) == ("20000000", "EUR")
    assert (fine["payment"], fine["payment_as_of"]) == ("unpaid", "2023-05-10")
    assert deletion["amount"] == deletion["amount_eur"] == ""  # not stated is not zero
    acts = {one["id"]: one for one in csv.DictReader(io.StringIO(archive["csv/decisions.csv"].decode()))}
    act = acts["fr-cnil_san-2022-019"]
    assert (act["type"], act["title"], act["decided"]) == ("Decision", "CNIL decision SAN-2022-019", "2022-10-17")
    assert act["source"] == "https://www.legifrance.gouv.fr/cnil/id/CNILTEXT000046444859"
    assert len(list(tables.rows(release.open(), tables.TABLES[1]))) == len(measures) + 1


def test_the_same_edition_has_the_same_bytes(release: Release, tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        write(release, Edition("1.2.3", DAY), tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["1.0.0", "--since", "nowhere.nq"], "nowhere.nq: there is no such file"),
        (["1.0.0", "-o", "no/folder/a.zip"], "no/folder: there is no such folder"),
    ],
)
def test_release_names_a_file_that_is_not_there(
    capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert cli.main(["release", *arguments]) == 1
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(["one"], "'one' is no version such as 1.0.0"), (["1.0.0", "--date", "24.11.2026"], "is no day such as")],
)
def test_release_says_how_its_words_are_written(
    capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    with pytest.raises(SystemExit):
        cli.main(["release", *arguments])
    assert words in capsys.readouterr().err
