"""The ledger of a store: where each article was read, what it was built with, what is joined."""

import hashlib
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

from provenance import vocab

LEDGER = NamedNode(vocab.SP + "ledger")
LINKS = NamedNode(vocab.SP + "links")
"""The graph of what joins articles, made anew whenever one was added or removed."""
READ_FROM = NamedNode(vocab.SP + "readFrom")
BUILT_WITH = NamedNode(vocab.SP + "builtWith")


def ledger_lines(article: str, locations: Iterable[str], settings: str) -> bytes:
    """Return what the ledger says of *article*, sorted."""
    node = NamedNode(article)
    lines = [Quad(node, BUILT_WITH, Literal(settings), LEDGER)]
    lines += [Quad(node, READ_FROM, Literal(one), LEDGER) for one in set(locations)]
    noted = serialize(lines, format=RdfFormat.N_QUADS) or b""
    return b"".join(sorted(noted.splitlines(keepends=True)))


def dropping(article: NamedNode) -> list[str]:
    """Return the steps of an update that remove the graph of *article*, and its lines."""
    return [forgetting(article), f"DROP SILENT GRAPH {NamedNode(vocab.graph_iri(article.value))}"]


def forgetting(article: NamedNode) -> str:
    """Return the step of an update that removes the lines of *article*."""
    return f"DELETE WHERE {{ GRAPH {LEDGER} {{ {article} ?what ?value }} }}"


def joined_line(state: str) -> bytes:
    """Return what the ledger says of `LINKS`, made of the articles in *state*."""
    noted = [Quad(LINKS, BUILT_WITH, Literal(state), LEDGER)]
    return serialize(noted, format=RdfFormat.N_QUADS) or b""


def share_of(article: str, settings: str) -> int:
    """Return what *article*, built with *settings*, adds to the digest of a store."""
    return int.from_bytes(hashlib.sha256(f"{article} {settings}".encode()).digest())


def state_of(shares: Iterable[int]) -> str:
    """Return a digest of which articles are in a store, and how they were built.

    A sum: it can be added up in parts, in any order (Bellare and Micciancio, EUROCRYPT 1997).
    """
    return f"{sum(shares) % (1 << 256):064x}"
