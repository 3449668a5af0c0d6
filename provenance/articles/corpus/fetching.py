"""Fetch a page from the web, only where a command was given its address.

Robots files are honoured (RFC 9309), redirects few, answers small and quick. Every address that is
connected to, after each redirect as well, must be a public one: the connection is made to the
very address that was checked, so that a name cannot lead elsewhere in between.
"""

import ipaddress
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Timer
from typing import Any
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import requests
import urllib3.util.connection

from provenance import __version__
from provenance.articles.corpus.responses import type_of
from provenance.common.files import check_no_user, without_user
from provenance.errors import ArticleError, ProvenanceError
from provenance.model import Failure, Item

LARGEST = 20_000_000
SECONDS = 30.0
_REDIRECTS = 5
_AGENT = f"source-provenance/{__version__}"
_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052
# Python of some versions takes these for public: NAT64 of a site (RFC 8215), IPv4 within IPv6
# (RFC 4291, deprecated), site-local (RFC 3879), segment routing (RFC 9602), the IETF's own.
_INNER = tuple(
    ipaddress.ip_network(one)
    for one in (
        *("64:ff9b:1::/48", "::/96", "fec0::/10", "5f00::/16", "100::/64", "100:0:0:1::/64"),
        *("2001::/23", "2001:db8::/32", "3fff::/20", "::ffff:0:0:0/96"),
        *("192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "240.0.0.0/4", "0.0.0.0/8"),
    )
)
_MOVED = frozenset((301, 302, 303, 307, 308))


def fetch(url: str, *, private: bool = False) -> Item | Failure:
    """Return the page at *url*.

    Args:
        url: With http or https.
        private: Whether it may be in a private network.
    """
    try:
        check_no_user(url)
        with _public_only(private), requests.Session() as session:
            session.trust_env = False  # no proxies, no credentials from files
            session.headers["User-Agent"] = _AGENT
            where, data, kind = _get(session, url, _Robots(session))
    except ProvenanceError as error:
        return Failure(location=without_user(url), reason=str(error))
    except (requests.RequestException, UnicodeError, ValueError, OSError) as error:
        return Failure(location=url, reason=f"cannot fetch {url}: {_reason(error)}")
    suffix = ".pdf" if "pdf" in kind else ".txt" if kind.startswith("text/plain") else ".html"
    name = urlsplit(where).path.rstrip("/").rpartition("/")[2] or urlsplit(where).hostname or "page"
    name = name if name.lower().endswith(suffix) else name + suffix
    charset = type_of(kind)[1]
    fields = (("charset", charset), ("url", where)) if charset else (("url", where),)
    return Item(location=url, name=name, data=data, fields=fields)


class _Robots:
    """What sites allow, asked for once each."""

    def __init__(self, session: requests.Session) -> None:
        self._session = session
        self._known: dict[str, RobotFileParser] = {}

    def allow(self, url: str) -> bool:
        site = "{0.scheme}://{0.netloc}".format(urlsplit(url))
        if site not in self._known:
            self._known[site] = parser = RobotFileParser()
            answer = self._session.get(
                f"{site}/robots.txt", timeout=SECONDS / 3, allow_redirects=False, stream=True
            )
            with answer:
                text = next(answer.iter_content(500_000), b"") if answer.ok else b""
            parser.parse(text.decode("utf-8", "replace").splitlines())
        return self._known[site].can_fetch(_AGENT, url)


def _get(session: requests.Session, url: str, robots: _Robots) -> tuple[str, bytes, str]:
    """Return the address that an answer came from in the end, its bytes and its type."""
    until = time.monotonic() + SECONDS
    for _ in range(_REDIRECTS + 1):
        if urlsplit(url).scheme not in ("http", "https"):
            raise ArticleError(f"cannot fetch {url}: neither http nor https")
        if not robots.allow(url):
            raise ArticleError(f"cannot fetch {url}: the site's robots.txt does not allow it")
        with session.get(url, timeout=SECONDS / 3, allow_redirects=False, stream=True) as answer:
            if answer.status_code in _MOVED and "Location" in answer.headers:
                # "http:///user:password@host" joined is a path, which the site would be asked for
                check_no_user(answer.headers["Location"])
                url = urljoin(url, answer.headers["Location"])
                check_no_user(url)
                continue
            if not answer.ok:
                raise ArticleError(f"cannot fetch {url}: the server said {answer.status_code}")
            return url, _body(answer, until), answer.headers.get("Content-Type", "").lower()
    raise ArticleError(f"cannot fetch {url}: more than {_REDIRECTS} redirects")


def _body(answer: requests.Response, until: float) -> bytes:
    data = bytearray()
    for piece in answer.iter_content(65_536):
        data += piece
        if len(data) > LARGEST:
            size = f"larger than {LARGEST // 1_000_000} MB"
            raise ArticleError(f"cannot fetch {answer.url}: {size}")
        if time.monotonic() > until:
            raise ArticleError(f"cannot fetch {answer.url}: slower than {SECONDS:.0f} seconds")
    return bytes(data)


@contextmanager
def _public_only(private: bool) -> Iterator[None]:
    """Allow connections to public addresses only, unless *private* allows all."""
    connect: Callable[..., socket.socket] = urllib3.util.connection.create_connection
    open_until: list[tuple[Timer, socket.socket]] = []

    def guarded(address: tuple[str, int], *args: Any, **options: Any) -> socket.socket:
        host, port = address
        found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
        if not private and not all(_is_public(str(where[0])) for *_, where in found):
            raise ArticleError(
                f"cannot fetch from {host}: it is in a private network, --private allows it"
            )
        made = connect((found[0][4][0], port), *args, **options)
        open_until.append(_closed_in_time(made))
        return made

    urllib3.util.connection.create_connection = guarded
    try:
        yield
    finally:
        urllib3.util.connection.create_connection = connect
        for timer, copy in open_until:
            timer.cancel()
            copy.close()


def _is_public(address: str) -> bool:
    """Return whether *address* is one that all the world may ask, also where it holds another."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    inner: list[ipaddress.IPv4Address | None] = []
    if isinstance(ip, ipaddress.IPv6Address):
        inner = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if ip in _NAT64:
            inner.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    within = (one.is_global for one in inner if one is not None)
    inside = any(ip in network for network in _INNER if network.version == ip.version)
    return ip.is_global and not ip.is_multicast and not inside and all(within)


def _closed_in_time(made: socket.socket) -> tuple[Timer, socket.socket]:
    """Shut a connection down when time is up, since it could drip its answer for ever."""
    copy = made.dup()  # the connection's own is given away where it becomes one of TLS

    def shut() -> None:
        with suppress(OSError):
            copy.shutdown(socket.SHUT_RDWR)

    timer = Timer(SECONDS, shut)
    timer.daemon = True
    timer.start()
    return timer, copy


def _reason(error: BaseException) -> str:
    if isinstance(error, requests.Timeout):
        return "no answer in time"
    if isinstance(error, requests.ConnectionError):
        return "no connection"
    return " ".join(str(error).split())[:120] or type(error).__name__
