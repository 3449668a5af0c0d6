"""Where a query is answered: over files in memory, in a store on disk, by an endpoint."""

import re
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from threading import Thread
from typing import TypeVar

from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, Store, parse_query_results

from provenance import vocab
from provenance.errors import RecordError, StoreError
from provenance.files import is_address, read_bytes, reason
from provenance.queries.endpoint import post_query
from provenance.rdf.formats import depth, format_of, parsed

T = TypeVar("T")
Answer = QuerySolutions | QueryBoolean
"""Rows of terms, or yes or no."""

FORMATS = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
}
_PREFIXES = vocab.PREFIXES | {"rdfs": vocab.RDFS}
_DECLARED = re.compile(r"\bPREFIX\s+([\w.-]*):", re.IGNORECASE)
# What hides a keyword: strings, IRIs, comments.
_OPAQUE = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*\'\'\''
    r'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|<[^<>"{}|^`\\\s]*>|#[^\n]*',
    re.DOTALL,
)
_SERVICE = re.compile(r"(?<![\w?$:.-])SERVICE(?![\w:.-])", re.IGNORECASE)

_OPERATOR = re.compile(r"[-+*/!|^]|\b(?:MINUS|OPTIONAL|UNION|BIND|FILTER)\b", re.IGNORECASE)
_DEEPEST, _MOST = 100, 1000


def answer(text: str, data: Sequence[str], *, timeout: float = 60.0) -> Answer:
    """Return what the SPARQL query *text* finds in *data*; our prefixes need not be declared.

    All graphs count as one. What is on this machine is only read, and nothing else is asked.

    Args:
        text: SELECT or ASK.
        data: Files of RDF (``-`` for standard input) and folders with an Oxigraph store, or the
            address of one SPARQL endpoint.
        timeout: How long an endpoint may be silent, or the answer may take here, in seconds.

    Raises:
        RecordError: The query is wrong, of another form or takes too long, or a file is not RDF.
        StoreError: A folder is no store, or the endpoint is unreachable or refuses.
    """
    if any(map(is_address, data)):
        if len(data) > 1:
            raise StoreError("cannot ask an endpoint together with others: ask each apart")
        return _remote(text, data[0], timeout)
    return _local(text, _store(data), timeout)


def serialized(found: Answer, format: str) -> bytes:
    """Return *found* in one of `FORMATS`, the W3C's formats for results of SPARQL."""
    data = found.serialize(format=FORMATS[format]) or b""
    return data if data.endswith(b"\n") else data + b"\n"


def _store(data: Sequence[str]) -> Store:
    if len(data) == 1 and Path(data[0]).is_dir():
        return _open(data[0])
    store = Store()
    for name in data:
        if Path(name).is_dir():
            store.bulk_extend(iter(_open(name)))
        else:
            content = read_bytes(Path(name))
            store.bulk_extend(parsed(content, format_of(content, name), name))
    return store


def _open(folder: str) -> Store:
    try:
        return Store.read_only(folder)
    except FileNotFoundError as error:
        raise StoreError(f"cannot read {folder}: no Oxigraph store is there") from error
    except OSError as error:
        raise StoreError(f"cannot read {folder}: {reason(error)}") from error


def _local(text: str, store: Store, timeout: float) -> Answer:
    plain = _OPAQUE.sub(" ", text)
    if _SERVICE.search(plain):
        raise RecordError("cannot run the query: SERVICE asks another machine, give its address")
    # The parser recurses, and takes the process with it where it recurses too deep.
    if depth(plain) > _DEEPEST or len(_OPERATOR.findall(plain)) > _MOST:
        why = f"brackets {_DEEPEST} deep or {_MOST} operators are the most that is understood"
        raise RecordError(f"cannot run the query: {why}")
    data, why = _within(timeout, lambda: _run(text, store))
    if why:
        raise RecordError(f"cannot run the query: {' '.join(why.split())}")
    return parse_query_results(data, format=QueryResultsFormat.JSON)


def _run(text: str, store: Store) -> tuple[bytes, str]:
    """Return all that the query *text* finds in *store* as JSON of SPARQL, or why nothing.

    No exception, which would carry what must not leave this thread: the store's own objects.
    """
    try:
        found = store.query(text, prefixes=_PREFIXES, use_default_graph_as_union=True)
        if isinstance(found, Answer):
            return found.serialize(format=QueryResultsFormat.JSON) or b"", ""
    except SyntaxError as error:
        return b"", error.msg
    except (ValueError, RuntimeError, OSError) as error:  # RuntimeError: no such function
        return b"", str(error)
    return b"", "only SELECT and ASK have an answer"


def _within(seconds: float, work: Callable[[], T]) -> T:
    """Return what *work* does, in a thread that is left alone where it takes longer.

    The store cannot be told to stop; its threads do not keep the process from ending.
    """
    done: Future[T] = Future()

    def run() -> None:
        try:
            done.set_result(work())
        except BaseException as error:  # noqa: BLE001 - it is raised where the result is wanted
            done.set_exception(error)

    Thread(target=run, daemon=True).start()
    try:
        return done.result(seconds)
    except TimeoutError as error:
        raise RecordError(
            f"cannot run the query: it took longer than {seconds:g} s, --timeout allows for more"
        ) from error


def _remote(text: str, address: str, timeout: float) -> Answer:
    declared = set(_DECLARED.findall(_OPAQUE.sub(lambda hit: hit[0][:1], text)))
    head = [f"PREFIX {p}: <{iri}>" for p, iri in _PREFIXES.items() if p not in declared]
    # On one line, so that the endpoint counts the others as their author does.
    data = post_query(address, " ".join([*head, text]), timeout)
    try:
        return parse_query_results(data, format=QueryResultsFormat.JSON)
    except (SyntaxError, ValueError) as error:
        why = "what came back is no result of SELECT or ASK"
        raise StoreError(f"cannot query {address}: {why}") from error
