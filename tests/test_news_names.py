"""Names in running text: which words are one, which are not, and what a spelling that several bear means."""

import unicodedata
from collections.abc import Container, Mapping
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.news.mention import Mention, folded
from loaders.news.names import find
from loaders.news.places import authorities, described, is_place, places
from loaders.news.resolution import resolved
from loaders.news.spellings import Entry, index, short_name, whole, written
from ontology.registry import registry

IT = "it-garante"
LANGUAGES = ("en", "fr", "de", "es", "it", "nl", "pt", "pl", "sv", "el", "hu", "ro", "ja", "ko", "zh")


def named(language: str, text: str) -> list[tuple[str, str]]:
    """Return (words, id) of what a text names."""
    return [(text[one.start : one.end], one.id) for one in find(text, language, registry())]


def ids(language: str, text: str) -> list[str]:
    return [id_ for _, id_ in named(language, text)]


# -- folding -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Société Générale", "societe generale"),
        ("ΑΡΧΉ ΠΡΟΣΤΑΣΊΑΣ", "αρχη προστασιασ"),
        ("ŁÓDŹ", "łodz"),  # the stroke of ł is no accent
        ("l’Autorité", "l'autorite"),
        ("non‑breaking – dash", "non-breaking - dash"),
        ("a\u00a0b\u202fc\nd", "a b c d"),
        ("개인정보", "개인정보"),
        ("ＡＢＣ", "abc"),
        ("", ""),
    ],
)
def test_folding_drops_case_and_accents(text: str, plain: str) -> None:
    assert folded(text) == plain


@given(st.text())
def test_folding_keeps_every_place(text: str) -> None:
    assert len(folded(text)) == len(text)
    assert folded(folded(text)) == folded(text)


@given(st.sampled_from(["Clearview AI", "Autorité", "Αρχή", "Förvaltning", "Ł"]))
def test_folding_does_not_tell_case(text: str) -> None:
    assert folded(text.upper()) == folded(text.lower()) == folded(unicodedata.normalize("NFC", text))


# -- spellings -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Clearview AI, Inc.", "Clearview AI"),
        ("Meta Platforms Ireland Limited", "Meta Platforms Ireland"),
        ("Uber B.V.", "Uber"),
        ("Orange S.A.", "Orange"),
        ("Deutsche Wohnen SE", "Deutsche Wohnen"),
        ("Enel Energia S.p.A.", "Enel Energia"),
        ("Air Canada", "Air Canada"),
        ("SA", "SA"),  # nothing would be left
        ("A/S", "A/S"),
    ],
)
def test_a_short_name_has_no_legal_form(name: str, short: str) -> None:
    assert short_name(name) == short


@pytest.mark.parametrize(
    ("text", "name", "language", "reach"),
    [
        ("(Meta)", "Meta", "en", "Meta"),
        ("Meta's", "Meta", "en", "Meta"),
        ("Metalab", "Meta", "en", None),
        ("Meta2", "Meta", "en", None),
        ("eMeta", "Meta", "en", None),
        ("Googles Tochter", "Google", "de", "Googles"),
        ("Googles subsidiary", "Google", "en", None),  # English has no such ending
        ("Facebooka", "Facebook", "pl", "Facebooka"),
        ("Facebookowi", "Facebook", "pl", "Facebookowi"),
        ("Facebookra", "Facebook", "hu", "Facebookra"),
        ("Facebookkal", "Facebook", "de", None),
        ("Spotifys svar", "Spotify", "sv", "Spotifys"),
        ("IMYs", "IMY", "sv", None),  # three letters are too few for an ending
        ("구글과 메타", "구글", "ko", "구글"),
        ("米グーグルは", "グーグル", "ja", "グーグル"),
        ("対OpenAI訴訟", "OpenAI", "ja", "OpenAI"),
    ],
)
def test_a_name_is_a_whole_word(text: str, name: str, language: str, reach: str | None) -> None:
    start = text.index(name)
    end = whole(text, start, start + len(name), language)
    assert (text[start:end] if end else None) == reach


@pytest.mark.parametrize(
    ("said", "spelling", "role", "right"),
    [
        ("Meta", "Meta", "name", True),
        ("meta", "Meta", "name", False),
        ("META", "Meta", "name", True),
        ("clearview ai", "Clearview AI", "name", False),
        ("CLEARVIEW AI", "Clearview AI", "name", True),
        ("Clearview Ai", "Clearview AI", "name", True),
        ("ICO", "ICO", "acronym", True),
        ("ico", "ICO", "acronym", False),
        ("Cnil", "CNIL", "acronym", True),
        ("Ap", "AP", "acronym", False),  # of two letters all are written large
        ("구글", "구글", "name", True),
        ("プライバシー", "プライバシー", "name", True),
    ],
)
def test_a_name_is_written_as_names_are(said: str, spelling: str, role: str, *, right: bool) -> None:
    entry = Entry("regulator" if role == "acronym" else "company", "x", spelling, role)
    assert written(said, entry, 4, f"The {said} went on.", 0) is right


def test_a_short_acronym_takes_no_ending() -> None:
    assert not written("ICO", Entry("regulator", "gb-ico", "ICO", "acronym"), 0, "ICOs", 1)


def test_words_of_any_page_are_no_short_forms() -> None:
    _, entries = index(registry())
    spellings = {folded(one.spelling) for group in entries for one in group if one.role == "acronym"}
    assert not spellings & {"us", "eu", "the authority", "authority", "commission", "court", "privacy"}


# -- names in sentences --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        # whole words, written as names are
        ("en", "Meta said that meta analysis is no firm.", [("Meta", "meta-platforms")]),
        ("en", "METADATA and Metallica were not fined.", []),
        ("en", "It told us that the us version is free.", []),
        # of two that overlap the longer one counts
        ("en", "Meta Platforms Ireland Limited paid.", [("Meta Platforms Ireland Limited", "meta-platforms-ireland")]),
        ("en", "The US Federal Trade Commission sued.", [("US Federal Trade Commission", "us-ftc")]),
        ("en", "the Information Commissioner's Office (ICO)", [("Information Commissioner's Office (ICO)", "gb-ico")]),
        ("fr", "L’Autorité de la concurrence l’a dit", [("Autorité de la concurrence", "fr-autorite-concurrence")]),
        ("nl", "De Autoriteit Persoonsgegevens (AP) gaf", [("Autoriteit Persoonsgegevens (AP)", "nl-ap")]),
        # endings
        ("de", "Googles Tochter und Facebooks Mutter", [("Googles", "google-llc"), ("Facebooks", "meta-platforms")]),
        ("en", "Googles daughter", []),
        ("pl", "karę na Facebooka i Ubera", [("Facebooka", "meta-platforms"), ("Ubera", "uber-technologies")]),
        ("pl", "Urzędu Ochrony Danych Osobowych", [("Urzędu Ochrony Danych Osobowych", "pl-uodo")]),
        ("hu", "a Facebookra és a Googlenak", [("Facebookra", "meta-platforms"), ("Googlenak", "google-llc")]),
        (
            "hu", "A Nemzeti Adatvédelmi és Információszabadság Hatóságnak",
            [("Nemzeti Adatvédelmi és Információszabadság Hatóságnak", "hu-naih")],
        ),
        (
            "el", "απόφαση της Αρχής Προστασίας Δεδομένων Προσωπικού Χαρακτήρα",
            [("Αρχής Προστασίας Δεδομένων Προσωπικού Χαρακτήρα", "gr-hdpa")],
        ),
        ("ro", "amendă aplicată Facebookului", [("Facebookului", "meta-platforms")]),
        ("sv", "Klarnas bolag", [("Klarnas", "klarna")]),
        # no spaces
        ("ko", "구글과 메타에 과징금", [("구글", "google-llc"), ("메타", "meta-platforms")]),
        ("zh", "爱尔兰数据保护委员会对TikTok罚款", [("爱尔兰数据保护委员会", "ie-dpc"), ("TikTok", "tiktok-inc")]),
        # laws, also with spellings of their own
        ("de", "Datenschutz-Grundverordnung", [("Datenschutz-Grundverordnung", "eu_gdpr")]),
        ("de", "Verstöße gegen die DSGVO", [("DSGVO", "eu_gdpr")]),
        ("nl", "artikel 6 AVG", [("AVG", "eu_gdpr")]),
        ("en", "the California Consumer Privacy Act", [("California Consumer Privacy Act", "us-ca_ccpa")]),
    ],
)  # fmt: skip
def test_names(language: str, text: str, found: list[tuple[str, str]]) -> None:
    assert named(language, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Apple trees grow.", []),
        ("Target the poor first. Then wait.", []),
        ("“Orange is a colour,” it said.", []),
        ("The retailer Target pays.", ["target-corporation"]),
        ("Target pays. The firm said Target would.", ["target-corporation", "target-corporation"]),
        ("X marks the spot.", []),
        ("X was fined, formerly Twitter.", ["x-corp", "x-corp"]),
        ("xAI and its Grok: X was told.", ["xai", "xai", "x-corp"]),
    ],
)
def test_names_that_are_ordinary_words_need_more_than_the_head_of_a_sentence(text: str, found: list[str]) -> None:
    assert ids("en", text) == found


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "The AEPD fined a firm.", ["es-aepd"]),
        # regulators of one short form
        ("en", "A Norwegian firm was fined: Datatilsynet said so.", ["no-datatilsynet"]),
        ("en", "In Copenhagen and all Denmark Datatilsynet is known.", ["dk-datatilsynet"]),
        ("en", "Datatilsynet said so.", []),
        ("da", "Datatilsynet har givet en bøde.", ["dk-datatilsynet"]),
        ("nb", "Datatilsynet har gitt et gebyr.", ["no-datatilsynet"]),
        ("en", "In Ireland the DPC decided.", ["ie-dpc"]),
        ("en", "In Ghana the DPC decided.", ["gh-dpc"]),
        ("pt", "Em Portugal, a CNPD multou o hospital.", ["pt-cnpd"]),
        ("fr", "En Belgique, l’APD a décidé.", ["be-apd"]),
        ("en", "In Singapore the PDPC decided.", ["sg-pdpc"]),
        # laws of one short form
        ("en", "Under the Privacy Act of Canada it is.", ["ca_privacy-act"]),
        ("en", "An Australian court applied the Privacy Act.", ["au_privacy-act-1988"]),
        ("en", "The Privacy Act applies.", []),
        ("en", "In Thailand the PDPA applies.", ["th_pdpa"]),
        ("en", "In Kenya, under the DPA.", ["ke_dpa"]),
        ("de", "In Österreich gilt das DSG.", ["at_dsg"]),
        ("en", "In New Zealand, the Privacy Act applies.", ["nz_privacy-act-2020"]),  # which replaced that of 1993
        ("de", "In der Schweiz gilt das DSG.", ["ch_fadp-2020"]),
        ("en", "The DPA fined a Belgian firm.", []),  # nobody's name, least of all Sri Lanka's
        ("en", "In Sri Lanka, the DPA was set up.", ["lk-dpa"]),
        # courts of one name
        ("en", "In Australia, the Federal Court ruled.", ["au-fca"]),
        ("en", "In Canada, the Federal Court ruled.", ["ca-fc"]),
        # a body that the page names in full is meant by its short form too
        ("en", "The Attorney General of Texas sued. The Attorney General won.", ["us-tx-ag", "us-tx-ag"]),
        ("en", "Norway's Datatilsynet acted. Later Datatilsynet closed it.", ["no-datatilsynet", "no-datatilsynet"]),
    ],
)
def test_a_shared_short_form_goes_with_the_nearest_country(language: str, text: str, found: list[str]) -> None:
    assert ids(language, text) == found


def test_the_nearest_of_two_countries_decides() -> None:
    far = " It was a long day, and nobody knew what would come of it in the end, as so often before in such cases." * 2
    assert ids("en", f"In Denmark Datatilsynet acted.{far} In Norway Datatilsynet did not.") == [
        "dk-datatilsynet", "no-datatilsynet",
    ]  # fmt: skip


# -- descriptions and places ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text", "words", "id_"),
    [
        ("en", "The French privacy regulator fined it.", "French privacy regulator", "fr-cnil"),
        ("en", "Italy's watchdog fined it.", "Italy's watchdog", IT),
        ("en", "UK's privacy regulator fined it.", "UK's privacy regulator", "gb-ico"),
        ("fr", "Le régulateur italien l’a dit.", "régulateur italien", IT),
        ("fr", "La Cnil espagnole l’a dit.", "Cnil espagnole", "es-aepd"),
        ("de", "Die italienische Datenschutzbehörde", "Die italienische Datenschutzbehörde", IT),
        ("de", "Italiens Datenschützer", "Italiens Datenschützer", IT),
        ("es", "la agencia española de protección de datos", "la agencia española de protección de datos", "es-aepd"),
        ("it", "il garante francese", "il garante francese", "fr-cnil"),
        ("nl", "de Franse privacywaakhond", "de Franse privacywaakhond", "fr-cnil"),
        ("pt", "a autoridade italiana de proteção de dados", "autoridade italiana de proteção de dados", IT),
        ("pl", "włoski urząd ochrony danych", "włoski urząd ochrony danych", IT),
        ("sv", "den norska dataskyddsmyndigheten", "norska dataskyddsmyndigheten", "no-datatilsynet"),
        ("el", "η ιταλική Αρχή Προστασίας Δεδομένων", "ιταλική Αρχή Προστασίας Δεδομένων", IT),
        ("hu", "az olasz adatvédelmi hatóságnak", "olasz adatvédelmi hatóságnak", IT),
        ("ro", "autoritatea italiană de protecție a datelor", "autoritatea italiană de protecție a datelor", IT),
        ("ja", "イタリアのデータ保護当局は", "イタリアのデータ保護当局", IT),
        ("ko", "이탈리아 개인정보보호당국은", "이탈리아 개인정보보호당국", IT),
        ("zh", "意大利数据保护局表示", "意大利数据保护局", IT),
    ],
)  # fmt: skip
def test_descriptions_name_the_authority_of_their_place(language: str, text: str, words: str, id_: str) -> None:
    assert [(text[start:end], authority) for start, end, authority in described(text, language)] == [(words, id_)]
    assert (words, id_) in named(language, text)
    assert [one.role for one in find(text, language, registry()) if one.id == id_] == ["description"]


@pytest.mark.parametrize(
    "text",
    [
        "the French privacy regulators",  # several
        "the EU's privacy watchdog",  # the EU has no general one
        "a French company",
        "the privacy regulator",
    ],
)
def test_other_words_describe_nobody(text: str) -> None:
    assert list(described(text, "en")) == []


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "he told us that the US is", {("US", "US")}),
        ("en", "in the U.S. and the UK", {("U.S.", "US"), ("UK", "GB")}),
        ("en", "Turkey and Chile", {("Turkey", "TR"), ("Chile", "CL")}),
        ("en", "Chilean Texas", {("Texas", "US-TX"), ("Chilean", "CL")}),
        ("en", "Oman in Romania", {("Oman", "OM"), ("Romania", "RO")}),
        ("de", "italienischen Behörden in Österreich", {("italienischen", "IT"), ("Österreich", "AT")}),
        ("pl", "polskiego urzędu w Niemczech", {("polskiego", "PL"), ("Niemczech", "DE")}),
        ("el", "Ιταλίας και ιταλική", {("Ιταλίας", "IT"), ("ιταλική", "IT")}),
        ("ja", "日本と韓国", {("日本", "JP"), ("韓国", "KR")}),
        ("en", "", set()),
    ],
)
def test_places(language: str, text: str, found: set[tuple[str, str]]) -> None:
    assert {(text[start:end], place) for start, end, place, _ in places(text, language)} == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("fined by authorities in the UK, Italy and Greece", ["gb-ico", "it-garante", "gr-hdpa"]),
        ("regulators in France and us", ["fr-cnil"]),
        ("watchdogs including authorities in Norway. Sweden did not.", ["no-datatilsynet"]),
        ("authorities in charge", []),
        ("fines in France", []),
    ],
)
def test_authorities_that_are_named_by_their_places(text: str, found: list[str]) -> None:
    assert list(authorities(text, "en")) == found


@pytest.mark.parametrize(
    ("name", "language", "right"),
    [("France", "en", True), ("Rome", "en", True), ("Tokyo", "de", True), ("Rom", "de", True),
     ("Clearview", "en", False), ("us", "en", False), ("French Connection", "en", False)],
)  # fmt: skip
def test_countries_and_cities_are_places(name: str, language: str, *, right: bool) -> None:
    assert is_place(name, language) is right


# -- resolution and what holds for any text ------------------------------------------------------------------------


def test_the_longest_span_wins_and_what_overlaps_it_is_dropped() -> None:
    text = "Meta Platforms Ireland Limited"
    spans = {
        (0, 4): [Entry("company", "meta-platforms", "Meta", "name")],
        (0, 22): [Entry("company", "meta-platforms-ireland", "Meta Platforms Ireland", "name")],
        (5, 14): [Entry("company", "meta-platforms", "Platforms", "name")],
        (23, 30): [Entry("company", "meta-platforms", "Limited", "name")],
    }
    assert [(one.start, one.end) for one in resolved(text, spans, "en", registry())] == [(0, 22), (23, 30)]


@pytest.mark.parametrize(
    ("name", "id_"),
    [("Vodafone", "vodafone-group"), ("Uber", "uber-technologies"), ("Experian", "experian-plc"),
     ("Equifax Ltd", "equifax-ltd"), ("Deutsche Bank", "deutsche-bank"), ("WhatsApp", "whatsapp-llc")],
)  # fmt: skip
def test_of_companies_of_one_name_the_first_of_the_group_stands_for_it(name: str, id_: str) -> None:
    assert named("en", f"A court fined {name}.") == [(name, id_)]


_NAMES = st.sampled_from([
    "Meta", "Meta Platforms Ireland Limited", "the French privacy regulator", "Datatilsynet", "Privacy Act", "GDPR",
    "Αρχής Προστασίας Δεδομένων", "個人情報保護委員会", "Ελλάδα", "ICO", "US", "us", "Norway", "구글과", "X", "Twitter",
    "İ", "ß", "ﬁ", ". ", "\n", "’s ", "é", "A\u0301", "\ud7a3", "Ω", "Prezesa Urzędu Ochrony Danych Osobowych",
])  # fmt: skip
_TEXTS = st.lists(st.one_of(_NAMES, st.text(max_size=6), st.just(" ")), max_size=25).map("".join)


@settings(max_examples=150, deadline=None)
@given(_TEXTS, st.sampled_from(LANGUAGES))
def test_any_text_has_names_inside_it_in_order_and_apart(text: str, language: str) -> None:
    found = find(text, language, registry())
    assert found == find(text, language, registry())
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    for one in found:
        assert_known(one)


def assert_known(one: Mention) -> None:
    """Check that a mention's id is that of its table."""
    names = registry()
    tables: Mapping[str, Container[str]] = {"company": names.organisations, "law": names.laws}
    assert one.id in tables.get(one.type, names.authorities), one
