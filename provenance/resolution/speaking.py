"""Whose turn it is to speak where only "he" or "she" says so."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from provenance.model import Mention, MentionKind, SourceType, Span, Spans
from provenance.resolution.clusters import Cluster
from provenance.resolution.names import name_type
from provenance.resolution.salience import known_gender, name_gender, sure_gender

FAR = 700
"""Code points that a pronoun looks back: two to four paragraphs of news."""
JUST = 400
"""Code points within which somebody was speaking just now."""
PEOPLE = frozenset({SourceType.PERSON, SourceType.UNNAMED})


@dataclass(frozen=True, slots=True)
class Speech:
    """Who says something, and where what is said stands.

    Attributes:
        speakers: Mentions that are credited with something.
        doing: Those that do something in an event.
        taking: Those that are handed something.
        handled: What something is done to in an event: that is a thing, nobody who speaks.
        contents: What is said, sorted, no one within another.
        tellers: Who says each of them.
        declining: Mentions of those who would say nothing; they may go on to.
        hidden: Where somebody speaks who is brought in as nothing that is known: "another said".
    """

    speakers: frozenset[Span] = frozenset()
    doing: frozenset[Span] = frozenset()
    taking: frozenset[Span] = frozenset()
    handled: frozenset[Span] = frozenset()
    contents: Spans = ()
    tellers: tuple[frozenset[Span], ...] = ()
    declining: frozenset[Span] = frozenset()
    hidden: Spans = ()

    def hides(self, pronoun: Span, since: int) -> bool:
        """Whether somebody unknown spoke last before *pronoun*, which speaks, after *since*."""
        at = pronoun.start
        near = (one.start for one in self.hidden if 0 < at - one.start <= JUST)
        return pronoun in self.speakers and max(near, default=-1) > since

    def tellers_of(self, span: Span) -> frozenset[Span]:
        """Return who says what *span* is part of, nobody where it is part of nothing."""
        at = bisect_right(self.contents, span.start, key=lambda s: s.start)
        return self.tellers[at - 1] if self.tells(span) else frozenset()

    def tells(self, span: Span) -> bool:
        """Whether *span* is part of what somebody says."""
        at = bisect_right(self.contents, span.start, key=lambda s: s.start)
        return at > 0 and span in self.contents[at - 1]

    def opens(self, span: Span) -> bool:
        """Whether what somebody says begins with *span*, but for "that"."""
        at = bisect_right(self.contents, span.start, key=lambda s: s.start)
        return at > 0 and span.start - self.contents[at - 1].start <= len("that ")


def goes_on(
    last: Cluster | None,
    able: Sequence[Cluster],
    pronoun: Mention,
    gender: str,
    spoken: Mapping[int, int],
    speech: Speech,
) -> Cluster | None:
    """Return *last*, who now goes on: "A clerk said that Ann Lee lied. She said ...".

    None where the text has turned to somebody else since, be it to what he does; whoever is only
    talked about by the speaker does not take the word.
    """
    if speech.tells(pronoun.span):
        return _of_himself(able, pronoun, gender, speech)
    if last is None:
        return None
    since = (m for c in able if c is not last for m in c.ordered[: c.before(pronoun.span.start)])
    turned = any(
        m.role == "subject" and m.span.start > spoken[last.number] and not speech.tells(m.span)
        for m in since
    )
    known = [c for c in able if not c.is_named or may_be_person(c)]
    return _turned_to(known, pronoun, gender) if turned else last


def brought_in(
    last: Cluster | None, able: Sequence[Cluster], pronoun: Mention, gender: str, speech: Speech
) -> Cluster | None:
    """Return who alone is first named in the sentence before: "I rang Ann Lee. She said ..."."""
    if last is None:
        return None
    at, new = pronoun.sentence.start, []
    for one in filter(lambda c: c is last or (c.is_named and may_be_person(c)), able):
        there = [m for m in one.ordered[: one.before(at)] if 0 <= at - m.sentence.end <= 1]
        first = one.ordered[0]
        if first in there and first.role != "possessive" and not speech.tells(first.span):
            new += [one] if one.type() is SourceType.PERSON and _may_have(one, gender) else []
        elif any(m.role == "subject" for m in there):
            return None
    return new[0] if len(new) == 1 and new[0] is not last else None


def last_speaker(
    able: Sequence[Cluster],
    pronoun: Mention,
    gender: str,
    spoken: Mapping[int, int],
    speech: Speech,
) -> Cluster | None:
    """Return who spoke last before *pronoun*, which speaks too; None where it is not for him."""
    if pronoun.span not in speech.speakers or speech.tells(pronoun.span):
        return None
    at = pronoun.span.start
    people = [c for c in able if c.type() in PEOPLE or not c.is_named]
    before = [c for c in people if 0 <= at - spoken.get(c.number, -FAR) <= JUST]
    # "Lee said: 'My boss told us.' She added": whom she speaks of does not take the word
    before = [c for c in before if not speech.tells(_letter(spoken[c.number]))]
    last = max(before, key=lambda c: (spoken[c.number], -c.number), default=None)
    return last if last is not None and known_gender(last) in {"", gender} else None


def has_acted(
    able: Sequence[Cluster], pronoun: Mention, gender: str, speech: Speech
) -> Cluster | None:
    """Return whose words come: "Ann Lee came out at six. 'We heard it,' she said."."""
    start = pronoun.sentence.start
    quoted = any(one.start == start for one in speech.contents)
    if pronoun.span not in speech.speakers or not quoted or speech.tells(pronoun.span):
        return None
    before = (m for c in able for m in c.ordered[: c.before(start)] if not speech.tells(m.span))
    last = [m for m in before if 0 <= start - m.sentence.end <= 1]
    subjects = {m.clause for m in last if m.role == "subject"}
    acting = [c for c in able if any(m in c.ordered and m.role == "subject" for m in last)]
    fits = [c for c in acting if c.is_named and may_be_person(c) and _may_have(c, gender)]
    return fits[0] if len(subjects) == len(acting) == len(fits) == 1 else None


def _turned_to(people: Sequence[Cluster], pronoun: Mention, gender: str) -> Cluster | None:
    """Return who alone the sentence before was about: "A clerk left in May. She said ..."."""
    at = pronoun.sentence.start
    starts = {m.sentence.start: c for c in people for m in c.ordered[: c.before(at)][-1:]}
    start = max(starts, default=-1)
    there = [c for c in people if any(m.sentence.start == start for m in c.ordered[: c.before(at)])]
    acting = [c for c in there if start in c.subject_of]
    if len(acting) != 1 or (len(there) > 1 and not _only_belong(there, acting[0], start, at)):
        return None
    return acting[0] if _may_have(acting[0], gender) else None


def _only_belong(there: Sequence[Cluster], acting: Cluster, start: int, at: int) -> bool:
    """Whether the others of a sentence only say whose *acting* is, or from where: "her aide"."""
    others = (m for c in there if c is not acting for m in c.ordered[: c.before(at)])
    return all(m.role in {"possessive", "oblique"} for m in others if m.sentence.start == start)


def _of_himself(
    able: Sequence[Cluster], pronoun: Mention, gender: str, speech: Speech
) -> Cluster | None:
    """Return who says what he himself says or thinks: "Lee said she doubted it"."""
    if not speech.opens(pronoun.span):
        return None
    tellers = speech.tellers_of(pronoun.span)
    own = [c for c in able if any(m.span in tellers for m in c.mentions)]
    people = [c for c in own if c.type() in PEOPLE and not c.plural]
    fits = [c for c in people if known_gender(c) in {"", gender}]
    return fits[0] if len(own) == len(fits) == 1 else None


def _may_have(cluster: Cluster, gender: str) -> bool:
    """Whether *cluster* may be of *gender*; a surname may be somebody's first name as well."""
    alone = cluster.is_named and all(len(name.split()) == 1 for name in cluster.names)
    return (sure_gender if alone else known_gender)(cluster) in {"", gender}


def _letter(at: int) -> Span:
    return Span(at, at + 1)


def may_be_person(cluster: Cluster) -> bool:
    """Whether *cluster* is a person, or bears a name that might be one's: labels of names err."""
    if not cluster.is_named:
        return cluster.type() in PEOPLE and not cluster.plural
    if cluster.type() in PEOPLE:
        return True
    named = [m for m in cluster.mentions if m.kind is MentionKind.NAME]
    place = cluster.is_place or all(m.place for m in named)
    settled = cluster.known_type or (place and not name_gender(cluster))
    return not (settled or any(m.called for m in named) or any(map(name_type, cluster.names)))
