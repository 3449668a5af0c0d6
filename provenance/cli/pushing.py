"""``prov push``: graphs into a triple store, each under its own name."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from provenance.cli import options
from provenance.cli.terminal import noted, plural, say, shortened
from provenance.errors import StoreError

if TYPE_CHECKING:
    from provenance.stores import NamedGraph, Pushed

_MOST_NAMED = 5


@click.command(
    epilog=(
        "\b\nExamples:"
        "\n  prov push article.ttl http://localhost:7878/store"
        "\n  prov push out/*.ttl http://localhost:3030/news/data --gzip"
        "\n  prov push store/ http://localhost:7878/update --update"
    ),
)
@click.argument("graphs", nargs=-1, required=True, metavar="GRAPH...")
@click.argument("url")
@click.option(
    "--update",
    is_flag=True,
    help="URL is a SPARQL Update endpoint, for stores without the Graph Store Protocol.",
)
@click.option(
    "--query",
    default="",
    metavar="URL",
    help="The store's query endpoint: counting there is faster than reading graphs back.",
)
@click.option(
    "--gzip", "compress", is_flag=True, help="Compress what is sent; not every store accepts that."
)
@click.option("--dry-run", is_flag=True, help="List the graphs without sending anything.")
@click.option(
    "--timeout",
    type=options.Number(min=0, min_open=True),
    default=300.0,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for the store.",
)
@click.option(
    "--retries",
    type=click.IntRange(min=0),
    default=5,
    show_default=True,
    help="How often to retry after a temporary failure.",
)
@click.option("-q", "--quiet", is_flag=True, help="Print only errors.")
def push(graphs: tuple[str, ...], url: str, dry_run: bool, quiet: bool, **how: Any) -> None:
    """Push each GRAPH into the triple store at URL.

    GRAPHs are files of RDF, - for standard input, and folders with an Oxigraph store. URL is an
    endpoint of the SPARQL 1.1 Graph Store Protocol. Each article's graph takes the place of what
    the store had under its name; other graphs are left alone. Afterwards the triples are counted.

    Credentials come from PROV_STORE_USER and PROV_STORE_PASSWORD (Basic or Digest, as the store
    asks), from PROV_STORE_TOKEN (bearer), or from ~/.netrc. Redirects are not followed.
    """
    from provenance.stores import Remote, push, read_named

    store = Remote(url, **how)
    named = list(read_named(graphs))
    if dry_run:
        for graph in named:
            say(f"{graph.iri}  {plural(len(graph), 'triple')}")
        return
    done: list[Pushed] = []
    results = push(named, store)
    for number, graph in enumerate(named, 1):
        note = f"{number}/{len(named)} {shortened(graph.iri, 70)}"
        with noted(note, not quiet):
            done.append(next(results))
    _finish(named, done, url, quiet=quiet)


def _finish(
    graphs: "Sequence[NamedGraph]", done: "Sequence[Pushed]", url: str, *, quiet: bool
) -> None:
    """Say what is in the store now.

    Raises:
        StoreError: Not all of it is.
    """
    wrong = [one for one in done if not one.whole]
    if wrong:
        listed = ", ".join(f"{o.iri} ({o.found} of {o.triples})" for o in wrong[:_MOST_NAMED])
        raise StoreError(f"{url} has not all of {plural(len(wrong), 'graph')}: {listed}")
    if quiet:
        return
    triples = sum(one.triples for one in done)
    counted = all(one.found is not None for one in done)
    checked = "all counted there" if counted else "not counted: give --query"
    say(f"{plural(len(graphs), 'graph')}, {plural(triples, 'triple')} in {url}, {checked}")
    sys.stdout.flush()
