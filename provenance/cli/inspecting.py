"""``prov trace``, ``export``, ``check`` and ``diff``: what is done with a graph in a file."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provenance.cli import options
from provenance.cli.terminal import clean, next_step, plural, say

if TYPE_CHECKING:
    from provenance.graph.differing import Difference
    from provenance.model import Article, SourceGraph


def verdict(data: bytes, name: str, article: "Article | None") -> tuple[list[str], bool]:
    """Return a line for each finding, one that sums up, and whether the graphs in *data* hold.

    Raises:
        RecordError: *data* is no graph that prov wrote.
    """
    from provenance.rdf import conformance

    found = conformance.check(data, article=article, name=name)
    lines = [
        f"{one.severity.value}: {clean(one.message)} [{clean(one.rule)}] {clean(one.node)}"
        for one in found
    ]
    broken = sum(one.severity is conformance.Severity.VIOLATION for one in found)
    warned = len(found) - broken
    said = [plural(broken, "violation")] if broken else ["holds"]
    if article is not None and not broken:
        said.append(f"every quote stands in {clean(article.name)}")
    if warned:
        said.append(plural(warned, "warning"))
    return [*lines, f"{clean(name)}: {', '.join(said)}"], not broken


@click.command(
    epilog=(
        "\b\nExamples:"
        "\n  prov trace article.ttl"
        '\n  prov trace article.ttl --source "Foreign Intelligence Service"'
        "\n  prov trace article.ttl --why"
    ),
)
@options.graph
@click.option("--source", metavar="NAME", help="Print only the chains through this source.")
@click.option("-v", "--verbose", is_flag=True, help="Print each hop with the sentence it rests on.")
@click.option("--why", is_flag=True, help="Print what decided each part, and the runner-up.")
def trace(graph: Path, source: str | None, verbose: bool, why: bool) -> None:
    """Print the chains of custody in GRAPH, from each origin to the article.

    Unnamed sources are marked. What the text leaves out of a chain is listed below it. With
    --source, NAME may be a part of the name, and each hop is shown with its sentence. With --why,
    each hop, dispute, type, name, merge, certainty and gap is listed with the words that it rests
    on, the rule or network that decided, how likely it is, and the runner-up.
    """
    from provenance.cli.terminal import print_all
    from provenance.cli.tracing import find_sources, traced, why_lines
    from provenance.pipeline import read_records

    records = read_records(graph)
    wanted = find_sources(records, source) if source else [(one, None) for one in records]
    for record, id in wanted:
        in_full = verbose or id is not None
        lines = why_lines(record, id) if why else traced(record, id, in_full=in_full)
        print_all(lines, wrap=False)
    if str(graph) == "-":
        return
    if verbose or source or why:
        next_step("check", graph, why="its shapes, and every quote in it")
    else:
        next_step("trace", graph, "-v", why="each hop with its sentence")


@click.command(
    epilog=(
        "\b\nExamples:"
        "\n  prov export article.ttl --to trig > article.trig"
        "\n  prov export article.ttl --to csv > flows.csv"
        "\n  prov export article.ttl --to markdown > report.md"
    ),
)
@options.graph
@click.option("--to", type=options.Format(), required=True, help="Format to write.")
@options.base_iri
@options.no_text
@options.lean
def export(graph: Path, to: str, base_iri: str | None, no_text: bool, lean: bool) -> None:
    """Write GRAPH to standard output in another format.

    Besides RDF and JSON: markdown is a report for people: claims, lines, disputes and gaps, each
    with its quote; csv has a row for each flow and dispute, csv-sources one for each source;
    graphml and gexf are for Gephi and yEd; provn, provjson and provxml hold its PROV part.
    Only RDF is read back, unless it is --lean. Names of nodes stay as they are without --base-iri.
    """
    from provenance.pipeline import convert

    options.print_data(convert(graph, to, base_iri=base_iri, text=not no_text, lean=lean))


@click.command(
    epilog=(
        "\b\nExamples:"
        "\n  prov check article.ttl --article article.txt"
        "\n  prov check article.txt --reading mine.json"
    ),
)
@options.graph
@click.option(
    "--article",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The article's file; every quote is looked up in it.",
)
@click.option(
    "--reading",
    metavar="FILE",
    type=click.Path(path_type=Path, allow_dash=True),
    help="Check this reading (JSON) instead; GRAPH is then its article. Both may be folders.",
)
def check(graph: Path, article: Path | None, reading: Path | None) -> None:
    """Check GRAPH against its shapes, against PROV, and quote by quote against the text.

    Each problem is printed on one line, and the exit status is then 1.

    With --reading, check what a person or a model found in an article: its form, that each name and
    passage is in the text, and the rules.
    """
    if reading is not None:
        if article is not None:
            raise click.UsageError("GRAPH is the article with --reading: no --article")
        from provenance.cli.annotating import check_readings

        check_readings(graph, reading)
    from provenance.articles import read_article
    from provenance.common.files import read_bytes

    today = read_article(article, force=True) if article else None
    lines, holds = verdict(read_bytes(graph), graph.name, today)
    for line in lines:
        say(line)
    if holds and str(graph) != "-":
        package = f"{graph.stem}.zip"
        next_step("bundle", graph, "-o", package, why="for somebody else to check")
    sys.exit(0 if holds else 1)


@click.command(
    epilog=(
        "\b\nExamples:"
        "\n  prov diff monday.ttl tuesday.ttl"
        "\n  prov diff monday.txt tuesday.txt --to json"
        "\n  prov diff both.ttl"
    )
)
@click.argument("before", type=click.Path(path_type=Path))
@click.argument("after", type=click.Path(path_type=Path), required=False)
@click.option("--to", type=click.Choice(["words", "json"]), default="words", show_default=True)
def diff(before: Path, after: Path | None, to: str) -> None:
    """Show what changed between BEFORE and AFTER: graphs, or articles to build first.

    List sources, flows, disputes and claims that were added or dropped, and those whose certainty
    was softened or hardened. The exit status is 0 in any case.

    Without AFTER, compare the extractors that built BEFORE together ("tagger+llm"): what only the
    second found was added, what only the first found was dropped.
    """
    from dataclasses import asdict

    from provenance.exports.records import dumped
    from provenance.graph.differing import differences

    if after is None:
        found = _between(_graph_at(before), before)
    else:
        found = differences(_graph_at(before), _graph_at(after))
    if to == "json":
        click.echo(dumped([asdict(one) for one in found], indent=2))
        return
    for one in found:
        say(f"{one.change} {one.what}: {one.text}")
    if not found:
        say("no difference")


def _between(graph: "SourceGraph", path: Path) -> "tuple[Difference, ...]":
    """Return where the extractors differ that made a graph, each from the one before.

    Raises:
        RecordError: It was made by one alone.
    """
    from itertools import pairwise

    from provenance.errors import RecordError
    from provenance.graph.combining import finders, part_of
    from provenance.graph.differing import differences

    names = [one for one in graph.run.extractor.split("+") if one in finders(graph)]
    if len(names) < 2:
        raise RecordError(f"cannot compare {path} with nothing: one extractor made it")
    pairs = [(part_of(graph, one), part_of(graph, other)) for one, other in pairwise(names)]
    return tuple(found for one, other in pairs for found in differences(one, other))


def _graph_at(path: Path) -> "SourceGraph":
    """Return the graph in a file of RDF, or of the article that *path* is."""
    from provenance import pipeline
    from provenance.articles import SUFFIXES

    if path.name.lower().endswith(SUFFIXES):
        return pipeline.build(path).record
    return pipeline.read(path).record
