"""Deliberations of the CNIL: sanctions, penalty payments, formal notices, archives, and what is no act."""

import io
import tarfile
from pathlib import Path

import pytest

from loaders.cnil import operative
from loaders.source import Source, SourceError
from ontology.records import Act, Loaded
from tests.conftest import FIXTURES
from tests.loading import golden, lines, read

FOLDER = FIXTURES / "cnil"
PERSON = "quellenbrandt"


def archive(tmp_path: Path, members: dict[str, bytes]) -> Path:
    path = tmp_path / "CNIL_20260501-210000.tar.gz"
    with tarfile.open(path, "w:gz") as tar:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return path


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    members = {f"20260501/cnil/global/{path.name}": path.read_bytes() for path in sorted(FOLDER.glob("*.xml"))}
    members["20260501/liste_suppression_cnil.dat"] = b"CNILTEXT000000000001"
    return read("cnil", archive(tmp_path_factory.mktemp("cnil"), members))


def act(loaded: Loaded, docket: str) -> Act:
    (found,) = (one for one in loaded.acts if one.docket == docket)
    return found


def measures(one: Act) -> list[tuple[object, ...]]:
    return [(m.number, m.kind, m.target, str(m.money), m.per, m.grace, m.secures) for m in one.measures]


def test_golden() -> None:
    parts = [read("cnil", path) for path in sorted(FOLDER.glob("*.xml"))]
    golden("cnil.nq", (line for part in parts for line in lines(part)))


def test_the_sanction_of_2022(loaded: Loaded) -> None:
    found = act(loaded, "SAN-2022-019")
    assert (found.id, str(found.decided), str(found.published)) == ("fr-cnil_san-2022-019", "2022-10-17", "2022-10-20")
    assert measures(found) == [
        (1, "administrative-fine", "clearview-ai", "EUR 20,000,000", None, None, ()),
        (2, "processing-ban", "clearview-ai", "None", None, None, ()),
        (3, "data-deletion", "clearview-ai", "None", None, None, ()),
        (4, "periodic-penalty-threat", "clearview-ai", "EUR 100,000", "P1D", "P2M", (2, 3)),
    ]
    assert found.provisions == tuple(f"eu_gdpr_art-{number}" for number in (6, 12, 15, 17, 31))
    assert found.cites == ("MED-2021-134",)


def test_the_penalty_payment_of_2023_cites_it(loaded: Loaded) -> None:
    found = act(loaded, "SAN-2023-005")
    assert measures(found) == [(1, "periodic-penalty-payment", "clearview-ai", "EUR 5,200,000", None, None, ())]
    assert found.cites == ("SAN-2022-019",)


def test_each_company_is_fined_its_own_sum(loaded: Loaded) -> None:
    found = act(loaded, "SAN-2021-023")
    assert [(m.target, str(m.money)) for m in found.measures] == [
        ("exemple-llc", "EUR 90,000,000"),
        ("exemple-ireland-limited", "EUR 60,000,000"),
        (None, "None"),
    ]
    assert found.provisions == ("fr_loi-78-17_art-82",)


def test_respondents_without_a_name(loaded: Loaded) -> None:
    assert [(one.name, one.kind, one.org) for one in act(loaded, "SAN-2024-901").respondents] == [
        ("société X", "undisclosed", None)
    ]
    assert [(one.name, one.kind, one.org) for one in act(loaded, "SAN-2024-902").respondents] == [
        ("natural person", "natural-person", None)
    ]
    assert act(loaded, "SAN-2024-903").respondents == ()


def test_no_quad_holds_a_person(loaded: Loaded) -> None:
    assert [line for line in lines(loaded) if PERSON in line.casefold()] == []


def test_other_kinds_are_no_acts(loaded: Loaded) -> None:
    skipped = {one.record: one.message for one in loaded.problems if one.level == "skipped"}
    assert skipped == {
        "CNILTEXT000051900001": "no act: Autorisation de recherche",
        "CNILTEXT000017650001": "no act: deliberation",
    }
    assert [one for one in loaded.problems if one.level == "error"] == []


@pytest.mark.parametrize(
    ("words", "provisions"),
    [
        ("pour manquements aux articles 7-1, 12 et 26 du RGPD", ("art-7_par-1", "art-12", "art-26")),
        ("pour manquement à l’article 5, paragraphe 1, c) du RGPD", ("art-5_par-1_pnt-c",)),
        ("pour manquement à l’article 6 du RGPD, au regard de l’article 83 du RGPD", ("art-6",)),
        ("pour manquement aux articles 6, voire 7 du RGPD", ()),
    ],
)
def test_articles_found_breached(tmp_path: Path, words: str, provisions: tuple[str, ...]) -> None:
    text = (FOLDER / "san-2024-902.xml").read_text(encoding="utf-8")
    path = tmp_path / "one.xml"
    path.write_text(text.replace("pour manquement à l’article 131 du RGPD", words), encoding="utf-8")
    (found,) = read("cnil", path).acts
    assert found.provisions == tuple(f"eu_gdpr_{one}" for one in provisions)


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("concernant la société EXEMPLE ET FILS, sise à Paris", ["EXEMPLE ET FILS"]),
        ("concernant la société EXEMPLE LLC et la société EXEMPLE SAS", ["EXEMPLE LLC", "EXEMPLE SAS"]),
        ("prononçant une sanction à l’encontre de la commune d’Exemple", ["commune d’Exemple"]),
        ("concernant l’injonction prononcée à l’encontre de la société EXEMPLE SAS", ["EXEMPLE SAS"]),
        ("concernant les sociétés Y et Z", ["société Y", "société Z"]),
        ("portant sanction", []),
    ],
)
def test_respondents_of_a_title(tmp_path: Path, title: str, names: list[str]) -> None:
    text = (FOLDER / "san-2024-903.xml").read_text(encoding="utf-8")
    path = tmp_path / "one.xml"
    path.write_text(text.replace("concernant Zyxmira Quellenbrandt", title), encoding="utf-8")
    (found,) = read("cnil", path).acts
    assert [one.name for one in found.respondents] == names


def test_the_closing_of_a_notice_is_no_notice(tmp_path: Path) -> None:
    text = (FOLDER / "med-2021-134.xml").read_text(encoding="utf-8")
    path = tmp_path / "closing.xml"
    closing = text.replace("mettant en demeure la société CLEARVIEW AI", "clôturant la mise en demeure n° MED-2021-134")
    path.write_text(closing, encoding="utf-8")
    found = read("cnil", path)
    assert found.acts == []
    assert [one.message for one in found.problems] == ["no act: the closing of an earlier notice or injunction"]


def test_doubtful_values_are_named_and_left_out(loaded: Loaded) -> None:
    notices = {(one.record[-1], one.field) for one in loaded.problems if one.level == "notice"}
    assert notices == {("2", "CONTENU"), ("3", "DATE_PUBLI"), ("3", "TITREFULL"), ("3", "CONTENU")}
    assert act(loaded, "SAN-2024-902").published is None


def test_a_member_is_a_record_with_its_place(loaded: Loaded) -> None:
    assert act(loaded, "SAN-2022-019").document.place == "20260501/cnil/global/san-2022-019.xml"


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("prononcer une amende de 3 000 euros", [("administrative-fine", "EUR 3,000")]),
        ("prononcer une amende administrative de trois mille euros (3 000 €)", [("administrative-fine", "EUR 3,000")]),
        ("prononcer une amende d’un montant de 1,5 million d’euros", [("administrative-fine", "EUR 1,500,000")]),
        ("prononcer une amende de 60 euros et de 40 euros", [("administrative-fine", "None")]),
        ("prononcer une amende dont le montant est fixé en annexe", [("administrative-fine", "None")]),
        (
            "prononcer une injonction de mettre en conformité, assortie d’une astreinte de 500 € par jour de retard",
            [("order-to-comply", "None"), ("periodic-penalty-threat", "EUR 500")],
        ),
        ("rendre publique sa délibération", []),
    ],
)
def test_words_of_the_operative_part(words: str, kinds: list[tuple[str, str]]) -> None:
    assert [(one.kind, str(one.money)) for one in operative.measures(words)] == kinds


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("</TEXTE_CNIL>", "", "broken XML"),
        ("TEXTE_CNIL>", "TEXTE_LEGI>", "no <TEXTE_CNIL>"),
        ("<TEXTE_CNIL>", '<!DOCTYPE TEXTE_CNIL [<!ENTITY a "b">]><TEXTE_CNIL>', "document type"),
        ("<NOR/>", "<NOUVEAU>1</NOUVEAU>", "fields nobody reads: NOUVEAU"),
        ("<TITREFULL>", "<TITRE2>", "broken XML"),
    ],
)
def test_a_member_at_fault_is_named_and_the_others_are_read(tmp_path: Path, old: str, new: str, words: str) -> None:
    good = (FOLDER / "san-2023-005.xml").read_bytes()
    text = (FOLDER / "san-2022-019.xml").read_text(encoding="utf-8")
    assert old in text
    path = archive(tmp_path, {"a/bad.xml": text.replace(old, new).encode(), "a/good.xml": good})
    found = read("cnil", path)
    assert [one.docket for one in found.acts] == ["SAN-2023-005"]
    (problem,) = (one for one in found.problems if one.level == "error")
    assert "a/bad.xml" in problem.place
    assert words in problem.message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<html/>", "the root is <html>"),
        (b"not XML", "broken XML"),
        (b"\x1f\x8bnot an archive", "no whole tar.gz archive"),
    ],
)
def test_what_holds_no_deliberation_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "file.xml"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=words):
        read("cnil", Source("cnil", path))


def test_an_archive_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path, {path.name: path.read_bytes() for path in FOLDER.glob("*.xml")})
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(SourceError, match="fetch it again"):
        read("cnil", path)


def test_an_archive_without_texts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="holds no XML"):
        read("cnil", archive(tmp_path, {"readme.txt": b"x"}))
