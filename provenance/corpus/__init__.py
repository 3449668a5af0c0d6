"""Many articles: where they come from, one by one, whatever they are packed in."""

from provenance.corpus.items import CONTAINERS, find_files, find_items, read_file, read_items
from provenance.corpus.reading import digest_of, read_item

__all__ = [
    "CONTAINERS",
    "digest_of",
    "find_files",
    "find_items",
    "read_file",
    "read_item",
    "read_items",
]
