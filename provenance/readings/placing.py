"""Where copied words stand in an article, whatever blanks, quotation marks and dashes they have."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from provenance.common.normal import sought_form
from provenance.model import Article, Span, Spans

Offsets = Sequence[tuple[int, int]]
_MOST = 2_000
"""Places of the same words that are looked at."""
_MOST_WORDS = 200
"""Words from the beginning of a passage of which it is said how far they stand in the text."""
_SHOWN = 60
_LEFT_OUT = re.compile(r" ?(?:…|\.{3}|[\[(](?:…|\.{3})[\])]) ?")
"""What stands for words of the article that a quotation leaves out."""


class Finder:
    """Finds words in one article."""

    def __init__(self, article: Article) -> None:
        """Bring the text of *article* into the form in which words are sought."""
        self.article = article
        self._form = sought_form(article.text)
        whole = ((article.headline,) if article.headline else ()) + article.paragraphs
        self._body = sorted(whole)
        self._starts = [part.start for part in self._body]
        self.places = cache(self._places)

    def _places(self, words: str) -> Spans:
        """Return where *words* stand as whole words, in order; else glued to others, or plural."""
        sought = sought_words(words)
        if not any(char.isalnum() for char in sought):
            return ()
        found = list(_occurrences(self._form.text, sought))
        exact = [at for at in found if _is_whole(self._form.text, at, at + len(sought))]
        glued = [at for at in found if _is_glued(self._form.text, at, at + len(sought))]
        spans = (Span(at, at + len(sought)) for at in exact or glued)
        return tuple(self._form.kept(span) for span in spans)

    def evidence(self, words: str, given: Offsets, near: Sequence[Spans]) -> Spans:
        """Return where *words* stand, none if they do not.

        Args:
            words: Of one passage, or of several with a line end or " … " between them.
            given: Where they are said to stand; other places are looked for if they do not.
            near: The mentions of those that they speak of: of several places the nearest counts.
        """
        for one in (words, _LEFT_OUT.sub("\n", words)):
            if (spans := self.checked(one, given)) is not None:
                return spans
        return self._nearest([words] if self.places(words) else self._passages(words), near)

    def absent(self, words: str) -> str:
        """Return the sentence that *words* are not in the text, with what is nearest to them."""
        for part in self._passages(words):
            if not self.places(part):
                return absent(part) + self._instead(part)
        return absent(words)

    def _passages(self, words: str) -> list[str]:
        """Return the passages of *words*: by lines, and by what stands for words left out."""
        lines = [line for line in words.split("\n") if line.strip()]
        if all(map(self.places, lines)):
            return lines
        return [part for part in _LEFT_OUT.sub("\n", words).split("\n") if part.strip()]

    def _instead(self, words: str) -> str:
        """Return what the text has in the place of *words*, "" if nothing is like it."""
        sought, text = sought_words(words), self._form.text
        lower, folded = sought.lower(), text.lower()
        at = folded.find(lower) if lower and len(folded) == len(text) else -1
        if at >= 0 and _is_whole(folded, at, at + len(lower)):
            there = self._form.kept(Span(at, at + len(lower)))
            return f", but “{_short(self.article.text[there.start : there.end])}” does"
        parts = sought.split(" ")
        begins = [" ".join(parts[: n + 1]) for n in range(min(len(parts), _MOST_WORDS))]
        most = bisect_left(begins, True, key=lambda begin: begin not in text)
        if most < min(2, len(parts)):
            return ""
        return f": it goes on otherwise after “{_end(' '.join(parts[:most]))}”"

    def checked(self, words: str, given: Offsets) -> Spans | None:
        """Return the places *given* if *words* stand there, None if they do not."""
        length = len(self.article.text)
        if not given or not all(start < end <= length for start, end in given):
            return None
        spans = tuple(sorted({Span(start, end) for start, end in given}))
        there = "\n".join(self.article.text[span.start : span.end] for span in spans)
        return spans if sought_words(there) == sought_words(words) else None

    def _nearest(self, parts: Sequence[str], near: Sequence[Spans]) -> Spans:
        found = []
        for part in parts:
            places = self.places(part)
            if not places:
                return ()
            found.append(min(places, key=lambda span: (*self._distance(span, near), span.start)))
        return tuple(sorted(set(found)))

    def _distance(self, span: Span, near: Sequence[Spans]) -> tuple[bool, int]:
        """Return whether *span* is outside of the body, and how far from those in *near*."""
        at = bisect_left(self._starts, span.end) - 1
        outside = at < 0 or not self._body[at].overlaps(span)
        return outside, sum(_gap(span, mentions) for mentions in near if mentions)


def sought_words(words: str) -> str:
    """Return *words* in the form in which they are sought."""
    return sought_form(words).text.strip()


def _gap(span: Span, mentions: Spans) -> int:
    """Return how far *span* is from the nearest of *mentions*, which are in order."""
    at = bisect_left(mentions, span)
    beside = mentions[max(0, at - 1) : at + 2]
    return min(max(0, span.start - one.end, one.start - span.end) for one in beside)


def _occurrences(text: str, sought: str) -> Iterator[int]:
    at, seen = text.find(sought), 0
    while at >= 0 and seen < _MOST:
        yield at
        at, seen = text.find(sought, at + 1), seen + 1


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether no word goes on over either end."""
    opens = start == 0 or not (text[start - 1].isalnum() and text[start].isalnum())
    return opens and (end == len(text) or not (text[end - 1].isalnum() and text[end].isalnum()))


def _is_glued(text: str, start: int, end: int) -> bool:
    """Whether the words lost but a blank to their neighbours, or got an s: "by the LeesUpdated"."""
    name = text[start:end].rpartition(" ")[2][0].isupper()
    plural = name and text[end : end + 1] == "s" and not text[end + 1 : end + 2].isalnum()
    return _is_seam(text, start) and (plural or _is_seam(text, end))


def _is_seam(text: str, at: int) -> bool:
    if not 0 < at < len(text):
        return True
    before, after = text[at - 1], text[at]
    return not (before.isalnum() and after.isalnum()) or (before.islower() and after.isupper())


def absent(words: str) -> str:
    """Return the sentence that *words* are not in the text."""
    return f"“{_short(words)}” does not stand in the text"


def _short(words: str) -> str:
    one_line = " ".join(words.split())
    return one_line if len(one_line) <= _SHOWN else one_line[: _SHOWN - 1] + "…"


def _end(words: str) -> str:
    return words if len(words) <= _SHOWN else "…" + words[1 - _SHOWN :]


def owned(found: Iterable[tuple[str, Spans]]) -> dict[str, Spans]:
    """Return the places of each owner, those within a longer one left to that.

    An owner keeps the first of its places where all are within others.
    """
    every = [(span, id) for id, spans in found for span in spans]
    length = max((span.end for span, _ in every), default=0)
    taken: list[str | None] = [None] * length
    kept: dict[str, list[Span]] = {}
    for span, id in sorted(every, key=lambda one: (one[0].start - one[0].end, one[0].start)):
        if taken[span.start] is None and taken[span.end - 1] is None:
            taken[span.start : span.end] = [id] * (span.end - span.start)
            kept.setdefault(id, []).append(span)
    for span, id in sorted(every):
        kept.setdefault(id, [span])
    return {id: tuple(sorted(set(spans))) for id, spans in kept.items()}
