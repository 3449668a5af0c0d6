"""The chat API that OpenAI began and Ollama, llama.cpp and vLLM share, asked patiently.

Only the endpoint that was given is asked: no redirect is followed, no proxy and no file of
credentials is looked for. The key comes from the environment alone.
"""

import json
import re
import time
from dataclasses import dataclass
from typing import Any, Final

import requests
import urllib3

from provenance import __version__
from provenance.errors import ExtractionError
from provenance.readings.asking.settings import KEY, Asking, key, prompt, tells_key
from provenance.readings.asking.splitting import answer_tokens
from provenance.readings.form import asked_schema

LARGEST: Final = 2_000_000
"""Bytes of a reply."""
_AGAIN: Final = frozenset((408, 409, 425, 429, 500, 502, 503, 504, 529))
_LONGEST_WAIT = 60.0
_CONNECTING = 10.0
_PIECE = 65_536
_MOST_SEEN, _MOST_SHOWN = 10_000, 200
_REFUSED: Final = frozenset((400, 404, 415, 422, 501))
"""What a server says that does not know a way to be asked for JSON."""


_WAY: Final = re.compile(rb"response_format|json_schema")
_BROKEN = (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model said, and which one it says it is."""

    content: str
    version: str = ""


class _Again(Exception):
    """It may go better another time, after so many seconds if the server says it."""

    def __init__(self, why: str, wait: float | None = None) -> None:
        super().__init__(why)
        self.wait = wait


class _Unknown(Exception):
    """The server does not know how it is asked."""


class Server:
    """A server of models; it is remembered how it can be asked for JSON."""

    def __init__(self, asking: Asking) -> None:
        """Begin with the way that most servers know."""
        self._asking = asking
        self._ways = _ways()
        self._way = 0

    def reply(self, text: str, mark: str, attempt: int) -> Reply:
        """Return what the model says of *text*, which stands between two *mark*s.

        Raises:
            ExtractionError: The server cannot be asked, or says nothing that can be used.
        """
        asking = self._asking
        why = ""
        for number in range(attempt, asking.tries):
            try:
                return self._any_way(text, mark, number)
            except _Again as error:
                why = str(error)
                if number + 1 < asking.tries:
                    wait = error.wait if error.wait is not None else asking.pause * 2**number
                    time.sleep(min(wait, _LONGEST_WAIT))
        raise ExtractionError(f"cannot ask {asking.model} at {asking.endpoint}: {why}")

    def _any_way(self, text: str, mark: str, number: int) -> Reply:
        while True:
            try:
                return self._asked(text, mark, number)
            except _Unknown as error:
                if self._way + 1 == len(self._ways):
                    asking = self._asking
                    why = f"cannot ask {asking.model} at {asking.endpoint}: {error}"
                    raise ExtractionError(why) from error
                self._way += 1

    def _asked(self, text: str, mark: str, number: int) -> Reply:
        asking = self._asking
        body = {
            "model": asking.model,
            "messages": [
                {"role": "system", "content": prompt()},
                {"role": "user", "content": f"<{mark}>\n{text}\n</{mark}>"},
            ],
            "temperature": 0,
            "seed": number,
            "max_tokens": answer_tokens(asking),
            "stream": False,
            **self._ways[self._way],
        }
        headers = {"User-Agent": f"source-provenance/{__version__}"}
        if secret := key():
            headers["Authorization"] = f"Bearer {secret}"
        try:
            with requests.Session() as session:
                session.trust_env = False
                answer = session.post(
                    f"{asking.endpoint}/chat/completions",
                    json=body,
                    headers=headers,
                    timeout=(_CONNECTING, asking.seconds),
                    allow_redirects=False,
                    stream=True,
                )
                with answer:
                    return _said(answer, time.monotonic() + asking.seconds)
        except _BROKEN as error:
            raise _Again(_reason(error)) from error


def _ways() -> tuple[dict[str, Any], ...]:
    """Return how servers are asked for JSON, what is surest first."""
    schema = asked_schema()
    named = {"name": "reading", "strict": True, "schema": schema}
    return (
        {"response_format": {"type": "json_schema", "json_schema": named}},
        {"response_format": {"type": "json_object", "schema": schema}},
        {},
    )


def _said(answer: requests.Response, until: float) -> Reply:
    """Return what is in an answer of the API."""
    status = answer.status_code
    if status == 500 and _WAY.search(data := _body(answer, until)):
        raise _Unknown(f"the server said {status}: {_shown(data)}")  # of llama-cpp-python
    if status in _AGAIN:
        raise _Again(f"the server said {status}", _wait(answer.headers.get("Retry-After", "")))
    if 300 <= status < 400:
        raise ExtractionError(f"cannot ask {answer.url}: it redirects elsewhere ({status})")
    if status in (401, 403):
        raise ExtractionError(f"cannot ask {answer.url}: {status}, is the key in {KEY}?")
    data = _body(answer, until)
    if status in _REFUSED:
        raise _Unknown(f"the server said {status}: {_shown(data)}")
    if status != 200:
        raise ExtractionError(f"cannot ask {answer.url}: the server said {status}")
    try:
        whole = json.loads(data)
        content = whole["choices"][0]["message"]["content"]
        version = whole.get("system_fingerprint")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise _Again("the server's reply is no chat completion") from None
    if not isinstance(content, str) or not content.strip():
        raise _Again("the model said nothing")
    named = version[:200] if isinstance(version, str) else ""
    if tells_key(content) or tells_key(named):
        raise _Again(f"the reply repeats the key in {KEY}")
    return Reply(content, named)


def _body(answer: requests.Response, until: float) -> bytes:
    data = bytearray()
    while piece := answer.raw.read1(_PIECE, decode_content=True):  # what is there, be it one byte
        data += piece
        if len(data) > LARGEST:
            raise _Again(f"the reply is larger than {LARGEST // 1_000_000} MB")
        if time.monotonic() > until:
            raise _Again("no reply in time")
    return bytes(data)


def _wait(told: str) -> float | None:
    """Return the seconds of a Retry-After, None where it says none."""
    try:
        seconds = float(told)
    except ValueError:
        return None
    return seconds if 0 <= seconds < float("inf") else None


def _shown(data: bytes) -> str:
    """Return the beginning of what the server says, and nothing of what repeats the key."""
    said = data[:_MOST_SEEN].decode("utf-8", "replace")
    if tells_key(said):
        return "no more is shown, it repeats the key"
    return " ".join(said[:_MOST_SHOWN].split())


def _reason(error: BaseException) -> str:
    if isinstance(error, requests.Timeout | urllib3.exceptions.TimeoutError):
        return "no reply in time"
    if isinstance(error, urllib3.exceptions.HTTPError):
        return "the reply was cut off"
    if isinstance(error, requests.ConnectionError):
        return "no connection"
    return " ".join(str(error).split())[:120] or type(error).__name__
