"""The quality checklist of the model, 28 points, each checked by program on the vocabulary and a release.

The shapes' own examples (22) are in test_shapes.py, the competency questions (23) in test_questions.py;
the tests here hold that these suites are complete.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask import Flask
from rdflib import Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS, VANN, XSD

from graph.questions import questions
from graph.release import Release
from graph.sparql import GRAPHS, form
from graph.validate import SHAPES, of_release, validate
from ontology import vocabulary
from ontology.identifiers import BASE, PATTERN, TYPES
from ontology.terms import CURRENCIES, FG, GROUP_OF, PREFIXES
from tests import test_shapes

ROOT = Path(__file__).resolve().parents[1]
ONTOLOGY = URIRef("https://w3id.org/finegraph")
SCHEMA = PREFIXES["schema"]
VOCABULARY = Graph()
for file in vocabulary.FILES:
    VOCABULARY.parse(file, format="turtle")
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
CLASSES = set(VOCABULARY.subjects(RDF.type, OWL.Class))
PROPERTIES = {term for kind in KINDS[1:] for term in VOCABULARY.subjects(RDF.type, kind)}
SCHEMES = set(VOCABULARY.subjects(RDF.type, SKOS.ConceptScheme))
CONCEPTS = set(VOCABULARY.subjects(RDF.type, SKOS.Concept))
TERMS = CLASSES | PROPERTIES | SCHEMES | CONCEPTS
FIVE = ["de", "en", "es", "fr", "it"]
FOREIGN = sorted(path.stem for path in vocabulary.FOREIGN.glob("*.txt"))


def own(term: object) -> bool:
    return str(term).startswith((vocabulary.NAMESPACE, BASE))


def languages(term: object, predicate: URIRef) -> list[str]:
    return sorted(one.language or "" for one in VOCABULARY.objects(term, predicate) if isinstance(one, Literal))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def quads(release: Release) -> list[ox.Quad]:
    return list(ox.parse(path=str(release.path / "finegraph.nq"), format=ox.RdfFormat.N_QUADS))


def test_01_the_header_is_complete() -> None:
    stated = set(VOCABULARY.predicates(ONTOLOGY))
    assert stated >= {
        DCTERMS.title, DCTERMS.description, DCTERMS.creator, DCTERMS.created, DCTERMS.modified, DCTERMS.license,
        OWL.versionIRI, OWL.versionInfo, VANN.preferredNamespacePrefix, VANN.preferredNamespaceUri,
        DCTERMS.bibliographicCitation,
    }  # fmt: skip
    assert str(VOCABULARY.value(ONTOLOGY, DCTERMS.license)).startswith("https://")
    assert str(VOCABULARY.value(ONTOLOGY, VANN.preferredNamespaceUri)) == vocabulary.NAMESPACE
    assert languages(ONTOLOGY, DCTERMS.title) == FIVE


def test_02_the_version_is_semantic_and_ends_the_version_iri() -> None:
    version = str(VOCABULARY.value(ONTOLOGY, OWL.versionInfo))
    assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    assert str(VOCABULARY.value(ONTOLOGY, OWL.versionIRI)) == f"{ONTOLOGY}/{version}"


def test_03_one_label_in_each_language() -> None:
    for term in CLASSES:
        assert languages(term, RDFS.label) == FIVE, term
    for term in CONCEPTS | SCHEMES:
        assert languages(term, SKOS.prefLabel) == FIVE, term
    for term in PROPERTIES:
        found = languages(term, RDFS.label)
        assert {"en", "fr"} <= set(found), term
        assert len(found) == len(set(found)), term


def test_04_every_term_is_defined_in_words_of_its_own() -> None:
    for term in TERMS:
        definition = next(str(one) for one in VOCABULARY.objects(term, SKOS.definition) if one.language == "en")  # type: ignore[attr-defined]
        labels = {str(one).casefold() for one in VOCABULARY.objects(term, RDFS.label | SKOS.prefLabel)}
        assert len(definition) >= 20, term
        assert definition.casefold().rstrip(".") not in labels, term
        assert languages(term, SKOS.definition).count("en") == 1, term


def test_05_every_term_says_who_defines_it() -> None:
    assert all(VOCABULARY.value(term, RDFS.isDefinedBy) == ONTOLOGY for term in TERMS)


def test_06_a_property_has_at_most_one_domain_and_range_and_says_where_it_belongs() -> None:
    for term in PROPERTIES:
        domains, ranges = (list(VOCABULARY.objects(term, one)) for one in (RDFS.domain, RDFS.range))
        assert len(domains) <= 1, term
        assert len(ranges) <= 1, term
        assert domains or list(VOCABULARY.objects(term, URIRef(f"{SCHEMA}domainIncludes"))), term


def test_07_names_follow_their_kind() -> None:
    for terms, pattern in (
        (CLASSES, r"(?:[A-Z][a-z]+|AI)+"),
        (PROPERTIES, r"[a-z]+(?:[A-Z][a-z]+|EUR)*(?:[A-Z]|EUR)?"),
        (CONCEPTS, r"[a-z0-9]+(?:-[a-z0-9]+)*"),
    ):
        for term in terms:
            assert re.fullmatch(pattern, re.split(r"[#/]", str(term))[-1]), term


def test_08_no_term_is_two_kinds_of_thing() -> None:
    kinds = Counter(term for group in (CLASSES, PROPERTIES, CONCEPTS, SCHEMES) for term in group)
    assert max(kinds.values()) == 1


@pytest.mark.parametrize("predicate", [RDFS.subClassOf, RDFS.subPropertyOf, SKOS.broader])
def test_09_no_hierarchy_turns_in_a_circle(predicate: URIRef) -> None:
    for term in TERMS:
        above = set(VOCABULARY.transitive_objects(term, predicate)) - {term}
        assert all(term not in VOCABULARY.objects(one, predicate) for one in above), term
        assert (term, predicate, term) not in VOCABULARY


def test_10_nothing_is_said_about_other_vocabularies_terms(quads: list[ox.Quad]) -> None:
    assert all(own(subject) or subject == ONTOLOGY for subject in VOCABULARY.subjects())
    about = {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}
    assert all(own(subject) or subject == str(ONTOLOGY) for subject in about)


def test_11_data_use_declared_terms_only(quads: list[ox.Quad]) -> None:
    declared = {str(term) for term in TERMS} | {str(ONTOLOGY)}
    spaces = tuple(PREFIXES[prefix] for prefix in ("fg", "k", "st", "tech", "purpose", "data", "sector"))
    used = {node.value for quad in quads for node in (quad.predicate, quad.object) if isinstance(node, ox.NamedNode)}
    assert {one for one in used if one.startswith(spaces) and one not in spaces} - declared == set()
    assert {name for name in FG.__annotations__ if not name.startswith("_")} == {
        str(term).removeprefix(vocabulary.NAMESPACE) for term in CLASSES | PROPERTIES
    }
    assert {f"{PREFIXES['k']}{kind}" for pair in GROUP_OF.items() for kind in pair} == {
        str(one) for one in VOCABULARY.subjects(SKOS.inScheme, URIRef(f"{ONTOLOGY}/kind"))
    }


def test_12_every_foreign_term_exists_in_its_vocabulary(quads: list[ox.Quad]) -> None:
    """Terms are what stands as a predicate, a class, or a match; other foreign IRIs are things and addresses."""
    known = {term for name in FOREIGN for term in vocabulary.foreign(name)}
    namespaces = {re.split(r"[^#/]*$", term)[0] for term in known}
    used = {str(one) for triple in VOCABULARY for one in triple if isinstance(one, URIRef)}
    used |= {node.value for quad in quads for node in (quad.predicate, quad.object) if isinstance(node, ox.NamedNode)}
    foreign = {one for one in used if not own(one) and re.split(r"[^#/]*$", one)[0] in namespaces}
    assert foreign - known - namespaces == set()
    predicates = {quad.predicate.value for quad in quads}
    assert {one for one in predicates if not own(one)} <= known


def test_13_schema_org_is_secure_and_w3_org_is_not() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in (*vocabulary.FILES, SHAPES))
    text += "".join(PREFIXES.values())
    assert "http://schema.org" not in text
    assert "https://www.w3.org" not in text


def test_14_concepts_are_in_schemes_under_labels_of_their_own() -> None:
    for term in CONCEPTS:
        assert set(VOCABULARY.objects(term, SKOS.inScheme)) & SCHEMES, term
        for broader in VOCABULARY.objects(term, SKOS.broader):
            assert set(VOCABULARY.objects(term, SKOS.inScheme)) & set(VOCABULARY.objects(broader, SKOS.inScheme)), term
    for scheme in SCHEMES:
        labels = Counter(
            (label.language, str(label).casefold())  # type: ignore[attr-defined]
            for term in VOCABULARY.subjects(SKOS.inScheme, scheme)
            for label in VOCABULARY.objects(term, SKOS.prefLabel)
        )
        assert [label for label, n in labels.items() if n > 1] == [], scheme


def test_15_what_is_deprecated_says_what_takes_its_place(quads: list[ox.Quad]) -> None:
    gone = {quad.subject for quad in quads if quad.predicate.value == str(OWL.deprecated)}
    replaced = {quad.subject for quad in quads if quad.predicate.value == str(DCTERMS.isReplacedBy)}
    assert gone == replaced
    for term in VOCABULARY.subjects(OWL.deprecated):
        assert VOCABULARY.value(term, DCTERMS.isReplacedBy) or VOCABULARY.value(term, SKOS.historyNote), term


def test_16_names_of_things_match_the_slug_pattern(quads: list[ox.Quad]) -> None:
    names = {node.value for quad in quads for node in (quad.subject, quad.object) if isinstance(node, ox.NamedNode)}
    for name in names:
        type_, _, local = name.removeprefix(BASE).partition("/")
        if name.startswith(BASE) and type_ in TYPES and local:
            assert PATTERN.fullmatch(local), name


def test_17_money_is_decimal_in_a_known_currency(quads: list[ox.Quad]) -> None:
    money = {str(one) for one in (FG.amount, FG.amountEUR, FG.paidAmount, FG.payableEUR, FG.claimedMin, FG.claimedMax)}
    kinds = {quad.object.datatype.value for quad in quads if isinstance(quad.object, ox.Literal)}
    assert not kinds & {str(XSD.double), str(XSD.float)}
    for quad in quads:
        if quad.predicate.value in money:
            assert isinstance(quad.object, ox.Literal)
            assert quad.object.datatype.value == str(XSD.decimal), quad
        if quad.predicate.value == str(FG.currency):
            assert isinstance(quad.object, ox.NamedNode)
            assert quad.object.value.removeprefix(PREFIXES["cur"]) in CURRENCIES, quad


def test_18_the_build_alone_writes_what_is_derived(quads: list[ox.Quad]) -> None:
    derived = {str(term) for term in VOCABULARY.subjects(FG.derived, Literal(True))}  # noqa: FBT003 - RDF's true
    assert {str(FG[name]) for name in ("amountEUR", "kindGroup", "payableEUR", "year", "claimStatus")} <= derived
    for quad in quads:
        if quad.predicate.value in derived:
            assert isinstance(quad.graph_name, ox.DefaultGraph), quad


def test_19_news_graphs_hold_reports_and_claims_only(quads: list[ox.Quad]) -> None:
    news = [quad for quad in quads if "/graph/doc_news_" in str(quad.graph_name)]
    assert news
    kinds = defaultdict(set)
    for quad in news:
        if quad.predicate.value == str(RDF.type):
            kinds[quad.subject].add(quad.object)
    assert {quad.subject for quad in news} == set(kinds)
    allowed = {ox.NamedNode(str(FG.NewsReport)), ox.NamedNode(str(FG.Claim))}
    assert all(types <= allowed for types in kinds.values())


def test_20_every_document_graph_is_described(quads: list[ox.Quad]) -> None:
    graphs = {str(quad.graph_name).strip("<>") for quad in quads if "/graph/doc_" in str(quad.graph_name)}
    described = defaultdict(set)
    for quad in quads:
        if str(quad.graph_name).endswith("/graph/prov>"):
            described[str(quad.subject).strip("<>")].add(quad.predicate.value)
    needed = {f"{PREFIXES['prov']}generatedAtTime", str(FG.tier), str(FG.reviewStatus), str(DCTERMS.title)}
    assert graphs
    assert all(needed <= described[graph] for graph in graphs)


def test_21_the_release_conforms_to_the_shapes(release: Release) -> None:
    assert validate(of_release(release.open())) == []


def test_22_every_shape_rejects_its_broken_example() -> None:
    test_shapes.test_every_rule_has_a_broken_example()
    assert len(test_shapes.BROKEN) >= 6


def test_23_every_competency_question_is_asked() -> None:
    assert len(questions()) >= 24


@pytest.mark.parametrize(("name", "syntax"), [("ttl", "turtle"), ("rdf", "xml"), ("jsonld", "json-ld")])
def test_24_exports_parse_back_to_the_same_graph(quads: list[ox.Quad], name: str, syntax: str) -> None:
    facts = {quad.triple for quad in quads if isinstance(quad.graph_name, ox.DefaultGraph)}
    text = ox.serialize(facts, format=GRAPHS[name][0], prefixes=PREFIXES)
    assert {quad.triple for quad in ox.parse(text or b"", format=GRAPHS[name][0])} == facts
    assert isomorphic(Graph().parse(data=VOCABULARY.serialize(format=syntax), format=syntax), VOCABULARY)


def test_25_every_term_has_an_anchor_in_the_documentation(app: Flask) -> None:
    page = app.test_client().get("/model").get_data(as_text=True)
    anchors = set(re.findall(r'id="([^"]+)"', page))
    wanted = {
        str(term).removeprefix(vocabulary.NAMESPACE).removeprefix(BASE).replace("/", "-") for term in TERMS - SCHEMES
    }
    wanted |= {f"scheme-{str(term).rpartition('/')[2]}" for term in SCHEMES}
    assert wanted - anchors == set()
    assert len(re.findall(r'id="([^"]+)"', page)) == len(anchors)


def test_26_no_name_of_an_earlier_release_is_missing(quads: list[ox.Quad]) -> None:
    released = set((ROOT / "ontology" / "released.txt").read_text(encoding="utf-8").split())
    assert len(released) > 300
    now = {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}
    assert released - now == set()


def code_blocks() -> Iterator[tuple[str, str, str]]:
    for path in (*ROOT.glob("*.md"), *ROOT.glob("*/README.md"), *ROOT.glob("loaders/*/README.md")):
        for language, block in re.findall(r"```(\w*)\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL):
            yield path.name, language, block


def test_27_code_in_the_documents_parses_and_uses_declared_terms() -> None:
    declared = {str(term) for term in TERMS}
    heads = "".join(f"@prefix {name}: <{space}> .\n" for name, space in PREFIXES.items())
    seen: Counter[str] = Counter()
    snippets = [(language, block) for _, language, block in code_blocks()]
    snippets += [("turtle", str(one)) for one in VOCABULARY.objects(None, SKOS.example)]
    snippets += [("sparql", query) for _, _, block in code_blocks() for query in re.findall(r"query '([^']+)'", block)]
    for language, block in snippets:
        seen[language] += 1
        if language == "turtle":
            Graph().parse(data=heads + block, format="turtle")
        elif language == "sparql":
            assert form(block)
            ox.Store().query(block, prefixes=PREFIXES)
        used = {f"{vocabulary.NAMESPACE}{name}" for name in re.findall(r"\bfg:(\w+)", block)}
        assert used <= declared, used - declared
    assert seen["turtle"] >= len(CLASSES | PROPERTIES)
    assert seen["sparql"]


def test_28_the_description_counts_what_is_there(release: Release, quads: list[ox.Quad]) -> None:
    facts = [quad for quad in quads if isinstance(quad.graph_name, ox.DefaultGraph)]
    store = release.open()
    rows = store.query(
        "SELECT ?triples ?documents WHERE { GRAPH g:dataset { ?d a void:Dataset ; void:triples ?triples ; "
        "void:documents ?documents } }",
        prefixes=PREFIXES,
    )
    [row] = list(rows)  # type: ignore[arg-type]
    documents = {str(quad.graph_name) for quad in quads if "/graph/doc_" in str(quad.graph_name)}
    assert (int(row["triples"].value), int(row["documents"].value)) == (len(facts), len(documents))
    parts = store.query(
        "SELECT ?c ?p ?n WHERE { GRAPH g:dataset { { ?part void:class ?c ; void:entities ?n } UNION "
        "{ ?part void:property ?p ; void:triples ?n } } }",
        prefixes=PREFIXES,
    )
    counted = 0
    for part in parts:  # type: ignore[union-attr]
        counted += 1
        if part["c"] is not None:
            members = {q.subject for q in facts if q.predicate.value == str(RDF.type) and q.object == part["c"]}
            assert int(part["n"].value) == len(members)
        else:
            assert int(part["n"].value) == sum(q.predicate == part["p"] for q in facts)
    assert counted > 60


def test_every_class_and_property_shows_an_example_of_itself() -> None:
    heads = "".join(f"@prefix {name}: <{space}> .\n" for name, space in PREFIXES.items())
    for term in CLASSES | PROPERTIES:
        shown = [str(one) for one in VOCABULARY.objects(term, SKOS.example)]
        assert len(shown) == 1, term
        used = Graph().parse(data=heads + shown[0], format="turtle")
        assert term in set(used.predicates()) | set(used.objects(None, RDF.type)), term


def test_lists_of_foreign_terms_say_where_they_are_from() -> None:
    for name in FOREIGN:
        head = (vocabulary.FOREIGN / f"{name}.txt").read_text(encoding="utf-8")
        for key in ("title", "namespace", "source", "version", "licence"):
            assert re.search(rf"^# {key}: \S", head, re.MULTILINE), (name, key)
        assert vocabulary.foreign(name)
