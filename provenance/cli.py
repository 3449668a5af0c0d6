"""The command line: parse options, call one function, print."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from provenance.errors import ArticleError, GraphError, ProvenanceError

if TYPE_CHECKING:
    from provenance.model import Article, Source, SourceGraph

FORMATS = ("turtle", "trig", "nquads", "ntriples", "jsonld", "rdfxml", "json", "html")
_CONTEXT = {"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "PROV"}


class _Group(click.Group):
    """Turns our errors into one line and exit status 1; a bug keeps its traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ProvenanceError as error:
            _complain(error)
            ctx.exit(1)


def _complain(error: ProvenanceError) -> None:
    from provenance.summary import clean

    click.echo(f"prov: {clean(str(error))}", err=True)


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from provenance.pipeline import package_version

        click.echo(f"prov {package_version()}")
        ctx.exit()


@click.group(cls=_Group, context_settings=_CONTEXT)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Print the version.",
)
def main() -> None:
    """Work out where an article's information comes from.

    \b
    Example:
      prov build article.txt
    """


_to = click.option(
    "--to",
    "format",
    type=click.Choice(FORMATS),
    help="Write this format to standard output, and nothing else.",
)
_base_iri = click.option(
    "--base-iri",
    metavar="IRI",
    help="Begin the names of articles with IRI, not with ni: (RFC 6920).",
)
_no_text = click.option(
    "--no-text", is_flag=True, help="Leave the article's text out of the graph; quotes remain."
)
_graph = click.argument("graph", type=click.Path(path_type=Path))


@main.command()
@click.argument("inputs", metavar="ARTICLE...", nargs=-1, required=True)
@click.option(
    "-o",
    "--output-dir",
    type=click.Path(path_type=Path),
    default=".",
    help="Write into this folder; it is made.",
)
@_to
@click.option(
    "--extractor",
    default="syntax",
    show_default=True,
    metavar="NAME",
    help="What finds the attributions.",
)
@click.option(
    "--min-score",
    type=click.FloatRange(0, 1),
    default=0.0,
    help="Leave out attributions less sure than this.",
)
@click.option(
    "--registry",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A file of known sources of your own (TSV).",
)
@_base_iri
@_no_text
@click.option("--force", is_flag=True, help="Read what is not English, or longer than an article.")
@click.option(
    "--keep-going",
    is_flag=True,
    help="Do the other articles when one fails; exit status 1 all the same.",
)
@click.option("-q", "--quiet", is_flag=True, help="Print no summary.")
def build(
    inputs: Sequence[str],
    output_dir: Path,
    format: str | None,
    base_iri: str | None,
    no_text: bool,
    keep_going: bool,
    quiet: bool,
    **how: Any,
) -> None:
    """Build the source graph of each ARTICLE: a text file, a saved web page, a folder of them, or - .

    Writes NAME.ttl and NAME.html, and prints origins, chains of custody and disputes.

    \b
    Example:
      prov build article.txt -o out/
      cat article.txt | prov build - --to json > graph.json
    """
    files = _expand(inputs)
    writing = {"base_iri": base_iri, "text": not no_text}
    records, failed = [], False
    for n, name in enumerate(files, 1):
        try:
            record = _built(name, how, f"{n}/{len(files)} {name}" if len(files) > 1 else "")
            if format is None:
                _write(record, output_dir, writing, quiet)
            else:
                records.append(record)
        except ProvenanceError as error:
            if not keep_going:
                raise
            _complain(error)
            failed = True
    if records:
        _emit(records, str(format), writing)
    if failed:
        raise click.exceptions.Exit(1)


def _expand(inputs: Sequence[str]) -> list[str]:
    """Return the files that *inputs* name, folders replaced by the articles in them."""
    from provenance.articles import find_articles

    files = [
        str(f)
        for i in inputs
        for f in (find_articles(Path(i)) if i != "-" and Path(i).is_dir() else [i])
    ]
    files = list(dict.fromkeys(files))
    stems: dict[str, str] = {}
    for file in files:
        other = stems.setdefault(_stem(file), file)
        if other != file:
            raise ArticleError(
                f"cannot write {_stem(file)}.ttl twice: {other} and {file} have one name"
            )
    return files


def _stem(file: str) -> str:
    return "stdin" if file == "-" else Path(file).stem


def _built(name: str, how: dict[str, Any], progress: str) -> "SourceGraph":
    from provenance.pipeline import build_record

    if progress and sys.stderr.isatty():
        click.echo(f"\r\x1b[2K{progress}", nl=False, err=True)
    record = build_record(_read(name), **how)
    if progress and sys.stderr.isatty():
        click.echo("\r\x1b[2K", nl=False, err=True)
    return record


def _read(name: str) -> "Article":
    from provenance.articles import parse_article, read_article

    return (
        parse_article(sys.stdin.buffer.read(), "stdin") if name == "-" else read_article(Path(name))
    )


def _write(record: "SourceGraph", folder: Path, writing: dict[str, Any], quiet: bool) -> None:
    from provenance.pipeline import export, write_whole

    stem = _stem(record.article.name)
    turtle, page = folder / f"{stem}.ttl", folder / f"{stem}.html"
    data = export([record], "turtle", **writing)
    if not writing["text"]:
        from provenance.rdf import read_graphs

        record = read_graphs(data, "turtle")[0]
    shown = export([record], "html")
    if folder.joinpath(record.article.name).resolve() == page.resolve() and page.exists():
        raise ArticleError(
            f"cannot write {page}: it would take the place of the article, choose a folder with -o"
        )
    write_whole(turtle, data)
    write_whole(page, shown)
    if not quiet:
        from provenance.summary import console_for, print_summary

        print_summary(record, console_for(), (turtle, page))


def _emit(records: "Sequence[SourceGraph]", format: str, writing: dict[str, Any]) -> None:
    from provenance.pipeline import export

    sys.stdout.buffer.write(export(records, format, **writing))
    sys.stdout.buffer.flush()


@main.command()
@_graph
@click.option("--source", metavar="NAME", help="Only the chains through this source.")
def trace(graph: Path, source: str | None) -> None:
    """Print the chains of custody in GRAPH, from each origin to the article.

    \b
    Example:
      prov trace article.ttl --source "SVR"
    """
    from provenance.custody import trace_chains
    from provenance.pipeline import read_records
    from provenance.summary import console_for, print_chains

    for record in read_records(graph):
        wanted = _find_source(record, source).id if source else None
        print_chains(record, trace_chains(record, wanted), console_for())


def _find_source(record: "SourceGraph", name: str) -> "Source":
    """Return the source called *name*: by id, name or alias, else the only one that has it as a word."""
    low = name.casefold()
    called = [
        s for s in record.sources if low in {s.id, *(n.casefold() for n in (s.name, *s.aliases))}
    ]
    inside = [s for s in record.sources if any(low in n.casefold() for n in (s.name, *s.aliases))]
    found = called or inside
    if len(found) == 1:
        return found[0]
    if found:
        raise GraphError(f"several sources are called {name!r}: {', '.join(s.name for s in found)}")
    from difflib import get_close_matches

    names = {n.casefold(): n for s in record.sources for n in (s.name, *s.aliases)}
    near = get_close_matches(low, names, n=3, cutoff=0.5)
    hint = f", near it: {', '.join(names[n] for n in near)}" if near else ""
    raise GraphError(f"no source is called {name!r} in {record.article.name}{hint}")


@main.command()
@_graph
@click.option(
    "--to",
    "format",
    type=click.Choice(FORMATS),
    default="turtle",
    show_default=True,
    help="The format to write.",
)
@_base_iri
@_no_text
def export(graph: Path, format: str, base_iri: str | None, no_text: bool) -> None:
    """Write GRAPH to standard output in another format.

    \b
    Example:
      prov export article.ttl --to trig > article.trig
    """
    from provenance.pipeline import read_records

    _emit(read_records(graph), format, {"base_iri": base_iri, "text": not no_text})


@main.command()
@_graph
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="The page to write, GRAPH with .html if absent.",
)
def view(graph: Path, output: Path | None) -> None:
    """Write the page of GRAPH again, from the graph alone.

    \b
    Example:
      prov view article.ttl -o page.html
    """
    from provenance.pipeline import page_of, read_records, write_whole

    page = output or Path(graph.name).with_suffix(".html")
    write_whole(page, page_of(read_records(graph)).encode())
    click.echo(f"Written: {page}", err=True)


@main.command()
@_graph
@click.option(
    "--article",
    type=click.Path(path_type=Path),
    help="The article's file, to read every quote in it again.",
)
def check(graph: Path, article: Path | None) -> None:
    """Check GRAPH: shapes, PROV, and that every quote stands where it is said to.

    Exit status 1 when something does not hold.

    \b
    Example:
      prov check article.ttl --article article.txt
    """
    from provenance.articles import read_article
    from provenance.conformance import Severity
    from provenance.conformance import check as findings_of
    from provenance.pipeline import read_bytes
    from provenance.summary import clean

    text = read_article(article) if article else None
    findings = findings_of(read_bytes(graph), article=text, name=graph.name)
    for finding in findings:
        click.echo(
            clean(f"{finding.severity.value}: {finding.rule}: {finding.message} {finding.node}")
        )
    bad = sum(f.severity is Severity.VIOLATION for f in findings)
    click.echo(f"{graph}: {f'{bad} violations' if bad else 'conforms'}")
    if bad:
        raise click.exceptions.Exit(1)
