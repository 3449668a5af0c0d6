"""The process that answers a query and may die of it: a query is a stranger's program.

It reads from standard input what it is asked, and writes lines of JSON: that the data are there,
then of what kind the answer is, how many bytes it has, which follow, and what to know of it; or in
place of either why there is none. One that stays answers one query after the other, a line each.
"""

import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from provenance import vocab
from provenance.common.files import is_folder
from provenance.errors import LimitError, ProvenanceError, RecordError
from provenance.stores.queries.confining import (
    bound_memory,
    bound_time,
    leave_files,
    leave_network,
    names_service,
)

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer
    from pyoxigraph import Store


_LEFT_OUT: Final = frozenset(
    vocab.SP + name
    for name in (
        *("Attribution", "Link", "basisSpan", "claimed", "contentSpan", "cueSpan", "depth"),
        *("evidence", "headlineSpan", "link", "mentionSpan", "paragraphSpan", "routeSpan"),
        *("sourceSpan", "span", "speaker", "speech"),
    )
)
"""What stands in whole graphs alone, with all of Web Annotation."""
_BEGINNINGS: Final = ("sp:begins", "sp:voice")
"""How what says where claims begin is named: graphs made before have lines without it."""
_LOOKED_AT: Final = 10_000
"""Lines that are looked at for that; a store may have millions."""
_ANNOTATION: Final = vocab.PREFIXES["oa"]


def notes_on(store: "Store", text: str, prefixes: Mapping[str, str]) -> list[str]:
    """Return what to note besides the answer of *store* to *text*."""
    from provenance.rdf import outdated

    found = []
    if why := outdated(store):
        found.append(f"part of the data: {why}")
    elif any(name in text for name in _BEGINNINGS) and _lacks_beginnings(store):
        found.append("part of the data: an earlier version wrote it: build it again")
    if _is_lean(store) and (lacking := _evidence(text, prefixes)):
        found.append(f"a lean graph has no {lacking}, which the query needs: ask the whole one")
    return found


def _is_lean(store: "Store") -> bool:
    from pyoxigraph import NamedNode

    return any(store.quads_for_pattern(None, NamedNode(vocab.term("lean")), None))


def _lacks_beginnings(store: "Store") -> bool:
    from pyoxigraph import NamedNode

    lines, begun = (NamedNode(vocab.term(name)) for name in ("lineOf", "beginsWith"))
    return any(
        next(store.quads_for_pattern(line.subject, begun, None), None) is None
        for line in islice(store.quads_for_pattern(None, lines, None), _LOOKED_AT)
    )


def _evidence(text: str, prefixes: Mapping[str, str]) -> str:
    """Return what evidence the query *text* needs, "" if it needs none for its rows."""
    try:
        from rdflib.plugins.sparql import prepareQuery

        algebra = prepareQuery(text, initNs=dict(prefixes)).algebra
    except Exception:  # it was answered, but rdflib knows less or sees it otherwise  # noqa: BLE001
        return "evidence but for its quotes"
    for term in sorted(_terms(algebra), reverse=True):  # ours first
        if term in _LEFT_OUT:
            return f"sp:{term.removeprefix(vocab.SP)}"
        if term.startswith(_ANNOTATION):
            return f"oa:{term.removeprefix(_ANNOTATION)}"
    return ""


def _terms(algebra: object) -> set[str]:
    """Return the IRIs in *algebra* but for those that are optional."""
    from rdflib import URIRef
    from rdflib.paths import Path
    from rdflib.plugins.sparql.parserutils import CompValue

    found: set[str] = set()
    pending = [algebra]
    while pending:
        one = pending.pop()
        if isinstance(one, URIRef):
            found.add(str(one))
        elif isinstance(one, CompValue):
            optional = {"LeftJoin": ("p2", "expr"), "OptionalGraphPattern": ("graph",)}
            left_out = optional.get(one.name, ())
            pending.extend(value for name, value in one.items() if name not in left_out)
        elif isinstance(one, Path):
            pending.extend(vars(one).values())
        elif isinstance(one, Iterable) and not isinstance(one, str):
            pending.extend(one)
    return found


ASKS_ANOTHER = "cannot run the query: SERVICE asks another machine, give its address"
_UNSURE = "cannot run the query: it may ask another machine, which cannot be told from it here"
_STDIN = "-"
_SHARE = 20
"""The part of the memory that an answer may have: who prints it needs more for it."""


_LEAST = 0.9
"""The part of its memory that a process has for a further query at the least, or it ends."""
_DATA = re.compile(r"CURRENT|MANIFEST-\d+|\d+\.(sst|log|blob)")


class TooLarge(Exception):
    """The answer is."""


def main() -> None:
    """Answer the query that standard input has, once."""
    confined = leave_network()
    asked = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    try:
        (kind, found), notes = _answer(asked, content, confined)
    except ProvenanceError as error:
        _say({"error": type(error).__name__, "why": str(error)})
    else:
        _say({"kind": kind, "size": len(found), "notes": notes})
        sys.stdout.buffer.write(found)
        sys.stdout.buffer.flush()


def stay() -> None:
    """Answer the queries that standard input has of one store, until they or the memory end.

    The process is confined before the first is read.
    """
    from provenance.stores.oxigraph import again, open_reading

    confined = leave_network()
    asked = json.loads(sys.stdin.buffer.readline())
    folder, prefixes = Path(asked["folder"]), asked["prefixes"]
    store: Any = None
    seen = _state(folder)
    with suppress(ProvenanceError):  # whoever asks is told
        store = open_reading(folder)
    free = bound_memory(asked["memory"])
    _say({"ready": True})
    for line in sys.stdin.buffer:
        query = json.loads(line) | {"prefixes": prefixes, "memory": asked["memory"]}
        bound_time(query["seconds"], again=True)
        now = _state(folder)
        if store is None or now != seen:
            store, seen = None, now

        def run(query: Mapping[str, Any] = query) -> tuple[str, bytes]:
            nonlocal store
            held, store = store or open_reading(folder), None  # opened anew where it fails
            found = _found(query, held, query["memory"] // _SHARE)
            store = held
            return found

        try:
            _refuse_service(query["query"], confined)
            kind, found = again(run, folder)
        except ProvenanceError as error:
            _say({"error": type(error).__name__, "why": str(error)})
        else:
            _say({"kind": kind, "size": len(found), "notes": []})
            sys.stdout.buffer.write(found)
            sys.stdout.buffer.flush()
            del found
        if free() < _LEAST:
            return


def _state(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Return a stamp that changes when the store in *folder* is written to."""
    files = []
    with suppress(FileNotFoundError):
        for one in folder.iterdir():
            if _DATA.fullmatch(one.name):
                with suppress(FileNotFoundError):
                    known = one.stat()
                    files.append((one.name, known.st_size, known.st_mtime_ns))
    return tuple(sorted(files))


def _answer(
    asked: Mapping[str, Any], content: bytes, confined: bool
) -> tuple[tuple[str, bytes], list[str]]:
    from provenance.stores.oxigraph import again

    text, names = asked["query"], asked["data"]
    stored = len(names) == 1 and is_folder(names[0])
    store = _store(names, content)
    bound_memory(asked["memory"])
    bound_time(asked["seconds"])
    _say({"ready": True})
    _refuse_service(text, confined)
    most, prefixes = asked["memory"] // _SHARE, asked["prefixes"]
    if not stored:
        if not confined:
            leave_files()
        return _found(asked, store, most), notes_on(store, text, prefixes)
    held = [store]

    def run() -> tuple[tuple[str, bytes], list[str]]:
        store = held.pop() if held else _store(names, b"")
        return _found(asked, store, most), notes_on(store, text, prefixes)

    del store
    return again(run, Path(names[0]))


def _refuse_service(text: str, confined: bool) -> None:
    asks = names_service(text)
    if asks or (asks is None and not confined):
        raise RecordError(ASKS_ANOTHER if asks else _UNSURE)


def _store(names: Sequence[str], content: bytes) -> Any:
    from pyoxigraph import Store

    from provenance.common.files import read_bytes
    from provenance.rdf.formats import format_of, parsed
    from provenance.stores.oxigraph import again, open_reading

    if len(names) == 1 and is_folder(names[0]):
        return open_reading(Path(names[0]))
    store = Store()
    for name in names:
        folder = Path(name)
        if is_folder(folder):
            again(partial(_add, store, folder), folder)
        else:
            data = content if name == _STDIN else read_bytes(folder)
            store.bulk_extend(parsed(data, format_of(data, name), name))
    return store


def _add(store: Any, folder: Path) -> None:
    from provenance.stores.oxigraph import open_reading

    store.bulk_extend(iter(open_reading(folder)))


class _Bounded(BytesIO):
    """Bytes, up to a number of them."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def write(self, data: "ReadableBuffer") -> int:
        if self.tell() + memoryview(data).nbytes > self.most:
            raise TooLarge
        return super().write(data)


def _found(asked: Mapping[str, Any], store: Any, most: int) -> tuple[str, bytes]:
    """Return of what kind the answer is that *store* has to what is *asked*, and the answer.

    Raises:
        RecordError: It is no question, or the answer is too large.
    """
    from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat

    held = _Bounded(most)
    why = "only SELECT and ASK have an answer"
    try:
        found = store.query(asked["query"], prefixes=asked["prefixes"], **_dataset(asked))
        if isinstance(found, QuerySolutions | QueryBoolean):
            rows = QueryResultsFormat.from_media_type(asked.get("rows", ""))
            found.serialize(held, format=rows or QueryResultsFormat.JSON)
            return "rows", held.getvalue()
        if asked.get("triples"):
            found.serialize(held, RdfFormat.from_media_type(asked["triples"]))
            return "triples", held.getvalue()
    except TooLarge:
        size = f"{most // 1_000_000:,} MB, --memory allows for more"
        raise LimitError(f"cannot run the query: the answer has more than {size}") from None
    except SyntaxError as error:
        why = error.msg
    except ValueError as error:
        why = str(error)
    except RuntimeError as error:
        if "orruption" in str(error):
            raise
        why = str(error)  # no such function
    raise RecordError(f"cannot run the query: {' '.join(why.split())}")


def _dataset(asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return of which graphs the query is asked: all as one, unless some are named."""
    from pyoxigraph import NamedNode

    default = [NamedNode(iri) for iri in asked.get("default", ())]
    named = [NamedNode(iri) for iri in asked.get("named", ())]
    if not default and not named:
        return {"use_default_graph_as_union": True}
    return {"default_graph": default, "named_graphs": named}


def _say(record: Mapping[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(record).encode() + b"\n")
    sys.stdout.buffer.flush()
