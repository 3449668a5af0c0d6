"""Who may ask the desk what: its own pages, and programs on this machine; nobody else's pages.

A browser that shows a stranger's page will send what that page wants to this machine. So the Host
must be one of ours (a name of the stranger's may lead here: DNS rebinding), and what a browser says
of the page that asks must be that it is one of ours.
"""

import asyncio
import ipaddress
import secrets
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of the desk; whoever serves it may set others.

    Attributes:
        body: Bytes of a request.
        files: Files in a request, and in a ZIP.
        unpacked: Bytes that a ZIP may unpack to.
        silence: Seconds that a request may say nothing before it is whole.
        sending: Seconds that it may take to be whole.
        building: Seconds that an article may take.
        query: Seconds that a query may take.
        memory: Bytes that its answer may take.
        queries: Queries that are answered at once; others wait.
        text: Code points of a query, and of a correction.
    """

    body: int = 200_000_000
    files: int = 2_000
    unpacked: int = 1_000_000_000
    silence: float = 30.0
    sending: float = 600.0
    building: float = 300.0
    query: float = 30.0
    memory: int = 1_000_000_000
    queries: int = 4
    text: int = 100_000


Scope = Any
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

SHARED = ("/sparql", "/store")
"""What pages of other sites may read, where the user allows them to."""
COOKIE = "prov-desk"
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_PLAIN = "default-src 'none'; frame-ancestors 'none'"
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True, slots=True)
class Door:
    """Who is let in.

    Attributes:
        hosts: What a request may have as its Host, in lower case.
        addresses: Whether it may be any IP address, which nobody's name server can make ours.
        port: That which is listened on.
        token: What whoever asks must know, "" where nothing.
        origins: Other sites whose pages may read `SHARED`.
    """

    hosts: frozenset[str]
    port: int
    addresses: bool = False
    token: str = ""
    origins: frozenset[str] = frozenset()

    def knows(self, host: str) -> bool:
        """Whether *host*, with its port, is one of ours."""
        if host in self.hosts:
            return True
        name, _, port = host.rpartition(":")
        return self.addresses and port == str(self.port) and _is_ip(name)


def door(names: tuple[str, ...], port: int, token: str, origins: tuple[str, ...]) -> Door:
    """Return the door of a desk that is reached by *names* (and this machine) on *port*."""
    known = {*_LOOPBACK, *(name.lower() for name in names)}
    hosts = {f"{name}:{port}" for name in known} | (known if port == 80 else set())
    anywhere = bool({"0.0.0.0", "[::]"} & known)
    return Door(frozenset(hosts), port, anywhere, token, frozenset(o.lower() for o in origins))


def _is_ip(name: str) -> bool:
    try:
        ipaddress.ip_address(name.removeprefix("[").removesuffix("]"))
    except ValueError:
        return False
    return True


class Guard:
    """What stands before an application and turns away who has no business there."""

    def __init__(self, app: App, door: Door, limits: Limits) -> None:
        """Stand before *app*."""
        self._app, self._door, self._limits = app, door, limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or have it answered."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        foreign = self._foreign(scope, headers)
        sender = _signed(send, foreign)
        refused = self._refused(scope, headers, foreign)
        if refused is not None:
            await refused(scope, receive, sender)
            return
        await self._app(scope, _bounded(receive, self._limits, headers), sender)

    def _foreign(self, scope: Scope, headers: Mapping[str, str]) -> str:
        """Return the other site whose page may read this, "" if it is none."""
        origin = headers.get("origin", "")
        allowed = origin.lower() in self._door.origins and scope["path"] in SHARED
        return origin if allowed else ""

    def _refused(self, scope: Scope, headers: Headers, foreign: str) -> Response | None:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._door.knows(hosts[0].lower()):
            return PlainTextResponse("this is not the host that you mean\n", 421)
        if foreign and scope["method"] == "OPTIONS":
            return Response(status_code=204)
        if not foreign and not self._is_own(scope, headers):
            return PlainTextResponse("pages of other sites may not ask this\n", 403)
        return self._unknown(scope, headers) if self._door.token else None

    def _is_own(self, scope: Scope, headers: Headers) -> bool:
        """Whether it is a page of ours that asks, or no page at all."""
        origins = headers.getlist("origin")
        for origin in origins:
            scheme, _, host = origin.lower().partition("://")
            if scheme not in ("http", "https") or not self._door.knows(host):
                return False
        if headers.get("sec-fetch-site", "none") in ("none", "same-origin"):
            return True
        # A link on another site may lead here; nothing else of it may.
        leads = headers.get("sec-fetch-mode") == "navigate" and scope["method"] == "GET"
        return leads and headers.get("sec-fetch-dest") == "document" and not scope["query_string"]

    def _unknown(self, scope: Scope, headers: Headers) -> Response | None:
        """Return what is said to one who does not know the token; who has it keeps it."""
        asked = QueryParams(scope["query_string"].decode("latin-1"))
        bearer = headers.get("authorization", "")
        kept = cookie_parser(headers.get("cookie", "")).get(COOKIE, "")
        if self._is_token(bearer.removeprefix("Bearer ")) or self._is_token(kept):
            return None
        if scope["method"] == "GET" and self._is_token(asked.get("token", "")):
            answer = RedirectResponse(scope["path"], 303)
            answer.set_cookie(COOKIE, self._door.token, httponly=True, samesite="strict")
            return answer
        why = "open the address with the token that prov serve printed\n"
        return PlainTextResponse(why, 401, {"WWW-Authenticate": "Bearer"})

    def _is_token(self, given: str) -> bool:
        return secrets.compare_digest(given.encode("utf-8", "replace"), self._door.token.encode())


def _signed(send: Send, foreign: str) -> Send:
    """Return *send* with what keeps a browser from doing more with an answer than it should."""

    async def sender(message: Any) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.setdefault("Content-Security-Policy", _PLAIN)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            if foreign:
                headers["Access-Control-Allow-Origin"] = foreign
                headers["Access-Control-Allow-Headers"] = "Content-Type, Accept, Authorization"
                headers["Cross-Origin-Resource-Policy"] = "cross-origin"
                headers["Vary"] = "Origin"
        await send(message)

    return sender


def _bounded(receive: Receive, limits: Limits, headers: Mapping[str, str]) -> Receive:
    """Return *receive* with an end to how much it brings, and how slowly."""
    size, whole, until = 0, False, time.monotonic() + limits.sending
    too_long = HTTPException(413, f"more than {limits.body // 1_000_000} MB at once")

    async def receiver() -> Any:
        nonlocal size, whole
        if whole:
            return await receive()
        if int(headers.get("content-length", "0")) > limits.body:
            raise too_long
        try:
            left = until - time.monotonic()
            message = await asyncio.wait_for(receive(), min(limits.silence, max(left, 0)))
        except TimeoutError:
            raise HTTPException(408, "the request did not come to its end") from None
        size += len(message.get("body", b""))
        whole = not message.get("more_body", False)
        if size > limits.body:
            raise too_long
        return message

    return receiver
