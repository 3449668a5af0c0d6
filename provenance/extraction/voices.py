"""Take in whom the form of an article says to speak: signatures, turns, letters, posts."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from provenance.extraction.lexicon import noun_type, words
from provenance.model import (
    Article,
    Attribution,
    Certainty,
    CustodyEvent,
    EventKind,
    EventRole,
    Mention,
    MentionKind,
    Participant,
    SourceType,
    Span,
    Spans,
    SpeechKind,
    Voice,
)

NAME = "form"
_TALKING = re.compile(
    r"(?P<with>interview(?:ed)?(?: with)?|conversation with|q ?& ?a with|"
    r"(?:spoke|speaks|talked|talks|sat down|chatted) (?:to|with))",
    re.IGNORECASE,
)
_THE = re.compile(r"\bthe\s\Z", re.IGNORECASE)
_OF_OUTLET = re.compile(r"\s(?:of|from|for) the [A-Z]")
"""What stands before the name of an outlet, and after that of whoever works there."""
_APPOSED = re.compile(
    r"\s?,\s(?:[\w.’'-]+ ){0,5}?(?P<noun>[\w-]+)(?=$|,| (?:of|at|for|in|to|from) )"
)
"""What somebody is, behind his name and a comma."""
_NEAR = 200
"""Code points between the words that announce a statement and the statement, at the most."""


def parts_between(voices: Sequence[Voice], part: Span) -> Iterator[Span]:
    """Yield the pieces of *part* that are read each by itself: labels and signatures apart."""
    cuts = {part.start, part.end}
    for voice in voices:
        for span in (*voice.content, *((voice.speaker,) if voice.speaker else ()), voice.cue):
            cuts |= {at for at in (span.start, span.end) if part.start < at < part.end}
    ordered = sorted(cuts)
    for start, end in pairwise(ordered):
        yield Span(start, end)


def take_in(
    article: Article, mentions: Sequence[Mention], found: Sequence[Attribution]
) -> tuple[list[Mention], list[Attribution], list[CustodyEvent]]:
    """Return *mentions* and *found* with what the voices of *article* say, and posts as events."""
    seen = list(mentions)
    own: list[tuple[Voice, Attribution]] = []
    events: list[CustodyEvent] = []
    answering = _interviewee(article, seen)
    for voice in article.voices:
        speaker = _speaker(article, voice, seen) if voice.speaker else answering
        if voice.is_asking or speaker is None:
            continue
        if speaker not in seen:
            seen = [m for m in seen if not _clashes(m, speaker)] + [speaker]
        route = _route(voice, seen)
        said = _attribution(voice, speaker, route)
        own.append((voice, replace(said, depth=_depth(voice, article.voices))))
        if voice.post is not None:
            events.append(_posting(voice, speaker))
    kept = [one for a in found if (one := _beside(a, article, own)) is not None]
    seen.sort(key=lambda m: (m.span, m.head))
    return seen, [*kept, *(a for _, a in own)], events


def _depth(voice: Voice, others: Iterable[Voice]) -> int:
    """Return within how many of *others* the words of *voice* stand."""
    first = min(voice.content)
    held = (o for o in others if o is not voice and any(first in span for span in o.content))
    return sum(o.content != voice.content and not o.is_asking for o in held)


def _attribution(voice: Voice, speaker: Mention, route: Spans) -> Attribution:
    spans = (*voice.content, voice.cue, *((voice.speaker,) if voice.speaker else ()))
    return Attribution(
        source=(voice.speaker or speaker.span,),
        cue=(voice.cue,),
        content=voice.content,
        sentence=Span(min(s.start for s in spans), max(s.end for s in spans)),
        speakers=(speaker.span,),
        route=route,
        speech=SpeechKind.DIRECT,
        by=NAME,
    )


def _beside(
    one: Attribution, article: Article, own: Iterable[tuple[Voice, Attribution]]
) -> Attribution | None:
    """Return what is left of *one* where form says whose words are whose; None if nothing is."""
    for voice, _ in own:
        inside = [s for s in (*one.cue, *one.source) if any(s.overlaps(c) for c in voice.content)]
        if len(inside) == len((*one.cue, *one.source)):
            weaker = max(one.certainty, Certainty.REPORTED, key=lambda c: c.rank)
            return replace(one, depth=one.depth + 1, certainty=weaker)
        named = (voice.cue, *((voice.speaker,) if voice.speaker else ()))
        told = tuple(s for s in one.source if not any(s.overlaps(n) for n in named))
        if one.source and not told:
            return None
        one = replace(one, source=told)
        if inside or any(c.overlaps(n) for c in one.cue for n in named):
            return None
        left = [p for span in one.content for p in _without(span, voice.content)]
        if not left and one.content:
            first = min(voice.content)
            between = article.text[one.cue[0].end : first.start].rstrip(' \n"“')
            if not (between.endswith(":") and len(between) < _NEAR):
                return None
        one = replace(one, content=tuple(left))
    return one


def _without(span: Span, taken: Spans) -> Iterator[Span]:
    """Yield what of *span* is outside of the spans *taken*."""
    start = span.start
    for other in sorted(taken):
        if other.overlaps(Span(start, max(start, span.end))):
            if start < other.start:
                yield Span(start, other.start)
            start = max(start, other.end)
    if start < span.end:
        yield Span(start, span.end)


def _speaker(article: Article, voice: Voice, seen: Sequence[Mention]) -> Mention | None:
    """Return the mention of whoever *voice* names."""
    where = voice.speaker
    assert where is not None
    text = article.quote(where)
    known = _known_as(article, text, where, seen)
    if known is not None:
        return known
    inside = [m for m in seen if m.kind is MentionKind.NAME and m.head in where]
    best = min(inside, key=lambda m: (m.head.start, -m.head.end), default=None)
    skipped = _titles(text)
    head = Span(where.start + skipped, where.end)
    name = article.quote(head)
    if best is not None and best.head == head and best.span in where:
        told = _body_type(name) or _told_behind(article.text[where.end : voice.cue.end])
        return replace(best, type=told, called=True) if told else best
    described = not name[:1].isupper() or name.lower() in words("nouns", "person")
    type_ = best.type if best is not None and best.head == head else _body_type(name)
    return Mention(
        span=where,
        head=where if described else head,
        kind=MentionKind.DESCRIPTION if described else MentionKind.NAME,
        type=SourceType.UNNAMED if described else type_,
        definite=True,
        sentence=where,
    )


def _body_type(name: str) -> SourceType | None:
    """Return what a name says by its last word: "Marlow Airport" is no person."""
    type_ = noun_type(name.split()[-1].lower()) if len(name.split()) > 1 else None
    return type_ if type_ in (SourceType.ORGANIZATION, SourceType.NEWS_OUTLET) else None


def _told_behind(words_: str) -> SourceType | None:
    """Return that *words_* behind a name call a person: ", farmers' union president"."""
    chunk = _APPOSED.match(words_)
    noun = chunk["noun"].lower() if chunk else ""
    known = noun in words("nouns", "person") and noun not in words("nouns", "organization")
    return SourceType.PERSON if known else None


def _titles(text: str) -> int:
    """Return how much of *text* are titles and offices before a name of two words or more."""
    parts = text.split(" ")
    offices = [_is_office(word) for word in parts[:-1]]
    last = max((i for i, one in enumerate(offices[:-1]) if one), default=-1)
    leading = next((i for i, one in enumerate(offices) if not one), len(offices))
    return sum(len(word) + 1 for word in parts[: max(last + 1, leading)])


def _is_office(word: str) -> bool:
    lower = word.lower().strip(".,")
    return lower in words("nouns", "title") or lower in words("nouns", "person")


def _known_as(article: Article, label: str, where: Span, seen: Sequence[Mention]) -> Mention | None:
    """Return who is called *label* in a transcript: by surname, in capitals, by initials."""
    last = label.split()[-1].casefold()
    capitals = label.isupper() and label.isalpha()
    if not (capitals or len(label.split()) == 1):
        return None
    people = [
        m
        for m in seen
        if m.kind is MentionKind.NAME
        and not m.head.overlaps(where)
        and len(article.quote(m.head).split()) > 1
    ]
    for one in people:
        name = article.quote(one.head).split()
        initials = "".join(word[0] for word in name)
        if name[-1].casefold() == last or (capitals and len(label) > 1 and initials == label):
            return one
    return None


def _clashes(one: Mention, other: Mention) -> bool:
    """Whether *one* is a reading of the words that *other* names a speaker by."""
    return one.head.overlaps(other.head) and one.span != other.span


def _interviewee(article: Article, seen: Sequence[Mention]) -> Mention | None:
    """Return who gives the answers of an interview: named, or described, before the first one."""
    unnamed = [v for v in article.voices if v.speaker is None and not v.is_asking]
    if not unnamed:
        return None
    labelled = [v for v in article.voices if v.speaker and not v.is_asking and v.post is None]
    labels = {article.quote(v.speaker).split()[-1].casefold() for v in labelled if v.speaker}
    if len(labels) == 1 and any(v.is_asking for v in article.voices):
        return _speaker(article, labelled[0], seen)
    first = min(v.content for v in (*unnamed, *_asking(article)))[0].start
    before = [m for m in seen if m.span.end <= first and m.kind is not MentionKind.PRONOUN]
    asking = {article.quote(v.speaker).casefold() for v in _asking(article) if v.speaker}
    asking |= {name.casefold() for name in (*article.authors, article.publisher)}
    before = [m for m in before if article.quote(m.head).casefold() not in asking]
    people = [m for m in before if not m.place and m.type is not SourceType.NEWS_OUTLET]
    people = [m for m in people if m.kind is MentionKind.NAME or m.type is SourceType.UNNAMED]
    return max(people, key=lambda m: _fitness(article, m), default=None)


def _asking(article: Article) -> list[Voice]:
    return [voice for voice in article.voices if voice.is_asking]


def _fitness(article: Article, one: Mention) -> tuple[bool, bool, bool, bool, int, int]:
    """Return how well *one* fits as who was interviewed."""
    text, near = article.text, article.text[max(0, one.span.start - 40) : one.span.start]
    named = one.kind is MentionKind.NAME
    object_ = re.search(_TALKING.pattern + r" (?:[\w,’' -]{0,30})\Z", near, re.IGNORECASE)
    behind = text[one.span.end : one.sentence.end]
    subject = re.match(r"[^.]{0,60}?" + _TALKING.pattern, behind, re.IGNORECASE)
    name = article.quote(one.head)
    often = text.count(name.split()[-1])
    outlet = named and (_THE.search(text[max(0, one.head.start - 5) : one.head.start]) is not None)
    theirs = bool(subject) and _OF_OUTLET.match(text, one.head.end) is not None
    asks = outlet or theirs
    person = named and one.type is SourceType.PERSON
    full = named and len(name.split()) > 1
    talks = not asks and (bool(object_) or bool(subject))
    return full and not asks, talks, person, not asks, often, -one.span.start


def _route(voice: Voice, seen: list[Mention]) -> Spans:
    """Return the channel and the post that was put there, of which mentions are added to *seen*."""
    route: list[Span] = []
    taken = [span for span in (voice.post, voice.channel) if span is not None]
    seen[:] = [m for m in seen if not any(m.span.overlaps(span) for span in taken)]
    for span, kind, type_ in (
        (voice.channel, MentionKind.NAME, SourceType.CHANNEL),
        (voice.post, MentionKind.DESCRIPTION, SourceType.STATEMENT),
    ):
        if span is None:
            continue
        named = kind is MentionKind.NAME
        seen.append(
            Mention(
                span=span,
                head=span,
                kind=kind,
                type=type_,
                called=named,
                definite=named,
                sentence=span,
            )
        )
        route.append(span)
    return tuple(route)


def _posting(voice: Voice, speaker: Mention) -> CustodyEvent:
    assert voice.post is not None
    name = f"{EventKind.POSTING.value} {voice.post.start}"
    roles = [(EventRole.AGENT, speaker.span), (EventRole.ARTEFACT, voice.post)]
    if voice.channel is not None:
        roles.append((EventRole.CHANNEL, voice.channel))
    spans = (*voice.content, voice.cue)
    return CustodyEvent(
        id="event-" + hashlib.sha256(name.encode()).hexdigest()[:12],
        kind=EventKind.POSTING,
        trigger=voice.post,
        sentence=Span(min(s.start for s in spans), max(s.end for s in spans)),
        participants=tuple(sorted(Participant(role, span) for role, span in roles)),
        date=voice.date,
    )
