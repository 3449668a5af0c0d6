"""Find and read many articles, whatever they are packed in: folders, rows, archives.

In: paths and addresses. Out: an `Item` or a `Failure` for each article, and `Passed` for the rest.
Never: drop a record without a count; fetch an address that was not given.
"""

from provenance.articles.corpus.items import (
    CONTAINERS,
    digest_of,
    find_files,
    find_items,
    read_file,
    read_item,
    read_items,
)

__all__ = [
    "CONTAINERS",
    "digest_of",
    "find_files",
    "find_items",
    "read_file",
    "read_item",
    "read_items",
]
