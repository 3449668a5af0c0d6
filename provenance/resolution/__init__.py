"""Work out which mentions are one source, in one article.

In: an `Article` and its `Extraction`. Out: a `Resolution`: sources, and who each mention is.
Never: decide who has it from whom; look outside of the article and the registry.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from provenance.model import (
    Article,
    Attribution,
    CustodyEvent,
    EventRole,
    Extraction,
    Mention,
    MentionKind,
    Referent,
    Resolution,
    Source,
    SourceType,
    Span,
    SpeechKind,
)
from provenance.resolution.announced import poster
from provenance.resolution.clusters import Board, Cluster, Way
from provenance.resolution.containers import contents_of
from provenance.resolution.descriptions import is_bare, place
from provenance.resolution.headlines import is_common, without_common
from provenance.resolution.houses import OWN
from provenance.resolution.identification import identify
from provenance.resolution.labelling import (
    as_printed,
    decisions_of,
    is_loud,
    label,
    labels,
    tell_kinds,
    without_holders,
)
from provenance.resolution.missing import POSTED, with_missing
from provenance.resolution.name_words import words
from provenance.resolution.names import NameClusters
from provenance.resolution.pronouns import antecedent, gender_of, reasoner, word_of
from provenance.resolution.registry import Registry, find_outlets
from provenance.resolution.speaking import PEOPLE, Speech

_LONGEST_ID = 48
_COUNTING, _PLACES = words("words", "empty"), words("words", "new")
_NOBODY = words("descriptions", "nobody")
_LEADING = tuple(f"{word} " for word in sorted(words("descriptions", "leading")))
# points back to what was just said and is no artefact of its own
_SET_APART = re.compile(
    r" (?:briefed|familiar|close to|involved in|who (?:were|had|have)|with (?:direct )?knowledge)\b"
)
_ANAPHORIC = re.compile(
    r"(?:this|that|such|these|those) (?:\w+ )?"
    r"(?:assessment|account|analysis|testimony|view|claim)s?\b",
    re.IGNORECASE,
)


def resolve_sources(article: Article, extraction: Extraction, registry: Registry) -> Resolution:
    """Judge which mentions of *extraction* are one source and name each.

    Names come first, over the whole text, then descriptions and pronouns in reading order: a short
    form may stand before the full name, as in headlines, but a pronoun looks back. Unnamed speakers
    stay apart unless the text speaks of the same ones again. Only sources that an attribution or an
    event refers to are returned.
    """
    used = _used_spans(extraction)
    mentions = with_missing(article, extraction.mentions, used)
    mentions = without_common(article, [*mentions, *find_outlets(article, mentions, registry)])
    mentions.sort(key=lambda m: (m.span, m.head))
    placed = _place(article, mentions, _speech(article, extraction), registry, extraction.referents)
    tell_kinds(article, placed, extraction)
    wanted = _wanted(article, placed, used)
    every = {c.number: c for c in (*wanted, *sorted(placed.values(), key=lambda c: c.first))}
    ids = _name(list(every.values()))
    loud = is_loud(article.text)
    candidates = {
        number: _source(article, c, ids[number], registry, loud=loud) for number, c in every.items()
    }
    taken = {c.number for c in wanted}
    by_span = {span: ids[c.number] for span, c in placed.items() if c.number in taken}
    return Resolution(
        sources=tuple(sorted((candidates[n] for n in taken), key=lambda s: s.id)),
        candidates=tuple(sorted(candidates.values(), key=lambda s: s.id)),
        mentions=tuple(mentions),
        placed=tuple(sorted((span, ids[c.number]) for span, c in placed.items())),
        attributions=tuple(_resolved(a, by_span) for a in extraction.attributions),
        events=without_holders(
            tuple(_resolved_event(article, e, by_span) for e in extraction.events)
        ),
        by_span=tuple(sorted(by_span.items())),
    )


def place_mentions(
    article: Article,
    mentions: Sequence[Mention],
    registry: Registry,
    referents: Iterable[Referent] = (),
) -> dict[Span, Cluster]:
    """Return the cluster behind each of *mentions*, given in reading order, nobody saying a word.

    For measuring coreference by itself; what is said by whom is a help to `resolve_sources`.
    """
    return _place(article, mentions, Speech(), registry, referents)


def _speech(article: Article, extraction: Extraction) -> Speech:
    """Return who says what in *extraction*."""
    contents: list[Span] = []
    tellers: list[frozenset[Span]] = []
    said = sorted(
        (s, a.speakers)
        for a in extraction.attributions
        if a.speakers or a.source or a.speech is not SpeechKind.INDIRECT
        for s in a.content  # "Lee is said to be furious" has Lee in nobody's words
    )
    for span, speakers in said:
        if not contents or span.end > contents[-1].end:
            contents.append(span)
            tellers.append(frozenset(speakers))
    return Speech(
        frozenset(s for a in extraction.attributions for s in (*a.speakers, *a.route)),
        frozenset(_in_role(extraction, EventRole.AGENT)),
        frozenset(_in_role(extraction, EventRole.RECIPIENT)),
        frozenset(_in_role(extraction, EventRole.ARTEFACT)),
        tuple(contents),
        tuple(tellers),
        frozenset(s for s in extraction.silent if not any(s in c for c in contents)),
        tuple(sorted(_hidden(article, extraction))),
    )


def _in_role(extraction: Extraction, role: EventRole) -> Iterator[Span]:
    return (p.span for e in extraction.events for p in e.participants if p.role is role)


def _hidden(article: Article, extraction: Extraction) -> Iterator[Span]:
    """Yield where one speaks of whom nothing is known: "another", a noun of no known sense."""
    people = [
        m.span for m in extraction.mentions if m.type is SourceType.UNNAMED and m.role == "subject"
    ]
    for one in extraction.attributions:
        source = article.quote(one.source[0]).casefold() if one.source else ""
        unknown = not one.speakers and source.startswith(_LEADING)
        if source in _NOBODY or (unknown and not any(p in one.source[0] for p in people)):
            yield one.source[0]


def _used_spans(extraction: Extraction) -> set[Span]:
    spans = {s for a in extraction.attributions for s in (*a.speakers, *a.route, *a.basis)}
    disputed = {s for a in extraction.attributions if a.stance for s in a.against}
    spans |= disputed & {m.span for m in extraction.mentions}
    return spans | {p.span for e in extraction.events for p in e.participants}


def _place(
    article: Article,
    mentions: Sequence[Mention],
    speech: Speech,
    registry: Registry,
    referents: Iterable[Referent],
) -> dict[Span, Cluster]:
    """Return the cluster of each mention's span."""
    board = Board(article.headline)
    told: dict[Span, dict[Span, float]] = {}
    for one in referents:
        told.setdefault(one.pronoun, {})[one.head] = one.score
    placed = _place_names(article, mentions, board, registry, speech.speakers)
    spoken: dict[int, int] = {}
    for mention in mentions:
        span = mention.span
        if span not in placed:
            if mention.kind is MentionKind.PRONOUN:
                known = told.get(span, {})
                found = _place_pronoun(article, mention, board, spoken, speech, known)
            else:
                found = _place_description(article, mention, board, speech)
            if found is not None:
                placed[span] = found
        if (span in speech.speakers or span in speech.declining) and span in placed:
            number = placed[span].number
            # "He said that he had written to them": what he says of himself is no turn of another's
            if number not in spoken or not _tells_of_himself(placed[span], span, speech):
                spoken[number] = span.start
    identify(board, article.headline)
    return {span: _joined(cluster) for span, cluster in placed.items()}


def _tells_of_himself(cluster: Cluster, span: Span, speech: Speech) -> bool:
    """Whether *span* stands for *cluster* in what that says itself."""
    tellers = speech.tellers_of(span)
    return any(one.span in tellers for one in cluster.mentions)


def _joined(cluster: Cluster) -> Cluster:
    while cluster.joined is not None:
        cluster = cluster.joined
    return cluster


def _place_names(
    article: Article,
    mentions: Sequence[Mention],
    board: Board,
    registry: Registry,
    speaking: Collection[Span],
) -> dict[Span, Cluster]:
    """Place the names of the whole text, the longest first: a short form may come before it."""
    names = NameClusters(board, registry, speaking)
    placed: dict[Span, Cluster] = {}
    named = [m for m in mentions if m.kind is MentionKind.NAME]
    own = {m.span for m in named if m.type is SourceType.NEWS_OUTLET}  # "WASHINGTON (AP) -"
    for mention in sorted(named, key=lambda m: (-len(article.quote(m.head).split()), m.span)):
        cluster = names.place(mention, article.quote(mention.span), _called(article, mention))
        if mention.type is SourceType.CHANNEL:
            cluster.know(SourceType.CHANNEL)
        placed[mention.span] = cluster
        for apposition in (a for a in mention.appositions if a not in own):
            text = article.quote(apposition)
            board.note(cluster, text)
            in_brackets = article.text[max(0, apposition.start - 1)] == "("
            if in_brackets and re.fullmatch(r"[A-Z][A-Z.&]{1,7}", text):
                cluster.names[text] += 1
                cluster.texts[text] += 1
                board.call(cluster, text)
    return placed


def _place_pronoun(
    article: Article,
    mention: Mention,
    board: Board,
    spoken: Mapping[int, int],
    speech: Speech,
    told: Mapping[Span, float],
) -> Cluster | None:
    """Place a pronoun, which looks back; None where nothing fits."""
    text = article.quote(mention.span)
    told_by = reasoner(article, text, mention, board) or antecedent(
        word_of(article, mention), mention, board, spoken, speech, told
    )
    found, way = told_by or (None, None)
    if found is not None and way is not None:
        found.ways[mention.span] = way
        if not speech.tells(mention.span):
            found.heard_as.setdefault(mention.sentence.start, gender_of(text))
        if mention.span in speech.speakers and (gender := gender_of(text)):
            if not found.is_named:
                found.know(SourceType.UNNAMED)
            if found.type() in PEOPLE:
                found.gender = found.gender or gender
        board.add(found, mention, text, text)
    return found


def _place_description(
    article: Article, mention: Mention, board: Board, speech: Speech
) -> Cluster | None:
    """Place a description, which looks back; None where it is of nothing."""
    text, head, span = article.quote(mention.span), article.quote(mention.head), mention.span
    if (inside := contents_of(article, mention, text, board)) is not None:
        inside.ways[span] = Way("what holds it")
        board.add(inside, replace(mention, type=None), text, head)
        return inside
    if mention.type is None or _ANAPHORIC.match(text):
        return None
    acts = span in speech.speakers or span in speech.doing
    takes = span in speech.taking and mention.type not in PEOPLE
    found = place(mention, text, head, board, acts or takes)
    if found is not None and _are_others(article, mention, found):
        found = None
    if found is None and mention.type is SourceType.NEWS_OUTLET and text.casefold().startswith(OWN):
        return None
    if found is None and acts:
        found = poster(article, mention, board)
    told = speech.tellers_of(span)  # "'The director lied,' Lee said": somebody else is meant
    if found is None or (acts and any(m.span in told for m in found.mentions)):
        found = board.open(False)
    else:
        found.ways[span] = Way("description")
    board.add(found, mention, text, head)
    return found


def _are_others(article: Article, mention: Mention, found: Cluster) -> bool:
    """Whether several who are set apart by what they know are not *found*, of another kind.

    "Officials briefed on the matter" are not the "Ukrainian officials" of before.
    """
    apart = _SET_APART.match(article.text, mention.span.end)
    if apart is None or not mention.plural or mention.definite or found.is_named:
        return False
    again = any(article.text.startswith(apart[0], m.span.end) for m in found.mentions)
    return not again and any(not is_bare(text) for text in found.texts)


def _called(article: Article, mention: Mention) -> str:
    head = article.quote(mention.head)
    return (
        "Twitter"
        if mention.type is SourceType.CHANNEL and head.lower().startswith(POSTED)
        else head
    )


def _wanted(article: Article, placed: dict[Span, Cluster], used: set[Span]) -> list[Cluster]:
    """Return the clusters of *used* spans; who has no name but in the headline has one below it."""
    heads = [h for h in (article.headline, *(e.headline for e in article.entries)) if h]

    def is_below(cluster: Cluster) -> bool:
        said = [m for m in cluster.mentions if m.kind is not MentionKind.PRONOUN]
        if not all(any(m.span in head for head in heads) for m in said):
            return True
        return cluster.is_named and not all(is_common(article, name) for name in cluster.names)

    found = {c.number: c for s, c in placed.items() if s in used and is_below(c)}
    return sorted(found.values(), key=lambda c: c.first)


def _name(clusters: Sequence[Cluster]) -> dict[int, str]:
    """Return a short readable id for each cluster, in order of first mention."""
    ids: dict[int, str] = {}
    taken: set[str] = {"article"}
    for cluster in clusters:
        stem = (
            re.sub(r"[^\w]+", "-", label(cluster).casefold()).strip("-_")[:_LONGEST_ID].strip("-_")
            or "source"
        )
        id_, n = stem, 1
        while id_ in taken:
            n += 1
            id_ = f"{stem}-{n}"
        taken.add(id_)
        ids[cluster.number] = id_
    return ids


def _source(
    article: Article, cluster: Cluster, id_: str, registry: Registry, *, loud: bool
) -> Source:
    name = as_printed(label(cluster), cluster, registry, loud=loud)
    if not cluster.is_named and _began(article, name):
        name = name[:1].lower() + name[1:]
    return Source(
        id=id_,
        name=name,
        type=cluster.type(),
        aliases=tuple(sorted({t for t in [*cluster.texts, *cluster.names] if t})),
        mentions=tuple(sorted({m.span for m in cluster.mentions})),
        wikidata=cluster.wikidata,
        decisions=decisions_of(cluster, labels(cluster), label),
    )


def _began(article: Article, name: str) -> bool:
    """Whether a description has its capital from a sentence that begins with it: "Experts"."""
    first, *rest = name.split() or [""]
    if first.casefold() in _COUNTING:
        return first.casefold() not in _PLACES
    return not any(word[:1].isupper() for word in rest[:1]) and is_common(article, first)


def _resolved(attribution: Attribution, by_span: dict[Span, str]) -> Attribution:
    ids = tuple(dict.fromkeys(by_span[s] for s in attribution.speakers if s in by_span))
    return replace(attribution, source_ids=ids)


def _resolved_event(
    article: Article, event: CustodyEvent, by_span: dict[Span, str]
) -> CustodyEvent:
    """Say who took part; a bare "their" is too little to hang a hop of custody on."""
    known = tuple(
        replace(
            p,
            source_id=""
            if article.quote(p.span).lower() in words("descriptions", "owning")
            else by_span.get(p.span, ""),
        )
        for p in event.participants
    )
    return replace(event, participants=known)
