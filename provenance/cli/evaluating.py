"""``prov evaluate``: measure quality against gold annotations, your own or those of others."""

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from provenance.cli import llm
from provenance.cli.options import ModelOptions
from provenance.cli.terminal import noted, print_all, shortened
from provenance.common.files import is_there
from provenance.errors import RecordError

if TYPE_CHECKING:
    from rich.table import Table

    from provenance.evaluation.attributions import Annotations
    from provenance.evaluation.corpora import GoldArticle
    from provenance.evaluation.tally import Tally
    from provenance.readings.asking import Asking

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
_extractor = click.option(
    "--extractor", default=None, metavar="NAME", help="How to find attributions."
)
_json = click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")


@click.group(
    invoke_without_command=True,
    epilog=(
        "\b\nExamples:"
        "\n  prov evaluate graphs examples/"
        "\n  prov evaluate --template article.txt > article.json"
    ),
)
@click.option(
    "--template",
    metavar="ARTICLE",
    type=click.Path(path_type=Path),
    help="Print an empty reading of this article to fill in; see docs/readings.md.",
)
@click.pass_context
def evaluate(ctx: click.Context, template: Path | None) -> None:
    """Measure quality against a folder of gold annotations, or start to annotate."""
    if template is not None and ctx.invoked_subcommand is not None:
        raise click.UsageError("--template cannot be used with a command")
    if template is not None:
        from provenance.cli.annotating import template as blank
        from provenance.exports.records import dumped

        click.echo(dumped(blank(template), indent=2))
    elif ctx.invoked_subcommand is None:
        raise click.UsageError("Missing command.")


@evaluate.command(
    epilog=(
        "\b\nExamples:"
        "\n  prov evaluate attributions polnear/dev"
        "\n  prov evaluate attributions gold/ --predicted mine/"
    ),
)
@click.argument("gold", type=_FOLDER, metavar="GOLD_DIR")
@click.option(
    "--predicted",
    type=_FOLDER,
    metavar="FOLDER",
    help="Score the NAME.json files in this folder, as written by prov build --to json.",
)
@_extractor
@_json
def attributions(gold: Path, predicted: Path | None, extractor: str | None, as_json: bool) -> None:
    """Score sources, cues, contents and whole attributions against GOLD_DIR.

    GOLD_DIR holds brat standoff files as PolNeAR does, or JSON. Spans count as exact, as starting
    at the right word, or as overlapping; if there are several annotators, the first is the gold.
    Figures are given for all articles, then by publisher, the first part of their names.
    """
    from provenance.evaluation.attributions import score_attributions
    from provenance.evaluation.corpora import read_gold, read_json

    totals: dict[str, dict[tuple[str, str], Tally]] = {"all": {}}
    for article in _each(read_gold(gold)):
        if predicted is None:
            found = _attributions(article, extractor)
        else:
            path = predicted / f"{article.name}.json"
            if not is_there(path):
                raise RecordError(f"no {path.name} in {predicted}")
            found = read_json(path).gold
        tallies = score_attributions(article.text, article.gold, found)
        for group in ("all", article.name.partition("_")[0]):
            _add(totals.setdefault(group, {}), tallies)
    _show(totals, as_json, _attribution_tables)


@evaluate.command(
    epilog=(
        "\b\nExamples:"
        "\n  prov evaluate graphs examples/"
        "\n  prov evaluate graphs gold/ --extractor tagger --extractor syntax --readings mine/"
    ),
)
@click.argument("gold", type=_FOLDER, metavar="GOLD_DIR")
@click.option(
    "--extractor",
    "extractors",
    multiple=True,
    metavar="NAME",
    help="What finds them, as in prov build; repeatable, to compare several with each other.",
)
@click.option(
    "--readings",
    multiple=True,
    type=_FOLDER,
    metavar="FOLDER",
    help="Score the readings in this folder too, NAME.json for each article; repeatable.",
)
@llm.options
@_json
def graphs(
    gold: Path,
    extractors: tuple[str, ...],
    readings: tuple[Path, ...],
    as_json: bool,
    **how: Any,
) -> None:
    """Score sources, flows and disputes against GOLD_DIR.

    GOLD_DIR holds NAME.gold.json beside NAME.txt or NAME.html; docs/annotation.md defines a gold
    graph. If there are several readers, each is scored, and so is how far each two agree.
    """
    from provenance.evaluation.graphs import read_gold_graphs, score_graph
    from provenance.pipeline import DEFAULT_EXTRACTOR

    wanted = tuple(dict.fromkeys(extractors)) or (() if readings else (DEFAULT_EXTRACTOR,))
    asked = llm.asked(ModelOptions(**how), "+".join(wanted), reading=None)
    names = [*wanted, *map(str, readings)]
    totals: dict[str, dict[tuple[str, str], Tally]] = {}
    for name, path, record in _each(read_gold_graphs(gold), lambda one: one[0]):
        found = [_found(path, one, asked) for one in wanted]
        found += [_read(path, folder) for folder in readings]
        for group, one, other in _compared(name, record, dict(zip(names, found, strict=True))):
            tallies = score_graph(one, other)
            keyed = {(kind, ""): tally for kind, tally in tallies.items()}
            _add(totals.setdefault(group, {}), keyed)
    if len(names) == 1:
        totals["all"] = totals.pop("all")
    _show(totals, as_json, lambda given: [_graph_table(given)])


def _compared(name: str, gold: Any, found: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Yield the pairs of graphs to compare of an article, and the heading that each counts under.

    With one reader, each article and the total have a line; with several, each reader and each
    pair.
    """
    if len(found) == 1:
        yield from ((group, gold, one) for one in found.values() for group in (name, "all"))
        return
    yield from ((reader, gold, one) for reader, one in found.items())
    for (reader, one), (other_reader, other) in combinations(found.items(), 2):
        yield f"{reader} and {other_reader}", one, other


def _found(article: Path, extractor: str, asked: "Asking | None") -> Any:
    """Return the graph that *extractor* finds in an article, as JSON."""
    from provenance.articles import read_article
    from provenance.exports.records import to_record
    from provenance.pipeline import build_record

    return to_record(build_record(read_article(article), extractor=extractor, asking=asked))


def _read(article: Path, folder: Path) -> Any:
    """Return the graph that the reading in *folder* makes of an article, as JSON."""
    from provenance.articles import read_article
    from provenance.exports.records import to_record
    from provenance.readings import build_from_reading, reading_of

    data, name = reading_of(folder, str(article))
    graph, _ = build_from_reading(read_article(article), data, name, keep_going=True)
    return to_record(graph)


def _attributions(article: "GoldArticle", extractor: str | None) -> "Annotations":
    from provenance.articles import article_from_text
    from provenance.evaluation.attributions import annotations_of
    from provenance.evaluation.brat import Annotated
    from provenance.extraction import load_extractor
    from provenance.pipeline import DEFAULT_EXTRACTOR

    found = load_extractor(extractor or DEFAULT_EXTRACTOR)(
        article_from_text(article.text, article.name)
    )
    return annotations_of(
        Annotated(
            *(tuple((span.start, span.end) for span in s) for s in (a.source, a.cue, a.content))
        )
        for a in found.attributions
        if a.depth == 0
    )


def _each(articles: Iterable[Any], named: Callable[[Any], str] = lambda a: a.name) -> Iterator[Any]:
    """Yield *articles*, and show the name of each on standard error while it is processed."""
    for article in articles:
        with noted(shortened(named(article), 60), wanted=True):
            yield article


def _add(total: "dict[tuple[str, str], Tally]", more: "dict[tuple[str, str], Tally]") -> None:
    for key, tally in more.items():
        total[key] = total[key] + tally if key in total else tally


def _show(
    totals: "dict[str, dict[tuple[str, str], Tally]]",
    as_json: bool,
    tables: "Callable[[Any], list[Table]]",
) -> None:
    if not as_json:
        print_all(tables(totals))
        return
    counts = {
        group: {
            " ".join(filter(None, key)): {
                "right": tally.right,
                "predicted": tally.predicted,
                "gold": tally.gold,
                "f1": round(tally.f1, 4),
            }
            for key, tally in tallies.items()
        }
        for group, tallies in totals.items()
    }
    from provenance.exports.records import dumped

    click.echo(dumped(counts, indent=1))


def _attribution_tables(totals: "dict[str, dict[tuple[str, str], Tally]]") -> "list[Table]":
    from provenance.evaluation.attributions import EXACT, QUOTED, WHOLE
    from provenance.evaluation.brat import ROLES

    whole = _table("", "precision", "recall", "F1", "right", "predicted", "gold")
    for key, tally in totals["all"].items():
        if key[0] == QUOTED:
            continue
        whole.add_row(" ".join(filter(None, key)).lower(), *_figures(tally), *_counts(tally))
    quoted = totals["all"].get((QUOTED, ""))
    if quoted is not None and quoted.gold:
        recall = f"{100 * quoted.recall:.1f}"
        whole.add_row("wholly quoted", "", recall, "", str(quoted.right), "", str(quoted.gold))
    groups = _table("F1", *(f"exact {role.lower()}" for role in ROLES), WHOLE)
    for group, tallies in sorted(totals.items()):
        keys = [*((EXACT, role) for role in ROLES), (WHOLE, "")]
        groups.add_row(group, *(f"{100 * tallies[key].f1:.1f}" for key in keys))
    return [whole, groups] if len(totals) > 2 else [whole]


def _graph_table(totals: "dict[str, dict[tuple[str, str], Tally]]") -> "Table":
    table = _table("", "sources P", "R", "F1", "flows P", "R", "F1", "disputes P", "R", "F1")
    for group, tallies in totals.items():
        row = (_figures(tallies[kind, ""]) for kind in ("sources", "flows", "disputes"))
        table.add_row(shortened(group, 36), *(figure for three in row for figure in three))
    return table


def _table(*columns: str) -> "Table":
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD)
    for number, column in enumerate(columns):
        if number:  # a figure is never cut, be the line as long as it will
            widest = max(len(column), len("100.0"))
            table.add_column(column, justify="right", no_wrap=True, min_width=widest)
        else:
            table.add_column(column, overflow="fold")
    return table


def _figures(tally: "Tally") -> tuple[str, str, str]:
    return f"{100 * tally.precision:.1f}", f"{100 * tally.recall:.1f}", f"{100 * tally.f1:.1f}"


def _counts(tally: "Tally") -> tuple[str, str, str]:
    return str(tally.right), str(tally.predicted), str(tally.gold)
