"""Find attributions that only headlines have: "Name: what they say" and "what is said - Outlet"."""

import re
from collections.abc import Iterator

from provenance.extraction.parsing import Passage
from provenance.model import Attribution, Span, SpeechKind

_NAME = r"[A-Z][\w.&’'-]*(?: (?:of|the|for|and|[A-Z][\w.&’'-]*)){0,4}"
_TRAILING = re.compile(rf"^(?P<content>.+\w\W*?)(?<!\s)\s+(?P<cue>[–—-])\s+(?P<source>{_NAME})$")
_LEADING = re.compile(rf"^(?P<source>{_NAME})(?P<cue>:)\s+(?P<content>.+)$")
NAME = "syntax"


def find_in_headline(passage: Passage) -> Iterator[Attribution]:
    """Yield the attribution that the headline's punctuation makes, if any."""
    text = passage.text.strip()
    skipped = passage.offset + len(passage.text) - len(passage.text.lstrip())
    match = _TRAILING.match(text) or _LEADING.match(text)
    if match is None or len(match["content"].split()) < 4 or not _is_name(passage, match["source"]):
        return

    def at(group: str) -> Span:
        return Span(skipped + match.start(group), skipped + match.end(group))

    yield Attribution(
        source=(at("source"),),
        cue=(at("cue"),),
        content=(at("content"),),
        sentence=Span(skipped, skipped + len(text)),
        speakers=(at("source"),),
        score=0.6,
        speech=SpeechKind.INDIRECT,
        by=NAME,
    )


def _is_name(passage: Passage, source: str) -> bool:
    """Whether the parser, too, takes *source* for a proper name."""
    words = set(source.split())
    tokens = [t for t in passage.doc if t.text in words]
    return bool(tokens) and tokens[-1].pos_ == "PROPN"
