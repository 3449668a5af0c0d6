"""Find the wire agency that an article credits as a whole.

In a dateline ("WASHINGTON (Reuters) -"), a byline ("By Jane Doe, Associated Press"), a line of
copyright, or a sign-off ("(Reporting by ...; Editing by ...)"), which is how Reuters ends.
"""

import hashlib
import re
from collections.abc import Iterator

from provenance.model import (
    Article,
    CustodyEvent,
    EventKind,
    EventRole,
    Mention,
    MentionKind,
    Participant,
    SourceType,
    Span,
)

_DATELINE = re.compile(
    r"[A-Z][A-Za-z.'’/ ]++(?:\d{1,2}(?=, \d{4} ))?(?:, ?[A-Z][A-Za-z.'’/ ]++){0,3}"
    r"(?:,[^()\n]{0,30})?\s*"
    r"\((?P<agency>[A-Z][\w.& -]{1,40})\)\s*[-–—]{1,2}\s"
)
_PLACE = re.compile(r"[A-Z][A-Z.'’ -]{3,40}(?:,[^()\n–—]{0,30})?\s*(?:[–—]|(?<=\s)--?)\s")
_PARAGRAPHS = 3
"""Paragraphs from the top among which a dateline may stand."""
_NAMES = (
    r"(?:(?:The\s)?Associated Press|AP|(?:Thomson )?Reuters|Agence France[- ]Presse|AFP|UPI|"
    r"United Press International|Press Association|PA Media|Deutsche Presse-Agentur|dpa|"
    r"Bloomberg News|Xinhua|TASS|Interfax|Kyodo News|Press Trust of India|PTI|"
    r"Australian Associated Press|AAP|(?:The )?Canadian Press)"
)
_LINES = (
    re.compile(
        rf"^[ \t]*By\b[^\n]{{3,90}}?(?:,|\||\b(?:of|for)\b|/)\s*(?P<agency>{_NAMES})[ \t]*$"
    ),
    re.compile(rf"^[ \t]*(?:By\s+)?(?P<agency>{_NAMES})[ \t]*$"),
    re.compile(rf"^[^\n]{{0,30}}(?:©|\([cC]\)|[Cc]opyright)[^\n]{{0,20}}?(?P<agency>{_NAMES})\b"),
)
_SIGN_OFF = re.compile(
    r"\((?:Additional )?(?:[Rr]eporting|[Ww]riting)(?: and [a-z]+)? by [^()\n]{3,300};"
    r"[^()\n]{0,300}\b[Ee]diting by [^()\n]{3,200}\)\s*$"
)
_WORD = r"[A-Z][\w.&'’-]{0,40}"
_ITEM = rf"(?<![\w.])(?:{_WORD}|dpa|[a-z]\w{{1,30}}\.[a-z]{{2,4}})(?: {_WORD}){{0,3}}"
_JOINT = r"(?:\s*[,/;&]\s*|\s+and\s+)"
_LISTS = (  # "(AFP, dpa)" at the end, "Source: Al Jazeera and news agencies"
    re.compile(
        rf"\((?=[^()]*\b{_NAMES}\b)(?P<list>{_ITEM}(?:{_JOINT}{_ITEM}){{0,6}})\)[ \t.–-]*$", re.M
    ),
    re.compile(
        rf"^[ \t–-]*Sources?[ \t]*:[ \t–-]*(?P<list>{_ITEM}(?:{_JOINT}[^\n]{{2,60}})?)$", re.M
    ),
)
_SLASHES = re.compile(
    r"/(?P<list>(?:ITAR-)?TASS|Tass|Interfax|RIA Novosti|Xinhua|UNIAN|Ukrinform)/"
)
_CLOSING = 300
"""Code points before the end of the text in which a list of agencies stands."""
_GENERIC = re.compile(
    r"(?i)(?:own|other|staff|various|news|wire|press)?\s*(?:agenc\w+|services?|wires?|reports?)"
)
_EDGE = 600
"""Code points from either end of the text in which a byline, or a sign-off, stands."""


def find_credits(article: Article) -> Iterator[tuple[Mention, CustodyEvent]]:
    """Yield each agency that is credited, and the event of its publishing the article itself."""
    where = _named(article)
    found = dict([where] if where is not None else [])
    for agency, whole in _listed(article.text):
        if not any(agency.overlaps(known) for known in found):
            found[agency] = whole
    for agency, whole in sorted(found.items()):
        yield _told(article, agency, whole)


def _listed(text: str) -> Iterator[tuple[Span, Span]]:
    """Yield where each agency is named that a list credits, and the list."""
    matches = [m for p in _LISTS for m in p.finditer(text, max(0, len(text) - _CLOSING))]
    matches += [m for m in [_SLASHES.search(text, 0, _CLOSING)] if m]
    for match in matches:
        whole = Span(*match.span())
        for item in re.finditer(_ITEM, match["list"]):
            if not _GENERIC.fullmatch(item.group()):
                start = match.start("list") + item.start()
                yield Span(start, start + len(item.group())), whole


def behind_dateline(text: str, paragraph: Span) -> Span:
    """Return *paragraph* of *text* without its dateline: "WASHINGTON (Reuters) - "."""
    reach = min(paragraph.end, paragraph.start + 120)
    place = _DATELINE.match(text, paragraph.start, reach) or _PLACE.match(
        text, paragraph.start, reach
    )
    return Span(place.end(), paragraph.end) if place and place.end() < paragraph.end else paragraph


def wire_agency(article: Article) -> str:
    """Return the name, as it stands, of the agency whose copy *article* says that it is, or ""."""
    where = _named(article)
    if where is not None:
        return article.quote(where[0])
    return "Reuters" if _SIGN_OFF.search(article.text, max(0, len(article.text) - _EDGE)) else ""


def _named(article: Article) -> tuple[Span, Span] | None:
    """Return where an agency is named, and the words that credit it."""
    for paragraph in article.paragraphs[:_PARAGRAPHS]:
        match = _DATELINE.match(
            article.text, paragraph.start, min(paragraph.end, paragraph.start + 120)
        )
        if match is not None:
            agency = Span(match.start("agency"), match.end("agency"))
            return agency, Span(paragraph.start, agency.end + 1)
    for start, line in _edges(article.text):
        for pattern in _LINES:
            if match := pattern.match(line):
                agency = Span(start + match.start("agency"), start + match.end("agency"))
                return agency, Span(start, start + match.end())
    return None


def _edges(text: str) -> Iterator[tuple[int, str]]:
    """Yield the short lines near the beginning and the end of *text*, with their offsets."""
    start = 0
    for line in text.splitlines(keepends=True):
        near = start < _EDGE or start + len(line) > len(text) - _EDGE
        if near and len(line) <= 200:
            yield start, line.rstrip()
        start += len(line)


def _told(article: Article, span: Span, whole: Span) -> tuple[Mention, CustodyEvent]:
    mention = Mention(
        span=span,
        head=span,
        kind=MentionKind.NAME,
        type=SourceType.NEWS_OUTLET,
        definite=True,
        sentence=whole,
    )
    name = f"{EventKind.PUBLICATION.value} {span.start} {article.quote(span)}"
    return mention, CustodyEvent(
        id="event-" + hashlib.sha256(name.encode()).hexdigest()[:12],
        kind=EventKind.PUBLICATION,
        trigger=span,
        sentence=whole,
        participants=(Participant(EventRole.AGENT, span),),
    )
