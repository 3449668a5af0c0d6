"""Which model is asked, where, and what it is asked."""

import hashlib
import ipaddress
import json
import os
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from provenance.common.files import check_no_user
from provenance.common.sessions import repeats
from provenance.errors import ExtractionError
from provenance.readings.form import asked_schema

KEY: Final = "PROV_LLM_KEY"
"""The variable of the environment that holds the key, if the server wants one."""
_SHORTEST_KEY = 8
"""Letters of a key; what is shorter, such as "none", is there for servers that want any."""
_PROMPT = Path(__file__).parent / "prompt.md"


@dataclass(frozen=True, slots=True)
class Asking:
    """Which model is asked, and how.

    Attributes:
        model: Its name, as the server knows it.
        endpoint: Where the server's API begins: "http://localhost:11434/v1". Without it nothing is
            asked, and only replies that were kept are used.
        replies: The folder in which replies are kept, "" where they are not.
        context: How many tokens the model can take in and write, all together.
        seconds: How long a reply may take.
        tries: How often a part of an article is asked about before it is given up.
        pause: Seconds before the second try, twice as many before the next.
    """

    model: str
    endpoint: str = ""
    replies: str = ""
    context: int = 8192
    seconds: float = 300.0
    tries: int = 3
    pause: float = 1.0

    def checked(self) -> "Asking":
        """Return this with an endpoint that can be asked.

        Raises:
            ExtractionError: There is no model, or the endpoint is no address.
        """
        if not self.model:
            raise ExtractionError("cannot ask: the extractor llm needs the name of a model")
        if not self.endpoint:
            return self
        check_no_user(self.endpoint)
        try:
            parts = urlsplit(self.endpoint)
            sound = parts.scheme in ("http", "https") and bool(parts.hostname)
            _ = parts.port
        except ValueError:
            sound = False
        if not sound or parts.query or parts.fragment:
            raise ExtractionError(f"cannot ask {self.endpoint}: not the address of an API")
        return replace(self, endpoint=self.endpoint.rstrip("/"))

    def identity(self) -> "Asking":
        """Return what of this a graph depends on: not where and how patiently it was asked."""
        return Asking(model=self.model, context=self.context)


def key() -> str:
    """Return the key that the environment holds for the server, "" where there is none.

    Raises:
        ExtractionError: No header can hold it.
    """
    found = os.environ.get(KEY, "").strip()
    if not (found.isascii() and found.isprintable()):  # the library would say it with the value
        raise ExtractionError(f"cannot use {KEY}: it holds characters that a header cannot")
    return found


def tells_key(said: str) -> bool:
    """Whether *said* repeats the key, in whatever notation."""
    secret = key()
    return len(secret) >= _SHORTEST_KEY and repeats(said, [secret])


@cache
def prompt() -> str:
    """Return the instructions that a model gets before the article."""
    return _PROMPT.read_text(encoding="utf-8")


@cache
def prompt_digest() -> str:
    """Return the SHA-256 in hex of what a model is asked, less the article."""
    whole = json.dumps([prompt(), asked_schema()], sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()


def is_here(endpoint: str) -> bool:
    """Whether *endpoint* is on this machine, by its name."""
    host = urlsplit(endpoint).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
