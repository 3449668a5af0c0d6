"""Turn text into what the network reads: words, their word pieces, and a feature of each.

The vocabulary has no capitals, so letter case is a feature, and so is standing in quotation marks.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

Offsets = tuple[int, int]

_WORD = re.compile(
    r"""
    (?:[A-Za-z]\.){2,}                        # U.S.
  | (?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Rev|St|Jr|Sr|No|Inc|Corp|Co|Ltd|vs|Jan|Feb|Mar|Apr|Jun|Jul
      |Aug|Sept|Oct|Nov|Dec|Sens|Reps|Lt|Col|Sgt|Prof)\.
  | [’'](?:s|S|re|ve|ll|d|m|t)\b
  | https?://\S+ | [@\#]\w+
  | \d+(?:[.,:]\d+)*\w*
  | [^\W\d_]+(?=n[’']t\b) | n[’']t\b
  | \w+(?:[-/&]\w+)*
  | \.\.\.+ | -{2,}
  | \S
    """,
    re.VERBOSE,
)


def words_of(text: str) -> list[Offsets]:
    """Return start and end, in code points, of each word or punctuation mark of *text*."""
    return [match.span() for match in _WORD.finditer(text)]


def paragraphs_of(text: str) -> list[Offsets]:
    """Return start and end of each line of *text* that is not blank."""
    found, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append((at, at + len(line)))
        at += len(line) + 1
    return found


MAX_PIECES_OF_WORD: Final = 12
_CACHED_WORDS: Final = 100_000
# Opening, separator and mask, as BERT and as RoBERTa name them.
_MARKS: Final = (("[CLS]", "[SEP]", "[MASK]"), ("<s>", "</s>", "<mask>"))
_UNKNOWN: Final = "[UNK]"


WINDOW: Final = 384  # word pieces, its marks included

_OUTSIDE, _INSIDE, _MARK = range(3)
_QUOTE_STATES: Final = 3
_LOWER, _CAPITAL, _UPPER, _MIXED, _CASELESS = range(5)
FEATURE_COUNT: Final = 5 * _QUOTE_STATES
NO_WORD: Final = _CASELESS * _QUOTE_STATES  # the feature of a separator

Pieces = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """How words become pieces.

    Attributes:
        pieces: Gives the piece identifiers of one word, never none.
        opening: The identifier that a window begins with.
        separator: The identifier that a paragraph ends with.
        mask: The identifier of a piece that is hidden in training.
    """

    pieces: Callable[[str], Pieces]
    opening: int
    separator: int
    mask: int


@dataclass(frozen=True, slots=True)
class Document:
    """A text cut into words, in lists of one item a word.

    Attributes:
        words: Start and end in code points.
        pieces: Word pieces.
        features: Letter case and quotation state, below `FEATURE_COUNT`.
        paragraphs: The number of the paragraph.
    """

    words: list[Offsets]
    pieces: list[Pieces]
    features: list[int]
    paragraphs: list[int]

    def __len__(self) -> int:
        return len(self.words)

    def starts_paragraph(self, word: int) -> bool:
        """Return whether *word* is the first of its paragraph."""
        return word == 0 or self.paragraphs[word] != self.paragraphs[word - 1]

    def paragraph_ranges(self) -> Iterator[tuple[int, int]]:
        """Yield the first word of each paragraph, and the one behind its last."""
        begin = 0
        for word in range(1, len(self) + 1):
            if word == len(self) or self.starts_paragraph(word):
                yield begin, word
                begin = word


@dataclass(frozen=True, slots=True)
class Encoded:
    """A window of words as the network reads it.

    Attributes:
        begin: Its first word in the document.
        ids: Word pieces, with the opening mark and a separator after each paragraph.
        features: One to a piece.
        firsts: Where in *ids* each word begins.
    """

    begin: int
    ids: list[int]
    features: list[int]
    firsts: list[int]


def document_of(
    text: str, vocabulary: Vocabulary, paragraphs: Sequence[Offsets] | None = None
) -> Document:
    """Cut *text* into words with their pieces and features.

    Args:
        text: What is read.
        vocabulary: How words become pieces.
        paragraphs: Where they stand in *text*, in order; every line that is not blank without it.
    """
    words: list[Offsets] = []
    features: list[int] = []
    numbers: list[int] = []
    places = paragraphs_of(text) if paragraphs is None else paragraphs
    for number, (start, end) in enumerate(places):
        own = [(start + s, start + e) for s, e in words_of(text[start:end])]
        words += own
        features += _features([text[s:e] for s, e in own])
        numbers += [number] * len(own)
    return Document(words, [vocabulary.pieces(text[s:e]) for s, e in words], features, numbers)


def windows_of(
    document: Document, size: int = WINDOW, first: int | None = None, *, whole: bool = True
) -> list[tuple[int, int]]:
    """Return ranges of words that hold whole paragraphs, each of *size* pieces at most.

    A paragraph that is too long by itself is cut between words.

    Args:
        document: What to cut.
        size: Word pieces in a window, its marks included.
        first: A size for the first window alone, so that the cuts fall elsewhere.
        whole: Whether paragraphs are kept whole, else the cuts fall between any words.
    """
    found: list[tuple[int, int]] = []
    begin, used, limit = 0, 1, first or size
    at = 0
    while at < len(document):
        end, need = at, 1
        while (
            end < len(document)
            and document.paragraphs[end] == document.paragraphs[at]
            and need + len(document.pieces[end]) < size
            and (whole or end == at or used + need + len(document.pieces[end]) <= limit)
        ):
            need += len(document.pieces[end])
            end += 1
        if begin < at and used + need > limit:
            found.append((begin, at))
            begin, used, limit = at, 1, size
        used += need
        at = end
    if begin < at:
        found.append((begin, at))
    return found


def encode(document: Document, begin: int, end: int, vocabulary: Vocabulary) -> Encoded:
    """Return the words of *document* from *begin* to *end* as the network reads them."""
    ids, features, firsts = [vocabulary.opening], [NO_WORD], []
    for word in range(begin, end):
        if word > begin and document.starts_paragraph(word):
            ids.append(vocabulary.separator)
            features.append(NO_WORD)
        firsts.append(len(ids))
        ids += document.pieces[word]
        features += [document.features[word]] * len(document.pieces[word])
    ids.append(vocabulary.separator)
    features.append(NO_WORD)
    return Encoded(begin, ids, features, firsts)


def _features(words: Sequence[str]) -> list[int]:
    found, state = [], _OUTSIDE
    for word in words:
        here = state
        if word == "“":
            here, state = _MARK, _INSIDE
        elif word == "”":
            here, state = _MARK, _OUTSIDE
        elif word in ('"', "''", "``"):
            here, state = _MARK, _OUTSIDE if state == _INSIDE else _INSIDE
        found.append(_case(word) * _QUOTE_STATES + here)
    return found


def _case(word: str) -> int:
    if not any(c.isalpha() for c in word):
        return _CASELESS
    if word.islower():
        return _LOWER
    if word.isupper() and len(word) > 1:
        return _UPPER
    return _CAPITAL if word[0].isupper() else _MIXED


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
    raise ValueError(f"{path}: it has no marks of a window")
