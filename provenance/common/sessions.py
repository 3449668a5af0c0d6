"""HTTP to a store: credentials from the environment or .netrc, sent where they are asked for.

Nothing here follows a redirect: credentials, and what is pushed, reach no other machine.
"""

import os
import re
from base64 import b64decode
from contextlib import suppress
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, unquote_plus

from provenance import __version__
from provenance.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import requests

USER, PASSWORD, TOKEN = "PROV_STORE_USER", "PROV_STORE_PASSWORD", "PROV_STORE_TOKEN"
"""The environment variables of Basic and Digest authentication, and of a bearer token."""
_LONGEST_REASON, _MOST_READ = 300, 10_000
_PARAMETER = re.compile(r'\b(?:response|cnonce)="([^"]+)"')
_BASE64 = re.compile(r"[A-Za-z0-9+/]{8,}")
_BACKSLASHED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))")


def open_session() -> "requests.Session":
    """Return a session that has the user's credentials."""
    import requests

    session = requests.Session()
    session.headers["User-Agent"] = f"source-provenance/{__version__}"
    token, user = os.environ.get(TOKEN, "").strip(), os.environ.get(USER)
    if not (token.isascii() and token.isprintable()):  # the library would say it with the value
        raise StoreError(f"cannot use {TOKEN}: it holds characters that a header cannot")
    if token:
        session.auth = _Bearer(token)
    elif user is not None:
        session.auth = _either(user, os.environ.get(PASSWORD, ""))
    else:
        session.auth = _netrc
    return session


def refusal(answer: "requests.Response") -> str:
    """Return the status of *answer* with where it points to, or what it says.

    What echoes a credential that it was sent, in whatever notation, is withheld as a whole.
    """
    place = answer.headers.get("Location")
    said = place or " ".join(answer.text.split()) or str(answer.reason or "")
    status = f"it answers {answer.status_code}"
    if _tells_secret(said, answer):
        return f"{status}, and what it says is not shown: it repeats a credential"
    return f"{status} and has moved to {place}" if place else f"{status} {said[:_LONGEST_REASON]}"


def _tells_secret(said: str, answer: "requests.Response") -> bool:
    """Whether *said* holds what the requests that led to *answer* were authenticated by."""
    from requests.utils import get_netrc_auth

    secrets = {os.environ.get(TOKEN, ""), os.environ.get(PASSWORD, "")}
    secrets |= {(get_netrc_auth(answer.url) or ("", ""))[1]}
    for one in (answer, *answer.history):
        header = one.request.headers.get("Authorization", "")
        text = header if isinstance(header, str) else header.decode("latin-1")
        secrets |= {text.partition(" ")[2], *_PARAMETER.findall(text)}
    return repeats(said[:_MOST_READ], secrets)


def repeats(said: str, secrets: "Iterable[str]") -> bool:
    """Whether *said* holds one of *secrets*, in whatever notation."""
    known = {"".join(secret.split()) for secret in secrets} - {""}
    return bool(known) and any(one in form for form in _notations(said) for one in known)


def _notations(said: str) -> "Iterator[str]":
    """Yield *said* without blanks, as it is and with what escapes letters in it undone."""
    forms = {said}
    for _ in range(3):  # an escape within an escape, within an address
        undone = (unescape, unquote, unquote_plus, _unbackslashed)
        forms |= {undo(form) for form in forms for undo in undone}
    for form in forms:
        yield "".join(form.split())
        for run in _BASE64.findall(form):
            with suppress(ValueError):
                data = b64decode(run + "=" * (-len(run) % 4))
                yield "".join(data.decode("utf-8", "replace").split())


def _unbackslashed(said: str) -> str:
    return _BACKSLASHED.sub(lambda one: chr(int(one[1], 16)) if one[1] else one[2], said)


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
