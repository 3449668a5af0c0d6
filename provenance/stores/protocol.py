"""Two W3C protocols of 2013 to a store: the Graph Store HTTP Protocol, and SPARQL 1.1 Update."""

import gzip
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from pyoxigraph import RdfFormat, parse

from provenance import __version__
from provenance.errors import StoreError
from provenance.stores.named import NamedGraph

if TYPE_CHECKING:
    import requests

USER, PASSWORD, TOKEN = "PROV_STORE_USER", "PROV_STORE_PASSWORD", "PROV_STORE_TOKEN"
"""The environment variables of Basic and Digest authentication, and of a bearer token."""
_LINES: Final = "application/n-triples"
_RESULTS: Final = "application/sparql-results+json"
_AGAIN: Final = {429, 500, 502, 503, 504}
_CONNECT: Final = 10.0  # seconds
_LONGEST_REASON: Final = 300


@dataclass(frozen=True, slots=True)
class Remote:
    """A store behind HTTP.

    Attributes:
        url: Its Graph Store endpoint or, with *update*, its endpoint for SPARQL Update.
        update: Whether to speak SPARQL Update, for what has no Graph Store.
        query: Its endpoint for queries, which tells what an *update* has brought; may be "".
        compress: Whether requests are sent as gzip.
        timeout: How long it may be silent, in seconds.
        retries: How often a request is repeated that failed for a reason that may pass.
        batch: Triples in one *update*.
        wait: Seconds before the first repetition; doubled for each further one.
    """

    url: str
    update: bool = False
    query: str = ""
    compress: bool = False
    timeout: float = 300.0
    retries: int = 5
    batch: int = 10_000
    wait: float = 0.5
    _session: "requests.Session" = field(default_factory=lambda: _session(), repr=False)

    def __post_init__(self) -> None:
        """Refuse an address that is none, or tells a password to whoever sees it."""
        for address in filter(None, (self.url, self.query)):
            parts = urlsplit(address)
            if parts.scheme not in {"http", "https"} or not parts.hostname:
                raise StoreError(f"cannot push to {address}: it is no web address")
            if "@" in parts.netloc:
                how = f"set {USER} and {PASSWORD}, or use .netrc"
                raise StoreError(f"cannot push to that address: it holds a password: {how}")

    def replace(self, graph: NamedGraph) -> None:
        """Make *graph* all that the store has under its name.

        Raises:
            StoreError: It is unreachable or refuses.
        """
        if self.update:
            for number, start in enumerate(range(0, max(1, len(graph)), self.batch)):
                lines = b"".join(graph.lines[start : start + self.batch])
                drop = f"DROP SILENT GRAPH <{graph.iri}> ;\n" if number == 0 else ""
                text = f"{drop}INSERT DATA {{ GRAPH <{graph.iri}> {{\n".encode() + lines + b"} }"
                self._send("POST", self.url, text, "application/sparql-update")
        else:
            body = b"".join(graph.lines)
            self._send("PUT", self.url, body, _LINES, {"graph": graph.iri})

    def count(self, iri: str) -> int | None:
        """Return how many triples the store has in the graph *iri*, None where it cannot tell.

        Raises:
            StoreError: It is unreachable or refuses.
        """
        if not self.update:
            answer = self._send("GET", self.url, None, "", {"graph": iri}, missing=True)
            if answer.status_code == 404:
                return 0
            return sum(1 for _ in parse(answer.content, format=RdfFormat.N_TRIPLES))
        if not self.query:
            return None
        text = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}"
        answer = self._send("POST", self.query, text.encode(), "application/sparql-query")
        try:
            return int(answer.json()["results"]["bindings"][0]["n"]["value"])
        except (ValueError, LookupError, TypeError) as error:
            raise StoreError(f"cannot count at {self.query}: what came back is no count") from error

    def _send(
        self,
        method: str,
        url: str,
        body: bytes | None,
        kind: str,
        params: dict[str, str] | None = None,
        *,
        missing: bool = False,
    ) -> "requests.Response":
        """Send one request as often as need be; every one of ours may be repeated."""
        headers = {
            "Accept": _LINES if method == "GET" else _RESULTS if url == self.query else "*/*"
        }
        if body is not None:
            headers["Content-Type"] = kind
            if self.compress:
                body, headers["Content-Encoding"] = gzip.compress(body, 6, mtime=0), "gzip"

        def once() -> "requests.Response":
            return self._session.request(
                method,
                url,
                params=params,
                data=body,
                headers=headers,
                timeout=(_CONNECT, self.timeout),
                allow_redirects=False,
            )

        answer = self._persistently(once)
        fine = answer.ok and not answer.is_redirect
        if not fine and not (missing and answer.status_code == 404):
            raise StoreError(f"cannot push to {url}: {_refusal(answer)}")
        return answer

    def _persistently(self, once: "Callable[[], requests.Response]") -> "requests.Response":
        import requests

        wait = self.wait
        for left in range(self.retries, -1, -1):
            try:
                answer = once()
                if answer.status_code not in _AGAIN or not left:
                    return answer
            except requests.RequestException as error:
                if not left or isinstance(error, requests.exceptions.InvalidURL):
                    raise StoreError(f"cannot push to {self.url}: {_why(error)}") from error
            time.sleep(wait)
            wait *= 2
        raise AssertionError("the last time returns or raises")


def _session() -> "requests.Session":
    import requests
    from requests.auth import HTTPBasicAuth, HTTPDigestAuth

    session = requests.Session()
    session.headers["User-Agent"] = f"source-provenance/{__version__}"
    token, user = os.environ.get(TOKEN), os.environ.get(USER)
    if token:
        session.auth = _Bearer(token)
    elif user is not None:
        password = os.environ.get(PASSWORD, "")
        session.auth = _Either(HTTPBasicAuth(user, password), HTTPDigestAuth(user, password))
    return session


@dataclass(frozen=True, slots=True)
class _Bearer:
    """A token in each request (RFC 6750)."""

    token: str

    def __call__(self, request: "requests.PreparedRequest") -> "requests.PreparedRequest":
        request.headers["Authorization"] = f"Bearer {self.token}"
        return request


@dataclass(frozen=True, slots=True)
class _Either:
    """Basic or Digest authentication, whichever the server asks for (RFC 7617, RFC 7616)."""

    basic: "requests.auth.AuthBase"
    digest: "requests.auth.AuthBase"

    def __call__(self, request: "requests.PreparedRequest") -> "requests.PreparedRequest":
        request = self.digest(request)  # answers a challenge, and sends nothing before there is one
        request.register_hook("response", self._challenged)  # type: ignore[no-untyped-call]
        return request

    def _challenged(self, answer: "requests.Response", **options: Any) -> "requests.Response":
        asked = answer.headers.get("WWW-Authenticate", "").lower()
        if answer.status_code != 401 or "basic" not in asked or "digest" in asked:
            return answer
        if "Authorization" in answer.request.headers:
            return answer
        answer.close()
        again = self.basic(answer.request.copy())
        sent: requests.Response = answer.connection.send(again, **options)
        sent.history.append(answer)
        return sent


def _refusal(answer: "requests.Response") -> str:
    place = answer.headers.get("Location")
    if place:
        return f"it answers {answer.status_code} and has moved to {place}"
    said = " ".join(answer.text.split())[:_LONGEST_REASON]
    return f"it answers {answer.status_code} {said or answer.reason}"


def _why(error: Exception) -> str:
    """Return the innermost cause of *error*, which the library wraps several times over."""
    inner: BaseException = error
    while (below := inner.__cause__ or inner.__context__) is not None:
        inner = below
    return " ".join(str(getattr(inner, "strerror", None) or inner or type(error).__name__).split())
