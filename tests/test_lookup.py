"""Names to things: every method, every refusal, and the spellings that real sources use."""

import csv
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology import places
from ontology.folding import bare, confusable, fold
from ontology.lookup import METHODS, Lookup, lookup
from ontology.registry import Registry, registry
from ontology.tables import COLUMNS, HERE, TableError
from tests.conftest import REAL

VARIANTS = REAL / "names" / "regulator_name_variants.csv"


@pytest.mark.parametrize(
    ("text", "place", "id_", "method"),
    [
        ("Commission nationale de l'informatique et des libertés", None, "fr-cnil", "exact"),
        ("COMMISSION NATIONALE DE L’INFORMATIQUE ET DES LIBERTES", "FR", "fr-cnil", "folded"),
        ("CNIL", None, "fr-cnil", "alias"),
        ("CNIL (France)", None, "fr-cnil", "alias"),
        ("Datatilsynet", "NO", "no-datatilsynet", "acronym"),
        ("Datatilsynet", "DK", "dk-datatilsynet", "acronym"),
        ("CNPD (Luxembourg)", None, "lu-cnpd", "alias"),
        ("French data protection watchdog", None, "fr-cnil", "description"),
        ("the Italian SA", None, "it-garante", "description"),
        ("Spain's privacy regulator", None, "es-aepd", "description"),
        ("der hessische Datenschutzbeauftragte", None, "de-he", "description"),
        ("de Nederlandse privacytoezichthouder", None, "nl-ap", "description"),
        ("Garante Privacy", None, "it-garante", "alias"),
        ("CNIL", "", "fr-cnil", "alias"),
        ("CNIL", "fr", "fr-cnil", "alias"),
        ("Court of Justice of the European Union", "FR", "eu-cjeu", "exact"),
        ("EFTA Court", "EU", "efta-court", "exact"),
        ("LG Potsdam", "DE", "de-lg-potsdam", "alias"),
        ("GRC", "GB", "gb-ftt", "acronym"),
        ("JO (Norway)", "NO", "no-sivilombudet", "alias"),
    ],
)
def test_an_authority_is_found_and_the_method_is_told(text: str, place: str | None, id_: str, method: str) -> None:
    found = lookup().authority(text, place)
    assert found.id == id_
    assert (found.candidates[0].method, found.candidates[0].score) == (method, METHODS[method])


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Datatilsynet", None),  # Danish or Norwegian
        ("Norwegian Data Protection Authority", "DK"),  # the name and the place contradict each other
        ("The Authority", "ES"),
        ("German data protection authority", None),  # eighteen bodies
        ("Ministry of Truth", "FR"),
        ("Garante (CNIL)", "FR"),  # two names that contradict each other
        ("BlnBDI", "DE-BY"),
        ("EDPS", "FI"),  # a body of the Union, said to act in one country
        ("Hof van Beroep", "BE"),  # five courts of appeal
        ("", "FR"),
    ],
)
def test_nothing_is_guessed(text: str, place: str | None) -> None:
    assert lookup().authority(text, place).id is None


def test_a_contradiction_keeps_its_candidate() -> None:
    (first, *_) = lookup().authority("Norwegian Data Protection Authority", "DK").candidates
    assert (first.id, first.elsewhere, first.score) == ("no-datatilsynet", True, Decimal("0.600"))


@pytest.mark.parametrize(
    ("text", "id_", "method"),
    [
        ("Clearview AI, Inc.", "clearview-ai", "exact"),
        ("CLEARVIEW AI INC", "clearview-ai", "folded"),
        ("Mistral Al", "mistral-ai", "confusable"),
        ("Vodafone España, SAU", "vodafone-espana", "folded"),
        ("Respondus Incorporated", "respondus", "legal form"),
        ("Replika", "luka", "product"),
        ("Facebook Ireland Limited", "meta-platforms-ireland", "alias"),
    ],
)
def test_an_organisation_is_found(text: str, id_: str, method: str) -> None:
    found = lookup().organisation(text)
    assert found.id == id_
    assert found.candidates[0].method == method


@pytest.mark.parametrize(
    "text", ["Clearview AI GmbH", "Google SARL", "X AG", "Kebab House Ltd", "Al", "SAU", "Company"]
)
def test_an_unknown_organisation_stays_unknown(text: str) -> None:
    assert lookup().organisation(text).id is None


@pytest.mark.parametrize(
    ("text", "place", "id_"),
    [
        ("GDPR", None, "eu_gdpr"), ("RGPD", "FR", "eu_gdpr"), ("DS-GVO", "DE", "eu_gdpr"),
        ("DSG", "AT", "at_dsg"), ("DSG", None, None), ("BIPA", "US", "us-il_bipa"),
        ("Ley 34/2002", "ES", "es_lssi"), ("PIPA", None, None),
        ("Convention 108+", "FR", "coe_convention-108-plus"), ("COPPA", "US", "us_coppa"), ("PIPA", "KR", "kr_pipa"),
    ],
)  # fmt: skip
def test_a_law_is_found_with_its_place(text: str, place: str | None, id_: str | None) -> None:
    assert lookup().law(text, place).id == id_


def test_every_official_name_finds_its_thing() -> None:
    names = registry()
    for system in names.systems.values():
        for _, text in system.name:
            assert system.id in {one.id for one in lookup().system(text).candidates}, text
    for authority in names.authorities.values():
        for language, text in authority.name:
            found = lookup().authority(text, authority.region or authority.jurisdiction)
            assert authority.id in {one.id for one in found.candidates}, (language, text)
    for organisation in names.organisations.values():
        assert lookup().organisation(organisation.name).id == organisation.id
    for law in names.laws.values():
        for _, text in law.name:
            assert law.id in {one.id for one in lookup().law(text, law.jurisdiction).candidates}, text


@given(st.text(max_size=80))
def test_any_text_is_looked_up(text: str) -> None:
    found = lookup().authority(text)
    assert all(Decimal(0) < one.score <= 1 for one in found.candidates)
    scores = [one.score for one in lookup().organisation(text).candidates]
    assert scores == sorted(scores, reverse=True)


@given(st.text(max_size=60))
def test_folding_folds_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(bare(text)) == bare(text)
    assert (confusable(fold(text)) or "").count(" al ") == 0


def test_places_are_found_in_the_languages_of_the_sources() -> None:
    assert [places.named(text) for text in ("Germany", "Allemagne", "Deutschland", "Alemania", "Holland", "UK")] == [
        "DE", "DE", "DE", "DE", "NL", "GB",
    ]  # fmt: skip
    assert places.named("Nowhere") is None


# What the press of each language calls them: inflected, described, short.
PRESS = """
fr|la CNIL française=fr-cnil|autorité italienne de protection des données=it-garante
fr|commissaire à la protection des données de Hambourg=de-hh|procureur général du Texas=us-tx-ag
de|der hessische Datenschutzbeauftragte=de-he|Italiens Datenschutzbehörde=it-garante
de|niedersächsische Landesdatenschutzbeauftragte=de-ni|irische Datenschutzbehörde DPC=ie-dpc
es|autoridad neerlandesa de protección de datos=nl-ap|regulador de privacidad de Irlanda=ie-dpc
it|garante della privacy francese=fr-cnil|autorità olandese per la protezione dei dati=nl-ap
nl|de Ierse privacytoezichthouder=ie-dpc|procureur-generaal van Texas=us-tx-ag
pt|autoridade de proteção de dados da Irlanda=ie-dpc|regulador francês da privacidade=fr-cnil
pl|polskiego organu ochrony danych=pl-uodo|Prezesem UODO=pl-uodo|włoskiego urzędu ochrony danych=it-garante
sv|irländska dataskyddsmyndigheten=ie-dpc|norska Datatilsynet=no-datatilsynet|Konsumentverket=se-konsumentverket
da|det norske datatilsyn=no-datatilsynet|den irske databeskyttelsesmyndighed=ie-dpc
nb|italienske datatilsynet=it-garante|svenske Integritetsskyddsmyndigheten=se-imy
el|ιταλική αρχή προστασίας δεδομένων=it-garante|Επιτροπή Προστασίας Δεδομένων της Ιρλανδίας=ie-dpc
hu|olasz adatvédelmi hatóság=it-garante|ír adatvédelmi hatóság=ie-dpc|Gazdasági Versenyhivatal=hu-gvh
ro|autoritatea italiană pentru protecția datelor=it-garante|Comisia pentru Protecția Datelor din Irlanda=ie-dpc
ja|総務省=jp-mic|公取委=jp-jftc|韓国の個人情報保護委員会=kr-pipc|仏データ保護当局=fr-cnil|知財高裁=jp-ip-hc
ko|이탈리아 데이터보호청=it-garante|텍사스주 법무장관=us-tx-ag|연방거래위=us-ftc|과기정통부=kr-msit
zh|荷兰数据保护局=nl-ap|愛爾蘭資料保護委員會=ie-dpc|香港私隱專員公署=hk-pcpd|得克萨斯州总检察长=us-tx-ag
en|Italy's privacy watchdog=it-garante|Texas AG=us-tx-ag|California Attorney General=us-ca-ag
en|Hellenic DPA=gr-hdpa|Brazil's CADE=br-cade|Irish High Court=ie-hc|Danish Datatilsynet=dk-datatilsynet
"""
LAW_NAMES = """
de|KI-Verordnung=eu_ai-act|DSGVO=eu_gdpr|BDSG=de_bdsg|Telekommunikation-Digitale-Dienste-Datenschutzgesetz=de_tdddg
fr|RGPD=eu_gdpr|règlement européen sur l'IA=eu_ai-act|loi 25 du Québec=ca-qc_law-25
es|LOPDGDD=es_lopdgdd|Ley de IA de la UE=eu_ai-act
it|Codice della Privacy=it_codice-privacy|Regolamento europeo sulla privacy=eu_gdpr
nl|de AVG=eu_gdpr|Europese AI-verordening=eu_ai-act|digitaledienstenverordening=eu_dsa
pt|LGPD=br_lgpd|Regulamento Geral de Proteção de Dados=eu_gdpr|Regulamento dos Mercados Digitais=eu_dma
pl|RODO=eu_gdpr|aktu o usługach cyfrowych=eu_dsa|ustawy o ochronie danych osobowych=pl_uodo-2018
sv|EU:s dataskyddsförordning=eu_gdpr|AI-förordningen=eu_ai-act|kamerabevakningslag=se_kamerabevakningslagen
da|persondataforordningen=eu_gdpr|AI-forordningen=eu_ai-act
nb|personvernforordningen=eu_gdpr|KI-forordningen=eu_ai-act
el|Γενικού Κανονισμού Προστασίας Δεδομένων=eu_gdpr|νόμου 4624/2019=gr_4624-2019
hu|uniós adatvédelmi rendelet=eu_gdpr|Infotv.=hu_infotv
ro|Regulamentului (UE) 2016/679=eu_gdpr|Legii nr. 190/2018=ro_190-2018
ja|EU一般データ保護規則=eu_gdpr|改正個人情報保護法=jp_appi|デジタル市場法=eu_dma
ko|개인정보 보호법=kr_pipa|일반데이터보호규정=eu_gdpr|디지털서비스법=eu_dsa
zh|个人信息保护法=cn_pipl|一般資料保護規則=eu_gdpr|數據安全法=cn_dsl|生物识别信息隐私法=us-il_bipa
en|Illinois' BIPA=us-il_bipa|China's PIPL=cn_pipl|India's DPDP Act=in_dpdp|POPIA=za_popia|PIPEDA=ca_pipeda
"""


def named(table: str) -> list[tuple[str, str]]:
    """Return (spelling, id) of a table of this test."""
    cells = (cell for row in table.split("\n") for cell in row.split("|")[1:])
    return [(text, id_) for text, _, id_ in (cell.partition("=") for cell in cells)]


@pytest.mark.parametrize(("text", "id_"), named(PRESS))
def test_the_words_of_the_press_name_an_authority(text: str, id_: str) -> None:
    assert lookup().authority(text).id == id_


@pytest.mark.parametrize(("text", "id_"), named(LAW_NAMES))
def test_a_law_is_found_by_its_name_in_each_language(text: str, id_: str) -> None:
    assert lookup().law(text).id == id_


# Words that any land uses: no sure name by themselves, some with their place.
GENERIC = """
Datenschutzbehörde|adatvédelmi hatóság|autorité de protection des données|organ nadzorczy|データ保護当局|数据保护局
개인정보보호당국|Raad van State|个人信息保护委员会|信息专员办公室|MODA|Cade|oberster Datenschützer|Germany's top court
Attorney General|Autorité de contrôle|zuständige Behörde|autoridade de proteção de dados|tillsynsmyndigheten
"""
GENERIC_LAWS = "AI法|人工智能法案|KI-Gesetz|AI-wet|온라인안전법|사이버보안법|Privacy Act|lov om kunstig intelligens"


@pytest.mark.parametrize("text", re.split(r"[|\n]", GENERIC.strip()))
def test_words_that_any_land_uses_name_no_authority(text: str) -> None:
    assert lookup().authority(text).id is None


@pytest.mark.parametrize("text", GENERIC_LAWS.split("|"))
def test_words_for_the_laws_of_any_land_name_none(text: str) -> None:
    assert lookup().law(text).id is None


@pytest.mark.parametrize(
    ("text", "place", "id_"),
    [
        ("个人信息保护委员会", "KR", "kr-pipc"),
        ("个人信息保护委员会", "JP", "jp-ppc"),
        ("Raad van State", "NL", "nl-rvs"),
        ("信息专员办公室", "GB", "gb-ico"),
        ("Αρχή Προστασίας Δεδομένων", "GR", "gr-hdpa"),
        ("Datenschutzbehörde", "AT", "at-dsb"),
        ("CEPD", "EU", None),  # the Board or the Supervisor
    ],
)
def test_such_words_name_one_with_their_place(text: str, place: str, id_: str | None) -> None:
    assert lookup().authority(text, place).id == id_


def broken(tmp_path: Path, table: str, change: tuple[str, str]) -> Registry:
    for name in COLUMNS:
        text = (HERE / f"{name}.csv").read_text(encoding="utf-8")
        if name == table:
            assert change[0] in text
            text = text.replace(*change, 1)
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return Registry(tmp_path)


@pytest.mark.parametrize(
    ("table", "change", "words"),
    [
        ("authorities", ("id,type", "name,type"), "authorities.csv:1: the columns are name, type"),
        ("authorities", ("\nfr-cnil,", "\nFR CNIL,"), "is not a local name"),
        ("authorities", ("\nfr-ce,", "\nfr-cnil,"), "given above"),
        ("authorities", (",https://www.cnil.fr/ dpv\n", ",somewhere\n"), "source 'somewhere' is neither an address"),
        ("authority_names", ("fr-cnil,en,name", "fr-cnil,en,title"), "'title' is no role"),
        ("authority_names", ("fr-cnil,en,name", "fr-cnil,en,alias"), "fr-cnil has no English name"),
        ("laws", ("\neu_gdpr,", "\neu_gdprs,"), "is no law"),
        ("provisions", ("eu_gdpr,5(1)(a),", "eu_gdpr,five,"), "'five' of 'eu_gdpr' is no provision"),
        ("systems", (",openai,", ",closedai,"), "points at 'closedai'"),
    ],
)
def test_a_broken_table_names_the_line_and_the_fault(
    tmp_path: Path, table: str, change: tuple[str, str], words: str
) -> None:
    with pytest.raises((TableError, ValueError), match=re.escape(words)):
        broken(tmp_path, table, change)


def test_an_unknown_name_is_not_the_registrys_fault(tmp_path: Path) -> None:
    whole = broken(tmp_path, "sources", ("key,", "key,"))
    assert Lookup(whole).authority("CNIL").id == "fr-cnil"


# ---- the real spellings

GENERAL = {
    "AT": "at-dsb", "BE": "be-apd", "BG": "bg-cpdp", "CY": "cy-commissioner", "CZ": "cz-uoou", "DK": "dk-datatilsynet",
    "EE": "ee-aki", "ES": "es-aepd", "FI": "fi-tsv", "FR": "fr-cnil", "GB": "gb-ico", "GR": "gr-hdpa", "HR": "hr-azop",
    "HU": "hu-naih", "IE": "ie-dpc", "IM": "im-ico", "IS": "is-personuvernd", "IT": "it-garante", "LV": "lv-dvi",
    "LI": "li-datenschutzstelle", "LT": "lt-vdai", "LU": "lu-cnpd", "MT": "mt-idpc", "NL": "nl-ap",
    "NO": "no-datatilsynet", "PL": "pl-uodo", "PT": "pt-cnpd", "RO": "ro-anspdcp", "SE": "se-imy", "SI": "si-ip",
    "SK": "sk-uoou",
}  # fmt: skip
# What a spelling says by itself, where its country is not answer enough: first match counts.
SPECIAL = (
    ("DE", r"labor court", "de-lag-baden-wuerttemberg"), ("DE", r"baden", "de-bw"),
    ("DE", r"LfD Lower|lower|nieders", "de-ni"), ("DE", r"BayLfD", "de-by-lfd"),
    ("DE", r"bavaria|bayern", "de-by-blda"), ("DE", r"berlin", "de-be"), ("DE", r"brandenb", "de-bb"),
    ("DE", r"bremen", "de-hb"), ("DE", r"hamb|HmbB", "de-hh"), ("DE", r"hess", "de-he"), ("DE", r"mecklenb", "de-mv"),
    ("DE", r"nordrhein", "de-nw"), ("DE", r"rh(ei|i)n|rheinl", "de-rp"), ("DE", r"saarland", "de-sl"),
    ("DE", r"anhalt", "de-st"), ("DE", r"saxony", "de-sn"), ("DE", r"schleswig", "de-sh"),
    ("DE", r"th(ü|u)r", "de-th"), ("DE", r"conference|DSK", "de-dsk"), ("DE", r"federal|BfDI", "de-bfdi"),
    ("ES", r"catal|APDCAT", "es-ct-apdcat"), ("ES", r"basque|AVPD", "es-pv-avpd"),
    ("ES", r"andalus|CTPDA", "es-an-ctpda"), ("NO", r"personvernnemnda", "no-personvernnemnda"),
    ("EU", r"board|EDPB", "eu-edpb"), ("EU", r"superv|EDPS", "eu-edps"),
)  # fmt: skip
# No authority's name, or one that contradicts its country, or that several bodies bear: no sure answer is right.
NO_ANSWER = re.compile(
    r"NOT_|^ita$|private person|bank of|medical assoc|german court|"
    r"^(DK|IS)\|norwegian|^DK\|spanish|^ES\|(data protection "
    r"authority of sweden|slovak|the authority)|^DE\|data protection authority$|^FI\|EDPS",
    re.IGNORECASE,
)


def expected(place: str | None, name: str) -> str | None:
    if NO_ANSWER.search(name) or NO_ANSWER.search(f"{place}|{name}"):
        return None
    special = (id_ for where, words, id_ in SPECIAL if where == place and re.search(words, name, re.IGNORECASE))
    return next(special, GENERAL.get(place or ""))


@pytest.mark.data
@pytest.mark.skipif(not VARIANTS.exists(), reason="the real data are not beside the checkout")
def test_the_spellings_of_real_sources() -> None:
    right = sure = 0
    with VARIANTS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        country = {"EL": "GR"}.get(row["country"], row["country"])
        place = country if len(country) == 2 else places.named(country)
        found = lookup().authority(row["name"], place).id
        assert found in {None, expected(place, row["name"])}, f"wrong: {row['name']} of {place} is {found}"
        right += found == expected(place, row["name"])
        sure += found is not None
    assert len(rows) == 299
    assert right / len(rows) >= 0.97
    assert sure >= 280
