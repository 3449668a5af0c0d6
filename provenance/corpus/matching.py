"""Find what a pattern means, in time that grows with the folders alone.

"**" follows links as the standard library's does, but into no folder twice: links that form a
cycle, or lead to each other, have an end.
"""

import os
from collections.abc import Iterable, Iterator
from glob import glob
from pathlib import Path

from provenance.files import is_file, is_folder

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
