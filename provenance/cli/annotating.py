"""Readings on the command line: given to ``prov build``, checked, and started from a template."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from provenance.cli.terminal import plural, say
from provenance.common.files import is_folder
from provenance.errors import ProvenanceError

if TYPE_CHECKING:
    from provenance.model import Article, SourceGraph

STDIN: Final = "-"

option = click.option(
    "--reading",
    metavar="FILE",
    type=click.Path(path_type=Path, allow_dash=True),
    help="Take what a person or a model found in the article (JSON) instead of"
    " extracting: a file, - for standard input, or a folder with a NAME.json for"
    " each article.",
)


def check_engine(reading: Path | None, engine: str) -> None:
    """Refuse readings of this machine where others do the work."""
    if reading is not None and engine == "spark":
        raise click.UsageError("--reading cannot be used with --engine spark")


def check_usage(reading: Path | None, names: list[str]) -> None:
    """Refuse one reading for several articles, and standard input for both.

    Raises:
        ProvenanceError: Either was asked for.
    """
    if reading is None or is_folder(reading):
        return
    if len(names) > 1:
        why = f"{reading} is one reading, and there are {len(names)} articles"
        raise ProvenanceError(
            f"cannot use one reading for all articles: {why}; give a folder with one for each"
        )
    if str(reading) == STDIN and STDIN in names:
        raise ProvenanceError("cannot read both the article and its reading from standard input")


def build_read(
    article: "Article", name: str, reading: Path, keep_going: bool
) -> "tuple[SourceGraph, bool]":
    """Return the graph of *article* by its reading, and whether all of that is in it.

    Print what was left out on standard error.
    """
    from provenance.readings import build_from_reading
    from provenance.readings.loading import reading_of

    data, called = reading_of(reading, name)
    record, faults = build_from_reading(article, data, called, keep_going=keep_going)
    for fault in faults:
        say(f"{called}: left out {fault}", err=True)
    return record, not faults


def check_readings(articles: Path, reading: Path) -> None:
    """Print every fault of the readings of *articles*, one per line, and exit with the verdict."""
    from provenance.articles import find_articles, read_article
    from provenance.readings import build_from_reading
    from provenance.readings.loading import reading_of

    paths = find_articles(articles) if is_folder(articles) else [articles]
    check_usage(reading, list(map(str, paths)))
    broken = False
    for path in paths:
        data, called = reading_of(reading, str(path))
        article = read_article(path, force=True)
        record, faults = build_from_reading(article, data, called, keep_going=True)
        for fault in faults:
            say(f"fault: {fault}")
        counts = [(record.sources, "source"), (record.flows, "flow"), (record.disputes, "dispute")]
        told = ", ".join(plural(len(rows), noun) for rows, noun in counts)
        say(f"{called}: {plural(len(faults), 'fault') if faults else f'holds, {told}'}")
        broken = broken or bool(faults)
    sys.exit(1 if broken else 0)


def template(article: Path) -> dict[str, Any]:
    """Return an empty reading of the file *article*, with its paragraphs to copy from."""
    from provenance.articles import read_article
    from provenance.readings.drafting import blank

    return blank(read_article(article, force=True))
