"""HTTP to a store: credentials from the environment or .netrc, sent where they are asked for.

Nothing here follows a redirect: credentials, and what is pushed, reach no other machine.
"""

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from provenance import __version__

if TYPE_CHECKING:
    import requests

USER, PASSWORD, TOKEN = "PROV_STORE_USER", "PROV_STORE_PASSWORD", "PROV_STORE_TOKEN"
"""The environment variables of Basic and Digest authentication, and of a bearer token."""
_LONGEST_REASON = 300


def open_session() -> "requests.Session":
    """Return a session that has the user's credentials."""
    import requests

    session = requests.Session()
    session.headers["User-Agent"] = f"source-provenance/{__version__}"
    token, user = os.environ.get(TOKEN), os.environ.get(USER)
    if token:
        session.auth = _Bearer(token)
    elif user is not None:
        session.auth = _either(user, os.environ.get(PASSWORD, ""))
    else:
        session.auth = _netrc
    return session


def refusal(answer: "requests.Response") -> str:
    """Return the status of *answer* with where it points to, or what it says."""
    place = answer.headers.get("Location")
    if place:
        return f"it answers {answer.status_code} and has moved to {place}"
    said = " ".join(answer.text.split())[:_LONGEST_REASON]
    return f"it answers {answer.status_code} {said or answer.reason}"


def cause(error: Exception) -> str:
    """Return the innermost cause of *error*, which the library wraps several times over."""
    inner: BaseException = error
    while (below := inner.__cause__ or inner.__context__) is not None:
        inner = below
    if isinstance(inner, OSError) and inner.strerror:
        return inner.strerror[:1].lower() + inner.strerror[1:]
    return " ".join(str(inner or type(error).__name__).split())


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


def _either(user: str, password: str) -> _Either:
    from requests.auth import HTTPBasicAuth, HTTPDigestAuth

    return _Either(HTTPBasicAuth(user, password), HTTPDigestAuth(user, password))


def _netrc(request: "requests.PreparedRequest") -> "requests.PreparedRequest":
    """Use what ``.netrc`` has for the host of *request*, as the host asks for it."""
    from requests.utils import get_netrc_auth

    found = get_netrc_auth(request.url or "")
    return _either(*found)(request) if found else request
