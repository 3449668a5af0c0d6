"""``prov query``: run SPARQL, ours or the user's, over graphs in files, stores or endpoints."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from provenance.cli import options
from provenance.cli.terminal import say
from provenance.errors import RecordError

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

    from provenance.stores.queries import Answer, Query

_STDIN = "-"
_SUFFIX = ".rq"
_MOST_ROWS = 10_000
_BETWEEN, _LEAST = 3, 26
"""Characters between two columns, and of a column whose words go over several lines."""
_TITLE = "article"
"""The first column of our own queries, whose rows come article by article."""


class _Setting(click.ParamType[tuple[str, str]]):
    """NAME=VALUE, as a pair."""

    name = "setting"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        name, equals, rest = value.partition("=") if isinstance(value, str) else ("", "", "")
        if not (name and equals):
            self.fail(f"{value!r} is not NAME=VALUE", param, ctx)
        return name.lstrip("?"), rest


def _list(ctx: click.Context, param: click.Parameter, wanted: bool) -> None:
    """Print our own queries with their questions, and exit."""
    if not wanted or ctx.resilient_parsing:
        return
    from provenance.stores.queries import queries

    for query in queries():
        say(query.name)
        say(query.question, indent=2)
        for parameter in query.parameters:
            say(f"--set {parameter.name}=...  {parameter.meaning}", indent=2)
    ctx.exit()


def _known_queries(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    from provenance.stores.queries import queries

    return [query.name for query in queries() if query.name.startswith(incomplete)]


@click.command(
    epilog=(
        "\b\nExamples:"
        "\n  prov query unnamed-only article.ttl"
        '\n  prov query chains article.ttl --set from=Kremlin --set "to=The Post"'
        "\n  prov query custody store/ --to csv > custody.csv"
        "\n  prov query mine.rq http://localhost:7878/query"
    ),
)
@click.argument("query", metavar="QUERY", shell_complete=_known_queries)
@click.argument(
    "data", nargs=-1, required=True, metavar="DATA...", shell_complete=click.Path().shell_complete
)
@click.option(
    "--to",
    type=click.Choice(["table", "csv", "tsv", "json"]),
    default="table",
    show_default=True,
    help="A table for people, or one of the W3C's result formats.",
)
@click.option(
    "--set",
    "settings",
    multiple=True,
    type=_Setting(),
    metavar="NAME=VALUE",
    help="Set a parameter of the query; write an IRI in <>; repeatable.",
)
@click.option(
    "--timeout",
    type=options.Number(min=0, min_open=True),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for an endpoint, or for the answer on this machine.",
)
@click.option(
    "--memory",
    type=click.IntRange(min=100),
    default=2000,
    show_default=True,
    metavar="MB",
    help="How much memory the answer may use on this machine.",
)
@click.option(
    "--list",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_list,
    help="List prov's own queries with their questions and parameters, and exit.",
)
def query(
    query: str,
    data: tuple[str, ...],
    to: str,
    settings: list[tuple[str, str]],
    timeout: float,
    memory: int,
) -> None:
    """Run QUERY over the graphs in DATA.

    QUERY is one of prov's own (see --list), a file with a SPARQL SELECT or ASK, or - for standard
    input. DATA are files of RDF, - for standard input, folders with an Oxigraph store, or the
    address of one SPARQL endpoint. All their graphs are queried as one; prov's own prefixes need
    not be declared.
    """
    if query == _STDIN and _STDIN in data:
        raise click.UsageError("QUERY and DATA cannot both be standard input")
    from provenance.stores.queries import answer, bind, serialized

    found = answer(
        bind(_read(query), settings),
        data,
        timeout=timeout,
        memory=memory * 1_000_000,
        note=lambda why: say(f"note: {why}", err=True),
    )
    if to != "table":
        options.print_data(serialized(found, to))
        return
    from provenance.cli.terminal import print_all

    print_all(_tables(found))


def _read(name: str) -> "Query":
    """Return the query *name*: a built-in one, or that in a file.

    Raises:
        RecordError: There is none, or it is not text.
    """
    from provenance.common.files import is_file, read_bytes
    from provenance.stores.queries import find_query, parse_query

    path = Path(name)
    if name != _STDIN and path.suffix != _SUFFIX and not is_file(path):
        return find_query(name)
    try:
        return parse_query(read_bytes(path).decode("utf-8-sig"), path.stem)
    except UnicodeDecodeError as error:
        raise RecordError(f"cannot read {name}: not UTF-8 at byte {error.start}") from error


def _tables(found: "Answer") -> "Iterator[RenderableType]":
    """Yield what to print of *found*: the rows of each article under its title, all others."""
    from pyoxigraph import QueryBoolean
    from rich.text import Text

    from provenance.cli.terminal import clean, plural

    if isinstance(found, QueryBoolean):
        yield Text("yes" if found else "no")
        return
    names = [variable.value for variable in found.variables]
    rows = [[clean(_words(term)) for term in one] for one in islice(found, _MOST_ROWS)]
    more = sum(1 for _ in found)
    titled = names[0] == _TITLE and len(names) > 1
    columns = [name.replace("_", " ") for name in names[titled:]]
    shape = _table if _fit(columns, [row[titled:] for row in rows]) else _records
    for title, group in groupby(rows, key=lambda row: row[0] if titled else ""):
        if titled:
            yield Text(title, style="bold")
        yield shape(columns, [row[titled:] for row in group])
    told = f"and {plural(more, 'more row')}, --to csv has all" if more else plural(len(rows), "row")
    yield Text(told, style="dim")


def _fit(names: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether the columns of *rows* fit side by side, with no word split and none too narrow."""
    from rich.cells import cell_len

    from provenance.cli.terminal import width

    room = width() - _BETWEEN * len(names)
    for cells in zip(names, *rows, strict=True):
        whole = max(map(cell_len, cells))
        longest = max(cell_len(word) for cell in cells for word in cell.split() or [""])
        room -= max(longest, min(whole, _LEAST))
    return room >= 0


def _records(names: Sequence[str], rows: Iterable[Sequence[str]]) -> "Table":
    """Return each row as lines of a name and a value, followed by a blank line."""
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for row in rows:
        for name, cell in zip(names, row, strict=True):
            if cell:
                table.add_row(Text(name), Text(cell))
        table.add_row()
    return table


def _table(names: Sequence[str], rows: Iterable[Sequence[str]]) -> "Table":
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in names:
        table.add_column(Text(name), overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    return table


def _words(term: object) -> str:
    return "" if term is None else str(getattr(term, "value", term))
