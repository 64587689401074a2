"""What the French, German, Spanish, Italian, Dutch and Portuguese lexicons see in a sentence."""

import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

_FOLDER = Path(__file__).parents[1] / "loaders" / "news" / "lexicon"
_LANGUAGES = ("fr", "de", "es", "it", "nl", "pt")


@cache
def _lexicon(language: str) -> dict[str, dict[str, list[str] | str]]:
    return tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


@cache
def _pattern(language: str, section: str, key: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(_lexicon(language)[section][key])})(?!\w)", re.IGNORECASE)


def _triggers(language: str, sentence: str) -> set[str]:
    """Return the kinds of the triggers of a sentence, the longer one where two overlap."""
    found = sorted(
        ((m.start() - m.end(), m.start(), m.end(), kind) for kind in _lexicon(language)["trigger"] if kind != "pay"
         for m in _pattern(language, "trigger", kind).finditer(sentence)),
    )  # fmt: skip
    kept: list[tuple[int, int, str]] = []
    for _, start, end, kind in found:
        if all(end <= s or e <= start for s, e, _ in kept):
            kept.append((start, end, kind))
    return {kind for _, _, kind in kept}


def _marks(language: str, sentence: str) -> set[str]:
    return {
        key
        for section in ("status", "flag")
        for key in _lexicon(language)[section]
        if _pattern(language, section, key).search(sentence)
    }


@pytest.mark.parametrize("language", _LANGUAGES)
def test_every_expression_compiles_and_none_matches_nothing(language: str) -> None:
    for section in _lexicon(language).values():
        for entries in section.values():
            for entry in [entries] if isinstance(entries, str) else entries:
                assert not re.compile(entry, re.IGNORECASE).fullmatch(""), entry


@pytest.mark.parametrize(
    ("language", "sentence", "kinds", "marks"),
    [
        # French
        ("fr", "La CNIL a infligé une amende de 3 millions d’euros à Rapidex.", "fine", ""),
        ("fr", "Rapidex a été sanctionnée par le gendarme des données.", "fine", ""),
        ("fr", "La formation restreinte a liquidé l'astreinte pour 90 000 euros.", "overdue_penalty", ""),
        ("fr", "La société est mise en demeure de se conformer.", "order", ""),
        ("fr", "La CNIL lui enjoint de supprimer les données, sous astreinte.", "order", ""),
        ("fr", "Le juge a ordonné de payer 2 000 euros.", "court_ruling", ""),
        ("fr", "L'autorité interdit à Rapidex tout traitement.", "ban", ""),
        ("fr", "Un rappel à l'ordre a été adressé à la commune.", "reprimand", ""),
        ("fr", "La CAI ouvre une enquête sur Rapidex.", "investigation", ""),
        ("fr", "Des usagers ont déposé une plainte auprès de la CNIL.", "", "hypothetical"),
        ("fr", "Une action collective vise le groupe.", "lawsuit", ""),
        ("fr", "Le Conseil d'État rejette le recours de Rapidex.", "court_ruling", "appealed upheld"),
        ("fr", "Le tribunal a annulé la sanction.", "court_ruling fine", "annulled"),
        ("fr", "Rapidex risque une amende.", "fine", "hypothetical"),
        ("fr", "La société échappe à une amende.", "fine", "negated"),
        ("fr", "Elle n'a jamais payé l'amende.", "fine", "unpaid"),
        ("fr", "Il a recours à la reconnaissance faciale.", "", ""),
        # German
        ("de", "Die Behörde verhängte ein Millionenbußgeld gegen die Rapidex GmbH.", "fine", ""),
        ("de", "Die DSB hat eine Verwaltungsstrafe ausgesprochen.", "fine", ""),
        ("de", "Er wurde zu einer Freiheitsstrafe verurteilt.", "court_ruling", ""),
        ("de", "Die Busse beträgt 20'000 Franken, eine Geldbusse für Rapidex.", "fine", ""),
        ("de", "Er habe ein Bußgeldverfahren gegen Rapidex eingeleitet, teilte er mit.", "investigation", ""),
        ("de", "Der Landesbeauftragte ordnete die Löschung der Daten an.", "order", ""),
        ("de", "Die Aufsicht untersagt Rapidex die Verarbeitung.", "ban", ""),
        ("de", "Rapidex wurde verwarnt.", "reprimand", ""),
        ("de", "Verbraucherschützer reichen Klage gegen Rapidex ein.", "lawsuit", ""),
        ("de", "Das Landgericht hob den Bußgeldbescheid auf.", "court_ruling fine", "annulled"),
        ("de", "Rapidex legt Einspruch ein.", "", "appealed"),
        ("de", "Dem Betreiber droht eine Strafe.", "fine", "hypothetical"),
        ("de", "Das Verfahren wurde ohne Bußgeld eingestellt.", "fine", "negated"),
        ("de", "Die Firma habe Daten gesammelt, sagte der Beauftragte.", "", ""),
        ("de", "Die Daten stehen allen zur Verfügung.", "", ""),
        # Spanish
        ("es", "La AEPD ha multado con 200.000 euros a Rapidex.", "fine", ""),
        ("es", "La SIC impuso una sanción a Rapidex S.A.S.", "fine", ""),
        ("es", "La agencia le impone una multa coercitiva.", "overdue_penalty", ""),
        ("es", "La autoridad ordenó a Rapidex suspender el servicio.", "order", ""),
        ("es", "El juez ordenó pagar 300 euros.", "court_ruling", ""),
        ("es", "La resolución prohíbe el tratamiento.", "ban", ""),
        ("es", "El ayuntamiento ha sido apercibido.", "reprimand", ""),
        ("es", "La AAIP abrió una investigación.", "investigation", ""),
        ("es", "Los usuarios presentaron una demanda colectiva.", "lawsuit", ""),
        ("es", "La Audiencia Nacional anula la multa.", "court_ruling fine", "annulled"),
        ("es", "Rapidex recurrirá la sanción.", "fine", "appealed"),
        ("es", "La empresa podría recibir una multa.", "fine", "hypothetical"),
        ("es", "La AEPD archiva el expediente sin multa.", "fine", "negated"),
        ("es", "La sanción se redujo por pago voluntario.", "fine", "reduced paid"),
        # Italian
        ("it", "Il Garante ha inflitto una sanzione di 5 milioni a Rapidex.", "fine", ""),
        ("it", "Rapidex è stata multata.", "fine", ""),
        ("it", "L’Autorità ha ingiunto alla società di cancellare i dati.", "order", ""),
        ("it", "Il giudice ordina di pagare mille euro.", "court_ruling", ""),
        ("it", "Il Garante ha disposto la limitazione provvisoria del trattamento.", "ban", ""),
        ("it", "Il Comune è stato ammonito.", "reprimand", ""),
        ("it", "Il Garante ha avviato un’istruttoria su Rapidex.", "investigation", ""),
        ("it", "I consumatori hanno fatto causa.", "lawsuit", ""),
        ("it", "Il Tribunale di Milano ha annullato la sanzione.", "court_ruling fine", "annulled"),
        ("it", "La Cassazione ha respinto il ricorso.", "court_ruling", "appealed upheld"),
        ("it", "La società rischia una multa.", "fine", "hypothetical"),
        ("it", "Il procedimento si chiude senza sanzioni.", "fine", "negated"),
        ("it", "Dispone di dati relativi ai clienti.", "", ""),
        # Dutch
        ("nl", "De AP legt Rapidex een recordboete op.", "fine", ""),
        ("nl", "Rapidex is beboet door de toezichthouder.", "fine", ""),
        ("nl", "De AP legt een last onder dwangsom op.", "order", ""),
        ("nl", "Rapidex moet de verbeurde dwangsommen voldoen.", "overdue_penalty", ""),
        ("nl", "De GBA heeft de gemeente berispt.", "reprimand", ""),
        ("nl", "De AP verbiedt het gebruik van de camera's.", "ban", ""),
        ("nl", "De toezichthouder start een onderzoek naar Rapidex.", "investigation", ""),
        ("nl", "De stichting daagt Rapidex voor de rechter.", "lawsuit", ""),
        ("nl", "De rechtbank vernietigt de boete.", "court_ruling fine", "annulled"),
        ("nl", "Rapidex maakt bezwaar tegen de boete.", "fine", "appealed"),
        ("nl", "Het bedrijf riskeert een boete.", "fine", "hypothetical"),
        ("nl", "De gemeente krijgt geen boete.", "fine", "negated"),
        ("nl", "De app is van een bedrijf uit Gent.", "", ""),
        # Portuguese
        ("pt", "A ANPD multou a Rapidex em R$ 14 mil.", "fine", ""),
        ("pt", "A CNPD aplicou uma coima ao município.", "fine", ""),
        ("pt", "A ANPD determinou que a Rapidex suspenda a coleta.", "order", ""),
        ("pt", "O juiz ordenou o pagamento de 500 euros.", "court_ruling", ""),
        ("pt", "A empresa foi proibida de tratar dados.", "ban", ""),
        ("pt", "A autoridade aplicou uma advertência.", "reprimand", ""),
        ("pt", "A ANPD abriu um processo administrativo sancionador.", "investigation", ""),
        ("pt", "O instituto moveu uma ação civil pública.", "lawsuit", ""),
        ("pt", "O tribunal anulou a coima.", "court_ruling fine", "annulled"),
        ("pt", "A Rapidex recorreu da multa.", "fine", "appealed"),
        ("pt", "A empresa pode ser punida.", "fine", "hypothetical"),
        ("pt", "O processo foi encerrado sem multa.", "fine", "negated"),
        ("pt", "A empresa ia lançar um serviço.", "", ""),
    ],
)  # fmt: skip
def test_a_sentence_says(language: str, sentence: str, kinds: str, marks: str) -> None:
    assert (_triggers(language, sentence), _marks(language, sentence)) == (set(kinds.split()), set(marks.split()))
