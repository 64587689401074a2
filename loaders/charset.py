"""The characters of a page whose encoding is stated in the page, by its server, or not at all."""

import codecs
import re

_BOM = b"\xef\xbb\xbf"
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)


def decoded(body: bytes, content_type: str = "") -> str:
    """Return a page as text, by the order of the HTML standard: mark, header, <meta>, else windows-1252.

    What is valid UTF-8 is that, whatever else it says.

    >>> decoded("<meta charset=iso-8859-2>Úřad".encode("iso-8859-2"))
    '<meta charset=iso-8859-2>Úřad'
    """
    if body.startswith(_WIDE):
        return body.decode("utf-16", errors="replace")
    try:
        return body.removeprefix(_BOM).decode()
    except UnicodeDecodeError:
        stated = _CHARSET.search(content_type) or _CHARSET.search(body[:2048].decode("ascii", errors="replace"))
        try:
            return body.decode(stated[1] if stated else "cp1252", errors="replace")
        except (LookupError, UnicodeError):  # no charset, or none of text
            return body.decode("cp1252", errors="replace")
