"""The tagger as it ships: its files, and text to attributions with their offsets."""

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np

from provenance.common.networks import open_network
from provenance.errors import ExtractionError
from provenance.extraction.tagger.inputs import (
    WINDOW,
    Document,
    Vocabulary,
    document_of,
    read_vocabulary,
)
from provenance.extraction.tagger.pairing import Linked, Scorer, link
from provenance.extraction.tagger.referents import Halves, Judge, Upper
from provenance.extraction.tagger.sections import Integers, Network, Section, read
from provenance.extraction.tagger.viterbi import Chain, Floats, Piece, decode

WEIGHTS: Final = Path(__file__).parent / "weights"
NETWORK, HEADS, TOKENIZER = "tagger.onnx", "heads.npz", "tokenizer.json"
PRONOUNS, SCORER = "pronouns.onnx", "pronouns.npz"
VECTOR: Final = 384  # size of the inner vectors
Offsets = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """An attribution by offsets in code points; no source where the text leaves it unsaid."""

    cue: Offsets
    sources: tuple[Offsets, ...]
    contents: tuple[Offsets, ...]
    score: float


@dataclass(slots=True)
class Notes:
    """What is kept of a text that was read, to judge its pronouns by.

    Attributes:
        words: Start and end of each word.
        inner: [W, size], in half precision.
    """

    words: list[Offsets]
    inner: Halves

    def take(self, section: Section) -> None:
        """Keep the inner vectors of *section*."""
        low, high = section.kept
        self.inner[low:high] = section.inner[low - section.begin : high - section.begin]

    def words_of(self, place: Offsets) -> tuple[int, int]:
        """Return the first word that *place* touches, and the one behind the last."""
        first = bisect_right(self.words, place[0], key=lambda word: word[1])
        return first, max(first, bisect_left(self.words, place[1], key=lambda word: word[0]))


@dataclass(frozen=True, slots=True)
class Tagger:
    """A network with all that is needed around it.

    Attributes:
        judge: Whom pronouns stand for; None in one that is being trained.
        digest: SHA-256 of its files, in hex.
        window: Pieces in a window, as it was trained.
    """

    vocabulary: Vocabulary
    network: Network
    chain: Chain
    scorer: Scorer
    judge: Judge | None = None
    digest: str = ""
    window: int = WINDOW

    def __call__(self, text: str, paragraphs: Sequence[Offsets] | None = None) -> Iterator[Found]:
        """Yield the attributions of *text*, or of its *paragraphs*, in the order of their cues."""
        yield from self._found(document_of(text, self.vocabulary, paragraphs), None)

    def note(
        self, text: str, paragraphs: Sequence[Offsets] | None = None
    ) -> tuple[list[Found], Notes]:
        """Return the attributions of *text*, and what `referents` needs of it."""
        document = document_of(text, self.vocabulary, paragraphs)
        notes = Notes(document.words, np.zeros((len(document), VECTOR), np.float16))
        return list(self._found(document, notes)), notes

    def words(self, text: str, paragraphs: Sequence[Offsets]) -> list[Offsets]:
        """Return start and end of each word of *text*, as `note` has them."""
        return document_of(text, self.vocabulary, paragraphs).words

    def referents(
        self, notes: Notes, pronouns: Sequence[Offsets], names: Sequence[Offsets]
    ) -> Iterator[tuple[Offsets, Offsets, float]]:
        """Yield pairs of a pronoun and a name near it, with a log-odds of their being one.

        Args:
            notes: Of the text in which they stand.
            pronouns: Where they stand, in order.
            names: Where whoever may be meant is named, in order.
        """
        if self.judge is None:
            return
        words = [notes.words_of(place)[0] for place in pronouns]
        # What stands outside of what was read, such as a signature, has no words to judge by.
        names = [place for place in names if _is_read(notes.words_of(place))]
        named = [notes.words_of(place) for place in names]
        for pronoun, name, score in self.judge(notes.inner, words, named):
            yield pronouns[pronoun], names[name], score

    def _found(self, document: Document, notes: Notes | None) -> Iterator[Found]:
        for _, linked in self.read(document, notes):
            for one in linked:
                yield Found(
                    _offsets(document, one.cue),
                    tuple(_offsets(document, piece) for piece in one.sources),
                    tuple(_offsets(document, piece) for piece in one.contents),
                    one.score,
                )

    def read(
        self, document: Document, notes: Notes | None = None
    ) -> Iterator[tuple[list[Piece], list[Linked]]]:
        """Yield pieces and attributions by sections; numbers of words are the document's."""
        paragraphs = np.array(document.paragraphs)
        ranges = list(document.paragraph_ranges())
        for section in read(document, self.vocabulary, self.network, self.window):
            if notes is not None:
                notes.take(section)
            begin, end = section.begin, section.end
            chains = [
                (max(b, begin) - begin, min(e, end) - begin)
                for b, e in ranges
                if b < end and e > begin
            ]
            pieces = decode(section.emissions, chains, self.chain)
            linked = link(
                pieces, section.of_words, section.of_cues, paragraphs[begin:end], self.scorer
            )
            low, high = section.kept
            yield (
                [_moved(p, begin) for p in pieces if low <= p.begin + begin < high],
                [
                    Linked(
                        _moved(one.cue, begin),
                        tuple(_moved(piece, begin) for piece in one.sources),
                        tuple(_moved(piece, begin) for piece in one.contents),
                        one.score,
                    )
                    for one in linked
                    if low <= one.cue.begin + begin < high
                ],
            )


def _is_read(words: tuple[int, int]) -> bool:
    return words[0] < words[1]


@lru_cache(maxsize=1)
def load_tagger(folder: Path = WEIGHTS, threads: int = 1) -> Tagger:
    """Return the tagger whose files lie in *folder*, with *threads* for its network.

    Raises:
        ExtractionError: A file is missing, or prov did not make it.
    """
    try:
        network = _network(folder / NETWORK, threads)
        upper = _upper(folder / PRONOUNS, threads)
        with np.load(folder / HEADS, allow_pickle=False) as heads:
            chain = Chain(heads["trans"], heads["start"])
            scorer = Scorer(heads["distance"], heads["weight"], heads["bias"])
        with np.load(folder / SCORER, allow_pickle=False) as heads:
            judge = Judge(upper, heads["distance"], heads["weight"])
        vocabulary = read_vocabulary(folder / TOKENIZER)
    except Exception as error:  # onnxruntime has errors of its own
        raise ExtractionError(f"cannot load the tagger from {folder}: {error}") from error
    return Tagger(vocabulary, network, chain, scorer, judge, digest_of(folder))


def _network(path: Path, threads: int) -> Network:
    session = open_network(path, threads)

    def network(ids: Integers, mask: Integers, features: Integers) -> tuple[Floats, ...]:
        return tuple(session.run(None, {"ids": ids, "mask": mask, "features": features}))

    return network


def _upper(path: Path, threads: int) -> Upper:
    session = open_network(path, threads)

    def upper(inner: Floats) -> tuple[Floats, Floats]:
        of_pronouns, of_names = session.run(None, {"inner": inner})
        return of_pronouns, of_names

    return upper


def digest_of(folder: Path) -> str:
    """Return the SHA-256 of the tagger's files in *folder*, one after the other, in hex."""
    digest = hashlib.sha256()
    for name in (NETWORK, HEADS, TOKENIZER, PRONOUNS, SCORER):
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()


def _moved(piece: Piece, by: int) -> Piece:
    return Piece(piece.begin + by, piece.end + by, piece.role, piece.score)


def _offsets(document: Document, piece: Piece) -> Offsets:
    return document.words[piece.begin][0], document.words[piece.end - 1][1]
