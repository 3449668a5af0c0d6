"""``prov view``: the page of a graph, and the index page of many articles."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provenance.cli import options
from provenance.cli.terminal import noted, plural, say
from provenance.errors import ArticleError

if TYPE_CHECKING:
    from provenance.indexes import Holdings

_STDOUT = Path("-")
_MANY = 50
"""Graphs on one page at the most; more have an index."""


@click.command(
    epilog=(
        "\b\nExamples:"
        "\n  prov view article.ttl"
        "\n  prov view monday.ttl tuesday.ttl -o week.html"
        "\n  prov view article.ttl --frozen -o embed.html"
        "\n  prov view --store dam/ -o dam-pages/"
        "\n  prov view --store dam/ --article examples/dam/01-courier.txt"
    ),
)
@click.argument(
    "graphs",
    nargs=-1,
    metavar="[GRAPH]...",
    type=click.Path(path_type=Path, allow_dash=True),
)
@click.option(
    "--store",
    metavar="DIR",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Make an index of all articles in this store, and their pages.",
)
@click.option(
    "--article",
    metavar="NAME",
    help="With a store: only the page of the article that was read from there.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, allow_dash=True),
    help=(
        "The page to write, - for standard output; without it NAME.html in the current folder. "
        "Of an index, FILE.html is the index alone, anything else the folder for it and the "
        "pages; without it NAME-pages."
    ),
)
@click.option(
    "--frozen",
    is_flag=True,
    help="For embedding in another page: no tools or downloads; evidence is still a click away.",
)
@click.option("--force", is_flag=True, help="Overwrite a file that prov did not write.")
def view(
    graphs: tuple[Path, ...],
    store: Path | None,
    article: str | None,
    output: Path | None,
    frozen: bool,
    force: bool,
) -> None:
    """Make the page of GRAPH from the graph alone; several graphs share one page.

    Of a store, or of more than 50 graphs, an index page is made: all claims with how many
    independent origins they have, articles, sources across articles, and which article comes from
    which. It leads to the pages of the articles beside it, and opens from disk as they do.
    """
    if bool(graphs) == bool(store):
        raise click.UsageError("name a GRAPH, or a --store")
    if article and not store:
        raise click.UsageError("--article goes with --store")
    if frozen and store and not article:
        raise click.UsageError("an index is not frozen: name one --article of it")
    if store:
        _view_store(store, article, output, force=force, frozen=frozen)
        return
    from provenance.pipeline import read_records, render_page

    records = [record for graph in graphs for record in read_records(graph)]
    stem = "stdin" if graphs[0] == _STDOUT else graphs[0].stem
    if len(records) > _MANY:
        from provenance.indexes import held

        if output is not None:
            _check(output, force, graphs)
        _write_index(held(records), stem, output, force)
    else:
        _check(output or Path(f"{stem}.html"), force, graphs)
        page = render_page(records, frozen=frozen).encode()
        _write_page(output or Path(f"{stem}.html"), page)


def _view_store(
    store: Path, article: str | None, output: Path | None, *, force: bool, frozen: bool
) -> None:
    from provenance.indexes import stored
    from provenance.pipeline import render_page
    from provenance.stores.embedded import open_collection

    with open_collection(store) as collection:
        if article is None:
            with noted("joining the articles", True):
                holdings = stored(collection)
            _write_index(holdings, store.resolve().name, output, force)
            return
        places = collection.articles()
        iri = next((i for i, read in places.items() if article in (i, *read)), None)
        if iri is None:
            raise ArticleError(f"cannot show {article}: it is not in {store}")
        page = output or Path(f"{Path(article).stem}.html")
        _check(page, force)
        _write_page(page, render_page([collection.graph(iri)], frozen=frozen).encode())


def _write_index(holdings: "Holdings", title: str, output: Path | None, force: bool) -> None:
    """Write the index, alone if *output* is a file; else after the pages that it leads to."""
    from provenance.files import write_whole
    from provenance.indexes import index_of, pages_of

    total = len(holdings.links.briefs)
    if output is not None and (output == _STDOUT or output.suffix.lower() in (".html", ".htm")):
        _check(output, force)
        _write_page(output, index_of(holdings, title, alone=True))
        return
    folder = output or Path(f"{title}-pages")
    index = folder / "index.html"
    _check(index, force)
    written: set[Path] = set()
    for name, page, count in pages_of(holdings):
        _check(folder / name, force)
        write_whole(folder / name, page)
        written.add(folder / name)
        _show(len(written) * count, total)
    write_whole(index, index_of(holdings, title))
    _drop_others(written)
    say(f"wrote {index} and {plural(len(written), 'page')}", err=True)


def _show(done: int, total: int) -> None:
    with noted(f"{min(done, total):,} of {total:,} pages", True):
        pass


def _drop_others(written: Iterable[Path]) -> None:
    """Take away the pages that an earlier index led to, and this one does not."""
    from provenance.cli.outputs import is_page

    kept = set(written)
    for folder in {path.parent for path in kept}:
        for path in folder.glob("[0-9][0-9][0-9][0-9][0-9]*.html"):
            if path not in kept and is_page(path):
                path.unlink()


def _check(file: Path, force: bool, inputs: Iterable[Path] = ()) -> None:
    from provenance.cli.outputs import check_ours

    if file != _STDOUT:
        check_ours(file, "page", inputs=inputs, force=force)


def _write_page(file: Path, data: bytes) -> None:
    from provenance.files import write_whole

    if file == _STDOUT:
        options.print_data(data)
    else:
        write_whole(file, data)
        say(f"wrote {file}", err=True)
