"""Let a trained network read the train articles, for a smaller one to learn from."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from provenance.extraction.tagger.sections import read
from provenance.extraction.tagger.tagger import Tagger
from provenance.extraction.tagger.viterbi import TAGS
from training.tagger.corpus import Example

_ARTICLES_A_FILE = 100


def teach(tagger: Tagger, examples: list[Example], folder: Path) -> Iterator[Path]:
    """Write what *tagger* says of *examples* into *folder*; yield the files.

    `targets.read_teacher` reads them. Each holds 100 articles in order, and has the name of the
    first: their names, and by word the article, the offsets in code points and the emissions
    (float16), beside the transitions, the start scores and the tags.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for at in range(0, len(examples), _ARTICLES_A_FILE):
        some = examples[at : at + _ARTICLES_A_FILE]
        emissions = [
            section.emissions[section.kept[0] - section.begin : section.kept[1] - section.begin]
            for example in some
            for section in read(example.document, tagger.vocabulary, tagger.network, tagger.window)
        ]
        path = folder / f"{some[0].name}.npz"
        np.savez_compressed(
            path,
            names=np.array([example.name for example in some]),
            art=np.repeat(np.arange(len(some)), [len(example.document) for example in some]),
            off=np.concatenate([np.array(e.document.words, np.int32) for e in some]),
            emis=np.concatenate(emissions).astype(np.float16),
            trans=tagger.chain.trans,
            start=tagger.chain.start,
            tags=np.array(TAGS),
        )
        yield path
