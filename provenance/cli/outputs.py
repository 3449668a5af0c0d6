"""Which files are read, which are written, and that neither is lost to the other."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from provenance.errors import ArticleError, ProvenanceError
from provenance.files import check_no_user, is_address

if TYPE_CHECKING:
    from provenance.model import SourceGraph

STDIN = "-"

_MARKS = (b"https://w3id.org/source-provenance#", b'content="source-provenance')
_HEAD = 4096


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where the graph and the page of each article go, and what is left out of them."""

    folder: Path
    base_iri: str | None
    text: bool

    def files(self, name: str) -> tuple[Path, Path]:
        """Return the graph and the page of the article in the file, or at the address, *name*."""
        stem = "stdin" if name == STDIN else Path(_file_name(name)).stem
        return self.folder / f"{stem}.ttl", self.folder / f"{stem}.html"

    def check_free(self, names: Sequence[str], *, force: bool) -> None:
        """Refuse to lose an article, somebody else's file, or one graph under another.

        Raises:
            ProvenanceError: Before anything is read or written.
        """
        inputs = {_real(Path(name)) for name in names if name != STDIN}
        owners: dict[str, str] = {}
        for name in names:
            for file in self.files(name):
                other = owners.setdefault(_real(file), name)
                if other != name:
                    why = f"{other} and {name} would both go there, build them apart with -o"
                    raise ProvenanceError(f"cannot write {file}: {why}")
                if _real(file) in inputs:
                    why = "it is an article that is to be read, choose another folder with -o"
                    raise ProvenanceError(f"cannot write {file}: {why}")
                check_ours(file, force=force)

    def document(self, records: "Sequence[SourceGraph]", format: str) -> bytes:
        """Return *records* in one document."""
        from provenance.pipeline import export

        return export(records, format, base_iri=self.base_iri, text=self.text)

    def write(self, record: "SourceGraph", name: str) -> tuple[Path, Path]:
        """Write the graph and the page, once both are made."""
        from provenance.files import write_whole

        files = self.files(name)
        made = [self.document([record], format) for format in ("turtle", "html")]
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
        if name == STDIN or not Path(name).is_dir():
            names[name] = None
            continue
        from provenance.articles import find_articles

        found = [str(path) for path in find_articles(Path(name)) if not is_ours(path)]
        if not found:
            raise ArticleError(f"no articles in {name}: nothing but pages that prov wrote")
        names |= dict.fromkeys(found)
    return list(names)


def _file_name(name: str) -> str:
    """Return what the file *name* is called, or the page at the address *name*."""
    if not is_address(name):
        return name
    parts = urlsplit(name)
    return parts.path.rstrip("/").rpartition("/")[2] or f"{parts.hostname}."


def check_ours(file: Path, *, force: bool) -> None:
    """Refuse to write over a file that `prov` did not write.

    Raises:
        ProvenanceError: It is one, and *force* does not allow it.
    """
    if not force and file.is_file() and not is_ours(file):
        why = "prov did not write what is there, choose another name with -o or use --force"
        raise ProvenanceError(f"cannot write {file}: {why}")


def _real(path: Path) -> str:
    """Return where *path* really is; unlike ``Path.resolve`` this bears links in a circle."""
    return os.path.realpath(path)


def is_ours(path: Path) -> bool:
    """Whether `prov` wrote the file at *path*."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return False  # whoever reads it next will say why
    return any(mark in head for mark in _MARKS)
