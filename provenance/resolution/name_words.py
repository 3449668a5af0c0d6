"""The words by which mentions are separated or joined, read once from name_words.toml."""

from collections.abc import Mapping

from provenance.common.wordlists import read_tables, read_words

_PLACE = ("provenance.resolution", "name_words.toml")


def words(table: str, name: str) -> frozenset[str]:
    """Return one list, such as ``words("names", "outlets")``."""
    return read_words(*_PLACE, table, name)


def classes(table: str, name: str) -> tuple[frozenset[str], ...]:
    """Return a list of lists."""
    return tuple(frozenset(row) for row in read_tables(*_PLACE)[table][name])


def groups(table: str) -> Mapping[str, list[str]]:
    """Return all lists of *table* by their names."""
    found: Mapping[str, list[str]] = read_tables(*_PLACE)[table]
    return found
