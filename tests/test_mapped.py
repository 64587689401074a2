"""Users' own tables: golden files, then mappings and tables broken on purpose, cells of every type, and real lists."""

import contextlib
import csv
import datetime as dt
import io
import json
import re
import time
import zipfile
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import enrich
from graph.release import current
from loaders import build
from loaders.build import BuildError
from loaders.mapped import mapping, tables
from loaders.source import Source, SourceError
from ontology.identifiers import iri
from ontology.records import Document, Loaded, Organisation, Reference
from ontology.registry import registry
from ontology.terms import PREFIXES
from tests.conftest import FIXTURES, REAL
from tests.loading import golden, lines, read

HERE = FIXTURES / "mapped"
NAMES = ("fines", "decisions", "nested", "headlines", "companies", "laws")
PERSON = "quellenbrandt"

BASE = """
[source]
name = "mine"
[file]
path = "data.csv"
[columns]
authority = "authority"
amount = "amount"
decided = "day"
[defaults]
country = "FR"
kind = "administrative-fine"
currency = "EUR"
"""


def loaded(tmp_path: Path, text: str = BASE, data: str | bytes = "", name: str = "data.csv") -> Loaded:
    (tmp_path / name).write_bytes(data.encode() if isinstance(data, str) else data)
    path = tmp_path / "my.toml"
    path.write_text(text, encoding="utf-8")
    return read("mapped", path)


@pytest.mark.parametrize("name", NAMES)
def test_golden(name: str) -> None:
    golden(f"mapped-{name}.nq", lines(read("mapped", HERE / f"{name}.toml")))


@pytest.mark.parametrize("name", ["fines", "decisions"])
def test_no_person_is_named(name: str) -> None:
    found = read("mapped", HERE / f"{name}.toml")
    assert PERSON in (HERE / read_path(name)).read_text(encoding="utf-8").casefold()
    assert PERSON not in "".join(lines(found)).casefold()
    assert PERSON not in str(found.problems).casefold() + str(found.unknown).casefold()
    (notice,) = (one for one in found.problems if "may be persons" in one.message)
    assert notice.count == {"fines": 3, "decisions": 1}[name]
    assert {one.name: one.count for one in found.unknown}.get("Exemple Santé SAS", 2) == 2


def read_path(name: str) -> str:
    return mapping.parse(name, (HERE / f"{name}.toml").read_text(encoding="utf-8")).file.path


def test_the_example_of_the_readme(tmp_path: Path) -> None:
    text = (Path(mapping.__file__).parent / "README.md").read_text(encoding="utf-8")
    example, table = (re.findall(rf"```{kind}\n(.*?)```", text, re.DOTALL)[0] for kind in ("toml", "csv"))
    found = loaded(tmp_path, example, table, "fines.csv")
    assert found.problems == []
    assert [str(act.measures[0].money) for act in found.acts] == ["EUR 1,234,567.89", "EUR 500.00"]
    assert found.acts[0].provisions == ("eu_gdpr_art-5_par-1_pnt-a", "eu_gdpr_art-32")
    assert found.acts[1].respondents[0].kind == "natural-person"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('name = "mine"', 'nmae = "mine"', r"\[source\] name: is missing"),
        ('name = "mine"', 'name = "My list"', r"\[source\] name: 'My list' is no short name"),
        ('name = "mine"', 'name = "cms"', "is the name of a format"),
        ('name = "mine"', 'name = "mine"\nteir = "file"', r"\[source\] teir: unknown key \(did you mean 'tier'\?\)"),
        ('name = "mine"', 'name = "mine"\nkind = "decisions"', r"kind: 'decisions' is none of .* mean 'decision'"),
        ('name = "mine"', 'name = "mine"\ntier = "best"', r"tier: 'best' is none of official"),
        ('name = "mine"', 'name = "mine"\nlicence = "CC0"', r"licence: 'CC0' is no address"),
        ('name = "mine"', 'name = "mine"\nlanguage = "German"', r"language: 'German' is no language tag"),
        ('name = "mine"', 'name = "mine"\nretrieved = "today"', r"retrieved: 'today' is no day"),
        ('name = "mine"', "name = 5", r"name: 5 is no text"),
        ('name = "mine"', "name = mine", "broken TOML"),
        ("[columns]", "[colums]", r"my\.toml: colums: unknown key \(did you mean 'columns'\?\)"),
        ('path = "data.csv"', "", r"\[file\] path: is missing"),
        ('path = "data.csv"', 'path = "data.ods"', r"\[file\] format: '\.ods' says nothing"),
        ('path = "data.csv"', 'path = "other.csv"', r"my\.toml: \[file\] path: there is no 'other\.csv' in .*now"),
        ('path = "data.csv"', 'path = "data.csv"\nencoding = "utf9"', r"encoding: 'utf9' is no encoding"),
        ('path = "data.csv"', 'path = "data.csv"\nencoding = "rot13"', r"encoding: 'rot13' is no encoding"),
        ('path = "data.csv"', 'path = "data.csv"\nskip = true', r"skip: True is no whole number"),
        ('path = "data.csv"', 'path = "data.csv"\nskip = -1', r"skip: -1 is below 0"),
        ('path = "data.csv"', 'path = "data.csv"\ndelimiter = "||"', "more than one sign"),
        ('path = "data.csv"', 'path = "data.csv"\nheader = 1.5', "header: 1.5 is neither"),
        ('path = "data.csv"', 'path = "data.csv"\nheader = false\nrest_in_last = true', "name the columns"),
        ('[file]\npath = "data.csv"', "", "file: is missing"),
        ('authority = "authority"', "", "no column gives the authority"),
        ('authority = "authority"', 'authorty = "authority"', r"authorty: unknown key \(did you mean 'authority'"),
        ('authority = "authority"', 'authority = "Authorities"', r"no column 'Authorities' .*'authority'.* amount"),
        ('authority = "authority"', "authority = 9", "no column number 9; it has authority, amount, day"),
        ('authority = "authority"', "authority = 0", "0 is no column"),
        ('kind = "administrative-fine"', "", "nothing says what the amount is"),
        ('kind = "administrative-fine"', 'kind = "administrativ-fine"', "no kind that we know .*'administrative-fine'"),
        ('kind = "administrative-fine"', 'knid = "reprimand"', r"\[defaults\] knid: unknown key"),
        ('currency = "EUR"', 'currency = "EURO"', "'EURO' is no currency"),
        ('currency = "EUR"', 'law = "DSG"', "law: 'DSG' may be at_dsg .*name one law that we know"),
        ('country = "FR"', 'country = "Atlantis"', "'Atlantis' is no country"),
        ('country = "FR"', 'published = "soon"', r"\[defaults\] published: 'soon' is not a date"),
        ("[defaults]", '[formats]\ndates = ["dd.mm.yyyy"]\n[defaults]', r"no format of a date; write \"%d\.%m\.%Y\""),
        ("[defaults]", '[formats]\ndates = "%d.%m"\n[defaults]', "no format of a date"),
        ("[defaults]", "[formats]\ndates = 5\n[defaults]", "is no list of texts"),
        ("[defaults]", '[formats]\ndecimal = "comma"\n[defaults]', "decimal: 'comma' is none of"),
        ("[defaults]", "[formats]\nlist_separator = 5\n[defaults]", "list_separator: 5 is no sign"),
        ("[defaults]", '[formats]\nlist_separator = { docket = "," }\n[defaults]', "docket: unknown key"),
        ("[defaults]", '[values.kind]\n"Fine" = "fine"\n[defaults]', r"\[values.kind\] fine: 'fine' is no kind"),
        ("[defaults]", '[values.kidn]\n"Fine" = "fine"\n[defaults]', r"\[values\] kidn: unknown key .*'kind'"),
        ("[defaults]", '[values.decided]\n"x" = "2024"\n[defaults]', r"\[values\] decided: unknown key"),
        ("[defaults]", "[values]\nkind = 5\n[defaults]", r"kind: must be a table: write it under .*\[values.kind\]"),
        ("[defaults]", '[ignore]\ncolumns = ["Notes"]\n[defaults]', r"\[ignore\] columns: data\.csv has no column"),
        ('decided = "day"', 'respondent = "day"\nkey = 3', "'day' may hold persons' names"),
    ],
)  # fmt: skip
def test_a_mapping_at_fault_names_file_key_and_cure(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in BASE
    with pytest.raises(SourceError, match=words) as raised:
        loaded(tmp_path, BASE.replace(old, new), "authority,amount,day\nCNIL,1,2024-01-01\n")
    assert "my.toml" in str(raised.value)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("Ministry of Truth,5,2024-01-01", r"not known in FR.*\[values.authority\]"),
        (",5,2024-01-01", r"authority is empty.*\[defaults\] authority"),
        ("CNIL,5,2024-01-01,more", "has 4 cells for 3 columns .*rest_in_last"),
    ],
)
def test_a_row_at_fault_names_file_row_and_cure(tmp_path: Path, row: str, words: str) -> None:
    found = loaded(tmp_path, BASE, f"authority,amount,day\nCNIL,1,2024-01-01\n\n{row}\n")
    assert len(found.acts) == 1
    (problem,) = found.problems
    assert (problem.level, problem.place) == ("error", "data.csv: row 4")
    assert re.search(words, problem.message)


def test_a_key_names_one_record(tmp_path: Path) -> None:
    text = BASE.replace('decided = "day"', 'key = "day"')
    found = loaded(tmp_path, text, "authority,amount,day\nCNIL,1,A 1\nCNIL,2,a-1\nCNIL,3,\nCNIL,4,--!\n")
    assert [act.id for act in found.acts] == ["fr-cnil_mine-a-1"]
    messages = [one.message for one in found.problems]
    assert "was given in row 2" in messages[0]
    assert [one.startswith("day is empty, but is the key") for one in messages[1:]] == [True, True]


@pytest.mark.parametrize(
    ("name", "file", "data", "words"),
    [
        ("data.csv", "", "", "there are no records"),
        ("data.csv", "", "authority,amount,day\n", "there are no records"),
        ("data.csv", "", 'authority,amount,day\n"CNIL,1', r"data\.csv:2: broken CSV"),
        ("data.csv", "", "authority,amount,day\nBußgeld,1,2".encode("cp1252"), r'data\.csv:2: no UTF-8 text.*"cp1252"'),
        ("data.json", "", '{"a": ', r"data\.json:1:7: broken JSON"),
        ("data.json", "", "[NaN]", "NaN is no JSON number"),
        ("data.json", "", "[" * 100_000, "broken JSON"),
        ("data.json", "", "[]", "there are no records"),
        ("data.json", "", "[5]", "record 1 is no table of values"),
        ("data.json", "", '{"data": {"fines": []}}', "the file is no list of records"),
        ("data.json", "", '{"n": 1, "fines": []}', r'is no list of records; write records = "fines"'),
        (
            "data.json",
            'records = "data.fine"',
            '{"data": {"fines": []}}',
            r"no 'data\.fine' \(did you mean 'fines'\?\)",
        ),
        ("data.jsonl", "", '{"a": 1}\n\n{"a" 2}', r"data\.jsonl:3:6: broken JSON"),
        ("data.xlsx", "", "no workbook", "no XLSX workbook"),
    ],
)
def test_a_table_at_fault_names_file_place_and_cure(
    tmp_path: Path, name: str, file: str, data: str | bytes, words: str
) -> None:
    text = BASE.replace('path = "data.csv"', f'path = "{name}"\n{file}')
    with pytest.raises(SourceError, match=words) as raised:
        loaded(tmp_path, text, data, name)
    assert name in str(raised.value)


def test_a_doubtful_value_is_reported_with_its_row_and_left_out(tmp_path: Path) -> None:
    found = loaded(tmp_path, BASE, "authority,amount,day\nCNIL,0,2024-02-30\nCNIL,-5,2099-01-01\nCNIL,many,n/a\n")
    assert [(act.decided, act.measures[0].money) for act in found.acts] == [(None, None)] * 3
    assert [act.measures[0].amount_text for act in found.acts] == [None, "-5", "many"]
    assert {(one.level, one.place, one.field) for one in found.problems} == {
        ("notice", "data.csv: row 2", "day"), ("notice", "data.csv: row 2", "amount"),
        ("notice", "data.csv: row 3", "day"), ("notice", "data.csv: row 3", "amount"),
        ("notice", "data.csv: row 4", "amount"),
    }  # fmt: skip


def test_columns_that_nothing_reads_are_told_once(tmp_path: Path) -> None:
    table = "authority,amount,day,,note,note\nCNIL,1,2024-01-01,x,y,z\nCNIL,1,2024-01-02,x,y,z\n"
    (problem,) = loaded(tmp_path, BASE, table).problems
    assert problem.message.startswith("columns that nothing reads: column 4, note, column 6;")
    ignoring = BASE + '[ignore]\ncolumns = ["note", 4, 6]\n'
    assert loaded(tmp_path, ignoring, table).problems == []


def test_columns_by_number_and_short_file(tmp_path: Path) -> None:
    text = (
        BASE.replace('[file]\npath = "data.csv"\n', "[file]\npath = 'data.csv'\nheader = false\nencoding = 'utf-16'\n")
        .replace('"authority"', "1").replace('"amount"', "[2]").replace('"day"', "[4, 3]")
    )  # fmt: skip
    found = loaded(tmp_path, text, "CNIL|1|2024-01-01|\nCNIL|2|2024-01-02|2023\n".encode("utf-16"))
    assert [str(act.decided) for act in found.acts] == ["2024-01-01", "2023"]
    assert found.problems == []


@pytest.mark.parametrize(
    ("cell", "kinds", "amounts"),
    [
        ("Fine; Reprimand", ["administrative-fine", "reprimand"], ["EUR 5", None]),
        ("processing ban", ["processing-ban"], [None]),
        ("Fine; civil penalty", ["administrative-fine", "civil-penalty"], [None, None]),
        ("Frown", [], []),
    ],
)
def test_the_amount_is_that_of_the_one_measure_that_has_one(
    tmp_path: Path, cell: str, kinds: list[str], amounts: list[str | None]
) -> None:
    text = BASE.replace('decided = "day"', 'kind = "day"') + '[values.kind]\n"fine" = "administrative-fine"\n'
    found = loaded(tmp_path, text, f"authority,amount,day\nCNIL,5,{cell}\n")
    (act,) = found.acts
    assert [one.kind for one in act.measures] == kinds
    assert [one.money and str(one.money) for one in act.measures] == amounts
    assert ("left out" in str(found.problems)) == (not any(amounts))


# ---- workbooks


def workbook(rows: Sequence[Sequence[Any]], title: str = "Fines") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


XLSX = BASE.replace('path = "data.csv"', 'path = "data.xlsx"\nsheet = "Fines"\nskip = 1') + '[formats]\ndecimal = ","\n'


def test_typed_cells_of_a_workbook(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["A list of fines"],
        ["authority", "amount", "day", None],
        ["CNIL", 1234567.89, dt.datetime(2024, 3, 5), None],  # noqa: DTZ001 - as Excel keeps a day
        [],
        ["CNIL", "1.234.567,89", "05.03.2024"],
        ["CNIL", 1.1 * 1.1, dt.date(2024, 3, 6)],
        ["CNIL", 1.234, "2024"],
        ["CNIL", 20_000_000, None],
        ["CNIL", "#N/A", "#REF!"],
    ]
    found = loaded(tmp_path, XLSX, workbook(rows), "data.xlsx")
    moneys = [act.measures[0].money.amount if act.measures[0].money else None for act in found.acts]
    assert moneys == [*map(Decimal, ("1234567.89", "1234567.89", "1.21", "1.234", "20000000")), None]
    assert [str(act.decided) for act in found.acts] == [
        "2024-03-05", "2024-03-05", "2024-03-06", "2024", "None", "None",
    ]  # fmt: skip
    assert [act.document.key for act in found.acts] == [f"row-{n}" for n in (3, 5, 6, 7, 8, 9)]
    assert found.problems == []


def test_a_row_of_a_workbook_is_named_by_sheet_and_row(tmp_path: Path) -> None:
    rows: list[list[Any]] = [[], ["authority", "amount", "day"], ["Ministry of Truth", 5, None]]
    (problem,) = loaded(tmp_path, XLSX, workbook(rows), "data.xlsx").problems
    assert problem.place == "data.xlsx: sheet 'Fines', row 3"


def test_a_formula_that_was_never_calculated(tmp_path: Path) -> None:
    rows: list[list[Any]] = [[], ["authority", "amount", "day"], ["CNIL", "=2*3", None]]
    with pytest.raises(SourceError, match=r"sheet 'Fines', row 3, column 2: the formula =2\*3 .*save it"):
        loaded(tmp_path, XLSX, workbook(rows), "data.xlsx")


def test_a_sheet_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"no sheet 'Fines' \(did you mean 'Fine'\?\); it has 'Sheet', 'Fine'"):
        loaded(tmp_path, XLSX, workbook([[]], "Fine"), "data.xlsx")


def test_a_workbook_whose_sheet_is_damaged(tmp_path: Path) -> None:
    whole = zipfile.ZipFile(io.BytesIO(workbook([["authority"]])))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as cut:
        for name in whole.namelist():
            cut.writestr(name, whole.read(name)[: 200 if "sheet2" in name else None])
    with pytest.raises(SourceError, match=r"data\.xlsx: no XLSX workbook"):
        loaded(tmp_path, XLSX, file.getvalue(), "data.xlsx")


# ---- any cell


@given(st.decimals(min_value=Decimal("0.01"), max_value=Decimal("1e14"), places=2), st.sampled_from(",."))
def test_money_is_exact_in_every_notation(tmp_path_factory: pytest.TempPathFactory, value: Decimal, sign: str) -> None:
    other = "." if sign == "," else ","
    written = f"{value:,.2f}".translate(str.maketrans(",.", other + sign))
    text = BASE + f'[formats]\ndecimal = "{sign}"\n'
    path = tmp_path_factory.mktemp("money")
    file = io.StringIO()
    csv.writer(file).writerows([["authority", "amount", "day"], ["CNIL", written, ""]])
    (act,) = loaded(path, text, file.getvalue()).acts
    assert act.measures[0].money is not None
    assert act.measures[0].money.amount == value
    record = f'{{"authority": "CNIL", "amount": {value}, "day": null}}\n'
    (act,) = loaded(path, text.replace("data.csv", "data.jsonl"), record, "data.jsonl").acts
    assert act.measures[0].money is not None
    assert act.measures[0].money.amount == value


@given(st.decimals(min_value=Decimal("0.01"), max_value=Decimal("9999999999999.99"), places=2))
def test_money_of_a_workbook_is_exact_to_15_digits(value: Decimal) -> None:
    assert tables.read(FILE_XLSX, workbook([["a"], [float(value)]])).lines[0][1] == {"a": value}


FILE_XLSX = mapping.parse("my.toml", XLSX.replace("skip = 1", "")).file
CELL = st.one_of(
    st.none(), st.booleans(), st.text(), st.integers(), st.decimals(allow_nan=False, allow_infinity=False),
    st.from_regex(r"(?:Art\.? ?|§ ?)?\d{1,3}(?: Abs\. \d| ?\([a-z0-9]\)| lit\. [a-z]| [a-z]\)){0,3} ?(?:GDPR|DSGVO)?"),
    st.from_regex(r"-?[0-9.,' ]{1,20} ?(?:EUR|€|USD|Mio)?"), st.lists(st.text(), max_size=3),
    st.dates().map(str), st.from_regex(r"https?://[^\s]{0,30}"), st.from_regex(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}"),
)  # fmt: skip
FACTS = [fact for fact in mapping.FACTS["decision"] if fact not in {"key", "authority"}]
ANY = f"""
file = "data.json"
[source]
name = "any"
[columns]
authority = "authority"
{"".join(f'{fact} = "{fact}"' + chr(10) for fact in FACTS)}
[defaults]
law = "eu_gdpr"
"""


@given(st.fixed_dictionaries(dict.fromkeys(FACTS, CELL)))
def test_no_cell_breaks_the_reading(tmp_path_factory: pytest.TempPathFactory, cells: dict[str, object]) -> None:
    data = json.dumps([{"authority": "CNIL", **cells}], default=float)
    found = loaded(tmp_path_factory.mktemp("any"), ANY, data, "data.json")
    assert len(found.acts) == 1
    assert list(ox.parse("".join(lines(found)), format=ox.RdfFormat.N_QUADS))


@given(st.text(), st.sampled_from(["csv", "json", "jsonl"]))
def test_any_text_is_read_or_refused(text: str, format_: str) -> None:
    file = mapping.parse("my.toml", BASE.replace("data.csv", f"data.{format_}")).file
    with contextlib.suppress(SourceError):
        assert tables.read(file, text.encode(errors="surrogatepass")).lines


# ---- organisations and laws in a release


def select(store: Path, query: str) -> list[str]:
    release = current(store)
    assert release is not None
    answer = release.open().query(query, prefixes=PREFIXES)
    assert isinstance(answer, ox.QuerySolutions)
    return sorted(str(row[0].value) for row in answer)


def test_references_stay_in_their_graph_but_for_what_the_tables_lack(tmp_path: Path) -> None:
    arguments = [("mapped", HERE / f"{name}.toml", None) for name in ("companies", "laws")]
    release = build.build(tmp_path, build.inputs_of(tmp_path, arguments))
    assert select(tmp_path, "SELECT ?u WHERE { co:clearview-ai schema:url ?u }") == ["https://www.clearview.ai/"]
    assert select(tmp_path, "SELECT ?u WHERE { GRAPH g:doc_firms_companies { co:clearview-ai schema:url ?u } }") == [
        "https://clearview.example.org/"
    ]
    wikidata = "http://www.wikidata.org/entity/Q84061117"
    assert not registry().organisations["clearview-ai"].same_as
    assert select(tmp_path, "SELECT ?m WHERE { co:clearview-ai skos:exactMatch ?m }") == [wikidata]
    assert select(tmp_path, "SELECT ?p WHERE { co:beispiel-handels-gmbh ?p ?o }") == []
    assert select(tmp_path, "SELECT ?l WHERE { GRAPH ?g { ?l a eli:LegalResource } }") == [
        iri("law", name)
        for name in (
            "atlantis-codigo-ja-correto", "kr-x-49a5afc470", "pt-lei-da-protecao-de-dados-pessoais",
            "pt-lei-da-protecao-de-dados-pessoais-2",
        )
    ]  # fmt: skip
    assert select(tmp_path, "SELECT ?l WHERE { ?l a eli:LegalResource }") == []
    accounts = {one["source"]: one for one in release.manifest["sources"]}
    assert (accounts["firms"]["references"], accounts["laws"]["references"], accounts["laws"]["skipped"]) == (4, 4, 1)
    assert accounts["firms"]["publishers"] == ["Example Company List"]


def reference(name: str, tier: str, **stated: Any) -> Reference:
    return Reference(Document(name, "list", tier, name), Organisation("x", "X", **stated))


def test_a_document_that_contradicts_itself_gives_nothing() -> None:
    known = {"x": Organisation("x", "X", lei="known")}
    stated = [
        reference("a", "tracker", homepage="https://a.example/1", lei="other"),
        reference("a", "tracker", homepage="https://a.example/2"),
        reference("b", "file", homepage="https://b.example/", same_as=("q1",)),
        reference("c", "official", same_as=("q2",)),
    ]
    (found,) = enrich.organisations(known, stated)
    assert (found.homepage, found.lei, found.same_as) == ("https://b.example/", "known", ("q2",))


def test_two_files_do_not_give_one_document(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    text = (HERE / "companies.tsv").read_text(encoding="utf-8")
    (other / "companies.tsv").write_text(text.replace("c1", "d1"), encoding="utf-8")
    (other / "again.toml").write_text((HERE / "companies.toml").read_text(encoding="utf-8"), encoding="utf-8")
    arguments = [("mapped", HERE / "companies.toml", None), ("mapped", other / "again.toml", None)]
    with pytest.raises(SourceError, match="doc_firms_companies was already read"):
        build.build(tmp_path, build.inputs_of(tmp_path, arguments))


# ---- the store


def test_both_files_are_kept_and_a_release_is_built_again_without_them(tmp_path: Path) -> None:
    store, folder = tmp_path / "store", tmp_path / "mine"
    folder.mkdir()
    for name in ("fines.toml", "fines.csv"):
        (folder / name).write_bytes((HERE / name).read_bytes())
    arguments = [("mapped", folder / "fines.toml", None)]
    first = build.build(store, build.inputs_of(store, arguments))
    kept = (first.path / "finegraph.nq").read_bytes()
    (one,) = first.inputs
    data, toml = ((folder / name).read_text(encoding="utf-8") for name in ("fines.csv", "fines.toml"))
    (folder / "fines.csv").write_text(data.replace(";Zyxmira Quellenbrandt;\n", ";Somebody else;\n"), encoding="utf-8")
    inputs = build.inputs_of(store, arguments)
    assert inputs[0].data != one.data
    assert build.build(store, inputs).id != first.id
    (folder / "fines.csv").write_text(data, encoding="utf-8")
    (folder / "fines.toml").write_text(f"# seen\n{toml}", encoding="utf-8")
    (other,) = build.inputs_of(store, arguments)
    assert (other.data, other.stored != one.stored) == (one.data, True)

    (folder / "fines.csv").unlink()
    with pytest.raises(SourceError, match=r"fines\.toml: \[file\] path: there is no 'fines\.csv' in .*mine; say where"):
        build.inputs_of(store, arguments)
    (folder / "fines.toml").unlink()
    rebuilt = build.build(store, first.inputs)
    assert rebuilt.id == first.id
    assert (rebuilt.path / "finegraph.nq").read_bytes() == kept


def test_a_row_at_fault_refuses_the_build(tmp_path: Path) -> None:
    loaded(tmp_path, BASE, "authority,amount,day\nMinistry of Truth,1,2024-01-01\n")
    with pytest.raises(BuildError, match=r"data\.csv: row 2: 'Ministry of Truth' is not known in FR"):
        build.build(tmp_path / "store", build.inputs_of(tmp_path / "store", [("mapped", tmp_path / "my.toml", None)]))


# ---- the real lists


def real(tmp_path: Path, text: str, *parts: str) -> Loaded:
    path = REAL.joinpath(*parts)
    if not path.exists():
        pytest.skip("the real data sets are not beside the checkout")
    mine = tmp_path / "my.toml"
    mine.write_text(f"file.path = '{path}'\n{text}", encoding="utf-8")
    return read("mapped", Source("mapped", mine))


@pytest.mark.data
def test_fifty_thousand_headlines(tmp_path: Path) -> None:
    started = time.process_time()
    found = real(
        tmp_path,
        """
        file.rest_in_last = true
        source = { name = "slashdot", kind = "report", publisher = "Slashdot" }
        columns = { published = "Date", headline = "Article" }
        formats.dates = "%Y%m%d"
        """,
        "news", "slashdot", "headlines_2005-2017.csv",
    )  # fmt: skip
    assert time.process_time() - started < 15
    assert 20 < len(found.stories) < 100
    (problem,) = found.problems
    assert (problem.level, problem.message) == ("skipped", "no claim about a known company")
    assert len(found.stories) + (problem.count or 0) == 49_697
    assert all("\xa0" not in one.headline for one in found.stories)


@pytest.mark.data
def test_a_thousand_privacy_laws(tmp_path: Path) -> None:
    text = """
        file.repair = "mac_roman"
        source = { name = "gpi", kind = "law", publisher = "gpi-corpus" }
        formats.not_stated = ["[None]", "[Not Applicable]"]
        [columns]
        title = "Key Law Original Title"
        english_title = "Key Law English Translated Title"
        jurisdiction = "Jurisidction Name"
        year = "This Law Promulgated"
        url = ["Document Source: Original", "Document Source: English"]
        [values.jurisdiction]
        "Phillippines" = "PH"
        "Korea, South" = "KR"
        "East Timor" = "TL"
        """
    found = real(tmp_path, text, "reference", "privacy_laws_gpi", "privacy_laws.csv")
    assert len(found.references) == 1040
    assert len({one.thing.id for one in found.references}) == 1040
    assert [one.level for one in found.problems] == ["notice"] * len(found.problems)
    assert Counter(one.field for one in found.problems) == {
        "": 1, "Jurisidction Name": 34, "This Law Promulgated": 1, "Document Source: Original": 1,
    }  # fmt: skip
    misread = real(tmp_path, text.replace('file.repair = "mac_roman"', ""), "reference", "privacy_laws_gpi",
                   "privacy_laws.csv")  # fmt: skip
    titles = [one.thing.title for one in found.references if not isinstance(one.thing, Organisation)]
    before = [one.thing.title for one in misread.references if not isinstance(one.thing, Organisation)]
    assert sum(one[0] != other[0] for one, other in zip(titles, before, strict=True)) == 506
    assert not [title for pair in titles for _, title in pair if re.search("[√∂∫≈ƒ]", title)]


@pytest.mark.data
def test_three_thousand_companies(tmp_path: Path) -> None:
    found = real(
        tmp_path,
        """
        [source]
        name = "datenanfragen"
        kind = "organisation"
        publisher = "Datenanfragen.de"
        licence = "https://creativecommons.org/publicdomain/zero/1.0/"
        [columns]
        key = "slug"
        name = "name"
        homepage = "web"
        url = "sources"
        [ignore]
        columns = ["runs", "relevant-countries", "categories", "address", "quality"]
        """,
        "reference", "datenanfragen", "companies.jsonl",
    )  # fmt: skip
    assert len(found.references) == 3069
    assert len({one.key for one in found.references}) == 3069
    assert [(one.level, one.field) for one in found.problems] == [("notice", "web")]
