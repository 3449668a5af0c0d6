"""The SPARQL 1.1 Protocol for queries, and the Graph Store Protocol for reading."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import local
from typing import Any

from pyoxigraph import NamedNode, RdfFormat, serialize
from starlette.datastructures import FormData, QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from provenance import vocab
from provenance.desk.guard import Limits
from provenance.desk.keeper import Keeper
from provenance.desk.negotiating import GRAPHS, ROWS, chosen
from provenance.errors import LimitError, RecordError
from provenance.stores.embedded import Collection
from provenance.stores.ledger import LEDGER
from provenance.stores.queries import Asker, Wanted

_FORM, _QUERY = "application/x-www-form-urlencoded", "application/sparql-query"
_BUSY = 503
_MOST_TRIPLES = 2_000_000
Fields = QueryParams | FormData


class Endpoint:
    """What answers queries of a store, a few at once, each in a process apart."""

    def __init__(self, keeper: Keeper, limits: Limits) -> None:
        """Ask the store of *keeper*."""
        self._keeper, self._limits = keeper, limits
        self._askers: list[Asker] = []
        self._own = local()
        # A process ends with the thread that started it: these stay.
        self._threads = ThreadPoolExecutor(limits.queries, "asker", self._begin)
        self._threads.submit(lambda: self._asker().start())

    def _begin(self) -> None:
        asker = Asker(self._keeper.folder, self._limits.memory)
        self._own.asker = asker
        self._askers.append(asker)

    def _asker(self) -> Asker:
        asker: Asker = self._own.asker
        return asker

    def close(self) -> None:
        """End all processes, and with them the queries that they answer."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for one in self._askers:
            one.close()

    async def query(self, request: Request) -> Response:
        """Answer the query of a *request*."""
        text, fields = await _asked(request, self._limits)
        accept = request.headers.get("accept", "")
        rows = _format(fields, ROWS) or chosen(accept, list(ROWS.values()))
        triples = _format(fields, GRAPHS) or chosen(accept, list(GRAPHS.values())[:4])
        if not rows and not triples:
            raise HTTPException(406, f"an answer is one of {', '.join(ROWS)}, {', '.join(GRAPHS)}")
        wanted = Wanted(
            rows=rows or ROWS["json"],
            triples=triples or GRAPHS["turtle"],
            default=_iris(fields, "default-graph-uri"),
            named=_iris(fields, "named-graph-uri"),
        )
        kind, found = await self._run(text, wanted)
        media = wanted.rows if kind == "rows" else wanted.triples
        return Response(found, media_type=media, headers={"Vary": "Accept"})

    async def _run(self, text: str, wanted: Wanted) -> tuple[str, bytes]:
        def run() -> tuple[str, bytes]:
            return self._asker().written(text, wanted, self._limits.query)

        try:
            return await asyncio.wrap_future(self._threads.submit(run))
        except LimitError as error:
            raise HTTPException(_BUSY, _without_option(str(error))) from error
        except RecordError as error:
            raise HTTPException(400, str(error)) from error

    async def graph(self, request: Request) -> Response:
        """Answer what a graph is, or the default one, which is all of them."""
        fields = request.query_params
        named, whole = fields.getlist("graph"), "default" in fields
        if len(named) + whole > 1:
            raise HTTPException(400, "ask for one graph: graph=IRI, or default")
        offered = list(GRAPHS.values()) if not named and not whole else list(GRAPHS.values())[:4]
        media = _format(fields, GRAPHS) or chosen(request.headers.get("accept", ""), offered)
        if not named and not whole and media not in offered[4:]:
            media = GRAPHS["trig"] if media else ""
        if not media:
            raise HTTPException(406, f"a graph is one of {', '.join(GRAPHS)}")
        read = partial(_quads, named[0] if named else "", media, not named and not whole)
        found = await self._keeper.asked(read)
        if found is None:
            raise HTTPException(404, "there is no such graph")
        return Response(found, media_type=media, headers={"Vary": "Accept"})


async def _asked(request: Request, limits: Limits) -> tuple[str, Fields]:
    """Return the query that *request* has, and its other fields."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    fields: Fields = request.query_params
    if request.method in ("GET", "HEAD"):
        texts: Sequence[Any] = fields.getlist("query")
    elif kind == _QUERY:
        body = await request.body()
        if len(body) > 4 * limits.text:
            raise HTTPException(413, "the query is too long")
        try:
            texts = [body.decode()]
        except UnicodeDecodeError as error:
            raise HTTPException(400, f"the query is not UTF-8 at byte {error.start}") from error
    elif kind == _FORM:
        fields = await request.form(max_fields=100, max_part_size=4 * limits.text)
        texts = fields.getlist("query")
    else:
        raise HTTPException(415, f"a query comes as {_FORM} or {_QUERY}")
    if "update" in fields:
        raise HTTPException(403, "nothing is changed here by SPARQL: it is read only")
    if len(texts) != 1 or not isinstance(texts[0], str):
        raise HTTPException(400, "ask one query: query=...")
    if len(texts[0]) > limits.text:
        raise HTTPException(413, "the query is too long")
    return texts[0], fields


def _iris(fields: Fields, name: str) -> tuple[str, ...]:
    found = tuple(one for one in fields.getlist(name) if isinstance(one, str))
    for one in found:
        _named(one)
    return found


def _named(text: str) -> NamedNode:
    try:
        return NamedNode(text)
    except ValueError as error:
        raise HTTPException(400, f"not an IRI: {' '.join(str(error).split())}") from error


def _format(fields: Fields, known: dict[str, str]) -> str:
    """Return the media type that is asked for by name, as ``format=csv``."""
    return known.get(str(fields.get("format", "")).lower(), "")


def _quads(name: str, media: str, dataset: bool, held: Collection) -> bytes | None:
    """Return the graph *name* of a store, all as one without one, or all as they are."""
    quads = []
    for quad in held.quads(_named(name) if name else None):
        if quad.graph_name == LEDGER:  # which names files of this machine
            continue
        quads.append(quad if dataset else quad.triple)
        if len(quads) > _MOST_TRIPLES:
            raise HTTPException(_BUSY, "that is too much at once: ask graph by graph")
    if name and not quads:
        return None
    known = RdfFormat.from_media_type(media)
    assert known is not None
    triples = quads if dataset else sorted(set(quads), key=str)
    return serialize(triples, format=known, prefixes=vocab.PREFIXES)  # type: ignore[arg-type]


def _without_option(why: str) -> str:
    return why.partition(", --")[0]
