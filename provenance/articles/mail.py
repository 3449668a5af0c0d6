"""E-mail: the better of its bodies, in whole paragraphs, and what is attached to it."""

import hashlib
import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from provenance.common.files import is_folder
from provenance.errors import ArticleError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

SUFFIXES = (".eml", ".mbox")
READABLE = (".txt", ".text", ".md", ".pdf", ".docx", ".html", ".htm", ".xhtml", ".eml")
_LONGEST_HEADER = 10_000
_HEADER = re.compile(
    rb"(?:From [^\r\n]*\r?\n)?"
    rb"(?:[A-Za-z][A-Za-z-]{1,40}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,}\r?\n"
)
_READ = re.compile(
    rb"^(?:from|subject|date|content-[a-z-]+):[^\r\n]*(?:\r?\n?[ \t][^\r\n]*)*",
    re.IGNORECASE | re.MULTILINE,
)
_MAIL = re.compile(rb"^(?:mime-version|received|message-id):", re.IGNORECASE | re.MULTILINE)
_FROM = re.compile(rb"^From \S[^\r\n]*\r?\n(?=[A-Za-z-]{2,40}:)", re.MULTILINE)
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_ANSWER = re.compile(r"(?:(?:fwd?|re|aw|wg|tr|sv)(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
_TAGS = re.compile(r"<[^<>]{0,2000}>")
_MESSAGE_WITHIN = re.compile(
    r"\bFrom:\s.{1,300}\b(?:Sent|Date|To|Subject):\s|\bwrote:\s", re.DOTALL
)
_BLOCKS = frozenset(
    (
        *("address", "article", "blockquote", "div", "h1", "h2", "h3", "h4", "hr", "li", "ol"),
        *("p", "pre", "section", "table", "td", "tr", "ul"),
    )
)
_UNREAD = frozenset(("head", "script", "style", "template", "title"))
_SPACE = re.compile(r"\s+")
_TYPES = {"text/plain": ".txt", "text/html": ".html", "application/pdf": ".pdf"}
_MESSAGE = re.compile(r"\d+\.eml")
_BOXES = ("cur", "new")
_DEEPEST = 5
_MOST = 200
"""Attachments of one message that are looked at."""


def is_mail(data: bytes, name: str) -> bool:
    """Whether *data*, called *name*, is an e-mail."""
    if name.lower().endswith(SUFFIXES):
        return True
    head = _HEADER.match(data[:20_000])
    return head is not None and _MAIL.search(head[0]) is not None


def parse_mail(data: bytes, name: str) -> EmailMessage:
    """Return the first message in *data*.

    Raises:
        ArticleError: It is none that can be read.
    """
    # The standard library takes time by the square of a header's length.
    if any(len(header[0]) > _LONGEST_HEADER for header in _READ.finditer(data)):
        raise ArticleError(f"cannot read {name}: a header longer than {_LONGEST_HEADER:,} bytes")
    try:
        message = message_from_bytes(next(messages(data), data), policy=policy.default)
    except Exception as error:  # the headers of the standard library fail in ways of their own
        raise ArticleError(f"cannot read {name}: a broken e-mail ({error_line(error)})") from error
    assert isinstance(message, EmailMessage)
    return message


def messages(data: bytes) -> Iterator[bytes]:
    """Yield each message of a mailbox (RFC 4155); one that is none holds itself alone."""
    starts = [m.span() for m in _FROM.finditer(data)] if data.startswith(b"From ") else []
    for number, (_, begin) in enumerate(starts):
        end = starts[number + 1][0] if number + 1 < len(starts) else len(data)
        yield _QUOTED_FROM.sub(rb"\1", data[begin:end])
    if not starts:
        yield data


def body_of(message: EmailMessage) -> tuple[str, bool]:
    """Return the better body of *message*, and whether it is a page.

    That is the plain one, unless it holds much less than the other.
    """
    plain, html = (_content(message, kind) for kind in ("plain", "html"))
    if html and len(plain.split()) * 2 < len(_TAGS.sub(" ", html).split()):
        within = _MESSAGE_WITHIN.search(_TAGS.sub(" ", html))
        return (lines_of(html), False) if within else (html, True)
    return without_signature(plain), False


def lines_of(html: str) -> str:
    """Return the text of a mail's *html*, blank lines between blocks, ">" before what it quotes.

    What reads pages takes the head of a forwarded message for furniture.
    """
    from lxml.etree import LxmlError
    from lxml.html import document_fromstring

    blocks: list[tuple[int, list[str]]] = [(0, [""])]

    def put(element: "HtmlElement", deep: int) -> None:
        if not isinstance(element.tag, str) or element.tag in _UNREAD:
            return
        block = element.tag in _BLOCKS
        deep += element.tag == "blockquote"
        if block:
            blocks.append((deep, [""]))
        blocks[-1][1][-1] += _SPACE.sub(" ", element.text or "")
        for child in element:
            put(child, deep)
            if child.tag == "br":
                blocks[-1][1].append("")
            elif child.tag in _BLOCKS:
                blocks.append((deep, [""]))
            blocks[-1][1][-1] += _SPACE.sub(" ", child.tail or "")

    try:
        put(document_fromstring(html), 0)
    except (RecursionError, ValueError, LxmlError):
        return _TAGS.sub(" ", html)
    kept = (
        (deep, [one.strip() for one in lines])
        for deep, lines in blocks
        if any(map(str.strip, lines))
    )
    return "\n\n".join(
        "\n".join("> " * deep + line if line else "" for line in lines).strip("\n")
        for deep, lines in kept
    )


def _content(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    if part is None:
        return ""
    try:
        text = part.get_content()
    except LookupError:  # an encoding that nobody knows
        text = part.get_payload(decode=True).decode("utf-8", "replace")  # type: ignore[union-attr]
    text = text.replace("\r\n", "\n") if isinstance(text, str) else ""
    if str(part.get_param("format", "")).lower() == "flowed":
        return unflowed(text, delsp=str(part.get_param("delsp", "")).lower() == "yes")
    return text


def unflowed(text: str, *, delsp: bool = False) -> str:
    """Return *text* with the lines of each paragraph joined, as RFC 3676 says."""
    out: list[str] = []
    joins = -1
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        words = line[depth:].removeprefix(" ")
        if joins == depth and words != "-- ":
            out[-1] += words
        else:
            out.append(">" * depth + (" " if depth else "") + words)
        soft = words.endswith(" ") and words != "-- "
        joins = depth if soft else -1
        if soft and delsp:
            out[-1] = out[-1][:-1]
    return "\n".join(line if line == "-- " else line.rstrip(" ") for line in out)


def without_signature(text: str) -> str:
    """Return *text* up to the line "-- " under which a sender's signature stands."""
    found = re.search(r"^-- $|^--$", text, re.MULTILINE)
    return (
        text[: found.start()].rstrip() + "\n" if found and text[: found.start()].strip() else text
    )


def subject_of(message: EmailMessage) -> str:
    """Return the subject of *message* without what answers and forwards put before it."""
    subject = " ".join(str(message["subject"] or "").split())
    answer = _ANSWER.match(subject)
    return subject[answer.end() :] if answer else subject


def sender_of(message: EmailMessage) -> str:
    """Return the name of who sent *message*."""
    said = str(message["from"] or "")
    name, address = parseaddr(said)
    return name.strip(' "') or ("" if "@" in address else said.partition("<")[0].strip(' "'))


def date_of(message: EmailMessage) -> str:
    """Return when *message* was sent, as ISO 8601."""
    try:
        return parsedate_to_datetime(str(message["date"] or "")).isoformat()
    except (ValueError, OverflowError, IndexError):
        return ""


def attached(message: EmailMessage, deep: int = 0) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of each attachment of *message*, those of messages whole."""
    taken: set[str] = set()
    for number, part in enumerate([*message.iter_attachments()][:_MOST], 1):
        kind = part.get_content_type()
        said = PurePath((part.get_filename() or "").replace("\\", "/")).name
        if kind == "message/rfc822":
            inner = part.get_payload(0)
            assert isinstance(inner, EmailMessage)
            name = _free(f"{PurePath(said).stem or 'message'}.eml", number, taken)
            yield name, bytes(inner)
            if deep < _DEEPEST:
                own = attached(inner, deep + 1)
                yield from ((_free(one, number, taken), data) for one, data in own)
            continue
        data = part.get_payload(decode=True)
        if isinstance(data, bytes) and (said or kind in _TYPES):
            suffix = "" if PurePath(said).suffix else _TYPES.get(kind, "")
            yield _free(f"{said or 'part'}{suffix}", number, taken), data


def _free(name: str, number: int, taken: set[str]) -> str:
    while name in taken:
        name = f"{number}-{name}"
    taken.add(name)
    return name


def parts_of(data: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """Yield all that a mail or a mailbox holds that may be an article, with its place in it.

    The place of a mail by itself is "".

    Raises:
        ArticleError: A message cannot be read; all others have been yielded then.
    """
    several = name.lower().endswith(".mbox")
    broken: ArticleError | None = None
    for number, one in enumerate(messages(data), 1):
        yield (f"{number}.eml" if several else ""), one
        try:
            found = list(attached(parse_mail(one, name)))
        except (LookupError, TypeError, ValueError, AttributeError, AssertionError) as error:
            why = f"a broken e-mail ({error_line(error)})"
            broken = broken or ArticleError(f"cannot read {name}: {why}")
            continue
        except ArticleError as error:
            broken = broken or error
            continue
        yield from ((f"{number}-{said}" if several else said, content) for said, content in found)
    if broken is not None:
        raise broken


def placed_parts(data: bytes, name: str) -> Iterator[tuple[str, bytes, str]]:
    """Yield what `parts_of` does, each with the digest of the mail that it is attached to, or "".

    Raises:
        ArticleError: A message cannot be read; all others have been yielded then.
    """
    several = name.lower().endswith(".mbox")
    mail = ""
    for place, content in parts_of(data, name):
        if not place or (several and _MESSAGE.fullmatch(place)):
            mail = hashlib.sha256(content).hexdigest()
            yield place, content, ""
        else:
            yield place, content, mail


def part_at(path: str) -> tuple[str, bytes, str] | None:
    """Return the part of a mail that *path* ("a.eml#1-b.txt") means, as `placed_parts` does."""
    file, mark, place = path.rpartition("#")
    if not mark or not (file.lower().endswith(SUFFIXES) or in_maildir(Path(file))):
        return None
    found = placed_parts(Path(file).read_bytes(), file)
    return next((one for one in found if one[0] == place), None)


def in_maildir(path: Path) -> bool:
    """Whether *path* is a message of a Maildir: in "cur" or "new", beside which is "tmp"."""
    box = path.parent.parent
    return path.parent.name in _BOXES and all(is_folder(box / one) for one in (*_BOXES, "tmp"))


def is_readable(place: str) -> bool:
    """Whether what is called *place* may be an article."""
    return not place or place.lower().endswith(READABLE)


def error_line(error: BaseException) -> str:
    """Return what *error* says in one short line."""
    return " ".join(str(error).split())[:80] or type(error).__name__
