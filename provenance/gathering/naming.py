"""The names of very many articles, by their digests, in little memory."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping

from provenance import vocab


class Names(Mapping[str, str]):
    """The IRI of each article by its digest, in order of the digests.

    Most are made of the digest alone, so only those that are not are held.
    """

    def __init__(self, names: Iterable[str]) -> None:
        """Take the IRIs of all articles."""
        self._base: str | None = None
        self._others: dict[str, str] = {}
        self._digests: list[str] = []
        for name in names:
            digest = vocab.digest_of(name)
            if not self._digests and name.endswith(digest):
                self._base = name.removesuffix(digest)
            self._digests.append(digest)
            if name != vocab.article_iri(digest, self._base):
                self._others[digest] = name
        self._digests.sort()

    def __getitem__(self, digest: str) -> str:
        at = bisect_left(self._digests, digest)
        if at == len(self._digests) or self._digests[at] != digest:
            raise KeyError(digest)
        return self._others.get(digest) or vocab.article_iri(digest, self._base)

    def __iter__(self) -> Iterator[str]:
        return iter(self._digests)

    def __len__(self) -> int:
        return len(self._digests)
