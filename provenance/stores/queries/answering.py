"""Answer a query over files in memory, from a store on disk, or by an endpoint."""

import csv
import io
import json
import re
import subprocess
import warnings
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pyoxigraph import (
    BlankNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    parse_query_results,
)

from provenance.common.files import is_address, read_bytes, tells_user, without_user
from provenance.common.sessions import PASSWORD, USER, cause, open_session, refusal
from provenance.errors import LimitError, StoreError
from provenance.stores.queries.processes import (
    MEMORY,
    PREFIXES,
    Wanted,
    checked,
    death,
    late,
    worker_of,
)

_HEADERS = {"Accept": "application/sparql-results+json"}


def post_query(address: str, text: str, timeout: float) -> bytes:
    """Return what the endpoint at *address* answers to the query *text*, as JSON.

    It is asked to count its named graphs as one, as most do anyway; Oxigraph's server does so on
    this parameter, others ignore it.

    Raises:
        StoreError: It is unreachable or refuses.
    """
    if tells_user(address):
        how = f"set {USER} and {PASSWORD}, or use .netrc"
        raise StoreError(f"cannot query that address: it holds a password: {how}")
    import requests

    form = {"query": text, "union-default-graph": "true"}
    try:
        with open_session() as session:
            answer = session.post(
                address, form, headers=_HEADERS, timeout=timeout, allow_redirects=False
            )
    except (requests.RequestException, ValueError) as error:
        raise StoreError(f"cannot query {address}: {cause(error)}") from error
    if not answer.ok or answer.is_redirect:
        raise StoreError(f"cannot query {address}: {without_user(refusal(answer))}")
    return answer.content


Answer = QuerySolutions | QueryBoolean
"""Rows of terms, or yes or no."""

FORMATS = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
}
_DECLARED = re.compile(r"\bPREFIX\s+([\w.-]*):", re.IGNORECASE)
# What hides a keyword: strings, IRIs, comments.
_OPAQUE = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+(?:""")?|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*+(?:\'\'\')?'
    r'|"(?:[^"\\\n]|\\.)*+"?|\'(?:[^\'\\\n]|\\.)*+\'?|<[^<>"{}|^`\\\s]*>|#[^\n]*',
    re.DOTALL,
)
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_STDIN = "-"


def answer(
    text: str,
    data: Sequence[str],
    *,
    timeout: float = 60.0,
    memory: int = MEMORY,
    note: Callable[[str], object] = warnings.warn,
) -> Answer:
    """Return what the SPARQL query *text* finds in *data*; our prefixes need not be declared.

    All graphs count as one. What is on this machine is only read, and nothing else is asked.

    Args:
        text: SELECT or ASK.
        data: Files of RDF (``-`` for standard input) and folders with an Oxigraph store, or the
            address of one SPARQL endpoint.
        timeout: How long to wait for an endpoint, or for the answer on this machine, in seconds.
        memory: How many bytes the answer may take on this machine, besides the data in files.
        note: Called with what the graphs here lack that the query asks for.

    Raises:
        RecordError: The query is wrong, of another form or takes too much, or a file is not RDF.
        StoreError: A folder is no store, or the endpoint is unreachable or refuses.
    """
    if any(map(is_address, data)):
        if len(data) > 1:
            raise StoreError("cannot query an endpoint with other data: query each by itself")
        return _remote(text, data[0], timeout)
    found, notes = _local(text, data, timeout, memory)
    for one in notes:
        note(one)
    return found


@dataclass(frozen=True, slots=True)
class _Found:
    """An answer, its kind ("rows" or "triples"), and what to know of it."""

    kind: str
    data: bytes
    notes: list[str]


def serialized(found: Answer, format: str) -> bytes:
    """Return *found* in one of `FORMATS`, the W3C's formats for results of SPARQL.

    In CSV a cell that a spreadsheet would take for a formula has an apostrophe before it.
    """
    if format == "csv" and isinstance(found, QuerySolutions):
        return _table(found)
    data = found.serialize(format=FORMATS[format]) or b""
    return data if data.endswith(b"\n") else data + b"\n"


def _table(found: QuerySolutions) -> bytes:
    from provenance.exports.tables import harmless

    out = io.StringIO(newline="")
    written = csv.writer(out, lineterminator="\r\n")
    written.writerow([variable.value for variable in found.variables])
    for row in found:
        cells = map(_cell, row)
        written.writerow([c if _NUMBER.fullmatch(c) else harmless(c) for c in cells])
    return out.getvalue().encode("utf-8", "replace")


def _cell(term: object) -> str:
    if isinstance(term, BlankNode):
        return str(term)
    return "" if term is None else str(getattr(term, "value", term))


def _local(text: str, data: Sequence[str], timeout: float, memory: int) -> tuple[Answer, list[str]]:
    found = _asked(text, data, Wanted(), timeout, memory)
    return parse_query_results(found.data, format=QueryResultsFormat.JSON), found.notes


def _asked(text: str, data: Sequence[str], wanted: Wanted, timeout: float, memory: int) -> _Found:
    """Run the query in a process of its own, which has no network and may die of it."""
    asked = asdict(wanted) | {
        "query": text,
        "data": list(data),
        "prefixes": PREFIXES,
        "seconds": timeout,
        "memory": memory,
    }
    content = read_bytes(Path(_STDIN)) if _STDIN in data else b""
    with worker_of("main", subprocess.PIPE) as process:
        ready = _sent(process, json.dumps(asked).encode() + b"\n" + content)
        try:
            said, noise = process.communicate(timeout=timeout if ready else None)
        except subprocess.TimeoutExpired:
            process.kill()
            raise LimitError(late(timeout)) from None
    if (found := _answered(said)) is not None:
        return found
    raise death(process.returncode, noise.decode(errors="replace"), timeout, memory)


def _sent(process: "subprocess.Popen[bytes]", request: bytes) -> bool:
    """Give *process* its *request*, and return whether it has read the data.

    Raises:
        ProvenanceError: It says that it cannot.
    """
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        with process.stdin as file:
            left = memoryview(request)
            while left:
                left = left[file.write(left) or 0 :]
    except BrokenPipeError:
        pass  # it is gone, and its status says why
    process.stdin = None
    told = process.stdout.readline()
    return told.endswith(b"\n") and "ready" in checked(told)


def _answered(said: bytes) -> _Found | None:
    """Return the answer in what a process *said*; None if it did not get that far."""
    told, end, found = said.partition(b"\n")
    record = checked(told) if end else {}
    whole = record.get("size") == len(found)
    return _Found(record["kind"], found, record["notes"]) if whole else None


def _remote(text: str, address: str, timeout: float) -> Answer:
    declared = set(_DECLARED.findall(_OPAQUE.sub(lambda hit: hit[0][:1], text)))
    head = [f"PREFIX {p}: <{iri}>" for p, iri in PREFIXES.items() if p not in declared]
    # On one line, so that the endpoint counts the others as their author does.
    data = post_query(address, " ".join([*head, text]), timeout)
    try:
        return parse_query_results(data, format=QueryResultsFormat.JSON)
    except (SyntaxError, ValueError) as error:
        why = "what came back is no result of SELECT or ASK"
        raise StoreError(f"cannot query {address}: {why}") from error
