"""Find in a page's elements whose words stand where, and mark that for what reads the text.

Readers of pages drop what tells it: the tail of a post's element, `<cite>`, bold type. So posts,
quotations with their signatures and the questions of interviews are made plain paragraphs before
that, each with a mark before its words, which `take_mark` takes off again.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from provenance.articles.labels import DASHES, signature
from provenance.articles.posts import is_post, post_of
from provenance.articles.signatures import SAID, SIGNED
from provenance.articles.turns import ANSWER, INTERVIEW, QUESTION, YOU, is_over

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_OPEN, _SHUT = "⧼", "⧽"
_MARK = re.compile(r"\s*⧼(?P<number>\d{1,6})(?P<part>[a-z])⧽\s*")
ENTRY = "l"
"""The part of a mark that begins an entry of a live blog."""
_SIGNING = re.compile(r"attribution|author|source|byline|speaker|cite|credit", re.IGNORECASE)
_ASKED = re.compile(r"\bquestion\b|\binterviewer\b", re.IGNORECASE)
_BOLD = ("strong", "b", "em", "i")
_MOST = 4_000
"""Elements of a kind that are looked at; a page with more is no article."""


def mark_forms(tree: "HtmlElement") -> None:
    """Mark in *tree* what `take_mark` finds again in the text."""
    if any(_OPEN in (one or "") for one in tree.itertext()):
        return
    marking = _Marking()
    for element in list(tree.iter("blockquote", "div", "figure", "section"))[:_MOST]:
        if element.getparent() is not None and is_post(element):
            marking.post(element)
    for element in list(tree.iter("blockquote"))[:_MOST]:
        if element.getparent() is not None:
            marking.quotation(element)
    marking.interview(tree)


def live_mark(number: int) -> str:
    """Return what marks the first paragraph of the entry *number* of a live blog."""
    return f"{_OPEN}{number}{ENTRY}{_SHUT}"


def take_mark(text: str) -> tuple[str, tuple[int, str] | None]:
    """Return *text* without a mark before it, and what that says: which form, and which part."""
    match = _MARK.match(text)
    return (text[match.end() :], (int(match["number"]), match["part"])) if match else (text, None)


class _Marking:
    """Makes marked paragraphs, each form with a number of its own."""

    def __init__(self) -> None:
        self.number = 0

    def post(self, element: "HtmlElement") -> None:
        """Replace an embedded post by what it says and who put it where and when."""
        found = post_of(element)
        if found is not None:
            self._replace(element, found[0], found[1])

    def quotation(self, element: "HtmlElement") -> None:
        """Replace a quotation and its signature, if it has one."""
        holder, signing = _signing(element)
        if signing is None:
            return
        name = _words(signing)
        below = signing.getparent() is None or signing not in list(holder.iter())
        parent = signing.getparent()
        if parent is not None:
            tail = signing.tail
            parent.remove(signing)
            if below and tail and tail.strip():
                holder.tail = (holder.tail or "") + tail
        said = list(paragraphs(element))
        if not said or not name:
            return
        self._replace(holder, said, f"— {name.lstrip(DASHES + ' ')}")

    def interview(self, tree: "HtmlElement") -> None:
        """Mark the questions that stand out by their type, and the answers between them."""
        told = INTERVIEW.search(" ".join(_words(h) for h in tree.iter("title", "h1"))) is not None
        for terms in list(tree.iter("dl"))[:_MOST]:
            _unlisted(terms)
        groups: dict[HtmlElement, list[HtmlElement]] = {}
        for element in list(tree.iter("p", "h2", "h3", "h4"))[:_MOST]:
            parent = element.getparent()
            if parent is not None:
                groups.setdefault(parent, []).append(element)
        for elements in groups.values():
            for element in elements:
                _part(element)
            children = [e for e in elements[0].getparent() if isinstance(e.tag, str)]
            asked = [e for e in children if _is_question(e)]
            words = [_words(e) for e in asked]
            asking = sum(one.endswith("?") for one in words)
            yours = sum(YOU.search(one) is not None for one in words)
            intro = any(INTERVIEW.search(_words(e)) for e in children[:6] if e not in asked)
            heads = sum(e.tag != "p" for e in asked)
            sure = 2 * yours >= len(asked) or ((told or intro) and not heads) or (told and yours)
            if len(asked) >= 2 and 2 * asking >= len(asked) and sure:
                self._mark_turns(children, asked)

    def _mark_turns(
        self, children: "Sequence[HtmlElement]", asked: "Sequence[HtmlElement]"
    ) -> None:
        self.number += 1
        begun = over = False
        for element in children:
            if element in asked:
                begun, over = True, False
                question = _words(element)
                for child in list(element):
                    element.remove(child)
                element.tag, element.text = "p", self._marked(QUESTION, question)
            elif begun and element.tag == "p" and not over:
                over = is_over(_words(element)) or (element is children[-1] and _is_bold(element))
                if not over:
                    element.text = self._marked(ANSWER, element.text or "")
            elif begun and element.tag in ("h1", "h2", "h3", "h4"):
                over = True

    def _replace(self, element: "HtmlElement", said: Sequence[str], name: str) -> None:
        from lxml.html import Element

        self.number += 1
        new: list[HtmlElement] = []
        for part, words in (*((SAID, one) for one in said), (SIGNED, name)):
            paragraph: HtmlElement = Element("p")
            paragraph.text = self._marked(part, words)
            new.append(paragraph)
        parent = element.getparent()
        assert parent is not None
        at = parent.index(element)
        new[-1].tail = element.tail
        parent[at : at + 1] = new

    def _marked(self, part: str, words: str) -> str:
        return f"{_OPEN}{self.number}{part}{_SHUT}{words}"


def paragraphs(element: "HtmlElement") -> Iterator[str]:
    """Yield the paragraphs of *element*; two line breaks part them, too."""
    parts = [e for e in element.iter("p", "li") if not any(True for _ in e.iter("blockquote"))]
    texts = [_lines(one) for one in parts] if parts else [_lines(element)]
    if parts and (element.text or "").strip():
        texts.insert(0, element.text or "")
    for text in texts:
        for piece in re.split(r"\n[ \t]*\n", text):
            if words := " ".join(piece.split()):
                yield words


def _lines(element: "HtmlElement") -> str:
    """Return the text of *element*, a line end for each break in it."""
    for br in list(element.iter("br")):
        br.tail = "\u2028" + (br.tail or "")
    text = " ".join(element.text_content().split(" "))
    return re.sub(r"[\n\r\t]", " ", text).replace("\u2028", "\n")


def _words(element: "HtmlElement") -> str:
    return " ".join(element.text_content().split())


def _signing(quoted: "HtmlElement") -> "tuple[HtmlElement, HtmlElement | None]":
    """Return what holds a quotation with its signature, and the signature's element."""
    for tag in ("footer", "figcaption", "cite"):
        found = [e for e in quoted.iter(tag) if 0 < len(_words(e).split()) <= 24]
        if found:
            return quoted, found[-1]
    named = [e for e in quoted.iter("p", "span", "div", "small") if _is_signing(e)]
    if named:
        return quoted, named[-1]
    parent = quoted.getparent()
    if parent is not None and parent.tag == "figure":
        captions = [e for e in parent.iter("figcaption") if 0 < len(_words(e).split()) <= 24]
        if captions:
            return parent, captions[0]
    last = [e for e in quoted if e.tag == "p"]
    if len(last) > 1 and _is_dashed(_words(last[-1])):
        return quoted, last[-1]
    broken = _behind_break(quoted)
    return quoted, broken if broken is not None else _below(quoted)


def _below(quoted: "HtmlElement") -> "HtmlElement | None":
    """Return the element after *quoted*, if that is a signature."""
    below = quoted.getnext()
    if below is None or below.tag not in ("p", "cite", "footer", "div", "small"):
        return None
    words = _words(below)
    signs = _is_dashed(words) or below.tag in ("cite", "footer") or _is_signing(below)
    signs = signs or _is_titled(words)
    return below if signs and 0 < len(words.split()) <= 24 else None


def _is_signing(element: "HtmlElement") -> bool:
    said = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
    return _SIGNING.search(said) is not None and 0 < len(_words(element).split()) <= 24


def _is_dashed(words: str) -> bool:
    return words[:1] in tuple(DASHES) and signature(words) is not None


def _is_titled(words: str) -> bool:
    """Whether *words* are a name and, after a comma, what its bearer is: "Ann Lee, director"."""
    found = signature(words)
    name = words[found[0] : found[1]] if found else ""
    return len(name.split()) > 1 and words[len(name) :].startswith(",")


def _behind_break(quoted: "HtmlElement") -> "HtmlElement | None":
    """Return a new element of what follows the last break of *quoted*, if that is a signature."""
    from lxml.html import Element

    breaks = list(quoted.iter("br"))
    tail = (breaks[-1].tail or "").strip() if breaks else ""
    inner = breaks[-1].getnext() if breaks and not tail else None
    words = tail or (_words(inner) if inner is not None else "")
    found = signature(words) if words else None
    if found is None or not (words[0] in DASHES or len(words[found[0] : found[1]].split()) > 1):
        return None
    if inner is not None:
        return inner
    made: HtmlElement = Element("cite")
    made.text, breaks[-1].tail = tail, ""
    breaks[-1].append(made)
    return made


def _part(element: "HtmlElement") -> None:
    """Part a paragraph in which an answer follows its question, in bold, after a break."""
    from lxml.html import Element

    first = next(iter(element), None)
    if element.tag != "p" or first is None or first.tag not in ("strong", "b"):
        return
    if (element.text or "").strip() or not _words(first).endswith("?"):
        return
    rest = list(element)[1:]
    if not (first.tail or "").strip() and not any(
        _words(e) or (e.tail or "").strip() for e in rest
    ):
        return
    answer: HtmlElement = Element("p")
    answer.text, first.tail = first.tail, None
    for one in rest:
        answer.append(one)
    answer.tail, element.tail = element.tail, None
    element.addnext(answer)


def _unlisted(terms: "HtmlElement") -> None:
    """Make a list of questions and what is said to each plain paragraphs."""
    asked = [e for e in terms.iter("dt") if _words(e).endswith("?")]
    if len(asked) < 2 or len(asked) < len(list(terms.iter("dt"))):
        return
    terms.tag = "div"
    for element in terms.iter("dt", "dd"):
        if element.tag == "dt":
            element.set("class", "question")
        element.tag = "p"


def _is_question(element: "HtmlElement") -> bool:
    words = _words(element)
    if not words or len(words.split()) > 80 or is_over(words):
        return False
    if element.tag in ("h2", "h3", "h4"):
        return words.endswith("?")
    shown = _is_bold(element) or _ASKED.search(element.get("class") or "") is not None
    return element.tag == "p" and shown and not words.endswith(":")


def _is_bold(element: "HtmlElement") -> bool:
    """Whether all words of *element* stand out by their type."""
    plain = (element.text or "").strip() or any((e.tail or "").strip() for e in element)
    return not plain and len(element) > 0 and all(e.tag in (*_BOLD, "br") for e in element)
