"""Every reader of the project by name, with what it accepts, for fuzzing and for faults.

A reader ends well in two ways: with a result, or with an error of ours in one line.
"""

import io
import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow
from pyarrow import parquet

import provenance
from provenance.articles import parse_article
from provenance.articles.corpus import find_items, read_item
from provenance.bundles import make_bundle, verify_bundle
from provenance.cli.summary import summary
from provenance.corrections import append, log_path, read_log, replay
from provenance.errors import ProvenanceError
from provenance.evaluation import brat
from provenance.evaluation.corpora import read_json
from provenance.graph import differing
from provenance.model import Action, Anchor, Correction, Failure, Item, Quote, SourceGraph
from provenance.pipeline import export, read_records
from provenance.rdf import read_graphs, write_graphs
from provenance.resolution.registry import load_registry
from provenance.stores import queries
from provenance.stores.named import read_named
from tests.articles import test_corpus, test_documents
from tests.helpers.factories import TEXT, make_graph
from tests.helpers.places import ROOT

EXAMPLES = ROOT / "examples"
RENDERED = ("html", "json", "csv", "csv-sources", "graphml", "gexf", "provn", "turtle", "nquads")


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader under test.

    Attributes:
        suffix: Of the files that it reads.
        seeds: Makes what it accepts.
        read: Reads the file; raises nothing but errors of ours.
    """

    suffix: str
    seeds: Callable[[], list[bytes]]
    read: Callable[[Path], object]


def outcome(reader: Reader, data: bytes, folder: Path) -> str:
    """Return "" if *data* was read, else the one line that says why not.

    Raises:
        Exception: Whatever else the reader ends in, which is a bug.
    """
    path = folder / f"fuzzed{reader.suffix}"
    path.write_bytes(data)
    try:
        reader.read(path)
    except ProvenanceError as error:
        line = str(error)
        if "\n" in line or not line.strip():
            raise AssertionError(f"not one line: {line!r}") from error
        return line
    finally:
        path.unlink(missing_ok=True)
    return ""


def _article(path: Path) -> object:
    return parse_article(path.read_bytes(), path.name)


def _items(path: Path) -> object:
    """Read all articles in *path*; the first that fails is told."""
    told = ""
    for one in find_items([str(path)]):
        try:
            told = told or (one.reason if isinstance(one, Failure) else "")
            if isinstance(one, Item):
                read_item(one)
        except ProvenanceError as error:
            told = told or str(error)
    if told:
        raise ProvenanceError(told)
    return None


def _graphs(path: Path) -> object:
    """Read a graph, and make of it whatever can be made."""
    graphs = read_graphs(path.read_bytes(), name=path.name)
    for format in RENDERED:
        try:
            export(graphs, format)
        except ProvenanceError:
            continue
    list(read_named([str(path)]))
    for graph in read_records(path):
        differing.differences(graph, graphs[0])
        list(summary(graph, ()))
    return graphs


def _corrections(path: Path) -> object:
    return replay(ferries(), read_log(path))


def _query(path: Path) -> object:
    query = queries.parse_query(path.read_text(encoding="utf-8", errors="replace"))
    text = queries.bind(query, [(p.name, "x") for p in query.parameters])
    store = path.with_name("graph.ttl")
    if not store.exists():
        store.write_bytes(seed_graph("turtle"))
    return queries.serialized(queries.answer(text, [str(store)]), "json")


def _texts() -> list[bytes]:
    own = [TEXT.encode(), *(p.read_bytes() for p in sorted(EXAMPLES.glob("*.txt")))]
    return [*own, TEXT.encode("utf-16"), TEXT.encode("cp1252", "replace")]


def _pages() -> list[bytes]:
    return [*(p.read_bytes() for p in sorted(EXAMPLES.glob("*.html"))), test_corpus.PAGE.encode()]


def _rows() -> list[bytes]:
    row = {"text": TEXT, "title": "Ferries", "publisher": ["A", "B"], "date": "3 May 2024"}
    return [(json.dumps(row) + "\n" + json.dumps(row | {"url": "https://a.example/"})).encode()]


def _parquet() -> list[bytes]:
    out = io.BytesIO()
    table = pyarrow.table({"text": [TEXT, "said " * 50], "url": ["https://a.example/1", None]})
    parquet.write_table(table, out)
    return [out.getvalue()]


def _wacz() -> list[bytes]:
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("archive/data.warc.gz", test_corpus.warc())
        packed.writestr("datapackage.json", "{}")
    return [out.getvalue()]


@cache
def ferries() -> SourceGraph:
    """Return the graph that corrections are replayed on."""
    return make_graph()


@cache
def seed_graph(format: str) -> bytes:
    """Return a graph in *format*."""
    return write_graphs([make_graph()], format)


def _bundle() -> list[bytes]:
    return [make_bundle(provenance.build(test_documents.BODY + "\n", extractor="syntax").record)]


def log_lines() -> list[bytes]:
    """Return a log with a correction of each kind."""
    quote = Quote(exact="Captain Olga Brandt", prefix='twice," ', suffix=" said")
    one, other = Anchor(name="Captain Olga Brandt", quote=quote), Anchor(name="Radio Nord")
    what: list[tuple[Action, dict[str, Any]]] = [
        (Action.MERGE, {"source": one, "target": other}),
        (Action.SPLIT, {"source": one, "name": "B", "quotes": (quote,)}),
        (Action.RETYPE, {"source": one, "type": "document"}),
        (Action.RENAME, {"source": one, "name": "C"}),
        (Action.REJECT, {"source": one, "target": other}),
        (Action.ADD, {"source": other, "target": one, "quotes": (quote,)}),
        (Action.CREDIT, {"source": one, "quotes": (quote,)}),
        (Action.GRADE, {"source": one, "grade": "B"}),
        (Action.UNDO, {"undoes": "c-0"}),
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = log_path(Path(folder, "a.txt"))
        for action, how in what:
            append(path, Correction(id="", action=action, who="A", when="w", **how))
        return [path.read_bytes()]


def _standoff() -> list[bytes]:
    return [b"T1\tSource 0 5\tMayor\nT2\tCue 6 10\tsaid\nT3\tContent 11 20;22 30\tall is well\n"
            b"E1\tAttribution:T2 Source:T1 Content:T3\nA1\tx T1\n"]  # fmt: skip


def _gold() -> list[bytes]:
    one = {"source": [[0, 5]], "cue": [[6, 10]], "content": [[11, 20]], "depth": 0}
    spans = [{"role": "Source", "start": 0, "end": 5}]
    return [json.dumps({"text": "Mayor said so.", "attributions": [one], "spans": spans}).encode()]


def _registry() -> list[bytes]:
    return [b"name\tshort_names\ttype\tsite\nThe Ledger\tLedger|TL\tnews_outlet\tledger.example\n"]


def _queries() -> list[bytes]:
    return [query.text.encode() for query in queries.queries()]


def _rdf(name: str) -> Callable[[], list[bytes]]:
    return lambda: [seed_graph(name)]


READERS: dict[str, Reader] = {
    "text": Reader(".txt", _texts, _article),
    "HTML": Reader(".html", _pages, _article),
    "PDF": Reader(".pdf", lambda: [test_documents.pdf(test_documents.LINES)], _article),
    "Word": Reader(".docx", lambda: [test_documents.word([test_documents.BODY] * 2)], _article),
    "e-mail": Reader(".eml", lambda: [test_documents.mail(h) for h in (False, True)], _article),
    "JSON Lines": Reader(".jsonl", _rows, _items),
    "Parquet": Reader(".parquet", _parquet, _items),
    "WARC": Reader(".warc.gz", lambda: [test_corpus.warc()], _items),
    "WACZ": Reader(".wacz", _wacz, _items),
    "Turtle": Reader(".ttl", _rdf("turtle"), _graphs),
    "TriG": Reader(".trig", _rdf("trig"), _graphs),
    "N-Quads": Reader(".nq", _rdf("nquads"), _graphs),
    "N-Triples": Reader(".nt", _rdf("ntriples"), _graphs),
    "JSON-LD": Reader(".jsonld", _rdf("jsonld"), _graphs),
    "RDF/XML": Reader(".rdf", _rdf("rdfxml"), _graphs),
    "corrections": Reader(".jsonl", log_lines, _corrections),
    "bundle": Reader(".zip", _bundle, lambda p: verify_bundle(p.read_bytes(), rebuild=False)),
    "brat": Reader(".ann", _standoff, brat.read_brat),
    "JSON records": Reader(".json", _gold, read_json),
    "registry": Reader(".tsv", _registry, lambda path: load_registry(path)),
    "query": Reader(".rq", _queries, _query),
}
