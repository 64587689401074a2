"""RDF in our vocabulary, read back into records."""

import dataclasses
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph import triples
from graph.cli import main
from loaders import build
from loaders.source import Source, SourceError
from ontology.dates import Date
from ontology.identifiers import iri
from ontology.records import Act, Document, Loaded, Measure, Money, Respondent
from ontology.registry import registry
from ontology.terms import CURRENCIES, GROUP_OF, PREFIXES
from tests.conftest import FIXTURES
from tests.loading import golden, lines, read
from tests.test_loaders import every_curated

TTL = FIXTURES / "records" / "acts.ttl"
PERSON = "Zyxmira Quellenbrandt"


def written(acts: Iterable[Act]) -> str:
    """Return acts as N-Quads, each in the graph of its document, with its provenance."""
    found: list[str] = []
    for act in acts:
        found += triples.act(act, registry(), iri("graph", act.document.name))
        found += [*triples.document(act.document), *triples.record_of(act)]
    return "".join(found)


def placeless(act: Act) -> Act:
    return dataclasses.replace(act, document=dataclasses.replace(act.document, place=""))


def in_order(act: Act) -> Act:
    """Return an act whose sets stand in one order: sorted RDF keeps none."""
    fields = ("respondents", "title", "provisions", "sectors", "summary")
    ordered = {name: tuple(sorted(getattr(act, name), key=str)) for name in fields}
    case = act.case and dataclasses.replace(
        act.case,
        **{  # type: ignore[arg-type]
            name: tuple(sorted(getattr(act.case, name)))
            for name in ("title", "respondents", "systems", "complainants", "technologies", "purposes", "data")
        },
    )
    links = tuple(sorted(act.document.more_urls))
    measures = tuple(
        dataclasses.replace(one, secures=tuple(sorted(one.secures)), note=tuple(sorted(one.note)))
        for one in act.measures
    )
    document = dataclasses.replace(act.document, more_urls=links, place="")
    return dataclasses.replace(act, **ordered, case=case, measures=measures, document=document)  # type: ignore[arg-type]


def acts_in(text: str, path: Path) -> Loaded:
    path.write_text(text, encoding="utf-8")
    return read("records", path)


def test_golden() -> None:
    golden("records.nq", lines(read("records", TTL)))


def test_every_curated_act_comes_back(tmp_path: Path) -> None:
    acts = every_curated()
    loaded = acts_in(written(acts), tmp_path / "acts.nq")
    assert loaded.problems == []
    assert [placeless(act) for act in loaded.acts] == [placeless(act) for act in acts]


@pytest.mark.parametrize("syntax", [ox.RdfFormat.TRIG, ox.RdfFormat.JSON_LD])
def test_every_curated_act_comes_back_from_sorted_datasets(tmp_path: Path, syntax: ox.RdfFormat) -> None:
    acts = every_curated()
    quads = sorted(ox.parse(written(acts), format=ox.RdfFormat.N_QUADS), key=str)
    path = tmp_path / f"acts.{syntax.file_extension}"
    ox.serialize(quads, str(path), syntax, prefixes=PREFIXES)
    loaded = read("records", path)
    assert loaded.problems == []
    by_id = {act.id: in_order(act) for act in loaded.acts}
    assert by_id == {act.id: in_order(act) for act in acts}


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=30)
DATES = st.one_of(
    st.none(),
    st.builds(Date, st.integers(1990, 2025)),
    st.builds(Date, st.integers(1990, 2025), st.integers(1, 12)),
    st.builds(Date, st.integers(1990, 2025), st.integers(1, 12), st.integers(1, 28)),
)
SUMS = st.builds(Money, st.decimals(Decimal("0.01"), Decimal(10) ** 12, places=2), st.sampled_from(sorted(CURRENCIES)))
UNNAMED = ((), (Respondent("natural person", "natural-person"),), (Respondent("A shop", "undisclosed"),))
DOCUMENT = Document("records", "x", "file", "A file", digest="0", record="x")


@st.composite
def made_acts(draw: st.DrawFn) -> list[Act]:
    """Return acts of one register with every kind of value."""
    acts = []
    for number in range(draw(st.integers(1, 6))):
        id_ = f"fr-cnil_made-{number}"
        orgs = draw(st.lists(st.sampled_from(("clearview-ai", "openai", "criteo")), unique=True, max_size=2))
        measures = tuple(
            Measure(
                count,
                draw(st.sampled_from(sorted(GROUP_OF))),
                draw(st.sampled_from((None, *orgs))),
                draw(st.none() | SUMS),
                amount_text=draw(st.none() | WORDS),
                start=draw(DATES),
                note=(("en", draw(WORDS)),),
                secures=(1,) if count > 1 and draw(st.booleans()) else (),
            )
            for count in range(1, draw(st.integers(1, 4)))
        )
        unnamed = draw(st.sampled_from(UNNAMED))
        named = [Respondent(registry().organisations[one].name, "organisation", one) for one in orgs]
        acts.append(
            Act(
                id_,
                dataclasses.replace(DOCUMENT, key=f"made-{number}", title=draw(WORDS)),
                "decision",
                "fr-cnil",
                (*named, *unnamed),
                title=(("en", draw(WORDS)),),
                docket=draw(st.none() | WORDS.filter(lambda text: not text.startswith("ECLI:"))),
                decided=draw(DATES),
                published=draw(DATES),
                measures=measures,
                provisions_text=draw(st.none() | WORDS),
            )
        )
    return acts


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made_acts())
def test_any_act_comes_back(tmp_path: Path, acts: list[Act]) -> None:
    loaded = acts_in(written(acts), tmp_path / "acts.nq")
    assert loaded.problems == []
    assert [placeless(act) for act in loaded.acts] == acts


def test_a_document_graph_of_an_export_is_that_document_again(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "all.trig"
    assert main(["export", "--format", "trig", "-o", str(path), "--store", str(store)]) == 0
    graph = iri("graph", "doc_cms_etid-9001")
    kept = [
        quad
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TRIG)
        if isinstance(quad.graph_name, ox.NamedNode)
        and (quad.graph_name.value == graph or quad.subject == ox.NamedNode(graph))
    ]
    one = tmp_path / "one.trig"
    ox.serialize(kept, str(one), ox.RdfFormat.TRIG)
    (act,) = read("records", one).acts
    assert act.id == "fr-cnil_san-2022-019"
    assert (act.document.name, act.document.tier, act.document.record) == ("doc_cms_etid-9001", "tracker", "ETid-9001")
    again = ox.parse("".join(triples.act(act, registry(), graph)), format=ox.RdfFormat.N_QUADS)
    assert set(map(str, again)) == {str(quad) for quad in kept if quad.graph_name == ox.NamedNode(graph)}


def test_a_copy_of_what_is_there_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "copy.nq"
    acts = every_curated()
    path.write_text(written(acts), encoding="utf-8")
    store = tmp_path / "store"
    plain = build.build(store)
    copied = build.build(store, build.inputs_of(store, [("records", path, None)]))
    assert plain.manifest["counts"] == copied.manifest["counts"]
    (row,) = (one for one in copied.manifest["sources"] if one["source"] == "records")
    assert (row["read"], row["repeated"], row["decisions"], row["rulings"]) == (len(acts), len(acts), 0, 0)
    assert next(one["decisions"] for one in copied.manifest["sources"] if one["source"] == "curated") == sum(
        act.type == "decision" for act in acts
    )


@pytest.mark.parametrize(
    "syntax",
    [ox.RdfFormat.N_TRIPLES, ox.RdfFormat.RDF_XML, ox.RdfFormat.JSON_LD, ox.RdfFormat.TRIG, ox.RdfFormat.N_QUADS],
)
def test_every_syntax_says_the_same(tmp_path: Path, syntax: ox.RdfFormat) -> None:
    triples_ = [
        quad.triple for quad in ox.parse(path=str(TTL), format=ox.RdfFormat.TURTLE, base_iri="file:///x/acts.ttl")
    ]
    path = tmp_path / f"acts.{syntax.file_extension}"
    ox.serialize(triples_, str(path), syntax)
    found = {act.id: act for act in read("records", path).acts}
    for act in read("records", TTL).acts:
        other = found.pop(act.id)
        same = {"document": act.document, "measures": act.measures}
        kinds = {(one.kind, one.money, one.target) for one in act.measures}
        assert dataclasses.replace(other, **same) == act  # type: ignore[arg-type]
        assert {(one.kind, one.money, one.target) for one in other.measures} == kinds
    assert found == {}


def test_no_person_reaches_the_graph() -> None:
    assert PERSON in TTL.read_text(encoding="utf-8")
    assert not [line for line in lines(read("records", TTL)) if "Zyxmira" in line or "Quellenbrandt" in line]


def changed(tmp_path: Path, old: str, new: str) -> Source:
    text = TTL.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "mine.ttl"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return Source("records", path)


FIRST, LAST = "dec:fr-cnil_san-2099-001", "dec:fr-cnil_san-2099-002"


@pytest.mark.parametrize(
    ("old", "new", "acts", "words"),
    [
        ("fg:authority reg:fr-cnil ;\n    fg:respondent", "fg:authority reg:xx ;\n    fg:respondent", FIRST,
         "names exactly one authority, a regulator or court that the data describe (it says reg:xx)"),
        ("fg:authority reg:es-aepd", ('fg:authority my:r . my:r a fg:Regulator ; skos:prefLabel "R" ; fg:jurisdiction '
         "<https://w3id.org/dpv/loc#ES> . my:decision-17 a fg:Decision"), "<https://data.example/decision-17>",
         "is <https://data.example/r>, which is no authority of authorities.csv"),
        ("fg:respondent co:clearview-ai ; fg:respondentText", "fg:respondent co:nobody ; fg:respondentText", FIRST,
         "a respondent is an organisation that the data describe, never a natural person (it says co:nobody)"),
        ("law:eu_gdpr_art-6 ", "law:eu_gdpr_art-131 ", FIRST, "is a provision of a law that the data describe"),
        ("k:data-deletion", "k:frown", FIRST, "has exactly one kind, of the kind scheme"),
        ("k:data-deletion", "k:order", FIRST, "'order' is a group of kinds"),
        ("2000000.50", "2e6", FIRST, "a decimal that is not negative"),
        ("100000.0 ; fg:currency cur:EUR", "100000.0", FIRST, "an amount comes with its currency"),
        ("fg:decidedOn", "fg:decidedon", FIRST, "fg:decidedon: is no term of the vocabulary"),
        ("sector:industry-and-commerce", "sector:space", FIRST, "a sector is a concept of the sector scheme"),
        ("tech:facial-recognition", "tech:magic", f"{FIRST} {LAST}", "a technology is a concept"),
        ("fg:caseStatus st:open", "fg:concernsSystem <https://w3id.org/finegraph/system/hal>", f"{FIRST} {LAST}",
         "a case concerns AI systems that the data describe"),
        ("secures mea:fr-cnil_san-2099-001_2", "secures mea:fr-cnil_san-2099-002_1", FIRST,
         "secures mea:fr-cnil_san-2099-002_1, which is no measure of the same act"),
        ("a fg:CourtRuling", "a fg:CourtRuling , fg:Decision", "rul:fr-ce_999001", "is a decision and a ruling"),
        ("a fg:CourtRuling", "a fg:Decision", "rul:fr-ce_999001", "give it the name dec:fr-ce_999001"),
        ("fg:follows dec:fr-cnil_san-2022-019", "fg:follows my:nothing", "dec:fr-cnil_san-2099-002",
         "fg:follows is <https://data.example/nothing>, which is no act of ours or of this file"),
        ('my:decision-17 a fg:Decision ; skos:prefLabel "AEPD decision on cameras"@en ; dct:identifier "PS/00999/2025"',
         '[] a fg:Decision ; skos:prefLabel "AEPD decision on cameras"@en', "_:b1",
         "has neither an IRI nor a docket"),
        ("fg:target my:shop ; fg:amount", "fg:target my:mart ; fg:amount", "<https://data.example/decision-17>",
         "a measure falls on one organisation that the data describe"),
        ('dct:description "A fine, an', 'dct:identifier "2" ; dct:description <x> , "A fine, an', FIRST,
         "it must be a text"),
    ],
)  # fmt: skip
def test_an_act_at_fault_is_named(tmp_path: Path, old: str, new: str, acts: str, words: str) -> None:
    source = changed(tmp_path, old, new)
    loaded = read("records", source)
    errors = [one for one in loaded.problems if one.level == "error"]
    assert [one.record for one in errors] == acts.split(), errors
    assert len(loaded.acts) + len(errors) == 5
    assert "mine.ttl:" in errors[0].place
    assert words in errors[0].message


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"2025-10-17"^^xsd:date', '"2036-10-17"^^xsd:date', "fg:decidedOn '2036-10-17'"),
        ("cur:EUR ; fg:legalBasis", "cur:XTS ; fg:legalBasis", "'XTS' is no currency code we know"),
        ("2000000.50", "0.0", "0 is no amount"),
        ('dct:identifier "SAN-2099-001"', 'dct:identifier "SAN-2099-001" , "B-7"', "a second identifier of its kind"),
        ('fg:respondentText "Clearview AI, Inc."', 'fg:respondentText "Somebody"', "names no respondent of the act"),
    ],
)
def test_a_doubtful_value_is_left_out_and_reported(tmp_path: Path, old: str, new: str, words: str) -> None:
    loaded = read("records", changed(tmp_path, old, new))
    assert len(loaded.acts) == 5
    notices = [one.message for one in loaded.problems if one.level == "notice"]
    assert [one for one in notices if words in one], notices
    assert not [line for line in lines(loaded) if "Somebody" in line or "2036" in line or "XTS" in line]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("x.ttl", "@prefix a: <b:> .\na:x a:y\n", r"x\.ttl:\d: "),
        ("x.ttl", "<a:x> <a:y> <a:z> .", "holds no fg:Decision and no fg:CourtRuling"),
        ("x.ttl", "", "holds no fg:Decision"),
        ("x.csv", "a,b", "'csv' is no RDF syntax we read"),
        ("x.jsonld", '{"@context": "https://data.example/c.jsonld", "@id": "a:b"}', "write the context into the file"),
        ("x.jsonld", '{"@id": ', r"x\.jsonld:1: "),
        ("x.rdf", '<!DOCTYPE r [<!ENTITY e "x">]><r/>', "declares XML entities"),
        ("x.nt", "<< <a:b> <a:c> <a:d> >> <a:e> <a:f> .", r"x\.nt:1: "),
    ],
)
def test_what_is_no_such_file_is_refused(tmp_path: Path, name: str, content: str, words: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SourceError, match=words):
        read("records", path)


def test_an_inline_context_is_read(tmp_path: Path) -> None:
    path = tmp_path / "acts.jsonld"
    path.write_text(
        """{"@context": {"fg": "https://w3id.org/finegraph#", "name": "http://www.w3.org/2004/02/skos/core#prefLabel",
         "authority": {"@id": "fg:authority", "@type": "@id"}, "docket": "http://purl.org/dc/terms/identifier"},
         "@type": "fg:Decision", "name": {"@value": "A decision", "@language": "en"}, "docket": "No 7/2025",
         "authority": "https://w3id.org/finegraph/regulator/gr-hdpa"}""",
        encoding="utf-8",
    )
    (act,) = read("records", path).acts
    assert (act.id, act.docket, act.title) == ("gr-hdpa_no-7-2025", "No 7/2025", (("en", "A decision"),))


def test_press_items_and_lone_cases_are_told(tmp_path: Path) -> None:
    more = """
    <https://w3id.org/finegraph/source/s> a fg:NewsReport ; <https://schema.org/headline> "News" .
    case:fr-cnil_other a fg:Case ; skos:prefLabel "Other"@en ; fg:authority reg:fr-cnil .
    """
    loaded = acts_in(TTL.read_text(encoding="utf-8") + more, tmp_path / "acts.ttl")
    skipped = {one.record: one.message for one in loaded.problems if one.level == "skipped"}
    assert skipped.keys() == {"src:s", "case:fr-cnil_other"}
    assert "load the page itself as news" in skipped["src:s"]
