"""Find the articles that a command line names: files, folders, lists, archives and addresses."""

from collections.abc import Iterable, Iterator, Mapping
from glob import glob, has_magic
from pathlib import Path

from provenance.articles import LARGEST, find_articles
from provenance.corpus import archives, rows
from provenance.errors import ArticleError
from provenance.files import reason
from provenance.model import Failure, Item

CONTAINERS = (*rows.SUFFIXES, *archives.SUFFIXES)
"""The suffixes of files that hold many articles."""
_ADDRESSES = ("http://", "https://")
_LIST = "@"

Found = Item | Failure


def find_items(
    names: Iterable[str],
    fields: Mapping[str, str] | None = None,
    *,
    private: bool = False,
) -> Iterator[Found]:
    """Yield the articles that *names* stand for, in order, and what could not be read.

    Args:
        names: Files, folders, patterns ("news/*.txt"), "@FILE" for a list of any of these with one
            on each line, JSON Lines, Parquet, WARC and WACZ files, and addresses of pages.
        fields: For JSON Lines and Parquet: the column of each of "text", "title", "publisher",
            "published", "author" and "url", where it is called otherwise.
        private: Whether addresses may lead to private networks.
    """
    for name in names:
        if name.startswith(_ADDRESSES):
            from provenance.corpus.fetching import fetch

            yield fetch(name, private=private)
        elif name.startswith(_LIST) and not Path(name).exists():
            yield from _listed(name[1:], fields, private)
        elif has_magic(name) and not Path(name).exists():
            matching = sorted(glob(name, recursive=True))  # noqa: PTH207
            if not matching:
                yield Failure(location=name, reason=f"cannot read {name}: nothing matches")
            yield from find_items(matching, fields, private=private)
        elif Path(name).is_dir():
            yield from _folder(Path(name), fields or {})
        else:
            yield from _file(Path(name), fields or {})


def _listed(name: str, fields: Mapping[str, str] | None, private: bool) -> Iterator[Found]:
    try:
        lines = Path(name).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        yield _failure(Path(name), error)
        return
    yield from find_items([s for line in lines if (s := line.strip())], fields, private=private)


def _folder(folder: Path, fields: Mapping[str, str]) -> Iterator[Found]:
    """Yield what is in *folder* and below; files that hold many articles count too."""
    try:
        paths = set(find_articles(folder))
    except ArticleError as error:
        paths = set()
        why = str(error)
    packed = {p for s in CONTAINERS for p in folder.rglob(f"*{s}") if p.is_file()}
    if not paths | packed:
        yield Failure(location=str(folder), reason=why)
    for path in sorted(paths | packed):
        yield from _file(path, fields)


def _file(path: Path, fields: Mapping[str, str]) -> Iterator[Found]:
    lower = path.name.lower()
    if lower.endswith(rows.SUFFIXES):
        yield from rows.read_rows(path, fields)
    elif lower.endswith(archives.SUFFIXES):
        yield from archives.read_archive(path)
    else:
        try:
            with path.open("rb") as file:
                data = file.read(LARGEST + 1)
        except (OSError, ValueError) as error:
            yield _failure(path, error)
            return
        yield Item(location=str(path), name=path.name, data=data)


def _failure(path: Path, error: OSError | ValueError) -> Failure:
    why = reason(error) if isinstance(error, OSError) else str(error)
    return Failure(location=str(path), reason=f"cannot read {path}: {why}")
