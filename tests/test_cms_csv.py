"""The tracker's dump of 2022 as CSV: a shape without authorities, links and days."""

import datetime as dt
import hashlib
from collections import Counter
from pathlib import Path

import pytest

from loaders.cms import reader
from loaders.report import Tally, once
from loaders.source import Source, SourceError
from ontology.records import Loaded
from tests.conftest import FIXTURES, REAL
from tests.loading import acts_of, golden, lines, read

CSV = FIXTURES / "cms-2022.csv"


def changed(tmp_path: Path, old: str, new: str) -> Source:
    text = CSV.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "dump.csv"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return Source("cms", path)


def test_golden() -> None:
    golden("cms-2022.nq", lines(read("cms", CSV)))


def test_every_row_is_accounted_for() -> None:
    loaded = read("cms", CSV)
    problems = Counter((one.level, one.field) for one in loaded.problems)
    assert len(loaded.acts) == 7
    assert problems == {("notice", "authority"): 7, ("skipped", ""): 1, ("notice", "fine"): 2}
    (left_out,) = (one for one in loaded.problems if one.level == "skipped")
    assert left_out.record == "ETid-9204"
    assert "DE has no single data protection authority" in left_out.message


def test_values_as_the_file_states_them() -> None:
    acts = {act.document.key: act for act in acts_of("cms", CSV)}
    assert (acts["etid-9001"].authority, acts["etid-9201"].authority) == ("fr-cnil", "es-aepd")
    assert acts["etid-9001"].respondents[0].org == "clearview-ai"
    assert str(acts["etid-9201"].decided) == "2021"
    assert acts["etid-9203"].decided is None, "an imputed year is no date"
    assert acts["etid-9203"].measures == (), "an empty cell may be an announcement"
    assert [str(one.money) for one in acts["etid-9202"].measures] == ["EUR 150,000"]
    assert acts["etid-9202"].measures[0].converted
    assert acts["etid-9206"].measures[0].money is None, "0 is no fine"
    assert (acts["etid-9205"].provisions, acts["etid-9205"].provisions_text) == ((), None)


def test_no_person_reaches_the_graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = "Zyxmira Quellenbrandt"
    digest = hashlib.sha256(name.casefold().encode()).hexdigest()[:12]
    words = reader._words()
    known = {**words, "person_digests": words["person_digests"] | {digest}}
    monkeypatch.setattr(reader, "_words", lambda: known)
    for spelling in (name, name.upper()):
        loaded = read("cms", changed(tmp_path, ",Doctor,", f",{spelling},"))
        assert len(loaded.acts) == 7
        assert not [line for line in lines(loaded) if "quellenbrandt" in line.casefold()]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("ETid-9001", "ET-9001", "is no ETid"),
        ("FRANCE", "ATLANTIS", "source.toml does not know"),
        ("20000000.0", "2e7", "neither digits nor words"),
        ("No,2021", "Perhaps,2021", "'Perhaps 2021' is not a date"),
        ("No,2021", "No,2036", "which lies after"),
        ("Industry and Commerce", "Space", "source.toml does not know"),
    ],
)
def test_a_row_at_fault_is_named(tmp_path: Path, old: str, new: str, words: str) -> None:
    source = changed(tmp_path, old, new)
    assert len(acts_of("cms", source)) == 6
    (problem,) = (one for one in source.problems if one.level == "error")
    assert "dump.csv: row 1 (ET" in problem.place
    assert words in problem.message


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("etid,country", "id,country", "the first line must name etid, country"),
        ("A fine and an order.", "A fine, and an order.", r"dump\.csv:2: row 1 has 17 cells, expected 16"),
        ("No,2021,3000.0,4.0,SPAIN-2021,1,7,5", "No", r"dump\.csv:4: row 2 has 9 cells"),
        ('"A camera, ""for safety"",', '"A camera, "for safety"",', "broken CSV .* fetch it again"),
    ],
)
def test_a_damaged_file_is_refused(tmp_path: Path, old: str, new: str, words: str) -> None:
    with pytest.raises(SourceError, match=words):
        acts_of("cms", changed(tmp_path, old, new))


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_bytes(b"")
    with pytest.raises(SourceError, match="the first line must name"):
        acts_of("cms", path)


def test_a_newer_dump_replaces_its_rows() -> None:
    csv = read("cms", Source("cms", CSV, dt.date(2022, 2, 1)))
    json = read("cms", Source("cms", FIXTURES / "cms.json", dt.date(2024, 3, 7)))
    tally = Tally("cms")
    loaded = Loaded()
    for part in (csv, json):
        loaded.extend(part)
        tally.add(part)
    once(loaded, {"cms": tally})
    (act,) = (one for one in loaded.acts if one.document.key == "etid-9001")
    assert str(act.decided) == "2022-10-19"
    assert (tally.repeated, tally.read) == (1, 8 + 8)


@pytest.mark.data
def test_the_real_dump() -> None:
    path = REAL / "cms_enforcement_tracker" / "cleaned_2022_busera.csv"
    if not path.exists():
        pytest.skip("the real data sets are not beside the checkout")
    loaded = read("cms", Source("cms", path, dt.date(2022, 2, 1)))
    levels = Counter(one.level for one in loaded.problems)
    assert (len(loaded.acts), levels["skipped"], levels["error"]) == (940, 38, 0)
    assert sum(one.decided is None for one in loaded.acts) == 16
    older = {act.document.key: act for act in acts_of("cms", path.with_name("data4_2024-03-07.json"))}
    assert all(older[act.document.key].id == act.id for act in loaded.acts), "the one authority is the right one"
