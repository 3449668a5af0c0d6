"""The words by which flows and disputes are found, read once from cue_words.toml."""

from provenance.common.wordlists import read_words


def words(table: str, name: str) -> frozenset[str]:
    """Return one list, such as ``words("opposing", "charges")``."""
    return read_words("provenance.graph", "cue_words.toml", table, name)
