"""Word pieces from a ``tokenizer.json``."""

from functools import lru_cache
from pathlib import Path
from typing import Final

from provenance.tagger.inputs import Pieces, Vocabulary

MAX_PIECES_OF_WORD: Final = 12
_CACHED_WORDS: Final = 100_000
# Opening, separator and mask, as BERT and as RoBERTa name them.
_MARKS: Final = (("[CLS]", "[SEP]", "[MASK]"), ("<s>", "</s>", "<mask>"))
_UNKNOWN: Final = "[UNK]"


def read_vocabulary(path: Path) -> Vocabulary:
    """Return the vocabulary kept in the file *path*.

    Raises:
        ValueError: It has no marks that we know.
    """
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    unknown = tokenizer.token_to_id(_UNKNOWN) or 0

    @lru_cache(maxsize=_CACHED_WORDS)
    def pieces(word: str) -> Pieces:
        ids = tokenizer.encode(word, add_special_tokens=False).ids[:MAX_PIECES_OF_WORD]
        return tuple(ids) if ids else (unknown,)

    for marks in _MARKS:
        ids = [id for mark in marks if (id := tokenizer.token_to_id(mark)) is not None]
        if len(ids) == len(marks):
            return Vocabulary(pieces, *ids)
    raise ValueError(f"{path}: no marks of a window in it")
