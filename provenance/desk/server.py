"""The desk served: an address printed, a browser opened, and everything put away in the end."""

import secrets
import signal
import socket
import threading
import webbrowser
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from provenance.common.files import reason
from provenance.desk.application import Desk, application
from provenance.desk.guard import Limits, door
from provenance.errors import StoreError
from provenance.gathering import Settings

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_MOST_CLIENTS = 200


@dataclass(frozen=True, slots=True)
class Place:
    """Where the desk is to be reached.

    Attributes:
        host: The address to listen on.
        port: 0 for any that is free.
        names: Other names under which it is reached.
        token: Whether one is asked for on this machine, too.
        origins: Other sites whose pages may ask queries.
    """

    host: str = "127.0.0.1"
    port: int = 0
    names: tuple[str, ...] = ()
    token: bool = False
    origins: tuple[str, ...] = ()


def serve(
    folder: Path,
    settings: Settings,
    place: Place,
    who: str,
    *,
    limits: Limits | None = None,
    ready: Callable[[str], None] = print,
    browser: bool = False,
) -> None:
    """Serve the store in *folder* until it is interrupted.

    Args:
        folder: Where the store is, made where there is none.
        settings: How articles are built.
        place: Where it listens.
        who: Whose corrections they are where a page says nothing else.
        limits: What a request may take.
        ready: Called with the address.
        browser: Whether one is opened.

    Raises:
        StoreError: It is no store, somebody else writes to it, or nothing can listen there.
    """
    limits = limits or Limits()
    listening = _listening(place)
    port = listening.getsockname()[1]
    token = secrets.token_urlsafe(24) if place.token or place.host not in _LOOPBACK else ""
    bracketed = f"[{place.host}]" if ":" in place.host else place.host
    with closing(listening), closing(Desk(folder, settings, limits, who)) as desk:
        app = application(desk, door((bracketed, *place.names), port, token, place.origins))
        config = uvicorn.Config(
            app,
            http="h11",
            ws="none",
            lifespan="on",
            log_level="error",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=_MOST_CLIENTS,
            timeout_keep_alive=15,
            timeout_graceful_shutdown=3,
        )
        address = f"http://{bracketed}:{port}/" + (f"?token={token}" if token else "")
        ready(address)
        if browser:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        with suppress(KeyboardInterrupt):  # which is how it ends
            uvicorn.Server(config).run(sockets=[listening])


def _listening(place: Place) -> socket.socket:
    """Return a socket that listens there.

    Raises:
        StoreError: None can.
    """
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((place.host, place.port))
        listening.listen(100)
    except OSError as error:
        listening.close()
        raise StoreError(f"cannot serve {place.host}:{place.port}: {reason(error)}") from error
    return listening
