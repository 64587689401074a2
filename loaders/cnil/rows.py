"""The texts of one file as rows: a single TEXTE_CNIL, or a tar.gz archive of many.

A text is ``<TEXTE_CNIL><META><META_COMMUN>…<META_SPEC><META_CNIL>…<TEXTE><BLOC_TEXTUEL><CONTENU>`` with HTML in
CONTENU. The archive is read as a stream, nothing of it is written to disk; its members other than XML (lists of
withdrawn texts) are passed over.
"""

import gzip
import io
import tarfile
import zlib
from collections.abc import Iterator

from lxml import etree

from loaders.source import Row, Source, SourceError

ROOT = "TEXTE_CNIL"
FAULT = "fault"
_GZIP = b"\x1f\x8b"
_LARGEST = 20_000_000  # bytes; the longest deliberations have less than 1 MB
_CHUNK = 1_000_000
_NO_DAY = frozenset(("2999-01-01", "2222-02-22"))  # DILA's days for "not known"
_BLOCKS = frozenset(("p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6"))


def rows(source: Source) -> Iterator[Row]:
    """Yield a row for each text; one that cannot be read has only the field `fault`.

    Raises SourceError where the file is neither.
    """
    content = source.bytes()
    if content.startswith(_GZIP):
        yield from _of_archive(source, content)
        return
    fields = _fields(content)
    if FAULT in fields:
        raise SourceError(f"{source.path}: {fields[FAULT]}; expected a deliberation or a tar.gz archive of them")
    yield Row(fields, fields.get("ID", ""), source.latest, fields.get("ID", ""))


def _of_archive(source: Source, content: bytes) -> Iterator[Row]:
    found = False
    try:
        with gzip.open(io.BytesIO(content)) as stream, tarfile.open(fileobj=stream, mode="r|") as archive:
            for member in archive:
                if not member.isreg() or not member.name.endswith(".xml"):
                    continue
                found = True
                fields = _member(archive, member)
                yield Row(fields, member.name, source.latest, fields.get("ID", ""))
            while stream.read(_CHUNK):  # tarfile stops silently where a file is cut off between two members
                pass
    except (tarfile.TarError, EOFError, zlib.error, OSError) as error:
        raise SourceError(f"{source.path}: no whole tar.gz archive ({error}); fetch it again") from error
    if not found:
        raise SourceError(f"{source.path}: the archive holds no XML; expected DILA's archive CNIL_….tar.gz")


def _member(archive: tarfile.TarFile, member: tarfile.TarInfo) -> dict[str, str]:
    if member.size > _LARGEST:
        return {FAULT: f"{member.size:,} bytes are more than a deliberation can have ({_LARGEST:,})"}
    file = archive.extractfile(member)
    return _fields(file.read() if file else b"")


def _fields(content: bytes) -> dict[str, str]:
    """Return the fields of a text by the names of their elements; repeated ones on lines of their own."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        return {FAULT: f"broken XML ({error.msg}); the file may be cut off: fetch it again"}
    if root.getroottree().docinfo.internalDTD is not None:
        return {FAULT: "declares a document type: DILA's texts have none; fetch it from DILA"}
    if root.tag != ROOT:
        return {FAULT: f"the root is <{root.tag}>, no <{ROOT}>"}
    fields: dict[str, str] = {}
    for part in root:
        if not isinstance(part.tag, str):
            continue
        leaves = (one for one in part.iter() if len(one) == 0) if part.tag == "META" else [part]
        for leaf in leaves:
            if isinstance(leaf.tag, str):
                name, text = "CONTENU" if leaf.tag in {"TEXTE", "BLOC_TEXTUEL"} else leaf.tag, _text(leaf)
                if text not in _NO_DAY:
                    fields[name] = "\n".join(filter(None, (fields.get(name, ""), text)))
    return fields


def _text(element: etree._Element) -> str:
    """Return the text of an element, a line for each paragraph."""
    parts: list[str] = []
    for event, one in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        if event == "start":
            parts.append(one.text or "")
        elif event == "end" and str(one.tag).lower() in _BLOCKS:
            parts.append("\n")
        if event != "start" and one is not element:
            parts.append(one.tail or "")
    lines = ("".join(parts)).split("\n")
    return "\n".join(line for line in (" ".join(one.split()) for one in lines) if line)
