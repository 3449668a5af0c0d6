"""Pack a graph as a BagIt bag (RFC 8493) in a zip file; the same graph gives the same bytes.

Nothing is compressed: libraries compress in different ways, and what is signed here must be the
same bytes everywhere.
"""

import hashlib
import io
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

import bagit

from provenance.corrections.loglines import to_line
from provenance.errors import RecordError
from provenance.exports.records import dumped
from provenance.model import Run, SourceGraph
from provenance.rdf import write_graphs

GRAPH: Final = "graph.ttl"
TEXT: Final = "article.txt"
ORIGINAL: Final = "original"
CORRECTIONS: Final = "corrections.jsonl"
RUN: Final = "run.json"
MANIFEST: Final = "manifest-sha256.txt"
SEAL: Final = "tagmanifest-sha256.txt"
TAGS: Final = ("bag-info.txt", "bagit.txt", MANIFEST, SEAL)
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip file can say


def make_bundle(
    graph: SourceGraph,
    base_iri: str | None = None,
    *,
    text: bool = True,
    registry: Sequence[bytes] = (),
    original: bytes | None = None,
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
        original: The article's file, if it is to go with it; without it nobody can check that its
            headline, authors, publisher, date and address are those that the graph has, unless it
            is plain text.

    Raises:
        RecordError: These are not the files that the graph was built with.
    """
    article = graph.article
    given = tuple(hashlib.sha256(one).hexdigest() for one in registry)
    if given and given != graph.run.registry:
        raise RecordError(f"cannot bundle {article.name}: built with other registries")
    if original is not None and hashlib.sha256(original).hexdigest() != article.digest:
        raise RecordError(f"cannot bundle {article.name}: built from another file")
    return packed(members(graph, base_iri, text=text, registry=registry, original=original))


def members(
    graph: SourceGraph,
    base_iri: str | None,
    *,
    text: bool,
    registry: Sequence[bytes],
    original: bytes | None,
) -> dict[str, bytes]:
    """Return the files of the bundle of *graph* by name; the arguments are `make_bundle`'s."""
    article = graph.article
    files = {
        GRAPH: write_graphs([graph], "turtle", base_iri=base_iri, text=text),
        RUN: _run(graph, base_iri),
    }
    if text and article.text:
        files[TEXT] = article.text.encode()
    if original is not None:
        files[ORIGINAL] = original
    files |= {registry_name(number): data for number, data in enumerate(registry)}
    if graph.corrections:
        lines = (to_line(applied.correction) + "\n" for applied in graph.corrections)
        files[CORRECTIONS] = "".join(lines).encode()
    return sealed({f"data/{name}": data for name, data in files.items()}, article.digest)


def sealed(payload: Mapping[str, bytes], digest: str) -> dict[str, bytes]:
    """Return *payload*, names in ``data/``, with what makes a bag of it.

    Args:
        payload: Files by name.
        digest: That of the article's file, in hex.
    """
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for name, data in payload.items():
            (folder / name.removeprefix("data/")).write_bytes(data)
        about = {
            "Bagging-Date": "",
            "Bag-Software-Agent": "source-provenance",
            "External-Identifier": f"sha256:{digest}",
        }
        bagit.make_bag(scratch, about, checksums=["sha256"])
        tags: dict[str, bytes] = {name: (folder / name).read_bytes() for name in TAGS}
    # bagit lists them in the order of the folder, which is another on another file system.
    lines = sorted(tags[SEAL].splitlines(keepends=True), key=lambda line: line.split()[-1])
    tags[SEAL] = b"".join(lines)
    return dict(payload) | tags


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return *files* as a zip file, the same one on every machine."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in sorted(files.items()):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)
    return out.getvalue()


def is_bundle(path: Path) -> bool:
    """Return whether there is a bundle at *path*, whether it holds or not."""
    try:
        with zipfile.ZipFile(path) as packed:
            return {"bagit.txt", f"data/{GRAPH}", f"data/{RUN}"} <= set(packed.namelist())
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError):
        return False


def readers_of(run: Run) -> dict[str, object]:
    """Return the record of who read the article besides prov, nothing where nobody did."""
    known = {
        "reading_sha256": run.reading,
        "readers": [asdict(reader) for reader in run.readers],
        "left_out": run.left_out,
    }
    return {name: value for name, value in known.items() if value}


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
        **readers_of(run),
        "file": article.name,
        "file_sha256": article.digest,
        "text_sha256": article.text_digest,
        "base_iri": base_iri,
    }
    return (dumped(known, indent=2) + "\n").encode()
