"""Push graphs to a store, each counted back, by two W3C protocols of 2013.

They are the Graph Store HTTP Protocol and SPARQL 1.1 Update.
"""

import gzip
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode, urlsplit

from pyoxigraph import RdfFormat, parse

from provenance.common.files import tells_user, without_user
from provenance.common.sessions import PASSWORD, USER, cause, open_session, refusal
from provenance.errors import StoreError
from provenance.stores.named import NamedGraph

if TYPE_CHECKING:
    import requests


_LINES: Final = "application/n-triples"
_RESULTS: Final = "application/sparql-results+json"
_AGAIN: Final = {429, 500, 502, 503, 504}
_CONNECT: Final = 10.0  # seconds


@dataclass(frozen=True, slots=True)
class Remote:
    """A store behind HTTP.

    Attributes:
        url: Its Graph Store endpoint or, with *update*, its endpoint for SPARQL Update.
        update: Whether to speak SPARQL Update, for what has no Graph Store.
        query: Its endpoint for queries, which says what has arrived; without it ("") a Graph
            Store is asked for each graph as a whole, and after an *update* nobody is asked.
        compress: Whether requests are sent as gzip.
        timeout: How long it may be silent, in seconds.
        retries: How often to retry a request after a temporary failure.
        batch: Triples in one *update*.
        wait: Seconds before the first retry; doubled for each further one.
    """

    url: str
    update: bool = False
    query: str = ""
    compress: bool = False
    timeout: float = 300.0
    retries: int = 5
    batch: int = 10_000
    wait: float = 0.5
    _session: "requests.Session" = field(default_factory=open_session, repr=False)

    def __post_init__(self) -> None:
        """Refuse what is not a web address, or holds a password."""
        for address in filter(None, (self.url, self.query)):
            if tells_user(address):
                how = f"set {USER} and {PASSWORD}, or use .netrc"
                raise StoreError(f"cannot push to that address: it holds a password: {how}")
            parts = urlsplit(address)
            if parts.scheme not in {"http", "https"} or not parts.hostname:
                raise StoreError(f"cannot push to {address}: it is not a web address")

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
        """Return how many triples the store has in the graph *iri*, None where it cannot say.

        Raises:
            StoreError: It is unreachable or refuses.
        """
        if not self.query:
            return None if self.update else self._read_back(iri)
        text = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}"
        form = urlencode({"query": text}).encode("ascii")  # Virtuoso 7 knows queries as forms alone
        answer = self._send("POST", self.query, form, "application/x-www-form-urlencoded")
        try:
            return int(answer.json()["results"]["bindings"][0]["n"]["value"])
        except (ValueError, LookupError, TypeError, RecursionError) as error:
            raise StoreError(
                f"cannot count at {self.query}: what came back is not a count"
            ) from error

    def _read_back(self, iri: str) -> int:
        answer = self._send("GET", self.url, None, "", {"graph": iri}, missing=True)
        if answer.status_code == 404:
            return 0
        try:
            return sum(1 for _ in parse(answer.content, format=RdfFormat.N_TRIPLES))
        except (SyntaxError, ValueError) as error:
            why = "what came back is not the graph: is that the address of a Graph Store?"
            raise StoreError(f"cannot count at {self.url}: {why}") from error

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
        """Send one request, and retry it as needed; each may safely be repeated."""
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
            raise StoreError(f"cannot push to {url}: {without_user(refusal(answer))}")
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
                    raise StoreError(f"cannot push to {self.url}: {cause(error)}") from error
            time.sleep(wait)
            wait *= 2
        raise AssertionError("the last time returns or raises")


@dataclass(frozen=True, slots=True)
class Pushed:
    """A graph that is in a store now.

    Attributes:
        triples: How many were sent.
        found: How many the store says that it has, None where it cannot be asked.
    """

    iri: str
    triples: int
    found: int | None

    @property
    def whole(self) -> bool:
        """Whether nothing indicates that some of it is missing."""
        return self.found in (None, self.triples)


def push(graphs: Iterable[NamedGraph], store: Remote) -> Iterator[Pushed]:
    """Replace each of *graphs* in *store*, and yield what is there afterwards.

    Pushing a graph again gives the same result, so an interrupted push can simply be repeated.

    Raises:
        StoreError: The store is unreachable or refuses.
    """
    for graph in graphs:
        store.replace(graph)
        yield Pushed(graph.iri, len(graph), store.count(graph.iri))
