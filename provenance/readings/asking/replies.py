"""What a model says of an article: part by part, kept, put together, and held to the text.

The reading within a reply may be fenced, have a word before it, or be cut off at its end.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from provenance import __version__
from provenance.articles import check_length
from provenance.common.files import is_file, read_bytes, utf8, write_whole
from provenance.common.plugins import ASKED
from provenance.errors import ExtractionError, ProvenanceError, RecordError
from provenance.model import Article, Reader, ReaderKind, Run, SourceGraph
from provenance.readings import Finder, Parsed, graph_of, parsed
from provenance.readings.asking.chat import Reply, Server
from provenance.readings.asking.settings import Asking, prompt_digest
from provenance.readings.asking.splitting import joined, parts_of

_LISTS = ("sources", "flows", "disputes")
_THOUGHT = re.compile(r"\A\s*<think>(?:(?!</think>).)*+</think>", re.DOTALL)
_MOST = 20_000
_ENDS = '}]"'


def object_in(content: str) -> Mapping[str, Any] | None:
    """Return the reading in *content*, whose last rows may be cut off; None where there is none."""
    said = _THOUGHT.sub("", content)
    start = said.find("{")
    if start < 0:
        return None
    whole = _decoded(said[start:])
    if whole is None:
        whole = _decoded_rows(said[start:])
    if whole is None or not any(isinstance(whole.get(name), list) for name in _LISTS):
        return None
    return {name: rows if isinstance(rows := whole.get(name), list) else [] for name in _LISTS}


def _decoded(text: str) -> dict[str, Any] | None:
    try:
        value, _ = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _decoded_rows(text: str) -> dict[str, Any] | None:
    """Return the rows of each list that are whole, of an object that is not."""
    decoder, found = json.JSONDecoder(), {}
    for name in _LISTS:
        match = re.search(rf'"{name}"\s*+:\s*+\[', text)
        rows: list[Any] = []
        at = match.end() if match else len(text)
        while len(rows) < _MOST:
            at = _after(text, at)
            if text[at : at + 1] != "{":
                break
            try:
                row, at = decoder.raw_decode(text, at)
            except (ValueError, RecursionError):
                break
            rows.append(row)
        if match:
            found[name] = rows
    return found if any(found.values()) else None


def _after(text: str, at: int) -> int:
    """Return where the next row may begin: after blanks and a comma."""
    while at < len(text) and text[at] in " \t\r\n,":
        at += 1
    return at


_MARK: Final = "article"


def build_asked(article: Article, asking: Asking | None, *, force: bool = False) -> SourceGraph:
    """Return the source graph of what a model finds in *article* and stands there.

    Raises:
        ProvenanceError: No model is given or it cannot be asked, or, without *force*, the text is
            longer than an article.
    """
    if asking is None:
        raise ExtractionError("cannot ask: the extractor llm needs the name of a model")
    kept = replace(article, name=utf8(article.name), voices=(), lacks="")
    if not force:
        check_length(kept.text, kept.name)
    try:
        said, reader = ask(kept, asking)
    except ExtractionError as error:
        raise ExtractionError(f"cannot build {kept.name}: {error}") from error
    return graph_of(kept, said, Run(version=__version__, extractor=ASKED, readers=(reader,)))[0]


def ask(article: Article, asking: Asking) -> tuple[Parsed, Reader]:
    """Return what the model finds in *article*, not yet held against it, and who it is.

    Raises:
        ExtractionError: It cannot be asked, or says nothing that can be used.
    """
    asking = asking.checked()
    server = _server(asking)
    found: list[tuple[Mapping[str, Any], str]] = []
    for text in parts_of(article, asking):
        found.append(_answer(server, text, asking))
    whole = joined((one for one, _ in found), Finder(article))
    version = next((version for _, version in found if version), "")
    reader = Reader(
        kind=ReaderKind.MODEL, name=asking.model, version=version, prompt=prompt_digest()
    )
    return parsed(whole, f"what {asking.model} said"), reader


@lru_cache(maxsize=4)
def _server(asking: Asking) -> Server:
    return Server(asking)


def _answer(server: Server, text: str, asking: Asking) -> tuple[Mapping[str, Any], str]:
    """Return the reading in the reply that was kept, or in a new one, which is kept then."""
    key = _key(text, asking)
    path = Path(asking.replies, key[:2], f"{key}.json") if asking.replies else None
    if path is not None and (kept := _kept(path)) is not None:
        reading = object_in(kept.content)
        if reading is not None:
            return reading, kept.version
    if not asking.endpoint:
        kept_none = "no reply to this was kept, and " if path is not None else ""
        raise ExtractionError(f"cannot ask {asking.model}: {kept_none}no --endpoint is given")
    for attempt in range(asking.tries):
        reply = server.reply(text, f"{_MARK}-{key[:12]}", attempt)
        reading = object_in(reply.content)
        if reading is not None:
            if path is not None:
                _keep(path, reply, asking)
            return reading, reply.version
    raise ExtractionError(f"cannot use what {asking.model} said: it is not a reading in JSON")


def _key(text: str, asking: Asking) -> str:
    """Return the SHA-256 in hex of the model, what it is asked, and the text."""
    whole = json.dumps([asking.model, prompt_digest(), text], ensure_ascii=False)
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


def _kept(path: Path) -> Reply | None:
    """Return the reply in the file at *path*, None where there is none that can be used."""
    if not is_file(path):
        return None
    try:
        row = json.loads(read_bytes(path))
        return Reply(str(row["content"]), str(row["version"]))
    except (RecordError, ValueError, LookupError, TypeError, RecursionError):
        return None


def _keep(path: Path, reply: Reply, asking: Asking) -> None:
    row = {
        "model": asking.model,
        "version": reply.version,
        "prompt": prompt_digest(),
        "content": reply.content,
    }
    data = json.dumps(row, indent=1, sort_keys=True).encode() + b"\n"
    try:
        write_whole(path, data)
    except ProvenanceError as error:
        raise ExtractionError(f"cannot keep the reply of {asking.model}: {error}") from error
