"""The words by which flows and disputes are found, read once from cue_words.toml."""

from functools import cache

from provenance.common.wordlists import read_tables


@cache
def words(table: str, name: str) -> frozenset[str]:
    """Return one list, such as ``words("opposing", "charges")``."""
    return frozenset(read_tables("provenance.graph", "cue_words.toml")[table][name])
