"""Pack a graph as a BagIt bag (RFC 8493) in a zip file; the same graph gives the same bytes."""

import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import bagit

from provenance.errors import RecordError
from provenance.loglines import to_line
from provenance.model import SourceGraph
from provenance.rdf import write_graphs

GRAPH: Final = "graph.ttl"
TEXT: Final = "article.txt"
CORRECTIONS: Final = "corrections.jsonl"
RUN: Final = "run.json"
SEAL: Final = "tagmanifest-sha256.txt"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip file can say


def make_bundle(
    graph: SourceGraph,
    base_iri: str | None = None,
    *,
    text: bool = True,
    registry: Sequence[bytes] = (),
) -> bytes:
    """Return the bundle of *graph* as a zip file.

    In ``data/`` lie the graph as Turtle, the article's text, the corrections as JSON Lines, and how
    it was made: version, extractor, parameters, digests. A manifest has the SHA-256 of each.

    Args:
        graph: What is bundled.
        base_iri: What the article's name begins with.
        text: Whether the text goes with it; its digest always does, and the quotes of evidence.
        registry: The files of known sources that the graph was built with, if they are to go with
            it; without them nobody can build it again.

    Raises:
        RecordError: These are not the files that the graph was built with.
    """
    given = tuple(hashlib.sha256(one).hexdigest() for one in registry)
    if given and given != graph.run.registry:
        raise RecordError(f"cannot bundle {graph.article.name}: built with other registries")
    article = graph.article
    files = {
        GRAPH: write_graphs([graph], "turtle", base_iri=base_iri, text=text),
        RUN: _run(graph, base_iri),
    }
    if text and article.text:
        files[TEXT] = article.text.encode()
    files |= {registry_name(number): data for number, data in enumerate(registry)}
    if graph.corrections:
        lines = (to_line(applied.correction) + "\n" for applied in graph.corrections)
        files[CORRECTIONS] = "".join(lines).encode()
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            Path(folder, name).write_bytes(data)
        about = {"Bagging-Date": "", "External-Identifier": f"sha256:{article.digest}"}
        bagit.make_bag(folder, about, checksums=["sha256"])
        return _zipped(Path(folder))


def is_bundle(path: Path) -> bool:
    """Return whether there is a bundle at *path*, whether it holds or not."""
    try:
        with zipfile.ZipFile(path) as packed:
            return {"bagit.txt", f"data/{GRAPH}", f"data/{RUN}"} <= set(packed.namelist())
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError):
        return False


def registry_name(number: int) -> str:
    """Return what the file of known sources is called that was given as the *number*th."""
    return f"registry-{number + 1}.tsv"


def _run(graph: SourceGraph, base_iri: str | None) -> bytes:
    article, run = graph.article, graph.run
    known = {
        "software": "source-provenance",
        "version": run.version,
        "extractor": run.extractor,
        "weights_sha256": run.weights,
        "min_score": run.min_score,
        "registry_sha256": list(run.registry),
        "file": article.name,
        "file_sha256": article.digest,
        "text_sha256": article.text_digest,
        "base_iri": base_iri,
    }
    return (json.dumps(known, indent=2, ensure_ascii=False) + "\n").encode()


def _zipped(folder: Path) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            info = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            packed.writestr(info, path.read_bytes())
    return out.getvalue()
