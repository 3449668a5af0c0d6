"""The tagger as it ships: its files, and text to attributions with their offsets."""

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np

from provenance.errors import ExtractionError
from provenance.tagger.decoding import Chain, Floats, Piece, decode
from provenance.tagger.inputs import WINDOW, Document, Vocabulary, document_of
from provenance.tagger.linking import Linked, Scorer, link
from provenance.tagger.reading import Integers, Network, read
from provenance.tagger.vocabulary import read_vocabulary

WEIGHTS: Final = Path(__file__).parent / "weights"
NETWORK, HEADS, TOKENIZER = "tagger.onnx", "heads.npz", "tokenizer.json"
Offsets = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """An attribution by offsets in code points; no source where the text leaves it unsaid."""

    cue: Offsets
    sources: tuple[Offsets, ...]
    contents: tuple[Offsets, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Tagger:
    """A network with all that is needed around it.

    Attributes:
        digest: SHA-256 of its files, in hex.
        window: Pieces in a window, as it was trained.
    """

    vocabulary: Vocabulary
    network: Network
    chain: Chain
    scorer: Scorer
    digest: str = ""
    window: int = WINDOW

    def __call__(self, text: str, paragraphs: Sequence[Offsets] | None = None) -> Iterator[Found]:
        """Yield the attributions of *text*, or of its *paragraphs*, in the order of their cues."""
        document = document_of(text, self.vocabulary, paragraphs)
        for _, linked in self.read(document):
            for one in linked:
                yield Found(
                    _offsets(document, one.cue),
                    tuple(_offsets(document, piece) for piece in one.sources),
                    tuple(_offsets(document, piece) for piece in one.contents),
                    one.score,
                )

    def read(self, document: Document) -> Iterator[tuple[list[Piece], list[Linked]]]:
        """Yield pieces and attributions by sections; numbers of words are the document's."""
        paragraphs = np.array(document.paragraphs)
        ranges = list(document.paragraph_ranges())
        for section in read(document, self.vocabulary, self.network, self.window):
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


@lru_cache(maxsize=1)
def load_tagger(folder: Path = WEIGHTS, threads: int = 1) -> Tagger:
    """Return the tagger whose files lie in *folder*, with *threads* for its network.

    Raises:
        ExtractionError: A file is missing or none of ours.
    """
    # From 1.29 on it reports to its makers, by default, from the moment it is imported; with this
    # no uploader, no identifier on the disk and no event is made.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    try:
        session = onnxruntime.InferenceSession(
            str(folder / NETWORK), options, providers=["CPUExecutionProvider"]
        )
        with np.load(folder / HEADS, allow_pickle=False) as heads:
            chain = Chain(heads["trans"], heads["start"])
            scorer = Scorer(heads["distance"], heads["weight"], heads["bias"])
        vocabulary = read_vocabulary(folder / TOKENIZER)
    except Exception as error:  # onnxruntime has errors of its own
        raise ExtractionError(f"cannot load the tagger from {folder}: {error}") from error

    def network(ids: Integers, mask: Integers, features: Integers) -> tuple[Floats, Floats, Floats]:
        given = {"ids": ids, "mask": mask, "features": features}
        emissions, of_words, of_cues = session.run(None, given)
        return emissions, of_words, of_cues

    return Tagger(vocabulary, network, chain, scorer, digest_of(folder))


def digest_of(folder: Path) -> str:
    """Return the SHA-256 of the tagger's files in *folder*, one after the other, in hex."""
    digest = hashlib.sha256()
    for name in (NETWORK, HEADS, TOKENIZER):
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()


def _moved(piece: Piece, by: int) -> Piece:
    return Piece(piece.begin + by, piece.end + by, piece.role, piece.score)


def _offsets(document: Document, piece: Piece) -> Offsets:
    return document.words[piece.begin][0], document.words[piece.end - 1][1]
