"""Read the word lists that the packages keep as TOML beside their code."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def read_tables(package: str, name: str) -> dict[str, Any]:
    """Return the tables of the file *name* in *package*, read once."""
    return tomllib.loads(files(package).joinpath(name).read_text(encoding="utf-8"))
