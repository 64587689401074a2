"""The command line: `finegraph`. Parses words, then imports what the command needs and nothing else.

The handlers are named by text, so that this file can hand over to loaders and to the web without
importing either. Exit codes: 0 done, 1 the input is at fault, 2 wrong usage, 3 our fault,
4 something could not be fetched.
"""

import argparse
import importlib
import os
import re
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import cast

_RETRIEVED = re.compile(r"(?P<path>.+)@(?P<day>\d{4}-\d{2}-\d{2}(?:T[\d:]+Z?)?)")
SourceArgument = tuple[str, Path, str | None]


def source(text: str) -> SourceArgument:
    """Read FORMAT=PATH, or FORMAT=PATH@YYYY-MM-DD where the day of retrieval is known.

    >>> source("cms=dump.json@2024-03-07")
    ('cms', PosixPath('dump.json'), '2024-03-07')
    """
    name, equals, path = text.partition("=")
    if not equals or not path or not name.isidentifier():
        raise argparse.ArgumentTypeError(f"{text!r} is not SOURCE=PATH, for example cms=FILE or news=FOLDER")
    dated = _RETRIEVED.fullmatch(path)
    try:
        _ = dated and datetime.fromisoformat(dated["day"])
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r}: {error}; write @YYYY-MM-DD, the day of retrieval") from error
    return name, Path(dated["path"] if dated else path), dated["day"] if dated else None


def value(text: str) -> tuple[str, str]:
    """Read NAME=VALUE.

    >>> value("org=co:openai")
    ('org', 'co:openai')
    """
    name, equals, given = text.partition("=")
    if not equals or not name.isidentifier() or not given:
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=VALUE, for example org=co:openai")
    return name, given


def positive(text: str) -> int:
    """Read a whole number from 1 on.

    >>> positive("50")
    50
    """
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1 on")
    return int(text)


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    top = argparse.ArgumentParser(
        prog="finegraph", description="The knowledge graph of AI privacy enforcement.",
        epilog="The store is .finegraph/ or what FINEGRAPH_STORE or --store says.",
    )  # fmt: skip
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    store = argparse.ArgumentParser(add_help=False)
    store.add_argument(
        "--store", type=Path, default=Path(os.environ.get("FINEGRAPH_STORE", ".finegraph")), metavar="DIR"
    )

    def command(name: str, handler: str, words: str, *, stored: bool = True) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=words, description=words, parents=[store] if stored else [])
        sub.set_defaults(handler=handler)
        return sub

    _making(command)
    _fetching(
        command("fetch", "loaders.fetch.command:fetch", "fetch a source from the web, or list what can be fetched")
    )
    _asking(
        command(
            "fetch-references", "loaders.endpoint.command:run", "ask a SPARQL endpoint about our organisations or laws"
        )
    )
    _reading(command)
    _reporting(command)
    _curating(command)
    _extracting(command("extract", "loaders.news.command:extract", "write what news pages say", stored=False))
    serve = command(
        "serve", "loaders.commands:ensure web.commands:serve", "serve a release, or RDF files, as a web site"
    )
    serve.add_argument("files", nargs="*", type=Path, metavar="FILE")
    serve.add_argument("--as-is", action="store_true", help="build nothing, though data or code may have changed")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=5000)
    return top


def _extracting(extract: argparse.ArgumentParser) -> None:
    extract.add_argument("files", nargs="+", type=Path, metavar="FILE")
    extract.add_argument("--out", type=Path, required=True, metavar="DIR", help="where STEM.pred.json goes, one a page")
    extract.add_argument("--explain", action="store_true", help="show each page with what was found where")
    extract.add_argument("--trig", action="store_true", help="write the claims of each page as TriG too")


def _making(command: Callable[..., argparse.ArgumentParser]) -> None:
    build = command("build", "loaders.commands:build", "make a new release of the embedded set and the named sources")
    build.add_argument("sources", nargs="*", type=source, metavar="SOURCE=PATH[@DAY]",
                       help="cms=FILE, gdprhub=FOLDER, mapped=TOML, …; @DAY: when it was retrieved")  # fmt: skip
    build.add_argument("--keep-going", action="store_true", help="leave out records at fault and report them")
    load = command("load", "loaders.commands:load", "add files to the current release, giving a new one")
    load.add_argument("files", nargs="+", type=Path, metavar="FILE")
    load.add_argument(
        "--format", help="a source (cms, mapped, …) or an RDF syntax (default: by the suffix; pages are news)"
    )
    load.add_argument("--keep-going", action="store_true", help="leave out records at fault and report them")


def _reading(command: Callable[..., argparse.ArgumentParser]) -> None:
    query = command("query", "graph.commands:query", "answer a SPARQL query")
    query.add_argument("query", metavar="QUERY|FILE|-")
    graphs = ("ttl", "nt", "jsonld", "rdf", "trig", "nq")
    query.add_argument("--format", choices=("table", "json", "xml", "csv", "tsv", *graphs),
                       help="default: table, or ttl for CONSTRUCT and DESCRIBE")  # fmt: skip
    ask = command("ask", "graph.commands:ask", "answer one of the competency questions, or list them")
    ask.add_argument("question", nargs="?", metavar="NUMBER|NAME", help="default: list the questions")
    ask.add_argument("values", nargs="*", type=value, metavar="NAME=VALUE", help="another value of a parameter")
    ask.add_argument("--show", action="store_true", help="print the query instead of its answer")
    ask.add_argument("--format", choices=("json", "csv", "tsv", "xml", "table"), help="default: table")
    export = command("export", "loaders.commands:export", "write the release's data")
    export.add_argument("--format", choices=("ttl", "trig", "nt", "nq", "jsonld"), required=True)
    export.add_argument(
        "--licence", choices=("open",), help="only what may be used for anything: no non-commercial source"
    )
    export.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: standard output")
    validate = command("validate", "loaders.commands:validate", "check files, or the release, against the shapes")
    validate.add_argument("files", nargs="*", type=Path, metavar="FILE")
    validate.add_argument("--json", action="store_true", help="also print the faults as JSON")


def version(text: str) -> str:
    """Read a version as SemVer has it.

    >>> version("1.0.0")
    '1.0.0'
    """
    if not re.fullmatch(r"\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no version such as 1.0.0")
    return text


def day(text: str) -> date:
    """Read YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no day such as 2026-11-24") from error


def _curating(command: Callable[..., argparse.ArgumentParser]) -> None:
    layout = command(
        "format",
        "loaders.curated.command:layout",
        "lay case files out in their one way; name what is wrong",
        stored=False,
    )
    confirm = command(
        "confirm", "loaders.curated.command:confirm", "list the curated acts with what confirms or contradicts them"
    )
    confirm.add_argument("--contradicted", action="store_true", help="only those that a record contradicts")
    confirm.add_argument("--alone", action="store_true", help="only those that nothing confirms")
    confirm.add_argument("--json", action="store_true")
    layout.add_argument("files", nargs="*", type=Path, metavar="FILE", help="default: all case files")
    coverage = command("coverage", "graph.commands:coverage", "count acts by authority and year; name what is missing")
    coverage.add_argument("authority", nargs="?", metavar="AUTHORITY|COUNTRY", help="fr-cnil, FR; default: all")
    coverage.add_argument("--by", choices=("jurisdiction", "kind", "technology", "year"), help="count all acts by one")
    coverage.add_argument("--json", action="store_true")
    changes = command("changes", "graph.commands:changes", "list what changed between two releases, with sources")
    changes.add_argument("old", type=Path, metavar="OLD", help="finegraph.nq or .trig of the older one")
    changes.add_argument("new", type=Path, nargs="?", metavar="NEW", help="default: the current release")
    changes.add_argument("--format", choices=("text", "csv"), default="text")
    archive = command(
        "release",
        "loaders.commands:archive",
        "write the embedded data set as an archive to deposit and cite",
        stored=False,
    )
    archive.add_argument("version", type=version, metavar="VERSION", help="of the edition, as 1.0.0")
    archive.add_argument("--date", type=day, default=None, metavar="DAY", help="default: today")
    archive.add_argument(
        "--since", type=Path, metavar="FILE", help="finegraph.nq of the last edition: adds changes.csv"
    )
    archive.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: finegraph-VERSION.zip")
    layout.add_argument("--check", action="store_true", help="change nothing; fail where a file would change")


def _reporting(command: Callable[..., argparse.ArgumentParser]) -> None:
    sources = command("sources", "graph.commands:sources", "tell what the release read from each source")
    sources.add_argument("--json", action="store_true")
    links = command(
        "links", "graph.commands:links", "list the acts that several records speak of, and why they are one"
    )
    links.add_argument("--all", action="store_true", help="also the acts of one record")
    links.add_argument("--json", action="store_true")
    conflicts = command("conflicts", "graph.commands:conflicts", "list where the records of one act disagree")
    conflicts.add_argument("--property", metavar="NAME", help="decidedOn, amount, respondent, …")
    conflicts.add_argument("--unexplained", action="store_true", help="leave out those that a rule explains")
    conflicts.add_argument("--json", action="store_true")
    names = command("names", "graph.commands:names", "list the names that no reference table knows, with counts")
    names.add_argument("--kind", choices=("authority", "organisation"))
    names.add_argument("--json", action="store_true")
    problems = command("problems", "graph.commands:problems", "count what was left out or doubted, by source and field")
    problems.add_argument("--source", metavar="NAME")
    problems.add_argument("--list", action="store_true", help="each with its record, value and reason")
    problems.add_argument("--json", action="store_true", help="the whole report")


def _fetching(fetch: argparse.ArgumentParser) -> None:
    fetch.add_argument("sources", nargs="*", metavar="SOURCE", help="cms, fr-cnil, …; default: list them")
    fetch.add_argument("--contact", default=os.environ.get("FINEGRAPH_CONTACT"), metavar="ADDRESS",
                       help="your mail or web address, told to each site (default: FINEGRAPH_CONTACT)")  # fmt: skip
    fetch.add_argument("--cache", type=Path, metavar="DIR", help="default: fetched/ in the store")
    fetch.add_argument("--max-pages", type=positive, default=50, metavar="N", help="pages per channel (default: 50)")
    fetch.add_argument("--limit", type=positive, default=200, metavar="MIB", help="the largest file (default: 200)")
    fetch.add_argument("--json", action="store_true")


def _asking(references: argparse.ArgumentParser) -> None:
    references.add_argument("shape", choices=("wikidata", "eurlex"), help="what the endpoint's data look like")
    references.add_argument("--endpoint", metavar="URL", help="default: the public one of Wikidata or EUR-Lex")
    references.add_argument("--contact", default=os.environ.get("FINEGRAPH_CONTACT"), metavar="ADDRESS",
                            help="your mail or web address, for the endpoint (default: FINEGRAPH_CONTACT)")  # fmt: skip
    references.add_argument("--cache", type=Path, metavar="DIR", help="default: fetched/endpoint/ in the store")
    references.add_argument("--max-age", type=int, default=7, metavar="DAYS",
                            help="ask again for pages older than that (default: 7; 0: for all)")  # fmt: skip
    references.add_argument("--page-size", type=positive, metavar="N", help="organisations or laws a query")
    references.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: SHAPE-DAY.json")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = parser().parse_args(arguments)
    try:
        for handler in options.handler.split():
            module, _, name = handler.partition(":")
            run = cast("Callable[[argparse.Namespace], None]", getattr(importlib.import_module(module), name))
            run(options)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 - the last place that can turn an error into words
        return _failed(error)
    return 0


_INPUT_FAULTS = {
    "SourceError", "RecordError", "RegistryError", "BuildError", "RdfError", "ReleaseError", "QueryError",
    "RefusedError", "ServeError", "SettingError", "InvalidInputError", "TableError",
}  # fmt: skip
_CODES = dict.fromkeys(_INPUT_FAULTS, 1) | {"ContactError": 2, "FetchError": 4}


def _failed(error: Exception) -> int:
    if code := _CODES.get(type(error).__name__):
        sys.stderr.write(f"finegraph: {error}\n")
        return code
    import traceback  # noqa: PLC0415 - only for a fault of ours

    traceback.print_exception(error)
    sys.stderr.write("finegraph: this is a fault of finegraph; please report the lines above\n")
    return 3
