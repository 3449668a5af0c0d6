"""Find the articles that a command line names: files, folders, lists, archives and addresses.

What a pattern means is found in time that grows with the folders alone.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from glob import glob, has_magic
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import IO

from provenance.articles import LARGEST, find_articles, mail, parse_article
from provenance.articles.corpus import archives, rows
from provenance.articles.dates import find_date
from provenance.common.files import (
    check_no_user,
    is_address,
    is_file,
    is_folder,
    is_there,
    read_bytes,
    read_stdin,
    reason,
    without_user,
)
from provenance.errors import ArticleError, ProvenanceError, RecordError
from provenance.model import Article, Capture, Failure, Item, Passed

_BELOW = "**"


def find_matching(pattern: str) -> list[str]:
    """Return what is at *pattern*, sorted; "**" stands for a folder and all below it."""
    whole = Path(pattern)
    found = {whole.anchor}
    for part in whole.parts[1 if whole.anchor else 0 :]:
        if part == _BELOW:
            found = set(_below(found))
        else:
            found = {
                os.path.join(folder, one)  # noqa: PTH118 - "" is the folder we are in
                for folder in found
                for one in glob(part, root_dir=folder or None)  # noqa: PTH207
            }
    if whole.parts[-1:] == (_BELOW,) and not pattern.endswith(("/", os.sep)):
        found |= {one for folder in found for one, _ in _inside(folder) if is_file(one)}
    return sorted(found - {""})


def _below(folders: Iterable[str]) -> Iterator[str]:
    """Yield *folders* and each one below them, by links after all that need none."""
    known: set[str] = set()
    linked: list[str] = []
    waiting = sorted(folders, reverse=True)
    while waiting or linked:
        folder = waiting.pop() if waiting else linked.pop(0)
        real = os.path.realpath(folder)
        if real in known or not is_folder(folder or os.curdir):
            continue
        known.add(real)
        yield folder
        inner = [(path, link) for path, link in _inside(folder) if is_folder(path)]
        waiting += [path for path, link in reversed(inner) if not link]
        linked += [path for path, link in inner if link]


def _inside(folder: str) -> list[tuple[str, bool]]:
    """Return what stands in *folder* and is not hidden, sorted, and whether it is a link."""
    try:
        with os.scandir(folder or os.curdir) as entries:
            return sorted(
                (os.path.join(folder, entry.name), entry.is_symlink())  # noqa: PTH118
                for entry in entries
                if not entry.name.startswith(".")
            )
    except OSError:  # gone, or not ours to read: it holds nothing that a pattern means
        return []


CONTAINERS = (*rows.SUFFIXES, *archives.SUFFIXES)
"""The suffixes of files that hold many articles."""
_LIST, _COMMENT = "@", "#"
_STDIN = Path("-")

Found = Item | Failure | Passed


def find_items(
    names: Iterable[str],
    fields: Mapping[str, str] | None = None,
    *,
    private: bool = False,
) -> Iterator[Found]:
    """Yield the articles that *names* stand for, in order, and what could not be read.

    Args:
        names: Files, folders, patterns ("news/*.txt"), "@FILE" for a list of any of these with one
            on each line, but for those that begin with "#", JSON Lines, Parquet, WARC and WACZ
            files, addresses of pages, "-" for an article from standard input, "@-" for a list.
        fields: For JSON Lines and Parquet: the column of each of "text", "title", "publisher",
            "published", "author" and "url", where it is called otherwise.
        private: Whether addresses may lead to private networks.
    """
    for one in find_files(names):
        if isinstance(one, str):
            from provenance.articles.corpus.fetching import fetch

            yield fetch(one, private=private)
        elif isinstance(one, Failure):
            yield one
        elif one == _STDIN:
            yield _given()
        else:
            yield from read_file(one, fields or {})


def find_files(
    names: Iterable[str], lists: frozenset[str] = frozenset()
) -> Iterator[Path | str | Failure]:
    """Yield the files that *names*, which stand in *lists*, are for, in order; addresses as is."""
    for name in names:
        try:
            check_no_user(name)
        except ProvenanceError as error:
            yield Failure(location=without_user(name), reason=str(error))
            continue
        if is_address(name):
            yield name
        elif name.startswith(_LIST) and not is_there(name):
            yield from _listed(name[1:], lists)
        elif has_magic(name) and not is_there(name):
            matching = find_matching(name)
            if not matching:
                yield Failure(location=name, reason=f"cannot read {name}: nothing matches")
            yield from find_files(filter(_is_regular, matching), lists)
        elif is_folder(name):
            yield from _folder(Path(name))
        else:
            yield Path(name)


def _is_regular(name: str) -> bool:
    """Whether a pattern may mean *name*: nobody waits for a pipe that it happens to match."""
    return is_file(name) or is_folder(name)


def _listed(name: str, lists: frozenset[str]) -> Iterator[Path | str | Failure]:
    whole = os.path.realpath(name)
    if whole in lists:
        yield Failure(location=name, reason=f"cannot read {name}: the list names itself")
        return
    try:
        data = read_bytes(Path(name))
        data.decode("utf-8-sig")
    except RecordError as error:
        yield Failure(location=name, reason=str(error))
        return
    except ValueError as error:
        yield _failure(Path(name), error)
        return
    lines = TextIOWrapper(BytesIO(data), "utf-8-sig")  # as few of them as can be are held at once
    wanted = (s for line in lines if (s := line.strip()) and s[0] != _COMMENT)
    yield from find_files(wanted, lists | {whole})


def _folder(folder: Path) -> Iterator[Path | str | Failure]:
    """Yield what is in *folder* and below; files that hold many articles count too."""
    try:
        paths = set(find_articles(folder))
    except ArticleError as error:
        paths = set()
        why = str(error)
    packed = set(_packed(folder))
    if not paths | packed:
        yield Failure(location=str(folder), reason=why)
    yield from sorted(paths | packed)


def _packed(folder: Path) -> Iterator[Path]:
    with suppress(RecursionError):  # told with the articles
        for where, _, names in os.walk(folder):
            found = (Path(where, name) for name in names if name.lower().endswith(CONTAINERS))
            yield from filter(is_file, found)


def _given() -> Found:
    """Return the article from standard input; the next one from there is another."""
    try:
        data = read_stdin(LARGEST + 1)
    except RecordError as error:
        return Failure(location="stdin", reason=str(error))
    digest = hashlib.sha256(data).hexdigest()
    return Item(location=f"stdin#{digest[:16]}", name="stdin", data=data)


def read_file(path: Path, fields: Mapping[str, str]) -> Iterator[Found]:
    """Yield the articles in the file at *path*, or why there are none."""
    try:
        with path.open("rb") as file:
            yield from read_items(str(path), file, fields)
    except (OSError, ValueError) as error:
        yield _failure(path, error)


def read_items(path: str, file: IO[bytes], fields: Mapping[str, str]) -> Iterator[Found]:
    """Yield the articles in *file*, which is at *path* somewhere."""
    lower = path.lower()
    if lower.endswith(rows.SUFFIXES):
        yield from rows.read_rows(path, file, fields)
    elif lower.endswith(archives.SUFFIXES):
        yield from archives.read_archive(path, file)
    elif lower.endswith(mail.SUFFIXES) or mail.in_maildir(Path(path)):
        yield from _mailed(path, file.read(LARGEST + 1))
    else:
        yield Item(location=path, name=path.rpartition("/")[2], data=file.read(LARGEST + 1))


def _mailed(path: str, data: bytes) -> Iterator[Found]:
    """Yield a mail, or each of a mailbox, and what is attached to it, at "PATH#PLACE"."""
    name = path.rpartition("/")[2]
    try:
        for place, content, whole in mail.placed_parts(data, name):
            where = f"{path}#{place}" if place else path
            called = place or name
            if mail.is_readable(place):
                fields = (("part_of", whole),) if whole else ()
                yield Item(location=where, name=called, data=content, fields=fields)
            else:
                why = f"cannot read {called}: it is attached, and of a kind that is no text"
                yield Failure(location=where, reason=why)
    except ArticleError as error:
        yield Failure(location=path, reason=str(error))


def _failure(path: Path, error: OSError | ValueError) -> Failure:
    why = reason(error) if isinstance(error, OSError) else str(error)
    return Failure(location=str(path), reason=f"cannot read {path}: {why}")


_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z")
_BESIDE = frozenset(
    (
        *("archive", "captured", "charset", "listed_title", "operator"),
        *("part_of", "record", "record_digest", "software"),
    )
)
"""Fields that say how the bytes came here: the same bytes are the same article without them."""


def digest_of(item: Item) -> str:
    """Return the SHA-256 in hex that the article in *item* is named by.

    Of its bytes alone; where more is known of it, of that too: two outlets that print the same
    text have two articles.
    """
    own = [one for one in item.fields if one[0] not in _BESIDE]
    if not own:
        return hashlib.sha256(item.data).hexdigest()
    known = json.dumps(own, ensure_ascii=False).encode()
    return hashlib.sha256(known + b"\n" + item.data).hexdigest()


def read_item(item: Item, *, force: bool = False) -> Article:
    """Return the article in *item*; what is known of it goes before what it says itself.

    Args:
        item: Its bytes and what is known of it.
        force: Whether to read one that is longer than an article.

    Raises:
        ArticleError: It is no article that can be read.
    """
    known = dict(item.fields)
    article = parse_article(item.data, item.name, force=force, charset=known.get("charset", ""))
    if not known:
        return article
    return replace(
        article,
        digest=digest_of(item),
        authors=(known["author"],) if "author" in known else article.authors,
        title=known.get("title", article.title) or known.get("listed_title", ""),
        publisher=known.get("publisher", article.publisher),
        published=find_date(known.get("published", "")) or article.published,
        url=without_user(known.get("url", article.url)),
        capture=_capture(known),
        part_of=known.get("part_of", ""),
    )


def _capture(known: dict[str, str]) -> Capture | None:
    if "archive" not in known:
        return None
    return Capture(
        date=date if _TIME.fullmatch(date := known.get("captured", "")) else "",
        record=known.get("record", ""),
        digest=known.get("record_digest", ""),
        archive=known["archive"],
        software=known.get("software", ""),
        operator=known.get("operator", ""),
    )
