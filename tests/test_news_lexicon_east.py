"""The lexicons of Polish, Swedish, Greek, Hungarian and Romanian: what sentences of our own tell of."""

import re
import tomllib
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "loaders" / "news" / "lexicon"
LANGUAGES = ("pl", "sv", "el", "hu", "ro")


def parts(language: str) -> dict[str, dict[str, list[str] | str]]:
    return tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


def compiled(entries: list[str] | str) -> re.Pattern[str]:
    joined = entries if isinstance(entries, str) else "|".join(entries)
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)", re.IGNORECASE)


def told(language: str, sentence: str) -> set[str]:
    """Return the kinds that a sentence tells of; of words that overlap the longer ones count."""
    found = sorted(
        (match.start() - match.end(), match.start(), match.end(), kind)
        for kind, entries in parts(language)["trigger"].items()
        for match in compiled(entries).finditer(sentence)
    )
    kept: list[tuple[int, int, str]] = []
    for _, start, end, kind in found:
        if all(end <= other or start >= last for other, last, _ in kept):
            kept.append((start, end, kind))
    return {kind for _, _, kind in kept}


def marked(language: str, sentence: str) -> set[str]:
    """Return the statuses and flags that a sentence has."""
    lexicon = parts(language)
    return {
        key
        for part in ("status", "flag")
        for key, entries in lexicon[part].items()
        if compiled(entries).search(sentence)
    }


CASES = [
    ("pl", "Prezes UODO nałożył na spółkę Rubin karę w wysokości 40 tys. zł.", {"fine", "pay"}, set()),
    ("pl", "Gmina Lipki została ukarana za wyciek danych mieszkańców.", {"fine"}, set()),
    ("pl", "WSA uchylił decyzję o karze dla firmy Rubin.", {"court_ruling", "fine"}, {"annulled"}),
    ("pl", "NSA oddalił skargę kasacyjną spółki.", {"court_ruling"}, {"upheld", "appealed"}),
    ("pl", "Urząd nie nałożył kary, lecz udzielił upomnienia.", {"fine", "pay", "reprimand"}, {"negated"}),
    ("pl", "Szkoła dostała upomnienie zamiast kary.", {"pay", "reprimand"}, set()),
    ("pl", "Firma może zostać ukarana.", {"fine"}, {"hypothetical"}),
    ("pl", "Organ nakazał usunięcie danych i zakazał dalszego przetwarzania.", {"order", "ban"}, set()),
    ("pl", "Sąd nakazał spółce zapłacić 10 tys. zł.", {"pay"}, set()),
    ("pl", "Urząd wszczął postępowanie wobec operatora.", {"investigation"}, set()),
    ("pl", "Fundacja złożyła pozew zbiorowy przeciwko platformie.", {"lawsuit"}, set()),
    ("pl", "Spółka zawarła ugodę z klientami.", {"settlement"}, {"settled"}),
    ("sv", "IMY utfärdar en sanktionsavgift på 2 miljoner kronor mot Björkbolaget.", {"fine", "pay"}, set()),
    ("sv", "Regionen får en reprimand men ingen sanktionsavgift.", {"reprimand"}, set()),
    ("sv", "Kammarrätten sänker böterna.", {"court_ruling", "fine"}, {"reduced"}),
    ("sv", "Förvaltningsrätten avslår överklagandet.", {"court_ruling"}, {"upheld", "appealed"}),
    ("sv", "Bolaget föreläggs att radera uppgifterna vid vite om 500 000 kronor.", {"order"}, set()),
    ("sv", "Domstolen beordrade bolaget att betala 3 miljoner kronor.", {"pay"}, set()),
    ("sv", "Tingsrätten dömer ut vitet.", {"overdue_penalty"}, set()),
    ("sv", "Bolaget kan få böter.", {"fine"}, {"hypothetical"}),
    ("sv", "Myndigheten förbjuder appen och inleder tillsyn.", {"ban", "investigation"}, set()),
    ("sv", "Föreningen stämmer Björkbolaget.", {"lawsuit"}, set()),
    ("sv", "Bolaget har ännu inte betalat sanktionsavgiften.", {"fine", "pay"}, {"unpaid"}),
    ("el", "Η Αρχή επέβαλε πρόστιμο 50.000 ευρώ στην εταιρεία Ελιά.", {"fine", "pay"}, set()),
    ("el", "ΠΡΟΣΤΙΜΟ 20 ΕΚΑΤ. ΕΥΡΩ ΣΤΗΝ ΕΛΙΑ", {"fine"}, set()),
    ("el", "Το δικαστήριο ακύρωσε το πρόστιμο.", {"court_ruling", "fine"}, {"annulled"}),
    ("el", "Το ΣτΕ απέρριψε την προσφυγή κατά της απόφασης.", {"court_ruling"}, {"upheld", "appealed"}),
    ("el", "Η Αρχή απηύθυνε επίπληξη στον δήμο και έδωσε εντολή συμμόρφωσης.", {"reprimand", "order"}, set()),
    ("el", "Η Αρχή διέταξε την εταιρεία να διαγράψει τα δεδομένα.", {"order"}, set()),
    ("el", "Η Αρχή διέταξε την εταιρεία να καταβάλει 5.000 ευρώ.", {"pay"}, set()),
    ("el", "Η ιταλική αρχή απαγόρευσε την εφαρμογή.", {"ban"}, set()),
    ("el", "Η Αρχή ξεκίνησε έρευνα για την πλατφόρμα.", {"investigation"}, set()),
    ("el", "Δεν επιβλήθηκε πρόστιμο.", {"fine", "pay"}, {"negated"}),
    ("el", "Η εταιρεία μπορεί να τιμωρηθεί με πρόστιμο.", {"fine"}, {"hypothetical"}),
    ("el", "Καταναλωτές κατέθεσαν αγωγή κατά της τράπεζας.", {"lawsuit"}, set()),
    ("hu", "A hatóság 3 millió forint adatvédelmi bírságot szabott ki a cégre.", {"fine", "pay"}, set()),
    ("hu", "A NAIH megbírságolta a Hársfa Kft.-t.", {"fine"}, set()),
    ("hu", "A Kúria megsemmisítette a határozatot.", {"court_ruling"}, {"annulled"}),
    ("hu", "A Fővárosi Törvényszék elutasította a cég keresetét.", {"court_ruling"}, {"upheld"}),
    ("hu", "A hatóság figyelmeztetésben részesítette az iskolát.", {"reprimand"}, set()),
    ("hu", "A hatóság kötelezte az adatok törlésére.", {"order"}, set()),
    ("hu", "A céget 5 millió forint megfizetésére kötelezte.", {"pay"}, set()),
    ("hu", "Az olasz hatóság betiltotta az alkalmazást és vizsgálatot indított.", {"ban", "investigation"}, set()),
    ("hu", "A NAIH nem szabott ki bírságot.", {"fine", "pay"}, {"negated"}),
    ("hu", "Akár 20 millió eurós bírság is kiszabható.", set(), {"hypothetical"}),
    ("hu", "A cég fellebbezett a bírság ellen.", {"fine"}, {"appealed"}),
    ("hu", "A felhasználók pert indítottak.", {"lawsuit"}, set()),
    ("ro", "ANSPDCP a aplicat operatorului o amendă de 5.000 de euro.", {"fine", "pay"}, set()),
    ("ro", "Societatea a fost amendată și a primit o măsură corectivă.", {"fine", "pay", "order"}, set()),
    ("ro", "Autoritatea a dispus o masura corectiva si o sanctiune.", {"order", "fine"}, set()),
    ("ro", "Curtea de Apel Bucureşti a anulat amenda.", {"court_ruling", "fine"}, {"annulled"}),
    ("ro", "Tribunalul a respins contestaţia.", {"court_ruling"}, {"upheld", "appealed"}),
    ("ro", "Amenda a fost redusă de instanță.", {"fine", "court_ruling"}, {"reduced"}),
    ("ro", "Primăria a fost sancționată cu avertisment.", {"reprimand"}, set()),
    ("ro", "Compania riscă o amendă.", {"fine"}, {"hypothetical"}),
    ("ro", "Autoritatea nu a aplicat amendă.", {"fine", "pay"}, {"negated"}),
    ("ro", "Instanța a obligat compania să plătească 10.000 de lei.", {"pay"}, set()),
    ("ro", "Autoritatea a interzis aplicația și a deschis o investigație.", {"ban", "investigation"}, set()),
    ("ro", "Platforma a fost dată în judecată.", {"lawsuit"}, set()),
]


@pytest.mark.parametrize(("language", "sentence", "kinds", "marks"), CASES)
def test_what_a_sentence_tells(language: str, sentence: str, kinds: set[str], marks: set[str]) -> None:
    assert told(language, sentence) == kinds
    assert marked(language, sentence) == marks


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_entry_is_a_pattern_of_its_own_that_never_matches_nothing(language: str) -> None:
    for part, keys in parts(language).items():
        for key, entries in keys.items():
            for entry in [entries] if isinstance(entries, str) else entries:
                assert re.compile(entry, re.IGNORECASE).fullmatch("") is None, (part, key, entry)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_keys_are_those_of_the_english_lexicon(language: str) -> None:
    if not (FOLDER / "en.toml").exists():
        pytest.skip("no English lexicon")
    model = {part: sorted(keys) for part, keys in parts("en").items()}
    assert {part: sorted(keys) for part, keys in parts(language).items()} == model


@pytest.mark.parametrize("language", LANGUAGES)
def test_article_wording_names_its_number(language: str) -> None:
    said = {"pl": "art. 32 ust. 1", "sv": "artikel 32", "el": "άρθρο 32", "hu": "32. cikk", "ro": "art. 32 alin. (1)"}
    found = compiled(parts(language)["law"]["section"][:1]).search(said[language])
    assert found is not None
    assert found["number"] == "32"
