"""``prov build --store``, ``prov remove`` and ``prov push``: many articles in a store."""

import re
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from provenance.cli import options
from provenance.cli.options import BuildOptions
from provenance.cli.terminal import complain, next_step, noted, plural, say, shortened, show
from provenance.common.files import check_no_user, is_file, is_folder
from provenance.errors import ArticleError, EngineError, ProvenanceError, StoreError

if TYPE_CHECKING:
    from provenance.gathering import Outcome, Settings
    from provenance.stores import NamedGraph, Pushed


_FIELDS = ("text", "title", "publisher", "published", "author", "url")
_SHOWN = 0.2
"""Seconds between two looks at how far it has come."""


def build_into(folder: Path, articles: Sequence[str], how: BuildOptions) -> int:
    """Put *articles* into the store in *folder*, and return the exit status."""
    from provenance.articles.corpus import find_items
    from provenance.gathering import gather, relink
    from provenance.stores.embedded import open_collection

    settings = settings_of(how)
    found = find_items(articles, columns(how.fields), private=how.private)
    with open_collection(folder, write=True) as collection:
        run = gather(found, collection, settings, how.workers)
        built, kept, failed = _watch(run, how.keep_going, how.quiet, total=_total(articles))
        if not collection.is_joined():
            with noted("joining the articles", True):
                relink(collection, settings.base_iri)
    if not how.quiet:
        done = [plural(built, "article") + " built"]
        done += [f"{kept:,} already there"] if kept else []
        done += [f"{failed:,} failed"] if failed else []
        say(f"{folder}: {', '.join(done)}", err=True)
        if built or kept:
            next_step("view", folder, "--open", why="all its articles on one page")
            next_step("independence", folder, why="each claim with its independent lines")
    return 1 if failed else 0


def _watch(
    run: "Iterable[Outcome]", keep_going: bool, quiet: bool, total: int | None
) -> tuple[int, int, int]:
    """Return how many articles were built, were there already, and failed; show progress.

    Raises:
        ArticleError: One failed, and *keep_going* is false.
    """
    built = kept = failed = 0
    progress = _Progress(total)
    for outcome in run:
        if outcome.failure is not None:
            if not keep_going:
                raise ArticleError(outcome.failure.reason)
            progress.clear()
            complain(ProvenanceError(outcome.failure.reason))
            failed += 1
        elif outcome.passed is not None:
            progress.clear()
            if not quiet:
                say(outcome.passed.reason, err=True)
        elif outcome.built:
            built += 1
            if outcome.lacks and not quiet:
                progress.clear()
                say(f"{shortened(outcome.location, 200)}: {outcome.lacks}", err=True)
        else:
            kept += 1
        progress.show(built, kept + failed)
    progress.clear()
    return built, kept, failed


class _Progress:
    """A line on a terminal with the progress of a run, its speed, and the time left."""

    def __init__(self, total: int | None) -> None:
        self._total, self._seen = total, sys.stderr.isatty()
        self._began = self._last = time.monotonic()

    def show(self, built: int, passed: int) -> None:
        now = time.monotonic()
        if not self._seen or now - self._last < _SHOWN:
            return
        self._last = now
        rate = built / max(now - self._began, 1e-9)
        done = built + passed
        line = f"{done:,}" + (f" of {self._total:,}" if self._total else "")
        line += f" articles, {rate:.1f} a second"
        if self._total and rate:
            left = (self._total - done) / rate
            line += f", {left / 60:.0f} min left" if left > 90 else f", {left:.0f} s left"
        show(line)

    def clear(self) -> None:
        if self._seen:
            show("")


def settings_of(how: BuildOptions) -> "Settings":
    """Return the settings for building graphs from the options of ``prov build``."""
    from provenance.gathering import Settings

    return Settings(
        extractor=how.extractor,
        registry=tuple(map(str, how.registry)),
        min_score=how.min_score,
        force=how.force,
        base_iri=how.base_iri,
        text=not how.no_text,
        reading=_given(how.reading),
        keep_going=how.keep_going,
        asking=how.asking,
    )


def _given(reading: Path | None) -> str:
    """Return where readings are, from wherever it is asked.

    Raises:
        ProvenanceError: It is one reading, and there are many articles.
    """
    if reading is not None and not is_folder(reading):
        raise ProvenanceError(f"cannot use {reading}: with --store, --reading takes a folder")
    return str(reading.absolute()) if reading is not None else ""


def columns(fields: Sequence[str]) -> dict[str, str]:
    """Return the columns that the options ``--field`` name, by field."""
    named = {}
    for field in fields:
        name, found, column = field.partition("=")
        if not found or name not in _FIELDS or not column:
            raise click.UsageError(f"--field {field}: not NAME=COLUMN with {', '.join(_FIELDS)}")
        named[name] = column
    return named


def _total(articles: Sequence[str]) -> int | None:
    """Return how many articles there are, None where that is not known before they are read."""
    from provenance.articles import find_articles
    from provenance.articles.corpus import CONTAINERS

    count = 0
    for name in articles:
        path = Path(name)
        try:
            if is_folder(path):
                count += len(find_articles(path))
            elif is_file(path) and not name.lower().endswith(CONTAINERS):
                count += 1
            else:
                return None
        except ProvenanceError:
            return None
    return count


@click.command(epilog="\b\nExample:\n  prov remove store/ saved-pages/story.html")
@click.argument("store", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
def remove(store: Path, articles: tuple[str, ...]) -> None:
    """Remove each ARTICLE, and everything known from it, from STORE.

    Name an ARTICLE by the path or address that it was read from, or by its IRI.
    """
    from provenance.gathering import relink
    from provenance.stores.embedded import open_collection

    with open_collection(store, write=True) as collection:
        held = collection.articles()
        gone = [_named(article, held, store) for article in articles]
        bases = list(_bases(held))
        for iri in dict.fromkeys(gone):
            collection.remove(iri)
        relink(collection, bases[0] if bases else None)
    say(f"removed {plural(len(dict.fromkeys(gone)), 'article')}", err=True)


def _named(article: str, held: Mapping[str, Sequence[str]], store: Path) -> str:
    for iri, locations in held.items():
        if article == iri or article in locations:
            return iri
    raise ArticleError(f"cannot remove {article}: it is not in {store}")


def _bases(held: Iterable[str]) -> Iterator[str]:
    """Yield the base of each name that is not an RFC 6920 name."""
    yield from (iri.rpartition("/")[0] for iri in held if not iri.startswith("ni:"))


_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def build_on_cluster(out: str, articles: Sequence[str], how: BuildOptions) -> int:
    """Build the graphs of *articles* into the folder *out*, and return the exit status.

    Raises:
        EngineError: Some failed without ``--keep-going``; the others are built all the same.
    """
    from uuid import uuid4

    from provenance.gathering.cluster import build
    from provenance.gathering.engines.spark import session
    from provenance.gathering.scattered import Job

    for name in (out, *articles, how.master or ""):
        check_no_user(name)
    where = out if _ADDRESS.match(out) else str(Path(out).absolute())
    job = Job(
        names=articles,
        fields=columns(how.fields),
        settings=settings_of(how),
        out=where.rstrip("/"),
        run=uuid4().hex,
        partitions=how.partitions,
        private=how.private,
    )
    with session(how.master) as spark, noted("working on the cluster", not how.quiet):
        totals = build(spark, job)
    for failure in totals.failures:
        complain(ProvenanceError(failure.reason))
    if totals.failed > len(totals.failures):
        more = totals.failed - len(totals.failures)
        complain(ProvenanceError(f"and {plural(more, 'more failure')}: see {out}/failures"))
    if not how.quiet:
        for line in totals.passed:
            say(line, err=True)
        done = [plural(totals.built, "article") + " built"]
        done += [f"{totals.kept:,} already there"] if totals.kept else []
        done += [f"{totals.failed:,} failed"] if totals.failed else []
        say(f"{out}: {', '.join(done)}", err=True)
    if totals.failed and not how.keep_going:
        raise EngineError(f"{plural(totals.failed, 'article')} failed, --keep-going accepts that")
    return 1 if totals.failed else 0


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
    endpoint of the SPARQL 1.1 Graph Store Protocol. Each article's graph replaces the graph of that
    name in the store; other graphs are left alone. The triples are counted afterwards.

    Credentials come from PROV_STORE_USER and PROV_STORE_PASSWORD (Basic or Digest, as the store
    asks), from PROV_STORE_TOKEN (bearer), or from ~/.netrc. Redirects are not followed.
    """
    from provenance import stores

    store = stores.Remote(url, **how)
    named = list(stores.read_named(graphs))
    if dry_run:
        for graph in named:
            say(f"{graph.iri}  {plural(len(graph), 'triple')}")
        return
    done: list[Pushed] = []
    results = stores.push(named, store)
    for number, graph in enumerate(named, 1):
        note = f"{number}/{len(named)} {shortened(graph.iri, 70)}"
        with noted(note, not quiet):
            done.append(next(results))
    _finish(named, done, url, quiet=quiet)


def _finish(
    graphs: "Sequence[NamedGraph]", done: "Sequence[Pushed]", url: str, *, quiet: bool
) -> None:
    """Print what is in the store now.

    Raises:
        StoreError: Not all of it is.
    """
    wrong = [one for one in done if not one.whole]
    if wrong:
        listed = ", ".join(f"{o.iri} ({o.found} of {o.triples})" for o in wrong[:_MOST_NAMED])
        raise StoreError(f"{url} does not have all of {plural(len(wrong), 'graph')}: {listed}")
    if quiet:
        return
    triples = sum(one.triples for one in done)
    counted = all(one.found is not None for one in done)
    checked = "all counted there" if counted else "not counted: give --query"
    say(f"{plural(len(graphs), 'graph')}, {plural(triples, 'triple')} in {url}, {checked}")
    sys.stdout.flush()
