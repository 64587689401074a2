"""SPARQL endpoints: asking one that behaves badly, and loading what it answered."""

import copy
import datetime as dt
import json
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from graph import cli, triples
from loaders.endpoint import command
from loaders.endpoint.cache import Pages
from loaders.endpoint.client import Client
from loaders.endpoint.fetch import Asking, fetch, text_of
from loaders.endpoint.questions import query
from loaders.fetch.client import agent
from loaders.fetch.errors import FetchError
from loaders.formats import formats
from loaders.source import Source, SourceError
from ontology.dates import Date
from ontology.identifiers import iri
from ontology.lookup import Lookup
from ontology.records import Document, Enactment, Organisation, Problem, Reference, Spelling
from ontology.registry import Registry, registry
from tests.conftest import FIXTURES
from tests.endpoint import Bad, Endpoint, StoppedClock, serving
from tests.loading import golden, read

WD = "http://www.wikidata.org/entity/"
ELI = "http://data.europa.eu/eli/"
PERSON = "Quellenbrandt"
CELEX = "http://publications.europa.eu/resource/celex/"


def tables() -> Registry:
    """Return the registry with other organisations, and few laws."""
    made = copy.copy(registry())
    known = (
        Organisation("beispiel-ag", "Beispiel AG", "DE", homepage="https://www.beispiel.example/",
                     lei="9999BEISPIELAG000064", same_as=(f"{WD}Q9000001",)),
        Organisation("ejemplo-sa", "Ejemplo S.A.", "ES", lei="9999EJEMPLOSA0000027"),
        Organisation("other-company", "Other Company", "US", parent="beispiel-ag", homepage="https://company.example",
                     lei="9999ANDEREFIRMA00025", same_as=(f"{WD}Q9000005",)),
        Organisation("old-firm", "Old Firm Ltd", same_as=(f"{WD}Q9000006",)),
        Organisation("gone", "Gone Ltd", same_as=(f"{WD}Q9000008",)),
        Organisation("wrong-item", "Wrong Item Ltd", same_as=(f"{WD}Q9000009",)),
        Organisation("named-only", "Named Only GmbH", "AT"),
    )  # fmt: skip
    made.organisations = {one.id: one for one in known}
    laws = ("eu_gdpr", "eu_dir-95-46", "eu_led", "eu_nis2", "eu_dma", "eu_dsa", "at_dsg")
    made.laws = {id_: registry().laws[id_] for id_ in laws}
    return made


@pytest.fixture
def wikidata() -> Iterator[Endpoint]:
    with serving(FIXTURES / "endpoint" / "wikidata.ttl") as here:
        yield here


@pytest.fixture
def cellar() -> Iterator[Endpoint]:
    with serving(FIXTURES / "endpoint" / "cellar.ttl") as here:
        yield here


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
def asking(tmp_path: Path, clock: StoppedClock) -> Callable[..., Asking]:
    """Return how a run is made; all runs of a test share cache and clock."""

    def make(endpoint: Endpoint, size: int = 2, days: float = 7) -> Asking:
        client = Client(endpoint.url, agent("me@example.org"), clock.clock, timeout=1)
        return Asking(client, Pages(tmp_path / "cache", dt.timedelta(days=days)), size)

    return make


def fetched(shape: str, run: Asking) -> str:
    """Return the file of a run, as if the public endpoint had answered."""
    settings = formats()["endpoint"].settings[shape]
    return fetch(shape, run, settings["endpoint"], tables(), settings)


def loaded(tmp_path: Path, content: str) -> tuple[dict[str, Reference], list[Problem], Source]:
    """Return references by the record of their document, problems, and the source."""
    path = tmp_path / "answers.json"
    path.write_text(content, encoding="utf-8")
    names = tables()
    source = Source("endpoint", path, registry=names, lookup=Lookup(names))
    found = read("endpoint", source)
    return {one.document.record: one for one in found.references}, found.problems, source


def told(problems: list[Problem], record: str) -> list[tuple[str, str, str]]:
    """Return field, value and words of the notices on a record."""
    return [(one.field, one.value, one.message) for one in problems if one.record == record and one.level == "notice"]


FIVE = [f"{WD}Q900000{number}" for number in (1, 2, 4, 5, 6)]


def test_pages_give_every_key_and_none_twice(wikidata: Endpoint, asking: Callable[..., Asking]) -> None:
    rows = asking(wikidata).rows_of("wikidata", FIVE)
    assert len(wikidata.queries) == 3
    assert [text_of(row, "key") for row in rows if text_of(row, "field") == "whole"] == FIVE
    assert len({json.dumps(row, sort_keys=True) for row in rows}) == len(rows)
    whole = asking(wikidata, size=5, days=0).rows_of("wikidata", FIVE)
    assert sorted(map(str, whole)) == sorted(map(str, rows))


def test_it_says_who_asks_and_pauses_between_queries(
    wikidata: Endpoint, asking: Callable[..., Asking], clock: StoppedClock
) -> None:
    asking(wikidata).rows_of("wikidata", FIVE)
    assert all("finegraph/" in one and "(+me@example.org)" in one for one in wikidata.agents)
    assert clock.slept == [1.0, 1.0]


def test_a_page_that_the_endpoint_cuts_is_asked_in_halves(wikidata: Endpoint, asking: Callable[..., Asking]) -> None:
    right = asking(wikidata, size=5, days=0).rows_of("wikidata", FIVE)
    wikidata.most = 20
    wikidata.queries.clear()
    rows = asking(wikidata, size=5, days=0).rows_of("wikidata", FIVE)
    assert len(wikidata.queries) > 2
    assert sorted(map(str, rows)) == sorted(map(str, right))
    wikidata.most = 3
    with pytest.raises(FetchError, match=r"3 rows for .*Q9000001 without the last one"):
        asking(wikidata, size=5, days=0).rows_of("wikidata", FIVE)


@pytest.mark.parametrize(
    ("bad", "pauses"),
    [
        ([Bad(429, headers={"Retry-After": "30"}), Bad(503)], [30.0, 4.0]),
        ([Bad(429, headers={"Retry-After": "Tue, 24 Nov 2020 09:00:00 GMT"})], [2.0]),
        ([Bad(503, headers={"Retry-After": "soon"}), Bad(500, b"java.util.concurrent.TimeoutException")], [2.0, 4.0]),
        ([Bad(200, b'{"head": {"vars": ["key"')], [2.0]),
        ([Bad(200, b'{"head": {}, "boolean": true}')], [2.0]),
        ([Bad(200, b'{"results": {"bindings": [{"key": {"type": "uri", "value": 5}}]}}')], [2.0]),
        ([Bad(200, b"{", {"Content-Length": "5000"})], [2.0]),
        ([Bad(200, b'{"results": {"bindings": []}}', {"X-SQL-State": "S1TAT"})], [2.0]),
        ([Bad(504, delay=1.2)], [2.0]),
    ],
)
def test_what_may_pass_is_tried_again(
    wikidata: Endpoint, asking: Callable[..., Asking], clock: StoppedClock, bad: list[Bad], pauses: list[float]
) -> None:
    wikidata.bad.extend(bad)
    assert asking(wikidata).rows_of("wikidata", FIVE[:1])
    assert clock.slept == pauses
    assert len(wikidata.queries) == len(bad) + 1


@pytest.mark.parametrize(
    ("bad", "words", "asked"),
    [
        ([Bad(503)] * 5, "answers 503, 5 times; .*pages that were answered are kept", 5),
        ([Bad(429, headers={"Retry-After": "7200"})], "asks to wait for 7,200 seconds", 1),
        ([Bad(403)], "answers 403; check the address", 1),
        ([Bad(404, b"<html>no such page</html>")], "refuses the query: .*no such page", 1),
        ([Bad(400, b"x" * 5000)], r"refuses the query: .{200}…$", 1),
        ([Bad(200, b"<html>welcome</html>")] * 5, "something else than whole SPARQL results", 5),
    ],
)
def test_what_does_not_pass_is_told(
    wikidata: Endpoint, asking: Callable[..., Asking], bad: list[Bad], words: str, asked: int
) -> None:
    wikidata.bad.extend(bad)
    with pytest.raises(FetchError, match=words) as raised:
        asking(wikidata).rows_of("wikidata", FIVE[:1])
    assert wikidata.url in str(raised.value)
    assert len(wikidata.queries) == asked


def test_an_endpoint_that_is_down(clock: StoppedClock) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        client = Client(f"http://127.0.0.1:{taken.getsockname()[1]}/sparql", "agent", clock.clock)
        with pytest.raises(FetchError, match=r"127.0.0.1:\d+/sparql cannot be reached \(.*refused.*\), 5 times"):
            client.ask("SELECT * {}")
    assert clock.slept == [2.0, 4.0, 8.0, 16.0]


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://127.0.0.1/", "nonsense", "https:///sparql"])
def test_only_addresses_of_the_web_are_asked(address: str, clock: StoppedClock) -> None:
    with pytest.raises(FetchError, match="is no http:// or https:// address"):
        Client(address, "agent", clock.clock).ask("SELECT * {}")


@pytest.mark.parametrize("key", ["", "a b", "http://e/> } DROP ALL #", "Q95", "http://e/\\u003e"])
def test_a_key_cannot_break_out_of_its_query(key: str) -> None:
    with pytest.raises(ValueError, match="cannot be asked for"):
        query("wikidata", [key])


def test_the_cache_asks_nobody_until_it_is_too_old(
    wikidata: Endpoint, asking: Callable[..., Asking], clock: StoppedClock, tmp_path: Path
) -> None:
    first = fetched("wikidata", asking(wikidata))
    asked = len(wikidata.queries)
    clock.sleep(6 * 86400)
    assert fetched("wikidata", asking(wikidata)) == first
    assert len(wikidata.queries) == asked
    clock.sleep(2 * 86400)
    assert '"retrieved": "2026-12-02"' in fetched("wikidata", asking(wikidata))
    assert len(wikidata.queries) == 2 * asked
    for path in (tmp_path / "cache").iterdir():
        path.write_text("{", encoding="utf-8")
    fetched("wikidata", asking(wikidata))
    assert len(wikidata.queries) == 3 * asked


def test_a_folder_that_cannot_be_written(wikidata: Endpoint, tmp_path: Path, clock: StoppedClock) -> None:
    (tmp_path / "taken").touch()
    client = Client(wikidata.url, "agent", clock.clock)
    with pytest.raises(FetchError, match=r"taken: cannot be written .* choose another with --cache"):
        Asking(client, Pages(tmp_path / "taken", dt.timedelta(1)), 2).rows_of("wikidata", FIVE)


def test_a_failed_run_goes_on_where_it_stood(wikidata: Endpoint, asking: Callable[..., Asking]) -> None:
    asking(wikidata).rows_of("wikidata", FIVE[:4])
    wikidata.bad.extend([Bad(503)] * 5)
    with pytest.raises(FetchError):
        asking(wikidata).rows_of("wikidata", FIVE)
    wikidata.queries.clear()
    asking(wikidata).rows_of("wikidata", FIVE)
    assert len(wikidata.queries) == 1


def test_an_endpoint_of_another_shape_gives_no_file(cellar: Endpoint, asking: Callable[..., Asking]) -> None:
    with pytest.raises(FetchError, match="no endpoint of the shape wikidata"):
        fetched("wikidata", asking(cellar))


def test_organisations(wikidata: Endpoint, asking: Callable[..., Asking], tmp_path: Path) -> None:
    found, problems, source = loaded(tmp_path, fetched("wikidata", asking(wikidata)))
    assert {key: one.thing.id for key, one in found.items()} == {
        "Q9000001": "beispiel-ag",
        "Q9000002": "beispiel-holding",
        "Q9000004": "ejemplo-sa",
        "Q9000005": "other-company",
        "Q9000007": "old-firm",
        "Q9000010": "named-only",
        "Q9000011": "beispiel-holding-q9000011",
    }
    assert found["Q9000001"] == Reference(
        Document(
            "endpoint", "q9000001", "register", "Wikidata: Beispiel (Q9000001)", f"{WD}Q9000001", publisher="Wikidata",
            licence="https://creativecommons.org/publicdomain/zero/1.0/", retrieved=dt.date(2026, 11, 24),
            digest=source.digest, place="Q9000001", record="Q9000001",
        ),
        Organisation(
            "beispiel-ag", "Beispiel", "DE",
            (
                Spelling("Beispiel AG", "alias", "de"), Spelling("Beispiel Aktiengesellschaft", "alias", "de"),
                Spelling("Muster & Söhne KG", "former", "de"),
            ),
            "beispiel-holding", homepage="http://beispiel.example", lei="9999BEISPIELAG000064",
            same_as=(f"{WD}Q9000001",),
        ),
        "Q9000001",
    )  # fmt: skip
    assert told(problems, "Q9000001") == []
    assert found["Q9000002"].thing == Organisation(
        "beispiel-holding", "Beispiel Holding", "DE", lei="9999BEISPIELHOLD0067", same_as=(f"{WD}Q9000002",)
    )
    assert found["Q9000004"].thing == Organisation(
        "ejemplo-sa", "Ejemplo", "ES", (Spelling("Ejemplo S.A.", "alias", "it"),), lei="9999EJEMPLOSA0000027",
        same_as=(f"{WD}Q9000004",),
    )  # fmt: skip
    assert source.unknown["organisation", "Beispiel Holding"] == 2


def test_what_contradicts_the_tables_is_told_with_both_values(
    wikidata: Endpoint, asking: Callable[..., Asking], tmp_path: Path
) -> None:
    found, problems, _ = loaded(tmp_path, fetched("wikidata", asking(wikidata)))
    assert found["Q9000005"].thing == Organisation(
        "other-company", "Other Company", "CA", parent="named-only", homepage="https://other.example/",
        lei="9999OTHERCOMPANY0087", same_as=(f"{WD}Q9000005",),
    )  # fmt: skip
    stands = "of our tables, which stands"
    wrong = ("ftp://other.example/", "http://[", "https://other.example/a b")
    assert [(field, value, words.partition(": ")[2]) for field, value, words in told(problems, "Q9000005")] == [
        ("country", "CA", f"contradicts 'US' {stands}"),
        ("parent", "named-only", f"contradicts 'beispiel-ag' {stands}"),
        *(("homepage", one, "no address (https://…); left out") for one in wrong),
        ("homepage", "https://other.example/", f"contradicts 'https://company.example' {stands}"),
        ("lei", "9999OTHERCOMPANY0088", "no LEI: 20 signs, the last two check the others; left out"),
        ("lei", "9999OTHERCOMPANY0087", f"contradicts '9999ANDEREFIRMA00025' {stands}"),
    ]
    rest = [(one.record, one.field, one.value) for one in problems if one.level == "notice"]
    assert [one for one in rest if one[0] != "Q9000005"] == [
        ("Q9000004", "parent", "Q9000012"),
        ("Q9000004", "homepage", "https://ejemplo.example.com/, https://ejemplo.example/"),
        ("Q9000007", "item", "Q9000007"),
        ("Q9000010", "item", "Q9000010"),
    ]
    assert [(one.record, one.message) for one in problems if one.level != "notice"] == [
        ("Q9000006", "the item was merged into Q9000007; correct organisations.csv"),
        ("Q9000008", "the endpoint does not know the item"),
        ("", "a natural person"),
        ("Q9000012", "the item has no label in a language that we ask for"),
    ]


def test_two_items_with_one_lei(tmp_path: Path) -> None:
    rows = [
        row
        for item in ("Q9000004", "Q9000020")
        for row in (
            triple(item, "label", "Ejemplo", "es"),
            triple(item, "lei", "9999EJEMPLOSA0000027"),
            triple(item, "whole"),
        )
    ]
    found, problems, _ = loaded(tmp_path, answers(*rows))
    assert {key: one.thing for key, one in found.items()} == dict.fromkeys(
        ("Q9000004", "Q9000020"), Organisation("ejemplo-sa", "Ejemplo", lei="9999EJEMPLOSA0000027")
    )
    assert [words for key in found for *_, words in told(problems, key)] == [
        "item 'Q9000004': has its LEI in common with Q9000020",
        "item 'Q9000020': has its LEI in common with Q9000004",
    ]


def test_persons_are_neither_fetched_nor_loaded(
    wikidata: Endpoint, asking: Callable[..., Asking], tmp_path: Path
) -> None:
    content = fetched("wikidata", asking(wikidata))
    assert PERSON.casefold() not in content.casefold()
    assert "Q9000003" not in content
    rows = [
        triple("Q9000009", "class", f"{WD}Q5"),
        *(triple("Q9000009", field, f"Zyxmira {PERSON}", "en") for field in ("label", "official", "former")),
        triple("Q9000009", "whole"),
        triple("Q9000001", "label", "Beispiel", "en"),
        triple("Q9000001", "parent", f"{WD}Q9000009"),
        triple("Q9000001", "whole"),
    ]
    found, problems, source = loaded(tmp_path, answers(*rows))
    assert found.keys() == {"Q9000001"}
    assert found["Q9000001"].thing == Organisation("beispiel-ag", "Beispiel", same_as=(f"{WD}Q9000001",))
    assert [one.message for one in problems if one.level == "skipped"] == ["a natural person"]
    assert PERSON not in f"{found}{problems}{source.unknown}"
    assert "Q9000009" not in f"{found}{problems}"


def test_laws(cellar: Endpoint, asking: Callable[..., Asking], tmp_path: Path) -> None:
    found, problems, source = loaded(tmp_path, fetched("eurlex", asking(cellar)))
    assert len(cellar.queries) == 3
    assert found["reg/2016/679/oj"] == Reference(
        Document(
            "endpoint", "reg-2016-679-oj", "official", "EUR-Lex: 32016R0679", f"{ELI}reg/2016/679/oj",
            publisher="Publications Office of the European Union",
            licence="https://eur-lex.europa.eu/content/legal-notice/legal-notice.html",
            retrieved=dt.date(2026, 11, 24), digest=source.digest, place="reg/2016/679/oj", record="reg/2016/679/oj",
        ),
        Enactment(
            "eu_gdpr",
            (("en", "Regulation (EU) 2016/679 (General Data Protection Regulation)"),
             ("de", "Verordnung (EU) 2016/679 (Datenschutz-Grundverordnung)")),
            "EU", "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32016R0679",
            same_as=(f"{ELI}reg/2016/679/oj", f"{CELEX}32016R0679"), since=Date.parse("2016-05-24"),
        ),
        "32016R0679",
    )  # fmt: skip
    laws = [(one.thing, one.key) for one in found.values() if isinstance(one.thing, Enactment)]
    assert {(law.id, str(law.since), str(law.until), celex) for law, celex in laws} == {
        ("eu_gdpr", "2016-05-24", "None", "32016R0679"),
        ("eu_dir-95-46", "1995-12-13", "2018-05-24", "31995L0046"),
        ("eu_led", "2016-05-05", "2020-01-01", "32016L0680"),
        ("eu_nis2", "None", "None", ""),
    }
    assert [(one.record, one.level, one.message) for one in problems] == [
        ("dir/1995/46/oj", "notice",
         "until '2018-05-24': contradicts '2018-05-25' of our tables, which stands"),
        ("dir/2016/680/oj", "notice", "from '1001-01-01': the year of '1001-01-01' is before 1951; left out"),
        ("dir/2016/680/oj", "notice",
         "from '2016-05-05, 2018-05-06': several days; the law is in force from the first"),
        ("dir/2016/680/oj", "notice", "in-force 'true': contradicts the end of validity, 2020-01-01"),
        ("dir/2022/2555/oj", "notice",
         "celex '32022L2555, 32022L2555R(01)': several CELEX numbers; none is taken"),
        ("dir/2022/2555/oj", "notice", "in-force 'false': no longer in force, and no day is stated"),
        ("reg/2022/1925/oj", "skipped", "the law has no title in a language that we ask for"),
        ("reg/2022/2065/oj", "skipped", "the endpoint does not know the law"),
    ]  # fmt: skip


@pytest.mark.parametrize(("shape", "turtle"), [("wikidata", "wikidata"), ("eurlex", "cellar")])
def test_golden(shape: str, turtle: str, asking: Callable[..., Asking], tmp_path: Path) -> None:
    with serving(FIXTURES / "endpoint" / f"{turtle}.ttl") as here:
        found, _, _ = loaded(tmp_path, fetched(shape, asking(here)))
    quads = [
        line
        for one in found.values()
        for line in (*triples.reference(one, iri("graph", one.document.name)), *triples.document(one.document))
    ]
    golden(f"endpoint-{shape}.nq", quads)


def triple(item: str, field: str, value: str | None = None, language: str = "") -> dict[str, Any]:
    """Return one row of answers."""
    row: dict[str, Any] = {
        "key": {"type": "uri", "value": f"{WD}{item}"},
        "field": {"type": "literal", "value": field},
    }
    tag = {"xml:lang": language} if language else {}
    return row | ({"value": {"type": "literal", "value": value, **tag}} if value is not None else {})


def answers(*rows: dict[str, Any], shape: str = "wikidata", day: str = "2026-11-24") -> str:
    """Return a file of answers."""
    about = {"shape": shape, "endpoint": "https://example.org/sparql", "retrieved": day}
    return json.dumps({"finegraph": about, "results": {"bindings": rows}})


def test_another_endpoint_is_named_as_the_publisher(tmp_path: Path) -> None:
    found, _, _ = loaded(tmp_path, answers(triple("Q9000001", "label", "B", "en"), triple("Q9000001", "whole")))
    document = found["Q9000001"].document
    assert (document.publisher, document.licence) == ("https://example.org/sparql", None)
    assert document.title == "https://example.org/sparql: B (Q9000001)"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([triple("Q9000001", "label", "B", "en")], "no row 'whole': the answer was cut off; fetch it again"),
        (
            [triple("Q9000001", "label", "B", "en"), triple("Q9000001", "size", "9"), triple("Q9000001", "whole")],
            "has fields nobody reads: size",
        ),
    ],
)
def test_a_thing_at_fault_is_left_out_and_named(tmp_path: Path, rows: list[dict[str, Any]], words: str) -> None:
    found, (problem,), _ = loaded(tmp_path, answers(*rows))
    assert found == {}
    assert problem.level == "error"
    assert "answers.json: Q9000001" in problem.place
    assert words in problem.message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('{"results": {"bindings": []}}', r'it has no "finegraph" table; fetch it with finegraph fetch-references'),
        ("[]", 'it has no "finegraph" table'),
        (answers(shape="dbpedia"), "the shape 'dbpedia' is none of wikidata, eurlex"),
        (answers(day="yesterday"), "damaged file of answers"),
        (answers({"item": {"type": "uri", "value": "x"}}), "row 1 does not have key, field, value"),
        (answers()[:-3], "broken JSON"),
        (answers().replace("bindings", "rows"), "damaged file of answers"),
    ],
)
def test_what_is_no_file_of_answers_is_refused(tmp_path: Path, content: str, words: str) -> None:
    with pytest.raises(SourceError, match=words):
        loaded(tmp_path, content)


def test_the_command(
    cellar: Endpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FINEGRAPH_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("FINEGRAPH_CONTACT", "https://example.org/me")
    options = cli.parser().parse_args(["fetch-references", "eurlex", "--endpoint", cellar.url])
    clock = StoppedClock()
    command.run(options, Client(cellar.url, agent(options.contact), clock.clock))
    assert capsys.readouterr().out == "finegraph build endpoint=eurlex-2026-11-24.json@2026-11-24\n"
    assert len(read("endpoint", tmp_path / "eurlex-2026-11-24.json").references) == 4
    assert list((tmp_path / "store" / "fetched" / "endpoint").iterdir())


@pytest.mark.parametrize(
    ("arguments", "contact", "code", "words"),
    [
        ([], "", 2, "set FINEGRAPH_CONTACT"),
        (["--endpoint", "nonsense"], "me@example.org", 4, "'nonsense' is no http:// or https:// address"),
    ],
)
def test_faults_of_the_command(
    arguments: list[str], contact: str, code: int, words: str, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str], tmp_path: Path,
) -> None:  # fmt: skip
    monkeypatch.setenv("FINEGRAPH_CONTACT", contact)
    assert cli.main(["fetch-references", "wikidata", "--store", str(tmp_path), *arguments]) == code
    assert words in capsys.readouterr().err
