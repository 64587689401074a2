"""What pages in Romance languages tell: who did what to whom for how much. All companies are made up."""

import pytest

from loaders.news import organisations
from loaders.news.money import amounts
from loaders.news.places import is_place
from tests.test_news_events import expected, told

TOLD = [
    # bodies without a legal form, and what is done to them without a sum
    (
        "pt",
        (
            "CNPD repreende centro de saúde\nA CNPD emitiu uma repreensão à Unidade Local de Saúde do Baixo Sado "
            "e ordenou a correção dos acessos ao sistema no prazo de 90 dias."
        ),
        """
        order pt-cnpd Unidade Local de Saúde do Baixo Sado - -
        reprimand pt-cnpd Unidade Local de Saúde do Baixo Sado - -
        """,
    ),
    (
        "es",
        (
            "Apercibimiento al Ayuntamiento de Valdemora\nLa Agencia Española de Protección de Datos dirige un "
            "apercibimiento al Ayuntamiento de Valdemora por publicar en su web el censo electoral."
        ),
        "reprimand es-aepd Ayuntamiento de Valdemora - -",
    ),
    (
        "it",
        "Ammonimento\nIl Garante ha ammonito il Comune di Roccabianca per aver pubblicato dati sulla salute.",
        "reprimand it-garante Comune di Roccabianca - -",
    ),
    (
        "it",
        "Telecamere in corsia\nIl Garante privacy ha sanzionato per 30mila euro l'Asl Valle Scura.",
        "fine it-garante Asl Valle Scura 30000 EUR",
    ),
    (
        "ro",
        (
            "Avertisment\nANSPDCP a aplicat Primăriei Valea Lungă sancțiunea avertismentului pentru publicarea datelor "
            "personale ale cetățenilor."
        ),
        "reprimand ro-anspdcp Primăria Valea Lungă - -",
    ),
    # any sanction that is a warning is no fine
    (
        "pt",
        "Notícia\nA ANPD aplicou sanção de advertência à Secretaria de Estado da Saúde do Mato Verde.",
        "reprimand br-anpd Secretaria de Estado da Saúde do Mato Verde - -",
    ),
    # somebody who is not named, with the place of the seat
    (
        "pt",
        "Coima\nUma clínica dentária do Porto terá de pagar uma coima de 5.000 euros, decidiu a CNPD.",
        "fine pt-cnpd - 5000 EUR",
    ),
    (
        "es",
        "Multa\nUn bar de Murcia deberá pagar 3.000 euros por una cámara, según la AEPD.",
        "fine es-aepd - 3000 EUR",
    ),
    (
        "it",
        "Multa\nUna palestra di Bari è stata multata per 6mila euro dal Garante.",
        "fine it-garante - 6000 EUR",
    ),
    (
        "fr",
        (
            "La CNIL inflige 800 000 euros d'amende à une société de voyance\nLa CNIL a prononcé une sanction de "
            "800 000 euros à l'encontre de la société Astralys pour collecte excessive de données sensibles."
        ),
        "fine fr-cnil Astralys 800000 EUR",
    ),
    (
        "ro",
        (
            "Amendă pentru o primărie care publica date pe Facebook\nPrimăria Valea Lungă a fost amendată cu 5.000 "
            "de lei de ANSPDCP."
        ),
        "fine ro-anspdcp Primăria Valea Lungă 5000 RON",
    ),
    # the same sum in another currency is the same act
    (
        "ro",
        (
            "Operator amendat cu 3.000 de euro\nANSPDCP a sancționat Medilux Center SRL cu amendă în cuantum de "
            "14.928 lei (echivalentul a 3.000 euro)."
        ),
        "fine ro-anspdcp Medilux Center 3000 EUR",
    ),
    # courts and recourses
    (
        "fr",
        (
            "Le recours de Boutiluxe rejeté\nLe Conseil d'État a rejeté le recours de la société Boutiluxe contre "
            "la CNIL, qui l'avait condamnée en 2022 à 300 000 euros d'amende pour des cookies sans consentement."
        ),
        """
        court_ruling fr-ce Boutiluxe - -
        fine fr-cnil Boutiluxe 300000 EUR
        """,
    ),
    (
        "fr",
        "Astreinte\nLa CNIL a liquidé l'astreinte prononcée contre l'éditeur Mediaclic à hauteur de 200 000 euros.",
        "overdue_penalty fr-cnil Mediaclic 200000 EUR",
    ),
    # several names and several sums
    (
        "it",
        (
            "Sanzioni\nIl Garante ha irrogato due sanzioni, da 70mila e 35mila euro, rispettivamente all'Azienda "
            "ospedaliera Santa Croce di Marvalle e all'Asl Costa Verde."
        ),
        """
        fine it-garante Asl Costa Verde 35000 EUR
        fine it-garante Azienda ospedaliera Santa Croce di Marvalle 70000 EUR
        """,
    ),
    (
        "fr",
        (
            "La CNIL épingle deux compagnies\nDeux sanctions sont tombées : 250 000 euros pour Airlune et 180 000 "
            "euros pour Trainexpress."
        ),
        """
        fine fr-cnil Airlune 250000 EUR
        fine fr-cnil Trainexpress 180000 EUR
        """,
    ),
    # inquiries into what may have happened
    (
        "pt",
        (
            "Vazamento\nA ANPD abriu procedimento de averiguação contra a rede de farmácias Netvida sobre um possível "
            "vazamento de dados de clientes."
        ),
        "investigation br-anpd Netvida - -",
    ),
]

NOTHING = [
    ("fr", "Plainte\nL'association NOYB a déposé plainte auprès de la CNIL contre Meublex. Elle demande une amende."),
    ("it", "Reclamo\nAltroconsumo ha presentato un reclamo al Garante contro l'app Portami e chiede una sanzione."),
    ("ro", "Caz închis\nANSPDCP a închis investigația la Hotel Carpați SRL fără a aplica vreo sancțiune."),
    ("pt", "Processo\nA CNPD ouviu a empresa Modalinda. Não houve coima."),
]


@pytest.mark.parametrize(("language", "text", "lines"), TOLD)
def test_who_did_what_to_whom_in_romance_languages(language: str, text: str, lines: str) -> None:
    assert told(language, text) == expected(lines)


@pytest.mark.parametrize(("language", "text"), NOTHING)
def test_complaints_and_closed_cases_are_no_act(language: str, text: str) -> None:
    assert told(language, text) == []


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("pt", "indenizar em R$ 10 mil um comprador", [10_000]),
        ("pt", "um termo de R$ 500 mil dois meses depois", [500_000]),
        ("pt", "A multa é de R$ 50 mil.", [50_000]),
        ("fr", "respectivement de 1,2 million et 400 000 euros", [1_200_000, 400_000]),
        ("it", "due sanzioni, da 70mila e 35mila euro", [70_000, 35_000]),
        ("it", "2 milioni e 120 mila euro", [2_120_000]),
    ],
)
def test_a_number_ends_where_another_one_begins(language: str, text: str, values: list[int]) -> None:
    assert [one.value for one in amounts(text, language)] == values


@pytest.mark.parametrize(
    ("language", "name"), [("pt", "Porto"), ("es", "Sevilla"), ("fr", "Lyon"), ("it", "Bari"), ("ro", "Cluj-Napoca")]
)
def test_towns_are_places(language: str, name: str) -> None:
    assert is_place(name, language)


@pytest.mark.parametrize(
    ("language", "name"),
    [("pt", "Ministério Público de São Paulo"), ("ro", "Curtea de Apel"), ("fr", "Chambre contentieuse")],
)
def test_prosecutors_and_courts_are_nobody_acted_against(language: str, name: str) -> None:
    assert organisations.nobody(language).match(name)
    assert not organisations.nobody("ro").match("Curtea de Conturi")
