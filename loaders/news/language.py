"""The language of a page: what it states, unless its own words are plainly of another; else what its words say."""

import re
from functools import cache
from itertools import takewhile
from typing import Any

LANGUAGES = ("de", "el", "en", "es", "fr", "hu", "it", "ja", "ko", "nl", "pl", "pt", "ro", "sv", "zh")
"""The languages that a detected one may be."""
_SAMPLE = 3000
_ENOUGH = 300  # letters that outweigh a wrong `lang`, as templates leave it
_SURE = 0.999
_LETTER = re.compile(r"[^\W\d_]")
_SCRIPTS = {
    "kana": re.compile(r"[\u3041-\u30ff\uff66-\uff9f]"),
    "ko": re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]"),
    "zh": re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"),
    "el": re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]"),
}


def language_of(text: str, stated: str | None = None) -> str:
    """Return the ISO 639-1 code of a page's language.

    >>> [language_of(text) for text in ("Το πρόστιμο", "과징금을 부과했다", "個人情報の保護", "个人信息")]
    ['el', 'ko', 'ja', 'zh']
    >>> language_of("Die Behörde hat gegen das Unternehmen ein Bußgeld verhängt."), language_of("Fined", "fr-FR")
    ('de', 'fr')
    """
    code = _code(stated)
    sample = text[:_SAMPLE]
    letters = len(_LETTER.findall(sample))
    script = _by_script(sample, letters)
    if script:
        return code if code in {"ja", "zh", "ko", "el"} and letters < 40 else script
    if code and (letters < _ENOUGH or code not in LANGUAGES):
        return code
    if letters < 12:
        return "en"
    found, probability = _identifier().classify(sample)
    return code if code and probability < _SURE else str(found)


def _code(stated: str | None) -> str | None:
    """Return the two letters of a language tag.

    >>> _code("pt_BR"), _code("EN"), _code("deutsch"), _code(None)
    ('pt', 'en', None, None)
    """
    letters = "".join(takewhile(str.isalpha, (stated or "").strip().casefold()))
    return letters if len(letters) == 2 and letters.isascii() else None


def _by_script(sample: str, letters: int) -> str | None:
    """Return the language that a script gives away; names in Latin letters may stand between."""
    shares = {name: len(pattern.findall(sample)) / max(letters, 1) for name, pattern in _SCRIPTS.items()}
    if shares["kana"] > 0.05 and shares["kana"] + shares["zh"] > 0.3:
        return "ja"
    return next((code for code in ("ko", "zh", "el") if shares[code] > 0.3), None)


@cache
def _identifier() -> Any:  # noqa: ANN401 - the library has no types
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - only texts that state none need it

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES)
    return identifier
