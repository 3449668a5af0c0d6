"""The desk as an ASGI application: what is asked for at which address."""

import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

from anyio import create_task_group, sleep, to_thread
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from provenance import vocab
from provenance.desk import across, corrector, inbox, pages, searching
from provenance.desk.builder import Builder
from provenance.desk.guard import App, Door, Guard, Limits
from provenance.desk.keeper import Keeper
from provenance.desk.negotiating import GRAPHS, chosen
from provenance.desk.sparql import Endpoint
from provenance.desk.watching import Watch, rebuilt
from provenance.errors import GraphError, ProvenanceError, RecordError
from provenance.gathering import Settings
from provenance.model import SourceGraph
from provenance.pipeline import HELD, export
from provenance.rdf import write_graphs
from provenance.stores.embedded import Collection

_EVERY = 1.0
"""Seconds between two looks at the logs of corrections."""
_HTML = "text/html"


class Desk:
    """A store, what is done with it in the background, and who works at it."""

    def __init__(self, folder: Path, settings: Settings, limits: Limits, who: str) -> None:
        """Open the store in *folder*, and go on with what was left to do there.

        Raises:
            StoreError: It is no store, or somebody else writes to it.
        """
        self.settings, self.limits, self.who = settings, limits, who
        self.digest = settings.digest()
        self.keeper = Keeper(folder)
        self.builder = Builder(self.keeper, settings, limits)
        self.endpoint = Endpoint(self.keeper, limits)
        self.watch = Watch(self.keeper, self.builder, settings)
        self.title = folder.resolve().name
        if left := inbox.entries(folder):
            self.builder.add(left, "what was here")

    def close(self) -> None:
        """Stop, and let go of the store."""
        self.endpoint.close()
        self.builder.close()
        self.keeper.close()

    async def name(self, digest: str) -> str:
        """Return the name of the article with this *digest*.

        Raises:
            HTTPException: There is none.
        """
        name = await self.keeper.asked(partial(_named, digest.lower(), self.settings.base_iri))
        if not name:
            raise HTTPException(404, "there is no such article here")
        return name

    async def graph(self, digest: str) -> tuple[str, SourceGraph]:
        """Return the name and the graph of the article with this *digest*, as its log has it now.

        Raises:
            HTTPException: There is none.
        """
        name = await self.name(digest)
        await to_thread.run_sync(self.watch.look, name)
        return name, await self.keeper.asked(lambda held: held.graph(name))

    async def article(self, request: Request) -> Response:
        """Answer an article: its page, or its graph in a format of RDF."""
        name, graph = await self.graph(_digest_in(request))
        asked = GRAPHS.get(request.query_params.get("format", ""), "")
        offered = [_HTML, *GRAPHS.values()]
        media = asked or chosen(request.headers.get("accept", ""), offered)
        base = vocab.base_iri(name, graph.article.digest)
        headers = {"Vary": "Accept"}
        if media == _HTML:
            lost = await self.keeper.asked(partial(corrector.lost_of, article=name))
            frozen = "frozen" in request.query_params
            page = await to_thread.run_sync(
                partial(pages.article, graph, base, lost, self.who, frozen=frozen)
            )
            return _page(page)
        if not media:
            raise HTTPException(406, f"an article is one of html, {', '.join(GRAPHS)}")
        format = next(name for name, known in GRAPHS.items() if known == media)
        return Response(
            write_graphs([graph], format, base_iri=base), media_type=media, headers=headers
        )

    async def data(self, request: Request) -> Response:
        """Answer what the page of an article is told, unless it has it already."""
        name, graph = await self.graph(_digest_in(request))
        lost = await self.keeper.asked(partial(corrector.lost_of, article=name))
        return await self._told(request, name, graph, lost)

    async def _told(
        self, request: Request, name: str, graph: SourceGraph, lost: corrector.Lost
    ) -> Response:
        tag = f'"{pages.version(graph, lost)}"'
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"ETag": tag})
        base = vocab.base_iri(name, graph.article.digest)
        described = await to_thread.run_sync(pages.described, graph, lost)
        documents = await to_thread.run_sync(_held, graph, base)
        told = {**described, "documents": documents, "version": tag}
        return JSONResponse(told, headers={"ETag": tag})

    async def correct(self, request: Request) -> Response:
        """Take a correction of an article, and answer what it looks like then."""
        record = await _record(request, self.limits)
        correction = corrector.parse_correction(record, self.who)
        name = await self.name(_digest_in(request))
        todo = partial(corrector.correct, article=name, correction=correction, digest=self.digest)
        try:
            graph, lost = await self.keeper.asked(todo)
        except GraphError:
            if await self.keeper.asked(partial(corrector.is_known, article=name)):
                raise
            await to_thread.run_sync(rebuilt, self.keeper, self.builder, name, self.settings)
            graph, lost = await self.keeper.asked(todo)
        answer = await self._told(request, name, graph, lost)
        answer.headers["Correction"] = correction.id
        return answer

    async def bring(self, request: Request) -> Response:
        """Take files, a text or an address, and answer how to see what becomes of them."""
        limits, store = self.limits, self.keeper.folder
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in ("multipart/form-data", "application/x-www-form-urlencoded"):
            raise HTTPException(415, "files, a text or an address come as multipart/form-data")
        entries: list[Path] = []
        lines: list[str] = []
        names: list[str] = []
        async with request.form(
            max_files=limits.files, max_fields=100, max_part_size=20_000_000
        ) as form:
            for field, value in form.multi_items():
                if isinstance(value, UploadFile):
                    if not value.filename and not value.size:
                        continue
                    names.append(value.filename or "article")
                    await to_thread.run_sync(_keep_upload, store, value, limits, entries, lines)
                elif value.strip():
                    names.append(value.strip())
                    entries.append(_keep_field(store, field, value))
        if not names:
            raise HTTPException(400, "nothing was brought: a file, a text or an address")
        title = names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
        job = self.builder.add(list(dict.fromkeys(entries)), " ".join(title.split())[:120], lines)
        return JSONResponse(job.record(), 202)

    async def jobs(self, request: Request) -> Response:
        """Answer what is being built, and what was."""
        return JSONResponse([job.record() for job in self.builder.jobs()])

    async def front(self, request: Request) -> Response:
        """Answer the list of all articles, sources and claims."""
        done = [job.id for job in self.builder.jobs() if job.done]
        told = partial(pages.front, title=self.title, who=self.who, done=done)
        return _page(await self.keeper.asked(told))

    async def listed(self, request: Request) -> Response:
        """Answer what that list holds now."""
        told = partial(pages.front_data, title=self.title)
        return JSONResponse(await self.keeper.asked(told))

    async def sparql(self, request: Request) -> Response:
        """Answer a query, or a page to ask one on."""
        asks = request.method == "POST" or "query" in request.query_params
        html = chosen(request.headers.get("accept", ""), ["text/turtle", _HTML]) == _HTML
        if not asks and html:
            return _page(pages.console())
        return await self.endpoint.query(request)

    async def picture(self, request: Request) -> Response:
        """Answer all articles, or some, in one picture."""
        wanted = request.query_params.getlist("article")
        drawn = await self.keeper.asked(partial(across.drawn, title=self.title, wanted=wanted))
        if drawn is None:
            raise HTTPException(404, "there is no such article here: add some first")
        return _page(await to_thread.run_sync(across.picture_page, drawn))

    async def claim(self, request: Request) -> Response:
        """Answer what all articles say to some words."""
        given = [request.query_params.get(name, "") for name in ("words", "article", "claim")]
        words, digest, number = (text[:2_000].strip() for text in given)
        told = partial(across.claim_page, words=words, digest=digest, number=number)
        page = await self.keeper.asked(told) if words or digest else None
        if page is None:
            raise HTTPException(404, "no article says anything to that")
        return _page(page)

    async def compare(self, request: Request) -> Response:
        """Answer two articles side by side."""
        one, other = (request.query_params.get(name, "") for name in ("one", "other"))
        page = await self.keeper.asked(partial(across.compare_page, one=one, other=other))
        if page is None:
            raise HTTPException(404, "there is no such article here")
        return _page(page)

    async def search(self, request: Request) -> Response:
        """Answer where words stand: in texts, names of sources, and claims."""
        words = request.query_params.get("words", "")[:500]
        return JSONResponse(await self.keeper.asked(partial(searching.search, words=words)))


def application(desk: Desk, door: Door) -> App:
    """Return the application of *desk*, with a guard at its *door*."""
    graph, article = desk.endpoint.graph, "/articles/{digest:str}"
    routes = [
        Route("/", desk.front),
        Route("/articles", desk.bring, methods=["POST"]),
        Route("/jobs", desk.jobs),
        Route("/list", desk.listed),
        Route(article, desk.article),
        Route(f"{article}/data", desk.data),
        Route(f"{article}/corrections", desk.correct, methods=["POST"]),
        Route("/.well-known/ni/sha-256/{value:str}", desk.article),
        Route("/sparql", desk.sparql, methods=["GET", "POST"]),
        Route("/store", graph, methods=["GET"]),
        Route("/search", desk.search),
        Route("/picture", desk.picture),
        Route("/claims", desk.claim),
        Route("/compare", desk.compare),
    ]

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with create_task_group() as tasks:
            tasks.start_soon(_watched, desk)
            yield
            tasks.cancel_scope.cancel()

    told: dict[Any, Callable[[Request, Exception], Awaitable[Response]]] = {
        HTTPException: _http,
        ProvenanceError: _ours,
    }
    app = Starlette(routes=routes, exception_handlers=told, lifespan=lifespan)
    return Guard(app, door, desk.limits)


async def _watched(desk: Desk) -> None:
    """Bring into the graphs what `prov correct` writes into logs meanwhile."""
    while True:
        began = time.monotonic()
        with suppress(ProvenanceError):  # a disk that is full, say: whoever works here is told
            await to_thread.run_sync(desk.watch.look_at_all)
        await sleep(max(_EVERY, 20 * (time.monotonic() - began)))


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    if error.status_code in (408, 413):
        headers["Connection"] = "close"
    return PlainTextResponse(f"{error.detail}\n", error.status_code, headers)


async def _ours(request: Request, error: Exception) -> Response:
    """Answer one of our own errors: what was sent is wrong, or no longer holds."""
    status = 400 if isinstance(error, RecordError) else 409
    return PlainTextResponse(" ".join(str(error).split()) + "\n", status)


def _held(graph: SourceGraph, base: str | None) -> dict[str, str]:
    """Return what the page of *graph* holds for whoever wants to take it away."""
    return {to: export([graph], to, base_iri=base).decode() for to in HELD}


def _named(digest: str, base: str | None, held: Collection) -> str:
    """Return the name of the article with this *digest*, "" if there is none."""
    try:
        likely = [vocab.article_iri(digest, base), vocab.article_iri(digest)]
    except RecordError:
        return ""
    if found := [one for one in likely if held.settings(one)]:
        return found[0]
    return next((one for one in held.names() if vocab.digest_of(one) == digest), "")


def _page(page: pages.Page) -> Response:
    headers = {"Content-Security-Policy": page.policy, "Vary": "Accept"}
    return Response(page.html, media_type="text/html; charset=utf-8", headers=headers)


def _digest_in(request: Request) -> str:
    """Return the digest that an address names an article by.

    Raises:
        HTTPException: It names none.
    """
    if "digest" in request.path_params:
        return str(request.path_params["digest"])
    try:
        return vocab.digest_of(f"ni:///sha-256;{request.path_params['value']}")
    except RecordError as error:
        raise HTTPException(404, str(error)) from error


async def _record(request: Request, limits: Limits) -> dict[str, Any]:
    """Return the JSON object that *request* has."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise HTTPException(415, "a correction comes as application/json")
    body = await request.body()
    if len(body) > limits.text:
        raise HTTPException(413, "a correction is no longer than that")
    try:
        record = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise HTTPException(400, "a correction is JSON") from error
    if not isinstance(record, dict):
        raise HTTPException(400, "a correction is an object of JSON")
    return record


def _keep_upload(
    store: Path, file: UploadFile, limits: Limits, entries: list[Path], lines: list[str]
) -> None:
    """Keep a *file* among *entries*, what is in it if it is a ZIP, or say in *lines* why not."""
    name = inbox.safe_name(file.filename or "article")
    if not name.lower().endswith(".zip"):
        entries.append(inbox.keep_file(store, name, file.file.read()))
        return
    try:
        for part, data in inbox.unpack(name, file.file, limits):
            entries.append(inbox.keep_file(store, part, data))
    except ProvenanceError as error:
        lines.append(str(error))


def _keep_field(store: Path, field: str, value: str) -> Path:
    if field == "address":
        return inbox.keep_address(store, value)
    if field == "text":
        return inbox.keep_text(store, value)
    raise HTTPException(400, "there are files, a text and an address, and nothing else")
