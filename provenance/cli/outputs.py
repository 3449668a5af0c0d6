"""Choose the files to read and to write, and never overwrite one with the other."""

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from provenance.common.files import check_no_user, is_address, is_file, is_folder
from provenance.errors import ProvenanceError

if TYPE_CHECKING:
    from provenance.model import SourceGraph

STDIN = "-"

_PREFIXES = re.compile(
    rb"@prefix : <[^<>\s]+#> \.\n(?:@prefix [a-z]+: <[^<>\s]+> \.\n)*"
    rb"@prefix sp: <https://w3id\.org/source-provenance#> \."
)


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where the graph and the page of each article go, and what is left out of them."""

    folder: Path
    base_iri: str | None
    text: bool
    lean: bool = False

    def files(self, name: str) -> tuple[Path, Path]:
        """Return the graph and the page of the article in the file, or at the address, *name*."""
        stem = "stdin" if name == STDIN else Path(_file_name(name)).stem
        return self.folder / f"{stem}.ttl", self.folder / f"{stem}.html"

    def check_free(self, names: Sequence[str], *, force: bool) -> None:
        """Refuse to overwrite an article, a file of somebody else, or one graph with another.

        Raises:
            ProvenanceError: Before anything is read or written.
        """
        inputs = [Path(name) for name in names if name != STDIN]
        owners: dict[str, str] = {}
        for name in names:
            for file, kind in zip(self.files(name), ("graph", "page"), strict=True):
                other = owners.setdefault(_real(file), name)
                if other != name:
                    why = f"{other} and {name} would both go there, build them apart with -o"
                    raise ProvenanceError(f"cannot write {file}: {why}")
                check_ours(file, kind, inputs=inputs, force=force)

    def document(self, records: "Sequence[SourceGraph]", format: str) -> bytes:
        """Return *records* in one document."""
        from provenance.pipeline import export

        return export(records, format, base_iri=self.base_iri, text=self.text, lean=self.lean)

    def write(self, record: "SourceGraph", name: str) -> tuple[Path, Path]:
        """Write the graph and the page, once both are made."""
        from provenance.common.files import write_whole

        files = self.files(name)
        page = replace(self, lean=False)  # it shows the evidence
        made = [self.document([record], "turtle"), page.document([record], "html")]
        for file, data in zip(files, made, strict=True):
            write_whole(file, data)
        return files


def find_inputs(articles: Sequence[str]) -> list[str]:
    """Return the files that *articles* name, each once; a folder stands for the articles in it.

    Raises:
        ArticleError: A folder has none.
    """
    names: dict[str, None] = {}
    for name in articles:
        check_no_user(name)
        if name == STDIN or not is_folder(name):
            names |= dict.fromkeys(_with_attached(name))
            continue
        from provenance.articles import find_articles

        found = [str(path) for path in find_articles(Path(name))]
        names |= dict.fromkeys(part for one in found for part in _with_attached(one))
    return list(names)


def _with_attached(name: str) -> list[str]:
    """Return *name* with what is attached to it, if it is a mail, or the mails of a mailbox.

    Print which attachments cannot be read on standard error.
    """
    from provenance.articles.mail import SUFFIXES, in_maildir, is_readable, parts_of
    from provenance.cli.terminal import say

    mailed = name.lower().endswith(SUFFIXES) or in_maildir(Path(name))
    if not mailed or is_address(name) or not is_file(name):
        return [name]
    try:
        places = [place for place, _ in parts_of(Path(name).read_bytes(), name)]
    except (OSError, ProvenanceError):
        return [name]  # whoever reads it says why
    for place in places:
        if not is_readable(place):
            why = "is attached, and of a kind that is no text"
            say(f"{name}: not read: {place} {why}", err=True)
    return [f"{name}#{place}" if place else name for place in places if is_readable(place)]


def _file_name(name: str) -> str:
    """Return what the file *name* is called, or the page at the address *name*."""
    if not is_address(name):
        return name
    parts = urlsplit(name)
    return parts.path.rstrip("/").rpartition("/")[2] or f"{parts.hostname}."


def check_ours(file: Path, kind: str, *, inputs: Iterable[Path] = (), force: bool) -> None:
    """Refuse to overwrite an input, or any file but one of this *kind* that `prov` wrote.

    Args:
        file: What is to be written.
        kind: "graph", "page" or "bundle".
        inputs: What is read; this is kept whatever *force* says.
        force: Whether to overwrite other files.

    Raises:
        ProvenanceError: It must not be.
    """
    if any(_same(file, one) for one in inputs):
        if _IS[kind](file):  # built again is the article, not what was made of it
            from provenance.articles.ours import check_not_ours, head_of

            check_not_ours(head_of(file), str(file))
        raise ProvenanceError(f"cannot write {file}: it is an input, choose another name with -o")
    if file.is_block_device():
        raise ProvenanceError(f"cannot write {file}: it is a device")
    if not force and is_file(file) and not _IS[kind](file):
        why = f"what is there is no {kind} of prov's, choose another name with -o or use --force"
        raise ProvenanceError(f"cannot write {file}: {why}")


def _same(one: Path, other: Path) -> bool:
    """Return whether two paths lead to one file, by links of either kind too."""
    try:
        return _real(one) == _real(other) or one.samefile(other)
    except (OSError, ValueError):  # one is not there, or none can be called so
        return False


def _real(path: Path) -> str:
    """Return where *path* really is; unlike ``Path.resolve`` this accepts links in a circle."""
    return os.path.realpath(path)


def is_page(path: Path) -> bool:
    """Whether `prov` wrote the page at *path*."""
    from provenance.articles.ours import PAGE, head_of

    return PAGE.match(head_of(path)) is not None


def _is_graph(path: Path) -> bool:
    from provenance.articles.ours import head_of

    return _PREFIXES.match(head_of(path)) is not None


def _is_bundle(path: Path) -> bool:
    from provenance.bundles import is_bundle

    return is_bundle(path)


_IS = {"graph": _is_graph, "page": is_page, "bundle": _is_bundle}
