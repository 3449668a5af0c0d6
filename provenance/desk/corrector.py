"""A person's corrections: a line of the log first, then the graph in the store made anew of it."""

import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from provenance import vocab
from provenance.analysis import brief_of
from provenance.analysis.packing import pack
from provenance.common.files import is_file
from provenance.corrections import append, read_log, replay
from provenance.corrections.loglines import parse_line, with_id
from provenance.desk.keeper import Recalling
from provenance.errors import GraphError, RecordError
from provenance.gathering.making import key_of, log_of, log_within
from provenance.model import Action, Correction, Run, SourceGraph
from provenance.rdf import read_graphs, write_graphs

Lost = tuple[tuple[Correction, str], ...]


def parse_correction(record: Mapping[str, Any], who: str) -> Correction:
    """Return the correction that a page sent, with the time; *who* made it where it says nothing.

    Raises:
        RecordError: It is none.
    """
    now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    signed = {"who": str(record.get("who") or who).strip()[:200] or who, "when": now, "id": ""}
    return with_id(parse_line(json.dumps({**record, **signed})))


def logs_of(collection: Recalling, article: str) -> tuple[Path, ...]:
    """Return where the corrections of *article* may be, the likeliest first.

    Raises:
        GraphError: It is not there.
    """
    places = collection.places(article)
    if not places:
        raise GraphError("there is no such article here any more")
    logs = [log_of(place, collection.folder) for place in places if _is_its_file(place, article)]
    return (*logs, *(log_within(collection.folder, place) for place in places))


def logged(collection: Recalling, article: str) -> Path:
    """Return where the corrections of *article* are kept."""
    logs = logs_of(collection, article)
    return next((log for log in logs if is_file(log)), logs[0])


def _is_its_file(place: str, article: str) -> bool:
    """Whether the file at *place* is the one that *article* was read from, and no namesake."""
    if not is_file(place):
        return False
    if Path(place).is_absolute():
        return True
    return hashlib.sha256(Path(place).read_bytes()).hexdigest() == vocab.digest_of(article)


def correct(
    collection: Recalling, article: str, correction: Correction, digest: str
) -> tuple[SourceGraph, Lost]:
    """Log *correction* of *article*, and return its graph then, and what no longer applies.

    Args:
        collection: Where the article is; what it was before corrections is kept there.
        article: Its IRI.
        correction: What a person changes.
        digest: That of the settings which articles are built with here.

    Raises:
        GraphError: It does not apply, and nothing is changed.
    """
    log = logged(collection, article)
    before = collection.graph(article)
    machine = _machine(collection, article, before)
    held = read_log(log)
    if correction.action is Action.UNDO:
        if correction.undoes not in {one.id for one in held}:
            raise GraphError(f"cannot undo {correction.undoes}: no such correction is in force")
    else:
        _, lost = replay(machine, [*held, correction])
        why = {one.id: reason for one, reason in lost}
        if correction.id in why:
            raise GraphError(f"cannot correct it so: {why[correction.id]}")
    append(log, correction)
    return _renewed(collection, article, digest, (before, machine))


def refresh(collection: Recalling, article: str, digest: str) -> bool:
    """Apply what the log of *article* says now to its graph, and return whether that was new.

    Raises:
        GraphError: What it was before corrections is not kept.
    """
    log = logged(collection, article)
    before = collection.graph(article)
    if not before.corrections and not is_file(log):
        return False
    if [one.id for one in read_log(log)] == [one.correction.id for one in before.corrections]:
        return False
    machine = _machine(collection, article, before)
    return _renewed(collection, article, digest, (before, machine))[0] != before


def _renewed(
    collection: Recalling, article: str, digest: str, known: tuple[SourceGraph, SourceGraph]
) -> tuple[SourceGraph, Lost]:
    """Put the graph of *article* as its log has it into the store, and return it with what is lost.

    What is *known* is the graph as it stands there, and as it was before corrections.
    """
    before, machine = known
    log = logged(collection, article)
    key = key_of(digest, log)  # first: a line that is added meanwhile is found another time
    graph, lost = replay(machine, read_log(log))
    if graph == before:
        return graph, lost
    base = vocab.base_iri(article, graph.article.digest)
    if not before.corrections:
        keep(collection, article, machine)
    if not _is_built_so(collection.settings(article), digest, log):
        key = hashlib.sha256(key.encode()).hexdigest()  # so that prov build reads it again
    place = collection.places(article)[0]
    quads = write_graphs([graph], "nquads", base_iri=base)
    collection.add(article, place, key, quads, pack(brief_of(graph)))
    return collection.recall(article, "", graph), lost


def _is_built_so(stored: str, digest: str, log: Path) -> bool:
    """Whether what an article was built with is *digest*, and its *log* as it was at some time."""
    if stored == digest:
        return True
    lines = log.read_bytes().splitlines(keepends=True) if is_file(log) else []
    known = hashlib.sha256(digest.encode())
    for line in lines:
        known.update(line)
        if known.hexdigest() == stored:
            return True
    return False


def lost_of(collection: Recalling, article: str) -> Lost:
    """Return the corrections of *article* that no longer apply, and why."""
    graph = collection.graph(article)
    try:
        log = read_log(logged(collection, article))
        if {one.id for one in log} <= {one.correction.id for one in graph.corrections}:
            return ()
        return replay(_machine(collection, article, graph), log)[1]
    except (RecordError, GraphError):
        return ()  # who corrects it is told


def is_known(collection: Recalling, article: str) -> bool:
    """Whether it is known what *article* was before corrections."""
    graph = collection.graph(article)
    return not graph.corrections or _kept(collection, article, graph.run) is not None


def keep(collection: Recalling, article: str, machine: SourceGraph) -> None:
    """Keep *machine*, the graph of *article* before corrections."""
    data = zlib.compress(write_graphs([machine], "nquads"), 1)
    collection.keep_uncorrected(article, _stamp(machine.run), data)


def _machine(collection: Recalling, article: str, graph: SourceGraph | None = None) -> SourceGraph:
    graph = graph or collection.graph(article)
    if not graph.article.text:
        raise GraphError("cannot correct it: its text was left out of the store")
    if not graph.corrections:
        return graph
    found = _kept(collection, article, graph.run)
    if found is None:
        raise GraphError("cannot correct it: the article's file is not there any more")
    return found


def _kept(collection: Recalling, article: str, run: Run) -> SourceGraph | None:
    stamp = _stamp(run)
    if known := collection.recalled(article, stamp):
        return known
    data = collection.uncorrected(article, stamp)
    if data is None:
        return None
    try:
        return collection.recall(article, stamp, read_graphs(zlib.decompress(data), "nquads")[0])
    except (RecordError, zlib.error):
        return None  # by another version


def _stamp(run: Run) -> str:
    return json.dumps(asdict(run), sort_keys=True)
