"""What was dropped, pasted or asked for: kept within the store before anything is made of it.

Each has a folder of its own, named by its content (a file) or by its address (a page), so nothing
that a stranger calls a file decides where it is written, and what was not built yet when the desk
was stopped is found and built when it starts again.
"""

import hashlib
import json
import re
import shutil
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from threading import Lock
from typing import IO

from provenance.articles import SUFFIXES
from provenance.articles.corpus import CONTAINERS, read_file
from provenance.articles.corpus.fetching import fetch
from provenance.common.files import check_no_user, is_address, is_file, is_folder, write_whole
from provenance.corrections import SUFFIX
from provenance.desk.guard import Limits
from provenance.errors import ArticleError
from provenance.model import Failure, Item, Passed

FOLDER = "articles"
_ADDRESS, _FETCHED = "address.json", "fetched.json"
_UNFIT = re.compile(r"[^\w .()+,&'’-]+")
_LONGEST_NAME = 100
_LONGEST_ADDRESS = 2_000
_ALONE = Lock()


def safe_name(name: str) -> str:
    """Return what a file is called here that somebody else calls *name*."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    plain = _UNFIT.sub("_", last).strip(" ._-") or "article"
    stem, dot, suffix = plain.rpartition(".")
    if not dot or len(suffix) > 8:
        stem, suffix = plain, ""
    while len(stem.encode()) > _LONGEST_NAME:
        stem = stem[:-1]
    return f"{stem}.{suffix}" if suffix else stem


def keep_file(store: Path, name: str, data: bytes) -> Path:
    """Keep *data* as a file and return its folder; the same file again has the same."""
    folder = store / FOLDER / hashlib.sha256(data).hexdigest()[:32]
    with _ALONE:
        write_whole(folder / safe_name(name), data)
    return folder


def keep_address(store: Path, address: str) -> Path:
    """Keep that the page at *address* is wanted, as it is now, and return its folder.

    Raises:
        ArticleError: It is no address of a page.
    """
    address = address.strip()
    if not is_address(address) or len(address) > _LONGEST_ADDRESS or not address.isprintable():
        raise ArticleError("an address begins with http:// or https://, and is no longer than that")
    check_no_user(address)
    folder = _folder_of(store, address)
    with _ALONE:
        (folder / _FETCHED).unlink(missing_ok=True)
        write_whole(folder / _ADDRESS, json.dumps({"address": address}).encode())
    return folder


def keep_text(store: Path, text: str) -> Path:
    """Keep a *text* that was pasted, under its first words, and return its folder."""
    words = " ".join(text.split()[:6])
    return keep_file(store, f"{safe_name(words)[:60].rstrip(' .')}.txt", text.encode())


def unpack(name: str, data: IO[bytes], limits: Limits) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of each article or archive in the ZIP file *data*.

    Raises:
        ArticleError: It is broken, or unpacks to too much.
    """
    left, count = limits.unpacked, 0
    try:
        with zipfile.ZipFile(data) as packed:
            for part in packed.infolist():
                if part.filename.endswith("/") or not _is_wanted(part.filename):
                    continue
                count += 1
                with packed.open(part) as file:
                    content = file.read(min(left, limits.body) + 1)
                left -= len(content)
                if left < 0 or len(content) > limits.body or count > limits.files:
                    raise ArticleError(f"cannot read {name}: it unpacks to too much")
                yield PurePosixPath(part.filename).name, content
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError) as error:
        why = " ".join(str(error).split()) or type(error).__name__
        raise ArticleError(f"cannot read {name}: {why}") from error
    except (zlib.error, EOFError, LookupError) as error:
        raise ArticleError(f"cannot read {name}: it is cut off or broken") from error
    if not count:
        raise ArticleError(f"cannot read {name}: no article is in it")


def _is_wanted(name: str) -> bool:
    parts = [part for part in PurePosixPath(name).parts if part != ".."]
    hidden = any(part.startswith((".", "__MACOSX")) for part in parts)
    return name.lower().endswith((*SUFFIXES, *CONTAINERS)) and not hidden


def entries(store: Path) -> list[Path]:
    """Return the folder of everything that was kept."""
    folder = store / FOLDER
    return sorted(folder.iterdir()) if is_folder(folder) else []


def items(entry: Path, *, private: bool = False) -> Iterator[Item | Failure | Passed]:
    """Yield the articles in the folder *entry*; a page is fetched if it was not yet."""
    if is_file(entry / _ADDRESS):
        if is_file(entry / _FETCHED):
            yield _fetched(entry)
            return
        found = fetch(_address(entry), private=private)
        if isinstance(found, Item):
            _keep_fetched(entry, found)
        yield found
        return
    for path in sorted(entry.iterdir()):
        if not path.name.endswith((SUFFIX, ".part")):
            yield from read_file(path, {})


def name_of(entry: Path) -> str:
    """Return what to call an *entry*."""
    if is_file(entry / _ADDRESS):
        return _address(entry)
    return next((p.name for p in sorted(entry.iterdir()) if _is_wanted(p.name)), entry.name)


def _address(entry: Path) -> str:
    """Return the address that an *entry* is for.

    Raises:
        ArticleError: It was cut off.
    """
    try:
        return str(json.loads((entry / _ADDRESS).read_bytes())["address"])
    except (ValueError, KeyError, TypeError) as error:
        raise ArticleError("an address was cut off before it was written: give it again") from error


def drop(entry: Path) -> None:
    """Take away an *entry* that no article came of."""
    shutil.rmtree(entry, ignore_errors=True)


def item_at(store: Path, location: str) -> Item | None:
    """Return the article that was read at *location*, None if it is not there any more."""
    if is_address(location):
        entry = _folder_of(store, location)
        return _fetched(entry) if is_file(entry / _FETCHED) else None
    path = location
    while not is_file(path):
        path, found, _ = path.rpartition("#")
        if not found:
            return None
    found_items = read_file(Path(path), {})
    return next((i for i in found_items if isinstance(i, Item) and i.location == location), None)


def _folder_of(store: Path, address: str) -> Path:
    return store / FOLDER / hashlib.sha256(address.encode()).hexdigest()[:32]


def _keep_fetched(entry: Path, item: Item) -> None:
    """Keep a page that was fetched; that it is there is written last."""
    write_whole(entry / "page", item.data)
    known = {"location": item.location, "name": item.name, "fields": item.fields}
    write_whole(entry / _FETCHED, json.dumps(known).encode())


def _fetched(entry: Path) -> Item:
    known = json.loads((entry / _FETCHED).read_bytes())
    fields = tuple((str(name), str(value)) for name, value in known["fields"])
    data = (entry / "page").read_bytes()
    return Item(location=known["location"], name=known["name"], data=data, fields=fields)
