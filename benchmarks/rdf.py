"""RDF at a million triples: writing and reading beside bare pyoxigraph, and pushing beside loaders.

    python benchmarks/rdf.py [TRIPLES]

The graphs are those of the examples, many times over, each as another article. The result goes to
benchmarks/results/rdf.md. It takes about five minutes.
"""

import gzip
import hashlib
import multiprocessing
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph
from pyoxigraph import NamedNode, Quad, Triple, parse, serialize

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from provenance import vocab  # noqa: E402
from provenance.model import SourceGraph  # noqa: E402
from provenance.pipeline import read_records  # noqa: E402
from provenance.rdf import read_graphs, stream_graphs  # noqa: E402
from provenance.rdf.formats import format_named, parsed, streamed  # noqa: E402
from provenance.rdf.writing import graph_triples  # noqa: E402
from provenance.stores import NamedGraph, Remote, push, read_named  # noqa: E402
from tests.helpers.triple_stores import (  # noqa: E402
    OXIGRAPH,
    VIRTUOSO,
    VIRTUOSO_PASSWORD,
    VIRTUOSO_USER,
    free_port,
    oxigraph,
    virtuoso,
)

FORMATS = ("turtle", "nquads")
Times = tuple[float, float, float]
"""Of the loader, of a push that counts, of one that does not: seconds."""
PUSHED = 4  # a part of the triples: this many times fewer go into servers
ISQL = shutil.which("isql-vt")


def main() -> None:
    """Measure everything, and write it down."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    lines = ["# RDF", "", "`python benchmarks/rdf.py`", ""]
    with tempfile.TemporaryDirectory() as scratch:
        lines += speeds(size, Path(scratch))
        lines += pushes(size // PUSHED, Path(scratch))
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text)
    (ROOT / "benchmarks" / "results" / "rdf.md").write_text(text, encoding="utf-8")


def graphs(size: int) -> Iterator[SourceGraph]:
    """Yield graphs of different articles with *size* triples together, or a few more."""
    built = sorted((ROOT / "examples" / "built").glob("*.ttl"))
    records = [record for path in built for record in read_records(path)]
    each = [len(graph_triples(record, None, True)) for record in records]
    done = number = 0
    while done < size:
        record = records[number % len(records)]
        digest = hashlib.sha256(str(number).encode()).hexdigest()
        yield replace(record, article=replace(record.article, digest=digest))
        done += each[number % len(records)]
        number += 1


def terms(size: int) -> Iterator[tuple[str, tuple[Triple, ...]]]:
    """Yield the same as triples, with the names of their articles."""
    for graph in graphs(size):
        yield vocab.article_iri(graph.article.digest), graph_triples(graph, None, True)


# ------------------------------------------------------------------ writing and reading


def speeds(size: int, folder: Path) -> Iterator[str]:
    """Yield what writing and reading cost, each measured in a process of its own."""
    total = sum(len(triples) for _, triples in terms(size))
    yield f"{total:,} triples in {sum(1 for _ in graphs(size))} graphs. CPU time of one core:"
    yield ""
    yield "| | pyoxigraph alone | prov at the same work | of it | prov, records and all |"
    yield "| --- | --- | --- | --- | --- |"
    peaks = {}
    for name in FORMATS:
        bare, ours = (alone(work, name, size, folder)[0] for work in (bare_write, our_write))
        whole, peaks[name, size] = alone(whole_write, name, size, folder)
        _, peaks[name, size // 4] = alone(whole_write, name, size // 4, folder / "quarter")
        yield row(f"write {format_named(name).title}", total, bare, ours, whole)
        whole, peaks[f"{name}, read", size] = alone(whole_write, name, size, folder)
        bare, ours, whole = (
            alone(work, name, size, folder)[0] for work in (bare_read, our_read, whole_read)
        )
        yield row(f"read {format_named(name).title}", total, bare, ours, whole)
    yield ""
    yield (
        '"At the same work": terms to bytes, or bytes to terms; N-Quads are sorted besides. '
        '"Records and all": from or to the records that the program works with.'
    )
    yield ""
    for name in FORMATS:
        small, large = peaks[name, size // 4] / 1e6, peaks[name, size] / 1e6
        yield (
            f"* largest memory while {format_named(name).title} of {size // 4:,} triples is "
            f"written: {small:.0f} MB; of {size:,}: {large:.0f} MB"
        )


def row(what: str, total: int, bare: float, ours: float, whole: float) -> str:
    """Return a row of the table of speeds, from seconds."""
    cells = [f"{total / seconds / 1e6:.2f} M/s" for seconds in (bare, ours)]
    return f"| {what} | {' | '.join(cells)} | {bare / ours:.0%} | {total / whole / 1e6:.2f} M/s |"


def alone(
    work: Callable[[str, int, Path], float], name: str, size: int, folder: Path
) -> tuple[float, int]:
    """Return the seconds that *work* took in a process of its own, and its largest memory."""
    folder.mkdir(exist_ok=True)
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(_measured, (work, name, size, folder))


def _measured(
    work: Callable[[str, int, Path], float], name: str, size: int, folder: Path
) -> tuple[float, int]:
    seconds = work(name, size, folder)
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def bare_write(name: str, size: int, folder: Path) -> float:
    """Write with pyoxigraph alone what is made before the clock runs, a document a graph."""
    seconds = 0.0
    ox = format_named(name).ox
    with (folder / f"bare.{name}").open("wb") as file:
        for article, triples in terms(size):
            graph = NamedNode(vocab.graph_iri(article))
            quads = [Quad(t.subject, t.predicate, t.object, graph) for t in triples]
            statements = quads if name == "nquads" else triples
            prefixes = {"": f"{article}#"} | vocab.PREFIXES if name == "turtle" else {}
            start = time.process_time()
            file.write(serialize(statements, format=ox, prefixes=prefixes) or b"")
            seconds += time.process_time() - start
    return seconds


def our_write(name: str, size: int, folder: Path) -> float:
    """Write the same by the program."""
    seconds = 0.0
    with (folder / f"ours.{name}").open("wb") as file:
        for pair in terms(size):
            start = time.process_time()
            file.writelines(streamed([pair], format_named(name)))
            seconds += time.process_time() - start
    return seconds


def whole_write(name: str, size: int, folder: Path) -> float:
    """Write records as the program does, one graph in memory at a time."""
    start = time.process_time()
    with (folder / f"whole.{name}").open("wb") as file:
        file.writelines(stream_graphs(graphs(size), name))
    return time.process_time() - start


def bare_read(name: str, size: int, folder: Path) -> float:
    """Read with pyoxigraph alone."""
    start = time.process_time()
    for _ in parse(path=str(folder / f"whole.{name}"), format=format_named(name).ox):
        pass
    return time.process_time() - start


def our_read(name: str, size: int, folder: Path) -> float:
    """Read the same by the program, to terms."""
    start = time.process_time()
    for _ in parsed((folder / f"whole.{name}").read_bytes(), format_named(name)):
        pass
    return time.process_time() - start


def whole_read(name: str, size: int, folder: Path) -> float:
    """Read by the program, to records."""
    start = time.process_time()
    read_graphs((folder / f"whole.{name}").read_bytes(), name)
    return time.process_time() - start


# ------------------------------------------------------------------ pushing


def pushes(size: int, folder: Path) -> Iterator[str]:
    """Yield how fast graphs go into servers, and how fast the servers' own loaders are."""
    source = folder / "graphs.nq"
    with source.open("wb") as file:
        file.writelines(stream_graphs(graphs(size), "nquads"))
    named = list(read_named([str(source)]))
    total = sum(map(len, named))
    yield ""
    yield f"Into a store, {total:,} triples in {len(named)} graphs, wall clock:"
    yield ""
    yield "| store | its own loader | `prov push`, each graph counted | of it | not counted |"
    yield "| --- | --- | --- | --- | --- |"
    if OXIGRAPH:
        yield pushed("Oxigraph, on disk", total, *_into_oxigraph(source, named, folder))
    if VIRTUOSO and ISQL:
        yield pushed("Virtuoso 7, `ld_dir`", total, *_into_virtuoso(source, named, folder))


def pushed(store: str, total: int, loader: float, counted: float, plain: float) -> str:
    """Return a row of the table of pushes, from seconds."""
    cells = [f"{total / seconds / 1e3:.0f} k/s" for seconds in (loader, counted)]
    of = f"{loader / counted:.0%}"
    return f"| {store} | {' | '.join(cells)} | {of} | {total / plain / 1e3:.0f} k/s |"


def timed(work: Callable[[], object]) -> float:
    """Return how long *work* takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _each(named: list[NamedGraph], address: str, query: str) -> tuple[float, float]:
    """Return how long it takes to push and count all graphs, and to push them alone."""
    store = Remote(address, query=query)

    def alone() -> None:
        for graph in named:
            store.replace(graph)

    def counted() -> None:
        if not all(one.whole for one in push(named, store)):
            raise SystemExit(f"{address} has not all")

    return timed(counted), timed(alone)


def _into_oxigraph(source: Path, named: list[NamedGraph], folder: Path) -> Times:
    assert OXIGRAPH is not None
    command = [OXIGRAPH, "load", "--location", str(folder / "loaded"), "--file", str(source)]
    loader = timed(lambda: subprocess.run(command, check=True, capture_output=True))
    port = free_port()
    with oxigraph(port, folder / "served"):
        address = f"http://127.0.0.1:{port}"
        return loader, *_each(named, f"{address}/store", f"{address}/query")


def _into_virtuoso(source: Path, named: list[NamedGraph], folder: Path) -> Times:
    os.environ["PROV_STORE_USER"] = VIRTUOSO_USER
    os.environ["PROV_STORE_PASSWORD"] = VIRTUOSO_PASSWORD
    inner = folder / "virtuoso"
    inner.mkdir()
    with gzip.open(inner / "graphs.nq.gz", "wb") as file:
        file.write(source.read_bytes())
    with virtuoso(inner) as address:
        times = _each(named, f"{address}/sparql-graph-crud-auth", f"{address}/sparql")
    shutil.rmtree(inner / "again", ignore_errors=True)
    fresh = folder / "fresh"
    fresh.mkdir()
    shutil.move(inner / "graphs.nq.gz", fresh)
    with virtuoso(fresh):
        sql = f"ld_dir('{fresh}', '*.nq.gz', 'urn:x'); rdf_loader_run(); checkpoint;"
        port = next(
            line.rpartition(":")[2]
            for line in (fresh / "virtuoso.ini").read_text("utf-8").splitlines()
            if line.startswith("ServerPort")
        )
        command = [str(ISQL), port, VIRTUOSO_USER, VIRTUOSO_PASSWORD, f"exec={sql}"]
        loader = timed(lambda: subprocess.run(command, check=True, capture_output=True))
        count = "sparql select count(*) where { graph ?g { ?s a <%s> } };" % (vocab.SP + "Article")
        told = subprocess.run(
            [*command[:-1], f"exec={count}"], check=True, capture_output=True, text=True
        ).stdout
        if str(len(named)) not in told:
            raise SystemExit(f"the loader of Virtuoso did not load all: {told}")
    return loader, *times


if __name__ == "__main__":
    if pyoxigraph.__version__ < "0.5":
        raise SystemExit("needs pyoxigraph 0.5")
    main()
