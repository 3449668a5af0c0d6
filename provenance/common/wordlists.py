"""Read the word lists that the packages keep as TOML beside their code."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def read_tables(package: str, name: str) -> dict[str, Any]:
    """Return the tables of the file *name* in *package*, read once."""
    return tomllib.loads(files(package).joinpath(name).read_text(encoding="utf-8"))


@cache
def read_words(package: str, name: str, table: str, key: str) -> frozenset[str]:
    """Return the words that *table* of the file *name* in *package* lists under *key*."""
    return frozenset(read_tables(package, name)[table][key])
