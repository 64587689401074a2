"""The forms in which names are compared: without case, accents and punctuation, without legal form."""

import functools
import re
import unicodedata

from anyascii import anyascii
from cleanco.clean import custom_basename, prepare_default_terms

# Legal forms that cleanco's list lacks, as it writes them: words without dots.
_MORE_FORMS = (
    "sau", "slu", "sll", "srls", "scarl", "scpa", "dac", "ulc", "sarl", "sasu", "asbl", "vzw", "ev", "gug", "opco llc",
    "pbc", "pty limited", "ehf", "hf", "oue", "sia", "uab", "ead", "eood", "ood",
    "αε", "επε", "ικε",
)  # fmt: skip


_NO_FORMS = frozenset(("uk", "co op", "coop"))  # on cleanco's list, but they tell companies apart
_SHORTEST = 3


@functools.lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """Return a name without case, accents, punctuation and doubled spaces; scripts stay as they are.

    >>> fold("Data Protection Authority of  Thüringen"), fold("Clearview AI, Inc."), fold("H&M Østergård's")
    ('data protection authority of thuringen', 'clearview ai inc', "h and m ostergard's")
    >>> fold("개인정보보호위원회"), fold("Persónuvernd ('Ísland')")
    ('개인정보보호위원회', 'personuvernd island')
    """
    plain = unicodedata.normalize("NFKC", text).replace("&", " and ").replace("+", " plus ")
    plain = plain.replace("’", "'").casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join(_latin(char) for char in plain if not unicodedata.combining(char))
    plain = re.sub(r"[.\"“”„«»]|(?<!\w)'|'(?!\w)", "", unicodedata.normalize("NFC", plain))
    return " ".join(re.sub(r"[^\w']+", " ", plain).split())


def _latin(char: str) -> str:
    """Return the ASCII form of a Latin letter that has no accent to take off (ß, ø, ł); others as they are."""
    if char.isascii() or not unicodedata.name(char, "").startswith("LATIN"):
        return char
    return anyascii(char).lower()


@functools.cache
def _legal_forms() -> list[tuple[int, list[str]]]:
    forms = [form for form in prepare_default_terms() if " ".join(form[1]) not in _NO_FORMS]
    forms += [(len(parts), parts) for parts in map(str.split, _MORE_FORMS)]
    return sorted(forms, key=lambda form: (-form[0], form[1]))


@functools.lru_cache(maxsize=100_000)
def bare(name: str) -> str:
    """Return a name folded and without the legal forms at its end, where enough is left to tell it by.

    >>> bare("Vodafone España, S.A.U."), bare("DeepSeek Co., Ltd."), bare("X Corp.")
    ('vodafone espana', 'deepseek', 'x corp')
    """
    rest = name
    while (shorter := custom_basename(rest, _legal_forms())) and shorter != rest:
        rest = shorter
    folded = fold(rest)
    return folded if len(folded) >= _SHORTEST else fold(name)


_SAME_FORMS = {"limited": "ltd", "incorporated": "inc", "corporation": "corp", "company": "co"}


def legal_form(name: str) -> str:
    """Return the legal form at the end of a name, folded and in one spelling, "" where there is none.

    >>> legal_form("Rite Aid Corporation"), legal_form("Rite Aid Corp."), legal_form("Vodafone España, S.A.U.")
    ('corp', 'corp', 'sau')
    """
    form = fold(name).removeprefix(bare(name)).split()
    return " ".join(_SAME_FORMS.get(word, word) for word in form)


def confusable(folded: str) -> str | None:
    """Return a folded name with the word "al" read as "ai" (a small L for a capital I), None without one.

    >>> confusable("clearview al inc"), confusable("clearview ai")
    ('clearview ai inc', None)
    """
    read = re.sub(r"\bal\b", "ai", folded)
    return read if read != folded else None
