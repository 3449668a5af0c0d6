"""The SPARQL 1.1 Protocol, as far as a query needs it."""

from collections.abc import Mapping
from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from provenance import __version__
from provenance.errors import StoreError
from provenance.files import reason

_RESULTS = "application/sparql-results+json"
_HEADERS = {
    "Accept": _RESULTS,
    "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
    "User-Agent": f"source-provenance/{__version__}",
}
_LONGEST_REASON = 300


class _Stay(HTTPRedirectHandler):
    """Follows no redirect: a query that was posted would arrive elsewhere without itself."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        return None


def is_address(name: str) -> bool:
    """Return whether *name* is a web address and no file."""
    return name.lower().startswith(("http://", "https://"))


def post_query(address: str, text: str, timeout: float) -> bytes:
    """Return what the endpoint at *address* answers to the query *text*, as JSON.

    It is asked to count its named graphs as one, as most do anyway; Oxigraph's server does so on
    this parameter, others pass over it.

    Raises:
        StoreError: It is unreachable or refuses.
    """
    if "@" in urlsplit(address).netloc:
        raise StoreError("cannot query that address: it holds a password, which others can see")
    form: Mapping[str, str] = {"query": text, "union-default-graph": "true"}
    try:
        request = Request(address, urlencode(form).encode("ascii"), _HEADERS)
        with build_opener(_Stay).open(request, timeout=timeout) as response:
            return bytes(response.read())
    except HTTPError as error:
        raise StoreError(f"cannot query {address}: {_refusal(error)}") from error
    except URLError as error:
        why = reason(error.reason) if isinstance(error.reason, OSError) else str(error.reason)
        raise StoreError(f"cannot query {address}: {why}") from error
    except OSError as error:
        raise StoreError(f"cannot query {address}: {reason(error)}") from error
    except (HTTPException, ValueError) as error:
        raise StoreError(f"cannot query {address}: {error or type(error).__name__}") from error


def _refusal(error: HTTPError) -> str:
    """Return the status of *error* with where it points to, or what it says."""
    with error:
        place = error.headers.get("Location")
        if place:
            return f"it answers {error.code} and has moved to {place}"
        said = " ".join(error.read(10 * _LONGEST_REASON).decode("utf-8", "replace").split())
    return f"it answers {error.code} {said[:_LONGEST_REASON] or error.reason}"
