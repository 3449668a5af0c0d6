"""Check a bundle: its files, its graph, its evidence, and that the same comes out again."""

import hashlib
import io
import json
import logging
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import bagit

from provenance import __version__, conformance
from provenance.bundles.packing import CORRECTIONS, GRAPH, RUN, SEAL, TEXT, registry_name
from provenance.errors import ProvenanceError, RecordError
from provenance.loglines import to_line
from provenance.model import SourceGraph
from provenance.pipeline import build_record
from provenance.rdf import read_graphs

_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError),
    *(EOFError, OSError, ValueError),
)
_NO_BAG = (bagit.BagError, ValueError, OSError, AttributeError, LookupError, TypeError)
LARGEST = 500_000_000
_MOST = 1000
"""Bytes that a bundle may unpack to, and files that it may have."""


@dataclass(frozen=True, slots=True)
class Check:
    """Something that was checked.

    Attributes:
        name: What, in a word or two.
        faults: What does not hold, in a line each; none if it does.
        skipped: Why it could not be checked, "" if it was.
    """

    name: str
    faults: tuple[str, ...] = ()
    skipped: str = ""


def verify_bundle(data: bytes, *, rebuild: bool = True) -> tuple[Check, ...]:
    """Return what was checked of the bundle in *data*, in order.

    Args:
        data: A zip file.
        rebuild: Whether to build the graph again from the text, and to compare.

    Raises:
        RecordError: It is no bundle at all.
    """
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        _unpack(data, folder)
        files = Check("files", tuple(_files(folder)))
        if files.faults:
            return (files,)
        try:
            (graph,) = read_graphs((folder / "data" / GRAPH).read_bytes(), "turtle", name=GRAPH)
        except (ProvenanceError, ValueError) as error:
            return files, Check("graph", (" ".join(str(error).split()),))
        except OSError:
            return files, Check("graph", (f"data/{GRAPH} is missing",))
        checks = [
            files,
            Check("graph", tuple(_graph(folder))),
            Check("digests", tuple(_digests(folder, graph))),
            Check("corrections", tuple(_corrections(folder, graph))),
        ]
        if rebuild:
            checks.append(_rebuilt(folder, graph))
        return tuple(checks)


def _unpack(data: bytes, folder: Path) -> None:
    """Write the files of a zip archive under *folder*, refusing whatever would not stay there."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            members = packed.infolist()
            if len(members) > _MOST or sum(m.file_size for m in members) > LARGEST:
                raise RecordError("cannot read the bundle: it unpacks to more than 500 MB")
            if len({m.filename for m in members}) < len(members):
                raise RecordError("cannot read the bundle: it has one name twice")
            for member in members:
                path = PurePosixPath(member.filename)
                inside = not path.is_absolute() and ".." not in path.parts and "\\" not in str(path)
                if not inside or member.is_dir():
                    raise RecordError(
                        f"cannot read the bundle: {member.filename!r} leads out of it"
                    )
                target = folder / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(packed.read(member))
    except _BROKEN as error:
        raise RecordError(f"cannot read the bundle: {' '.join(str(error).split())}") from error


def _files(folder: Path) -> Iterator[str]:
    """Yield which files are not what the manifests say (BagIt, RFC 8493)."""
    logging.getLogger("bagit").setLevel(logging.CRITICAL)
    try:
        bag = bagit.Bag(str(folder))
    except _NO_BAG as error:
        yield " ".join(str(error).split()) or "no bag (RFC 8493)"
        return
    try:
        bag.validate(processes=1)
    except bagit.BagValidationError as error:
        named = set(_changed(folder, bag))
        details = getattr(error, "details", None) or [error]
        yield from sorted(named or {" ".join(str(one).split()) for one in details})
        return
    except _NO_BAG as error:
        yield " ".join(str(error).split()) or "no bag (RFC 8493)"
        return
    if "sha256" not in bag.algorithms or not (folder / SEAL).is_file():
        yield "it has no SHA-256 manifest"
    for name in (GRAPH, RUN):
        if not (folder / "data" / name).is_file():
            yield f"data/{name} is missing"
    known = {f"data/{name}" for name in (GRAPH, RUN, TEXT, CORRECTIONS)}
    known |= {f"data/{registry_name(number)}" for number in range(_MOST)}
    for name in sorted(set(bag.payload_entries()) - known):
        yield f"{name} does not belong into a bundle"


def _changed(folder: Path, bag: bagit.Bag) -> Iterator[str]:
    """Yield the files that are missing, too many, or not those that a manifest has."""
    present = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    listed = {name: hashes.get("sha256") for name, hashes in bag.entries.items()}
    for name, digest in listed.items():
        if name not in present:
            yield f"{name} is missing"
        elif _sha256(folder / name) != digest:
            yield f"{name} was changed: its SHA-256 is not that of the manifest"
    yield from (f"{name} is in no manifest" for name in present - {*listed, SEAL})


def _graph(folder: Path) -> Iterator[str]:
    """Yield what breaks the shapes, PROV, or the evidence."""
    found = conformance.check((folder / "data" / GRAPH).read_bytes(), name=GRAPH)
    for one in found:
        if one.severity is conformance.Severity.VIOLATION:
            yield f"{one.message} [{one.rule}] {one.node}"


def _digests(folder: Path, graph: SourceGraph) -> Iterator[str]:
    """Yield where graph, text and run record contradict each other."""
    article, text = graph.article, folder / "data" / TEXT
    if text.is_file():
        data = text.read_bytes()
        if hashlib.sha256(data).hexdigest() != article.text_digest:
            yield f"data/{TEXT} is not the text that the graph was made from"
        if article.text and article.text.encode() != data:
            yield f"data/{TEXT} is not the text in the graph"
    try:
        run = json.loads((folder / "data" / RUN).read_bytes())
    except (ValueError, RecursionError):
        yield f"data/{RUN} is no JSON"
        return
    wanted = {
        "version": graph.run.version,
        "extractor": graph.run.extractor,
        "weights_sha256": graph.run.weights,
        "min_score": graph.run.min_score,
        "registry_sha256": list(graph.run.registry),
        "file_sha256": article.digest,
        "text_sha256": article.text_digest,
    }
    for name, value in wanted.items():
        if not isinstance(run, dict) or run.get(name) != value:
            yield f"data/{RUN} has another {name} than the graph"
    given = _registries(folder)
    if given and tuple(map(_sha256, given)) != graph.run.registry:
        yield "the registries are not those that the graph was built with"


def _registries(folder: Path) -> list[Path]:
    """Return the files of known sources in the bundle, in the order in which they were given."""
    named = (folder / "data" / registry_name(number) for number in range(_MOST))
    return [path for path in named if path.is_file()]


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _corrections(folder: Path, graph: SourceGraph) -> Iterator[str]:
    """Yield where the log is not that of the graph."""
    path = folder / "data" / CORRECTIONS
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    if lines != [to_line(applied.correction) for applied in graph.corrections]:
        yield f"data/{CORRECTIONS} has other corrections than the graph"


def _rebuilt(folder: Path, graph: SourceGraph) -> Check:
    """Return whether the same graph comes out of the text and the corrections."""
    name = "rebuilt"
    article = graph.article
    if not (folder / "data" / TEXT).is_file() or not article.text:
        return Check(name, skipped="the text is not in the bundle")
    if graph.run.version != __version__:
        return Check(name, skipped=f"made by version {graph.run.version}, this is {__version__}")
    registry = _registries(folder)
    if len(registry) < len(graph.run.registry):
        return Check(name, skipped="a registry that it was built with is not in the bundle")
    from provenance.corrections import replay

    run = graph.run
    try:
        machine = build_record(
            article,
            extractor=run.extractor,
            registry=registry,
            min_score=run.min_score,
            force=True,
        )
    except ProvenanceError as error:
        return Check(name, (str(error),))
    if machine.run.weights != graph.run.weights:
        return Check(name, skipped="made with other weights than are installed here")
    again, lost = replay(machine, [applied.correction for applied in graph.corrections])
    faults = [f"correction {one.id} does not apply: {why}" for one, why in lost]
    for part in ("sources", "flows", "disputes", "claims", "attributions", "events"):
        if getattr(again, part) != getattr(graph, part):
            faults.append(f"other {part} come out of the text than are in the graph")
    return Check(name, tuple(faults))
