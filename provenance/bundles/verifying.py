"""Check a bundle: its files, its graph, its evidence, and that the same comes out again."""

import hashlib
import io
import json
import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path, PurePosixPath

from provenance import __version__
from provenance.bundles.bagging import (
    CORRECTIONS,
    GRAPH,
    MANIFEST,
    ORIGINAL,
    RUN,
    TAGS,
    TEXT,
    members,
    packed,
    readers_of,
    registry_name,
    sealed,
)
from provenance.corrections.loglines import to_line
from provenance.errors import ProvenanceError, RecordError
from provenance.model import Article, SourceGraph
from provenance.pipeline import build_record
from provenance.rdf import conformance, read_named_graphs
from provenance.vocab import base_iri

Files = dict[str, bytes]

_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError),
    *(EOFError, OSError, ValueError),
)
LARGEST = 500_000_000
_MOST = 1000
"""Bytes that a bundle may unpack to, and files that it may have."""
_IDENTIFIER = re.compile(rb"^External-Identifier: sha256:([0-9a-f]{64})$", re.MULTILINE)
_LINE = re.compile(rb"([0-9a-f]{64})  (.+)")


@dataclass(frozen=True, slots=True)
class Check:
    """Something that was checked.

    Attributes:
        name: What, in a word or two.
        faults: What does not hold, in a line each; none if it does.
        skipped: Why it could not be checked, "" if it was.
        note: What whoever relies on it should know.
    """

    name: str
    faults: tuple[str, ...] = ()
    skipped: str = ""
    note: str = ""


def verify_bundle(data: bytes, *, rebuild: bool = True) -> tuple[Check, ...]:
    """Return what was checked of the bundle in *data*, in order.

    It holds if nothing has a fault and nothing was skipped.

    Args:
        data: A zip file.
        rebuild: Whether to build the graph again from the text, and to compare.

    Raises:
        RecordError: It is no bundle at all.
    """
    files = _unpack(data)
    sound = Check("files", tuple(_files(files, data)))
    if sound.faults:
        return (sound,)
    try:
        ((name, graph),) = read_named_graphs(files[f"data/{GRAPH}"], "turtle", GRAPH).items()
        base = base_iri(name, graph.article.digest)
    except (ProvenanceError, ValueError) as error:
        return sound, Check("graph", (" ".join(str(error).split()),))
    asked = "" if rebuild else "as was asked"
    return (
        sound,
        Check("graph", tuple(_graph(files))),
        Check("digests", tuple(_digests(files, graph))),
        Check("corrections", tuple(_corrections(files, graph))),
        _bytes(files, graph, base),
        _reread(files, graph),
        Check("rebuilt", skipped=asked) if asked else _rebuilt(files, graph),
    )


def _unpack(data: bytes) -> Files:
    """Return the files of a zip archive by name."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            listed = archive.infolist()
            if len(listed) > _MOST or sum(m.file_size for m in listed) > LARGEST:
                raise RecordError("cannot read the bundle: it unpacks to more than 500 MB")
            if len({m.filename for m in listed}) < len(listed):
                raise RecordError("cannot read the bundle: it has one name twice")
            for name in (one.filename for one in listed):
                path = PurePosixPath(name)
                if path.is_absolute() or ".." in path.parts or "\\" in name:
                    raise RecordError(f"cannot read the bundle: {name!r} leads out of it")
            return {member.filename: archive.read(member) for member in listed}
    except _BROKEN as error:
        raise RecordError(f"cannot read the bundle: {' '.join(str(error).split())}") from error


def _files(files: Files, data: bytes) -> Iterator[str]:
    """Yield which files are not those of a bundle, or not what the manifests say (RFC 8493)."""
    needed = {*TAGS, f"data/{GRAPH}", f"data/{RUN}"}
    known = needed | {f"data/{name}" for name in (TEXT, CORRECTIONS, ORIGINAL)}
    known |= {f"data/{registry_name(number)}" for number in range(len(_registries(files)))}
    missing, strange = sorted(needed - set(files)), sorted(set(files) - known)
    yield from (f"{name} is missing" for name in missing)
    yield from (f"{name} does not belong into a bundle" for name in strange)
    if missing or strange:
        return
    payload = {name: content for name, content in files.items() if name not in TAGS}
    listed = {hit[2].decode("utf-8", "replace"): hit[1].decode() for hit in _listed(files)}
    changed = [n for n, content in payload.items() if listed.get(n) != _sha256(content)]
    changed += sorted(set(listed) - set(payload))
    for name in changed:
        why = f"was changed: its SHA-256 is not that in {MANIFEST}"
        missed = "is missing" if name in listed else "is in no manifest"
        yield f"{name} {why if name in listed and name in payload else missed}"
    if changed:
        return
    named = _IDENTIFIER.search(files["bag-info.txt"])
    again = sealed(payload, named[1].decode() if named else "")
    wrong = [name for name in TAGS if files[name] != again[name]]
    yield from (f"{name} was changed: prov writes another for these files" for name in wrong)
    if not wrong and packed(files) != data:
        yield "the zip file was changed: prov packs these files into other bytes"


def _listed(files: Files) -> Iterator[re.Match[bytes]]:
    """Yield the lines of the manifest."""
    for line in files[MANIFEST].splitlines():
        if found := _LINE.fullmatch(line):
            yield found


def _graph(files: Files) -> Iterator[str]:
    """Yield what breaks the shapes, PROV, or the evidence."""
    for one in conformance.check(files[f"data/{GRAPH}"], name=GRAPH):
        if one.severity is conformance.Severity.VIOLATION:
            yield f"{one.message} [{one.rule}] {one.node}"


def _digests(files: Files, graph: SourceGraph) -> Iterator[str]:
    """Yield where graph, text, file and run record contradict each other."""
    article = graph.article
    text, original = (files.get(f"data/{name}") for name in (TEXT, ORIGINAL))
    if text is not None and _sha256(text) != article.text_digest:
        yield f"data/{TEXT} is not the text that the graph was made from"
    if text is not None and article.text and article.text.encode() != text:
        yield f"data/{TEXT} is not the text in the graph"
    if original is not None and _sha256(original) != article.digest:
        yield f"data/{ORIGINAL} is not the file that the graph was made from"
    try:
        run = json.loads(files[f"data/{RUN}"])
    except (ValueError, RecursionError):
        yield f"data/{RUN} is no JSON"
        return
    wanted = {
        "version": graph.run.version,
        "extractor": graph.run.extractor,
        "weights_sha256": graph.run.weights,
        "min_score": graph.run.min_score,
        "registry_sha256": list(graph.run.registry),
        **readers_of(graph.run),
        "file": article.name,
        "file_sha256": article.digest,
        "text_sha256": article.text_digest,
    }
    for name, value in wanted.items():
        if not isinstance(run, dict) or run.get(name) != value:
            yield f"data/{RUN} has another {name} than the graph"
    given = _registries(files)
    if given and tuple(map(_sha256, given)) != graph.run.registry:
        yield "the registries are not those that the graph was built with"


def _registries(files: Files) -> list[bytes]:
    """Return the files of known sources in the bundle, in the order in which they were given."""
    found: list[bytes] = []
    while (data := files.get(f"data/{registry_name(len(found))}")) is not None:
        found.append(data)
    return found


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _corrections(files: Files, graph: SourceGraph) -> Iterator[str]:
    """Yield where the log is not that of the graph."""
    lines = files.get(f"data/{CORRECTIONS}", b"").decode("utf-8", "replace").splitlines()
    if lines != [to_line(applied.correction) for applied in graph.corrections]:
        yield f"data/{CORRECTIONS} has other corrections than the graph"


def _bytes(files: Files, graph: SourceGraph, base: str | None) -> Check:
    """Return whether prov writes the very files that are there, of what it reads in the graph."""
    name = "bytes"
    if graph.run.version != __version__:
        return Check(name, skipped=_elsewhere(graph))
    try:
        again = members(
            graph,
            base,
            text=bool(graph.article.text),
            registry=_registries(files),
            original=files.get(f"data/{ORIGINAL}"),
        )
    except ProvenanceError as error:
        return Check(name, (str(error),))
    faults = [f"{one} would not be there" for one in sorted(set(files) - set(again))]
    faults += [f"{one} is missing" for one in sorted(set(again) - set(files))]
    for one in sorted(set(files) & set(again)):
        if files[one] != again[one]:
            where = _first(files, again, one)
            faults.append(f"{one} is not what prov writes of this graph: {where}")
    return Check(name, tuple(faults))


def _first(files: Files, again: Files, name: str) -> str:
    """Return the first line in which two versions of a file differ."""
    ours, theirs = (one[name].decode("utf-8", "replace").split("\n") for one in (again, files))
    number = next((n for n, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), -1)
    return f"line {number + 1}: {theirs[number][:100]}" if number >= 0 else "it ends elsewhere"


def _elsewhere(graph: SourceGraph) -> str:
    return f"made by version {graph.run.version}, this is {__version__}"


def _reread(files: Files, graph: SourceGraph) -> Check:
    """Return whether headline, authors, text and so on are those of the article's file."""
    from provenance.articles import parse_article

    name, article = "article", graph.article
    data = files.get(f"data/{ORIGINAL}", files.get(f"data/{TEXT}", b""))
    if graph.run.version != __version__:
        return Check(name, skipped=_elsewhere(graph))
    if _sha256(data) != article.digest:
        why = "the article's file is not in the bundle, and headline, authors, publisher, date and "
        return Check(name, skipped=f"{why}address are what its maker says")
    try:
        again = parse_article(data, article.name, force=True)
    except ProvenanceError as error:
        return Check(name, (str(error),))
    withheld = {"text", "excerpts"} if not article.text else {"excerpts"}
    withheld |= {"published", "dated_by"} if article.dated_by == "option" else set()
    parts = (one.name for one in fields(Article) if one.name not in withheld)
    differ = [part for part in parts if getattr(again, part) != getattr(article, part)]
    return Check(name, tuple(f"another {one} comes out of the article's file" for one in differ))


def _rebuilt(files: Files, graph: SourceGraph) -> Check:
    """Return whether the same graph comes out of the text and the corrections."""
    name, article, run = "rebuilt", graph.article, graph.run
    registries = _registries(files)
    lacks = {
        "the text is not in the bundle": f"data/{TEXT}" not in files or not article.text,
        _elsewhere(graph): run.version != __version__,
        "somebody else read the article, which prov cannot do again": run.reading or run.readers,
        "a registry that it was built with is not in the bundle": len(registries)
        < len(run.registry),
    }
    if why := next((why for why, holds in lacks.items() if holds), ""):
        return Check(name, skipped=why)
    try:
        machine = _machine(graph, registries)
    except ProvenanceError as error:
        return Check(name, (str(error),))
    if machine.run.weights != run.weights:
        return Check(name, skipped="made with other weights than are installed here")
    from provenance.corrections import replay

    again, lost = replay(machine, [applied.correction for applied in graph.corrections])
    faults = [f"correction {one.id} does not apply: {why}" for one, why in lost]
    for part in (one.name for one in fields(SourceGraph)):
        if getattr(again, part) != getattr(graph, part):
            faults.append(f"other {part} come out of the text than are in the graph")
    return Check(name, tuple(faults), note=_told(len(registries), len(graph.corrections)))


def _told(registries: int, corrections: int) -> str:
    """Return what a graph was made with that nobody but its maker answers for."""
    own = [f"files of known sources: {registries}"] * bool(registries)
    own += [f"corrections: {corrections}"] * bool(corrections)
    return f"with {', '.join(own)}, of its maker's own" if own else ""


def _machine(graph: SourceGraph, registries: list[bytes]) -> SourceGraph:
    """Return what comes out of the article of *graph* without its corrections."""
    with tempfile.TemporaryDirectory() as scratch:
        paths = [Path(scratch, registry_name(number)) for number in range(len(registries))]
        for path, data in zip(paths, registries, strict=True):
            path.write_bytes(data)
        return build_record(
            graph.article,
            extractor=graph.run.extractor,
            registry=paths,
            min_score=graph.run.min_score,
            force=True,
        )
