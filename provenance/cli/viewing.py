"""``prov view``: the page of a graph, and the index page of many articles."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from provenance.cli import options
from provenance.cli.terminal import next_step, noted, open_page, plural, say
from provenance.common.files import is_folder
from provenance.errors import ArticleError

if TYPE_CHECKING:
    from provenance.gathering.site import Holdings
    from provenance.model import SourceGraph

_STDOUT = Path("-")
_MANY = 50
"""Graphs on one page at the most; more have an index."""


@dataclass(frozen=True, slots=True)
class _How:
    """How to make a page, and what it may overwrite."""

    force: bool
    frozen: bool
    min_score: float

    def page(self, records: "Sequence[SourceGraph]") -> bytes:
        """Return the page of *records*."""
        from provenance.graph.scores import surer
        from provenance.pipeline import render_page

        known = [surer(one, self.min_score) for one in records]
        return render_page(known, frozen=self.frozen).encode()


@click.command(
    epilog=(
        "\b\nExamples:"
        "\n  prov view article.ttl"
        "\n  prov view monday.ttl tuesday.ttl -o week.html"
        "\n  prov view article.ttl --frozen -o embed.html"
        "\n  prov view article.ttl --min-score 0.8 --open"
        "\n  prov view dam/ -o dam-pages/"
        "\n  prov view dam/ --article examples/dam/01-courier.txt"
    ),
)
@click.argument(
    "graphs",
    nargs=-1,
    metavar="[GRAPH | STORE]...",
    type=click.Path(path_type=Path, allow_dash=True),
)
@click.option(
    "--store",
    metavar="DIR",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Same as giving STORE alone: an index of all its articles, and their pages.",
)
@click.option(
    "--article",
    metavar="NAME",
    help="With a store: make only the page of the article that was read from this path or address.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, allow_dash=True),
    help=(
        "Page to write, - for standard output; by default NAME.html in the current"
        " folder. For an index, FILE.html is the index alone, any other name is a folder"
        " for it and the pages; by default NAME-pages."
    ),
)
@click.option(
    "--frozen",
    is_flag=True,
    help="For embedding in another page: no tools or downloads; evidence is still a click away.",
)
@options.min_score
@click.option("--force", is_flag=True, help="Overwrite a file that prov did not write.")
@click.option("--open", "opening", is_flag=True, help="Open the page in your browser.")
def view(
    graphs: tuple[Path, ...],
    store: Path | None,
    article: str | None,
    output: Path | None,
    opening: bool,
    **how: Any,
) -> None:
    """Make the page of GRAPH from the graph alone; several graphs share one page.

    For a STORE, or more than 50 graphs, make an index page: all claims with the number of their
    independent lines, articles, sources across articles, and which article comes from which. It
    links to the pages of the articles beside it, and opens from disk as they do.
    """
    if store is None and len(graphs) == 1 and is_folder(graphs[0]):
        store, graphs = _store_in(graphs[0]), ()
    made = _How(**how)
    _check_usage(graphs, store, article, made)
    if opening and output == _STDOUT:
        raise click.UsageError("--open needs a file: it cannot be used with -o -")
    if store is not None:
        page = _view_store(store, article, output, made)
    else:
        page = _view_graphs(graphs, output, made)
    if opening:
        open_page(page)
    if store is not None and not article:
        next_step("independence", store, why="each claim with its independent lines")
    elif graphs and _STDOUT not in (graphs[0], page):
        next_step("check", graphs[0], why="its shapes, and every quote in it")


def _check_usage(
    graphs: Sequence[Path], store: Path | None, article: str | None, how: _How
) -> None:
    if bool(graphs) == bool(store):
        raise click.UsageError("name a GRAPH, or a --store")
    if article and not store:
        raise click.UsageError("--article needs --store")
    if how.frozen and store and not article:
        raise click.UsageError("an index cannot be frozen: choose one --article of it")
    if how.min_score and store and not article:
        raise click.UsageError("--min-score is for the page of an article: choose one --article")


def _store_in(folder: Path) -> Path:
    """Return *folder* if there is a store in it.

    Raises:
        ArticleError: There is none.
    """
    from provenance.stores.oxigraph import is_store

    if is_store(folder):
        return folder
    kind = next((s for s in (".ttl", ".trig", ".nq") if any(folder.glob(f"*{s}"))), "")
    do = f"; give the graphs: {folder}/*{kind}" if kind else ""
    raise ArticleError(f"cannot show {folder}: it is a folder, and there is no store in it{do}")


def _view_graphs(graphs: tuple[Path, ...], output: Path | None, how: _How) -> Path:
    """Write the page of *graphs*, or the index of many, and return where it is."""
    from provenance.pipeline import read_records

    records = [record for graph in graphs for record in read_records(graph)]
    stem = "stdin" if graphs[0] == _STDOUT else graphs[0].stem
    if len(records) > _MANY:
        from provenance.gathering.site import held

        if output is not None:
            _check(output, how.force, graphs)
        return _write_index(held(records), stem, output, how.force)
    file = output or Path(f"{stem}.html")
    _check(file, how.force, graphs)
    _write_page(file, how.page(records))
    return file


def _view_store(store: Path, article: str | None, output: Path | None, how: _How) -> Path:
    """Write the index of *store*, or the page of one *article* of it, and return where it is."""
    from provenance.gathering.site import stored
    from provenance.stores.embedded import open_collection

    with open_collection(store) as collection:
        if article is None:
            with noted("joining the articles", True):
                holdings = stored(collection)
            return _write_index(holdings, store.resolve().name, output, how.force)
        places = collection.articles()
        iri = next((i for i, read in places.items() if article in (i, *read)), None)
        if iri is None:
            raise ArticleError(f"cannot show {article}: it is not in {store}")
        page = output or Path(f"{Path(article).stem}.html")
        _check(page, how.force)
        _write_page(page, how.page([collection.graph(iri)]))
        return page


def _write_index(holdings: "Holdings", title: str, output: Path | None, force: bool) -> Path:
    """Write the index, alone if *output* is a file; else after the pages that it links to.

    Returns:
        Where it is.
    """
    from provenance.common.files import write_whole
    from provenance.gathering.site import index_of, pages_of

    total = len(holdings.links.briefs)
    if output is not None and (output == _STDOUT or output.suffix.lower() in (".html", ".htm")):
        _check(output, force)
        _write_page(output, index_of(holdings, title, alone=True))
        return output
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
    return index


def _show(done: int, total: int) -> None:
    with noted(f"{min(done, total):,} of {total:,} pages", True):
        pass


def _drop_others(written: Iterable[Path]) -> None:
    """Delete the pages that an earlier index linked to and this one does not."""
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
    from provenance.common.files import write_whole

    if file == _STDOUT:
        options.print_data(data)
    else:
        write_whole(file, data)
        say(f"wrote {file}", err=True)
