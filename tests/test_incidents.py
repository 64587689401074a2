"""Loaders of incident databases and dockets: golden files, names that must not pass, sources broken on purpose."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph import match
from loaders.source import Source, SourceError
from ontology.records import Act, Loaded, Problem
from ontology.registry import registry
from tests.conftest import FIXTURES, REAL
from tests.loading import golden, lines, read

SOURCES = {
    "ai_incident_law": "ai_incident_law.json",
    "ai_incident_law-determinations": "ai_incident_law-determinations.json",
    "aiaaic": "aiaaic.csv",
    "aiid": "aiid.csv",
    "aiid-classifications": "aiid-classifications.csv",
    "gwu": "gwu.csv",
}
PERSON = ("zyxmira", "quellenbrandt")


def format_of(name: str) -> str:
    return name.partition("-")[0]


def fixture(name: str) -> Loaded:
    return read(format_of(name), FIXTURES / SOURCES[name])


def problems(loaded: Loaded, level: str) -> list[Problem]:
    return [one for one in loaded.problems if one.level == level]


@pytest.mark.parametrize("name", [one for one in SOURCES if one != "aiid-classifications"])
def test_golden(name: str) -> None:
    loaded = fixture(name)
    assert not problems(loaded, "error")
    golden(f"{name}.nq", lines(loaded))


@pytest.mark.parametrize("name", SOURCES)
def test_no_natural_person_passes(name: str) -> None:
    assert PERSON[0] in (FIXTURES / SOURCES[name]).read_text(encoding="utf-8").casefold()
    loaded = fixture(name)
    quads = "".join(lines(loaded)).casefold()
    said = " ".join(str(one) for one in (*loaded.problems, *loaded.unknown)).casefold()
    for word in PERSON:
        assert word not in quads
        assert word not in said


def planted(name: str, column: str, tmp_path: Path) -> Loaded:
    """Return what is read of a source in which one column holds a person's name wherever it stands."""
    person = "Zyxmira Quellenbrandt"
    path = tmp_path / SOURCES[name]
    if path.suffix == ".json":
        data = json.loads((FIXTURES / SOURCES[name]).read_text(encoding="utf-8"))
        for row in data["determinations"] if "determinations" in data else rows_of(data):
            row[column] = person
        path.write_text(json.dumps(data), encoding="utf-8")
    else:
        with (FIXTURES / SOURCES[name]).open(encoding="utf-8", newline="") as file:
            table = list(csv.reader(file))
        for cells in table[3 if name == "aiaaic" else 1 :]:
            cells[int(column)] = person
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(table)
    return read(format_of(name), path)


# A headline is the database's own words and is carried, unless a party of the record is named in it.
@pytest.mark.parametrize(
    ("name", "column"),
    [("aiaaic", str(number)) for number in range(19) if number != 1]
    + [("aiid", str(number)) for number in range(8)]
    + [("gwu", str(number)) for number in range(13)]
    + [
        ("ai_incident_law", column)
        for column in json.loads((FIXTURES / "ai_incident_law.json").read_text("utf-8"))["datasets"]["included"][
            "records"
        ][0]
        if column not in {"neutral_citation", "filing_status"}
    ]
    + [("ai_incident_law-determinations", column) for column in ("notes", "source", "source_locator", "jurisdiction")],
)
def test_no_column_lets_a_person_pass(tmp_path: Path, name: str, column: str) -> None:
    quads = "".join(lines(planted(name, column, tmp_path))).casefold()
    assert not any(word in quads for word in PERSON)


# ---- AI Incident Law


def matters() -> dict[str, Act]:
    return {act.document.record: act for act in fixture("ai_incident_law").acts}


def test_a_determined_matter_is_an_act_and_one_that_goes_on_a_case() -> None:
    loaded = fixture("ai_incident_law")
    assert len(loaded.acts) == 8
    (matter,) = loaded.matters
    assert (matter.case.authority, matter.case.status, str(matter.case.opened)) == (
        "us-tx-harris-125",
        "open",
        "2023-02",
    )
    assert matter.case.systems == ("grok",)
    assert {act.authority: act.type for act in loaded.acts}["us-ftc"] == "decision"
    assert {act.authority: act.type for act in loaded.acts}["us-nysd"] == "ruling"
    reasons = [one.message for one in problems(loaded, "skipped")]
    assert reasons == [
        "its research status is 'retired'",
        "a candidate (review): Candidates that await verification.",
        "a candidate (global): Matters that need translation.",
    ]


@pytest.mark.parametrize(
    ("number", "who", "measures"),
    [
        (1, [("organisation", "air-canada")], ["redress CAD 650.88 air-canada"]),
        (2, [("natural-person", None)], ["civil-penalty USD 2,500 None"]),
        (3, [("natural-person", None), ("organisation", "qb-law-llc")], []),  # two sums: neither is surely the sanction
        (4, [("organisation", "itutorgroup")], ["settlement-payment USD 365,000 itutorgroup"]),
        (6, [("natural-person", None)], ["reprimand None None"]),
        (7, [("organisation", "rite-aid")], ["processing-ban None rite-aid"]),
        (8, [("organisation", "acme-hiring-inc")], ["warning None acme-hiring-inc"]),  # the sum is another court's
        (9, [("organisation", "detroit-police"), ("organisation", "michigan-state-police")], ["dismissal None None"]),
    ],
)
def test_who_answers_and_what_was_surely_imposed(
    number: int, who: list[tuple[str, str | None]], measures: list[str]
) -> None:
    act = matters()[f"AIEL-2099-{number:03}"]
    assert [(one.kind, one.org) for one in act.respondents] == who
    assert [f"{one.kind} {one.money} {one.target}" for one in act.measures] == measures


def test_dates_are_what_the_type_of_matter_says() -> None:
    acts = matters()
    dates = {
        key[-1]: tuple(str(one) for one in (act.decided, act.published, act.case.opened if act.case else None))
        for key, act in acts.items()
    }
    assert dates == {
        "1": ("2024-02-15", "None", "None"), "2": ("2025-03-04", "None", "None"), "3": ("2026-07", "None", "None"),
        "4": ("2023-09-11", "None", "2022-05-05"), "6": ("2026-07-27", "None", "None"),
        "7": ("None", "2023-12-19", "None"), "8": ("None", "None", "None"), "9": ("None", "None", "None"),
    }  # fmt: skip
    notices = [(one.record[-3:], one.field) for one in problems(fixture("ai_incident_law"), "notice")]
    assert notices == [("008", "deployer"), ("008", "public_matter_type"), ("009", "filing_date")]


def test_citations_are_kept_and_addresses_made_of_captions_are_not() -> None:
    acts = matters()
    assert [(acts[f"AIEL-2099-00{n}"].docket, acts[f"AIEL-2099-00{n}"].ecli) for n in (1, 2, 6)] == [
        ("2024 BCCRT 990", None), ("1:24-cv-00001-ABC", None), (None, "ECLI:NL:TADRSHE:2026:99"),
    ]  # fmt: skip
    assert acts["AIEL-2099-001"].document.more_urls == (
        "https://canlii.org/en/bc/bccrt/doc/2024/2024bccrt990/2024bccrt990.html",
    )
    assert acts["AIEL-2099-004"].document.more_urls == ("https://eeoc.gov/newsroom/itutorgroup-settle",)


def test_both_shapes_speak_of_the_same_acts() -> None:
    ids = {act.id for act in fixture("ai_incident_law").acts}
    loaded = fixture("ai_incident_law-determinations")
    assert len(loaded.acts) == 4
    assert {act.id for act in loaded.acts} <= ids
    assert [one.field for one in problems(loaded, "notice")] == ["issued_date"]


@pytest.mark.parametrize("table", ["authorities", "parties", "proceedings", "allegations"])
def test_the_other_tables_are_skipped_with_a_reason(tmp_path: Path, table: str) -> None:
    path = tmp_path / f"{table}.json"
    path.write_text(json.dumps({"@context": "https://example.invalid/", table: [{"id": "x", "name": "y"}]}), "utf-8")
    loaded = read("ai_incident_law", path)
    assert not loaded.records
    assert [one.level for one in loaded.problems] == ["skipped"]


def changed(tmp_path: Path, name: str, change: Callable[[dict[str, Any]], object]) -> Loaded:
    data = json.loads((FIXTURES / SOURCES[name]).read_text(encoding="utf-8"))
    change(data)
    path = tmp_path / "changed.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return read("ai_incident_law", path)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("error_id", "AIEL-1", "is no number of AI Incident Law"),
        ("jurisdiction", "Court of Atlantis", "add the spelling to authority_names.csv"),
        ("filing_status", "pondered", "source.toml does not know: add it there"),
        ("legal_graph", [], "legal_graph is no table"),
        ("legal_graph", {"determinations": [{"issued_by": ["x"]}]}, "names no authorities as it used to"),
        ("surprise", "x", "fields nobody reads: surprise"),
    ],
)
def test_ai_incident_law_names_record_and_cure(tmp_path: Path, field: str, value: object, words: str) -> None:
    loaded = changed(tmp_path, "ai_incident_law", lambda data: rows_of(data)[1].update({field: value}))
    (error,) = problems(loaded, "error")
    assert "changed.json: included 2 (AIEL-" in error.place
    assert words in error.message
    assert len(loaded.acts) == 7


def rows_of(data: dict[str, Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = data["datasets"]["included"]["records"]
    return rows


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("issuedBy", ["https://example.org/court"], "no address of an authority"),
        ("issuedBy", ["https://aiincidentlaw.org/authority/court-of-atlantis.json"], "add the spelling"),
        ("remedy", "none", "remedy is no table"),
        ("ai_incident_law_record_id", "9", "is no number"),
    ],
)
def test_a_determination_names_record_and_cure(tmp_path: Path, field: str, value: object, words: str) -> None:
    name = "ai_incident_law-determinations"
    loaded = changed(tmp_path, name, lambda data: data["determinations"][0].update({field: value}))
    (error,) = problems(loaded, "error")
    assert "changed.json: determinations 1" in error.place
    assert words in error.message


# ---- incidents


def test_an_incident_makes_a_claim_for_each_registered_organisation() -> None:
    stories = {story.document.record: story for story in fixture("aiaaic").stories}
    assert len(stories) == 9
    said = {
        key[-1]: [(one.about, str(one.since), str(one.until)) for one in one_.claims] for key, one_ in stories.items()
    }
    assert said["1"] == [("openai", "2024", "2024")]
    assert said["2"] == [("google-llc", "2019", "2024")]
    assert said["4"] == [("rite-aid", "2018", "None"), ("clearview-ai", "2018", "None")]
    assert said["5"] == [("openai", "None", "None"), ("google-llc", "None", "None")]
    assert said["6"] == []
    assert {one.scope for story in stories.values() for one in story.claims} == {"reported-incident"}
    assert stories["AIAAIC9005"].headline == "Two models praise a shop"
    assert stories["AIAAIC9009"].headline == "AIAAIC9009 (without a headline)"
    assert stories["AIAAIC9004"].document.url == "https://www.aiaaic.org/aiaaic-repository/incidents/shops-search-faces"
    assert all(story.published is None for story in stories.values())


def test_a_headline_and_an_address_that_name_a_party_are_not_carried() -> None:
    stories = {story.document.record: story for story in fixture("aiaaic").stories}
    withheld = stories["AIAAIC9003"]
    assert withheld.headline == "AIAAIC9003 (the headline names a party that may be a natural person)"
    assert withheld.claims[0].text == withheld.headline
    assert withheld.document.url == "https://www.aiaaic.org/aiaaic-repository"


def test_what_of_an_incident_was_left_out_is_reported() -> None:
    loaded = fixture("aiaaic")
    assert [(one.record, one.field) for one in problems(loaded, "notice")] == [
        ("AIAAIC9006", "Occurred"), ("AIAAIC9007", "Occurred"), ("AIAAIC9008", "Occurred"), ("", ""),
    ]  # fmt: skip
    assert "6 names of deployers and developers" in problems(loaded, "notice")[-1].message
    assert [one.message for one in problems(loaded, "skipped")] == ["a second row of an incident that was read above"]
    assert [(one.name, one.count) for one in loaded.unknown] == [("Acme Robotics", 1), ("Government of Atlantis", 1)]


def test_slugs_of_the_ai_incident_database_are_names() -> None:
    loaded = fixture("aiid")
    stories = {story.document.record: story for story in loaded.stories}
    assert [one.about for one in stories["AIID 9004"].claims] == ["x-corp", "openai"]
    assert [str(one.since) for one in stories["AIID 9004"].claims] == ["2023-03-18", "2023-03-18"]
    assert stories["AIID 9004"].document.url == "https://incidentdatabase.ai/cite/9004"
    assert stories["AIID 9005"].claims == ()
    assert stories["AIID 9006"].headline.startswith("AIID 9006 (the headline")
    assert stories["AIID 9006"].document.url == "https://incidentdatabase.ai/cite/9006"
    assert [one.field for one in problems(loaded, "notice")] == ["date", ""]
    assert [one.name for one in loaded.unknown] == ["acme research institute"]


def test_other_tables_of_the_snapshot_do_not_stop_a_folder() -> None:
    loaded = fixture("aiid-classifications")
    assert not loaded.records
    assert [(one.record, one.message) for one in problems(loaded, "skipped")] == [
        ("9004", "a classification of an incident, no incident"),
        ("9005", "a classification of an incident, no incident"),
    ]


@pytest.mark.parametrize("name", ["aiaaic", "aiid"])
def test_a_reported_incident_is_compared_with_no_measure(name: str) -> None:
    stories = fixture(name).stories
    assert any(story.claims for story in stories)
    assert not any(match.judgements(stories, [], registry()).values())


# ---- dockets


def test_a_docket_is_a_matter_of_organisations() -> None:
    loaded = fixture("gwu")
    found = {one.document.key: (one.case.id, one.case.title[0][1], one.case.respondents) for one in loaded.matters}
    assert found == {
        "9001": ("us-txed_gwu-9001", "v. Character Technologies, Inc.", ("character-technologies",)),
        "9002": ("us-il-cir_gwu-9002", "ACLU v. Clearview AI, Inc.", ("clearview-ai",)),
        "9003": ("ca-on-sc_gwu-9003", "Acme Evidence, Inc. v. Acme Medical Records, Inc.",
                 ("acme-medical-records-inc",)),
        "9004": ("us-okwd_gwu-9004", "W.D. Okla. docket, GWU AI Litigation Database 9004", ()),
        "9005": ("us-cand_gwu-9005", "In re Google Assistant", ("google-llc",)),
        "9006": ("us-sec_gwu-9006", "In re ACME PREDICTIONS (USA) INC.", ("acme-predictions-usa-inc",)),
        "9007": ("us-ny-ad_gwu-9007", "Acme Apes Project Inc. (plaintiff)", ()),
        "9008": ("cn-guangzhou-internet_gwu-9008", "Atlantis Character License Co. v. AI Company", ()),
        "51": ("au-fca_gwu-51", "FCA docket, GWU AI Litigation Database 51", ()),
        "9010": ("us-vt-super_gwu-9010", "Vt. Super. Ct. docket, GWU AI Litigation Database 9010", ()),
    }  # fmt: skip
    kinds = {one.document.key: [who.kind for who in one.respondents] for one in loaded.matters}
    assert (kinds["9001"], kinds["9004"], kinds["9008"]) == (["organisation"], [], ["undisclosed"])
    assert all(one.case.status is None for one in loaded.matters)


def test_a_docket_names_systems_and_what_they_are_for() -> None:
    cases = {one.document.key: one.case for one in fixture("gwu").matters}
    assert [cases[key].systems for key in ("9001", "9002", "9003", "9010")] == [
        ("character-ai",), ("clearview-face-search",), ("chatgpt",), ("respondus-monitor", "honorlock"),
    ]  # fmt: skip
    assert (cases["9001"].technologies, cases["9003"].purposes) == (("chatbot", "generative-ai"), ("health-and-care",))
    assert (cases["9004"].technologies, cases["9004"].purposes) == (("risk-assessment",), ("law-enforcement",))
    assert [str(cases[key].opened) for key in ("9001", "9004", "9007", "51")] == [
        "2024-12-09",
        "None",
        "2013-12",
        "None",
    ]


def test_what_of_a_docket_was_doubted_is_reported() -> None:
    found = [(one.record, one.field) for one in problems(fixture("gwu"), "notice")]
    assert found == [
        ("9005", "Year Filed"), ("9006", "Application Areas"), ("51", "Jurisdiction"), ("51", "Date Action Filed"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "court", ["D. Alaska", "E.D. Mo.", "D.P.R.", "N.D. W. Va.", "D. N. Mar. I.", "W.D.N.Y.", "D.R.I.", "S.D. Iowa"]
)
def test_every_federal_district_court_is_known_by_its_abbreviation(court: str) -> None:
    names = registry().authorities
    assert Source("gwu", FIXTURES / "gwu.csv").authority(court, "US").label == court
    districts = [one for one in names.values() if one.id.startswith("us-") and "District Court" in one.name[0][1]]
    assert sum(one.homepage.endswith("d.uscourts.gov/") for one in districts) == 94


# ---- sources broken on purpose


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("aiaaic", "AIAAIC9002,", "X9002,", "'X9002' is no number of AIAAIC"),
        ("aiid", "9007,2015", "nine,2015", "incident_id is 'nine'"),
        ("aiid", '"[""youtube"",""unknown""]"', "youtube", "is no JSON list of names"),
        ("aiid", '"[""youtube"",""unknown""]"', "[7]", "is no JSON list of names"),
        ("gwu", "&&&pid=9006", "", "has no pid=NUMBER"),
        ("gwu", ",SEC,", ",Court of Atlantis,", "add the spelling to authority_names.csv"),
    ],
)
def test_a_broken_row_is_named_with_its_cure(tmp_path: Path, name: str, old: str, new: str, words: str) -> None:
    text = (FIXTURES / SOURCES[name]).read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "broken.csv"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    loaded = read(name, path)
    (error,) = problems(loaded, "error")
    assert "broken.csv: line" in error.place
    assert words in error.message
    assert len(loaded.records) == len(fixture(name).records) - 1


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("aiaaic", "", "no sheet of AIAAIC incidents"),
        ("aiaaic", "a,b\nc,d\n,\n", "no sheet of AIAAIC incidents"),
        ("aiid", "id,name\n1,x\n", "no table of the AI Incident Database"),
        ("gwu", "Caption,Link\nA v. B,x\n", "its first row lacks Algorithm, Application Areas"),
        ("ai_incident_law", "[]", "no file of AI Incident Law"),
        ("ai_incident_law", '{"datasets": {"included": 5}}', "is no list of tables"),
        ("ai_incident_law", '{"determinations": [5]}', "is no list of tables"),
        ("ai_incident_law", '{"determinations": [', r"file:1:\d+: broken JSON"),
    ],
)
def test_what_is_no_file_of_the_source_is_refused(tmp_path: Path, name: str, content: str, words: str) -> None:
    path = tmp_path / "file"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SourceError, match=words):
        read(name, path)


@pytest.mark.parametrize("name", ["aiaaic", "aiid", "aiid-classifications", "gwu"])
def test_a_table_that_is_cut_off_names_the_line(tmp_path: Path, name: str) -> None:
    text = (FIXTURES / SOURCES[name]).read_text(encoding="utf-8").rstrip("\n")
    path = tmp_path / "cut.csv"
    path.write_text(text.rpartition(",")[0].rpartition(",")[0], encoding="utf-8")
    with pytest.raises(SourceError, match=r"cut\.csv:\d+: .*may be cut off: fetch it again"):
        read(format_of(name), path)
    path.write_text(text + '\n"open', encoding="utf-8")
    with pytest.raises(SourceError, match=r"cut\.csv:\d+: broken CSV"):
        read(format_of(name), path)


# ---- the real data


@pytest.mark.data
@pytest.mark.parametrize(
    ("path", "acts", "stories", "matters", "skipped"),
    [
        ("ai_incident_law/data.json", 59, 0, 5, 45),
        ("ai_incident_law/determinations.json", 59, 0, 0, 0),
        ("ai_incident_law/proceedings.json", 0, 0, 0, 66),
        ("aiaaic/incidents_2026-06.csv", 0, 2242, 0, 1),
        ("aiid/incidents.csv", 0, 989, 0, 0),
        ("aiid/classifications_GMF.csv", 0, 0, 0, 326),
        ("gwu/litigation_ext_2025-04.csv", 0, 0, 213, 0),
    ],
)
def test_all_real_rows(path: str, acts: int, stories: int, matters: int, skipped: int) -> None:
    format_, _, file = path.partition("/")
    real = REAL / {"gwu": "gwu_ai_litigation"}.get(format_, format_) / file
    if not real.exists():
        pytest.skip("the real data sets are not beside the checkout")
    loaded = read(format_, real)
    assert problems(loaded, "error") == []
    assert (len(loaded.acts), len(loaded.stories), len(loaded.matters)) == (acts, stories, matters)
    assert len(problems(loaded, "skipped")) == skipped
    documents = [one.document.name for one in loaded.records]
    assert len(documents) == len(set(documents))
