"""What joins articles, kept by article beside a store: an answer reads no more than it needs."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import TypeVar

import numpy as np

from provenance.analysis import Brief, Links
from provenance.analysis.briefs import Key, Sentence
from provenance.analysis.candidates import candidates
from provenance.analysis.casts import Bearer
from provenance.analysis.columns import code_of
from provenance.analysis.identity import Identity, Node, name_among
from provenance.analysis.joints import Joint, joint_of, joint_rows
from provenance.analysis.matching import units
from provenance.analysis.spilling import Numbers
from provenance.model import ClaimRef, Reuse, SameClaim
from provenance.stores.embedded import Collection
from provenance.stores.shelf import Joints

K = TypeVar("K")
V = TypeVar("V")


def keep_joints(collection: Collection, links: Links, names: Mapping[str, str]) -> None:
    """Keep what joins the articles of *collection* by article, with what words each story has.

    Args:
        collection: It has them all.
        links: What joins them.
        names: The IRIs of the articles by digest.
    """
    with collection.renewed_joints() as joints:
        joints.put_joints(joint_rows(links))
        place = 0
        for number, digests in enumerate(links.stories()):
            briefs = [links.briefs[digest] for digest in digests]
            said = [_words(one) for brief in briefs for one in units(brief)]
            articles = [(digest, names[digest]) for digest in digests]
            joints.put_story(number, articles, list(enumerate(said, place)))
            joints.put_names(_named(links, briefs))
            place += len(said)


_NAMED = "n"
"""What is put before the code of a stem that is a name."""


def _words(one: Sentence) -> str:
    """Return the words of a sentence by which it is found."""
    every = sorted(set(one.stems))
    names = (_NAMED + _coded(stem) for stem in every if stem not in one.said)
    return " ".join((*map(_coded, every), *names))


def _coded(stem: str) -> str:
    return f"{code_of(stem):016x}"


class _Kept:
    """The words of all sentences, as `candidates.Index`."""

    def __init__(self, joints: Joints) -> None:
        self._joints = joints

    def sizes(self) -> tuple[Numbers, Numbers]:
        sizes = np.array(self._joints.sizes(), np.int64).reshape(-1, 2)
        return sizes[:, 0], sizes[:, 1]

    def sentences_with(self, words: Iterable[str], *, named: bool = False) -> Numbers:
        wanted = {_NAMED * named + _coded(word) for word in words}
        return np.array(self._joints.sentences_with(wanted) if wanted else (), np.int64)


def _named(links: Links, briefs: Iterable[Brief]) -> Iterator[tuple[str, str, bool, str]]:
    for brief in briefs:
        for node, name, itself in links.identity.called_in(brief):
            if links.identity.is_known(node):
                _, kind, key, *number = node
                yield f"{kind}\0{key}", "".join(number), itself, name


class Named(Mapping[str, str]):
    """The IRI of each article by its digest, looked up on demand."""

    def __init__(self, joints: Joints) -> None:
        """Take what they are kept in."""
        self._joints = joints

    def __getitem__(self, digest: str) -> str:
        if (name := self._joints.name(digest)) is None:
            raise KeyError(digest)
        return name

    def __iter__(self) -> Iterator[str]:
        return iter(self._joints.digests())

    def __len__(self) -> int:
        return len(self._joints.digests())


class Recalled:
    """What joins the articles of a store, as `Links`, read on demand."""

    def __init__(self, briefs: Mapping[str, Brief], joints: Joints) -> None:
        """Take the articles, and what is kept of them."""
        self.briefs = briefs
        self._joints = joints
        self._joint = lru_cache(maxsize=None)(
            lambda digest: joint_of(digest, joints.joints(digest))
        )

    @cached_property
    def copies(self) -> Mapping[str, Sequence[Reuse]]:
        """What each copy has from others, by its digest."""
        return self._held(lambda digest: digest, lambda joint: joint.copies)

    @cached_property
    def alike(self) -> Mapping[ClaimRef, Sequence[SameClaim]]:
        """What says the same as each claim."""
        return self._held(lambda ref: ref.digest, lambda joint: joint.alike)

    @cached_property
    def serves(self) -> Mapping[Bearer, Key]:
        """The keys of those for whom sources speak."""
        return self._held(_digest, lambda joint: joint.serves)

    @cached_property
    def identity(self) -> Identity:
        """Which sources of different articles are one."""
        split = self._held(_digest, lambda joint: joint.split)
        called = self._held(_digest, lambda joint: joint.called)
        names = _Names(self.briefs, self._joints)
        return Identity(split, self.briefs, called, self.serves, names)

    def on(self, text: str) -> Iterator[Sequence[str]]:
        """Yield the stories that may say something to *text*, the likeliest first, by articles."""
        return map(self._joints.story, candidates(text, _Kept(self._joints)))

    def _held(
        self, digest_of: Callable[[K], str], part: Callable[[Joint], Mapping[K, V]]
    ) -> Mapping[K, V]:
        return _Held(self.briefs, digest_of, lambda digest: part(self._joint(digest)))


def _digest(bearer: Bearer) -> str:
    return bearer[0]


class _Held(Mapping[K, V]):
    """What is held of each article, read article by article."""

    def __init__(
        self,
        digests: Iterable[str],
        digest_of: Callable[[K], str],
        read: Callable[[str], Mapping[K, V]],
    ) -> None:
        self._digests, self._digest_of, self._read = digests, digest_of, read

    def __getitem__(self, key: K) -> V:
        return self._read(self._digest_of(key))[key]

    def __iter__(self) -> Iterator[K]:
        for digest in self._digests:
            yield from self._read(digest)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _Names:
    """What to call nodes, as `Identity.names`."""

    def __init__(self, briefs: Mapping[str, Brief], joints: Joints) -> None:
        self._briefs = briefs
        self._find = lru_cache(maxsize=None)(joints.names)

    def __getitem__(self, node: Node) -> str:
        if not (name := self.get(node, "")):
            raise KeyError(node)
        return name

    def get(self, node: Node, default: str) -> str:
        """Return what to call *node*, *default* where nothing is known."""
        if node[0] == "own":
            _, digest, id = node
            return next(one.name for one in self._briefs[digest].sources if one.id == id)
        _, kind, key, *number = node
        found = self._find(f"{kind}\0{key}", number[0] if number else None)
        return name_among(found) if found else default
