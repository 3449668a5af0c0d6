"""Decide what a description stands for: something named or described before, or new."""

import re
from collections.abc import Iterable, Sequence

from provenance.model import AGENTS, Mention, SourceType
from provenance.resolution.clusters import (
    Board,
    Cluster,
    content_words,
    nearest,
    plain,
    singular,
    usual,
)
from provenance.resolution.houses import AGENCY, FAR, PAPER, house_of, outlet_meant, printer
from provenance.resolution.name_words import classes, groups, words

_KINDRED = classes("descriptions", "kindred")
_STANDING_IN = {
    type_: words("descriptions", type_.value)
    for type_ in (SourceType.NEWS_OUTLET, SourceType.ORGANIZATION)
}
NARROWER = {word: frozenset(own) for word, own in groups("narrower").items()}
"""Words that one of wider sense may stand for."""
_OWN_BODIES = words("descriptions", "own_bodies")
_FIRMS = words("descriptions", "firms")
_HELD = words("descriptions", "held")
_OUTLETS = words("names", "outlets") | words("names", "surely_outlets")
_NAMELESS = words("descriptions", "nameless")
_SURELY_FIRMS = words("names", "surely_bodies")
_NO_FIRMS = words("descriptions", "no_firms")
_PUBLIC = _OWN_BODIES | words("descriptions", "public")
_COLLECTIVES = words("descriptions", "collectives")
_STATES = words("descriptions", "states")
_EXPERTS = words("descriptions", "experts")
_CROWDS = words("descriptions", "crowds")
_MAKERS = words("descriptions", "makers")
_OFFICES = words("descriptions", "offices")
_HOUSES = words("descriptions", "houses")
_COPIES = words("descriptions", "copies")
_LOWER = words("descriptions", "lower")
_LOOSE = words("descriptions", "loose")
_GENERIC = words("descriptions", "generic")
_OFTEN = 3
"""Sentences that speak of an artefact which the article is about, at the least."""
_ITEM = re.compile(
    r"(?:one(?! of)|another|(?:a )?(?:separate|second|third|later|subsequent|follow-up))\b"
    r"|one of .*\b(?:e-?mail|message|letter|cable|text|exchange|memo|note)s\b",
    re.IGNORECASE,
)
_TELLS_NOTHING = re.compile(
    r".+ed|.+ing|.+-(?:page|minute|second|hour|word|year|month|day|point|member)|secret|full"
    r"|entire|classified|confidential|damning|short|long|brief|lengthy|explosive|controversial"
)
_COUNTED = re.compile(
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+)\b", re.IGNORECASE
)
_OWNED = re.compile(r"['’]s? | of |^(?:his|her|their|its|my|our) ", re.IGNORECASE)
_THEIRS = re.compile(r"(?:his|her|their) ", re.IGNORECASE)
_WHOSE = re.compile(r"['’]s? | (?:for|of|to) |^(?:his|her|their) ", re.IGNORECASE)
_CHUNK = re.compile(r"[,;()]| and | or ")
_LISTED = re.compile(r"(?<![\w.-])[\w.-]*\w")
_PREPOSITION = re.compile(r" (?:of|on|in|at|from|to|with|for|by|about) ")


def is_kindred(noun: str, other: str) -> bool:
    """Whether two head nouns may speak of the same artefact."""
    return noun == other or any(noun in c and other in c for c in _KINDRED)


def is_one_of_several(text: str) -> bool:
    """Whether a description tells one from others of the same kind: "a second official"."""
    return bool(_ITEM.match(text) or _COUNTED.match(text))


def is_owned(text: str) -> bool:
    """Whether a description is somebody's, who is then somebody else: "the post's author"."""
    return _OWNED.search(text) is not None


def nameless(heads: Iterable[str]) -> bool:
    """Whether all *heads* are what news calls those whom it does not name."""
    return all(noun in _NAMELESS for noun in heads)


def telling(texts: Iterable[str]) -> frozenset[str]:
    """Return the words of descriptions that tell who is meant, up to the first preposition."""
    return frozenset().union(*(content_words(_PREPOSITION.split(t)[0]) for t in texts)) - _LOOSE


def is_bare(text: str) -> bool:
    """Whether a description says no more than its head noun: "the document", "officials"."""
    return len(content_words(text)) <= 1


def place(mention: Mention, text: str, head: str, board: Board, speaks: bool) -> Cluster | None:
    """Return the cluster that a description stands for, None where it brings in something new.

    *speaks* says that the description is credited with something, or does something: only then may
    "the businessman" or "the network" stand for a name.
    """
    noun = singular(head.split()[-1])
    house = house_of(mention, board) if noun in _HOUSES else None
    if noun == PAPER:
        house = printer(mention, text, board, speaks)
    if house or mention.type is None:
        return house
    if mention.type in AGENTS:
        again = _unnamed(mention, text, noun, board)
        titled = _titled(mention, text, noun, board)
        # "the company" that nothing brought in looked back itself
        hanging = mention.type is not SourceType.UNNAMED and again and again.mentions[0].definite
        if titled and again and noun == AGENCY:
            return nearest([titled, again], mention.span.start)
        if titled or (again and not hanging):
            return titled or again
        return _stood_for(mention, text, noun, board, speaks) or again
    return _thing(mention, text, noun, board)


def _titled(mention: Mention, text: str, noun: str, board: Board) -> Cluster | None:
    """Return the named source introduced with this noun: "the senator", "the department"."""
    if not mention.definite or mention.plural:
        return None
    heads = (usual(noun), *sorted(NARROWER.get(noun, ())))
    found = dict.fromkeys(c for head in heads for c in board.with_word(head))
    titled = [c for c in found if _agrees(c, mention) and is_called(c, heads)]
    if _THEIRS.match(text):  # "her lawyer" is somebody's who was brought in as such
        titled = [c for c in titled if any(_WHOSE.search(own) for own in (*c.texts, *c.noted))]
    extra = content_words(text) - {usual(noun)}
    closer = [c for c in titled if extra <= c.words]
    if not closer and extra and mention.type is SourceType.UNNAMED and not is_owned(text):
        # "the Ohio congressman", where one congressman was spoken of
        at = mention.span.start
        closer = [c for c in titled if 0 <= at - c.last_before(at) < FAR and len(titled) == 1]
    return nearest(closer or ([] if extra else titled), mention.span.start)


def is_called(cluster: Cluster, heads: Iterable[str]) -> bool:
    """Whether one of *heads* says what it is: the "city engineer" is no city, nor he "of" one.

    Nor is the deputy minister the minister.
    """
    chunks = (one for text in (*cluster.texts, *cluster.noted) for one in _CHUNK.split(text))
    for chunk in chunks:
        listed = ("X", *_LISTED.findall(_PREPOSITION.split(chunk)[0]), "X")
        for before, word, behind in zip(listed, listed[1:], listed[2:], strict=False):
            lower = before.casefold() in _LOWER
            if usual(singular(word)) in heads and not behind[0].islower() and not lower:
                return True
    return False


def _is_below(cluster: Cluster, text: str) -> bool:
    """Whether *cluster* is only the deputy of who is described."""
    noun = text.split()[-1].casefold()
    lower = {f"{word} {noun}" for word in _LOWER}
    texts = [one.casefold() for one in (*cluster.texts, *cluster.noted)]
    return any(one in each for one in lower for each in texts)


def _stood_for(
    mention: Mention, text: str, noun: str, board: Board, speaks: bool
) -> Cluster | None:
    """Return the named source that "the agency", "the newspaper", "the businessman" stands for."""
    if not mention.definite or mention.plural:
        return None
    before = [c for c in board.near(mention.span.start, FAR) if c.is_named]
    if mention.type is SourceType.UNNAMED:
        able = speaks and noun not in _NAMELESS
        return _person_meant(mention, text, before) if able else None
    type_ = next((t for t, nouns in _STANDING_IN.items() if noun in nouns), None)
    if type_ is SourceType.NEWS_OUTLET:
        return outlet_meant(mention, text, noun, board, speaks)
    near = [c for c in before if c.type() is type_ and not c.is_place and _may_be(noun, c)]
    firms = [c for c in near if noun in _FIRMS and any(_is_firm(name) for name in c.names)]
    return nearest(firms or near, mention.span.start) if is_bare(text) else None


def _is_firm(name: str) -> bool:
    return not _SURELY_FIRMS.isdisjoint(name.casefold().rstrip(".").split()[-1:])


def _may_be(noun: str, cluster: Cluster) -> bool:
    """Whether what *cluster* is called is no other kind of body: a union is no company."""
    return noun not in _FIRMS or not cluster.words & (_PUBLIC | _NO_FIRMS)


def _person_meant(mention: Mention, text: str, before: Sequence[Cluster]) -> Cluster | None:
    """Return the named person whom "the New York businessman" goes on about, if any."""
    people = [c for c in before if c.type() is SourceType.PERSON]
    near = [c for c in people if not _is_below(c, text)]
    office = usual(singular(text.split()[-1].casefold()))
    if office in _OFFICES:
        near = [c for c in near if not _is_something_else(c, office)]
    sharing = [c for c in near if content_words(text) & c.words]
    said = mention.sentence
    elsewhere = [
        c for c in near if not any(said.start <= m.span.start <= said.end for m in c.mentions)
    ]
    others = any(name in text for c in near for name in c.names)  # "the lawyer for Ann Lee"
    noun = singular(text.split(" of ")[0].split(" on ")[0].split()[-1])
    # "the owner" is that of what is spoken of, whoever has been named
    if others or noun in _CROWDS | _MAKERS or is_owned(text):
        return None
    if office in _OFFICES and len(people) > 1:  # any of them, or none: "the health secretary"
        elsewhere = []
    return nearest(sharing or elsewhere, mention.span.start)


def _is_something_else(cluster: Cluster, office: str) -> bool:
    """Whether *cluster* was brought in as other than who holds *office*: "Ann Berg, a nurse"."""
    named = {word for name in cluster.names for word in content_words(name)}
    said = {word for text in (*cluster.texts, *cluster.noted) for word in content_words(text)}
    return bool(said - named) and not said & {office, *NARROWER.get(office, ())}


def _agrees(cluster: Cluster, mention: Mention) -> bool:
    type_ = cluster.type()
    if mention.type is SourceType.UNNAMED:
        return type_ is SourceType.PERSON
    return type_ in {SourceType.ORGANIZATION, SourceType.NEWS_OUTLET}


def _unnamed(mention: Mention, text: str, noun: str, board: Board) -> Cluster | None:
    """Return the unnamed speaker or body that is spoken of again.

    "The official" is the last official; "strategists" are the "Democratic strategists" of before;
    two officials of different offices, or one among many, stay apart.
    """
    words = content_words(text)
    heads = _EXPERTS if noun in _EXPERTS else _synonyms(noun)
    same = [c for c in board.with_head(heads) if c.plural == mention.plural and c.type() in AGENTS]
    again = mention.plural or mention.definite
    if again or mention.type is not SourceType.UNNAMED:
        exact = [
            c
            for c in same
            if any(content_words(t) == words and _may_count(text, t) for t in c.texts)
        ]
        if exact and mention.type is SourceType.ORGANIZATION and mention.definite:
            closer = [c for c in same if c.mentions[0].definite and words <= c.words]
            return nearest([*exact[:1], *closer], mention.span.start)
        if exact:
            return exact[0]
    if not again and (above := _above(mention, words, same, board)) is not None:
        return above
    if not again or _COUNTED.match(text):
        return None
    telling = words - heads - _LOOSE
    narrower = [
        c
        for c in same
        if words <= c.words
        or (mention.plural and ((c.words <= words and len(c.words) > 1) or telling & c.words))
    ]
    return nearest(narrower, mention.span.start)


def _above(
    mention: Mention, words: frozenset[str], same: Sequence[Cluster], board: Board
) -> Cluster | None:
    """Return whom only the headline spoke of so far: "a soldier's phone", then "a soldier of"."""
    head, span = board.headline, mention.span
    if any(span in m.appositions for c in board.near(span.start, FAR) for m in c.mentions):
        return None  # "Ann Lee, a soldier"
    only = [c for c in same if head and all(m.span in head for m in c.mentions)]
    fits = [c for c in only if not c.is_named and c.words <= words]
    return fits[0] if len(fits) == 1 else None


def _may_count(text: str, other: str) -> bool:
    """Whether two descriptions may be of as many: "two engineers" are not "eleven engineers"."""
    counts = {found[0].casefold() for one in (text, other) if (found := _COUNTED.match(one))}
    return len(counts) < 2


def _synonyms(noun: str) -> set[str]:
    """Return *noun* and the words that are as good as it."""
    one = usual(noun)
    return {noun, one, *groups("alike").get(one, ())}


def _thing(mention: Mention, text: str, noun: str, board: Board) -> Cluster | None:
    """Return the artefact or channel that is described again, by head noun class and modifiers."""
    words = content_words(text) - {noun}
    heads = {noun}.union(*(c for c in _KINDRED if noun in c))
    at = mention.span.start
    if noun == "copy" and words <= _COPIES:  # of what the article is about, or was spoken of last
        papers = [c for c in board.clusters if c.type().is_artefact and c.last_before(at) >= 0]
        return nearest([c for c in papers if _is_topic(c)] or papers, at)
    if not mention.plural and _ITEM.match(text):
        return None
    ranked = [
        (
            _likeness(words, noun, mention, c),
            noun == next(iter(c.heads), ""),  # "the report" is what was called so at first
            _is_topic(c),
            c.last_before(at),
            c.number,
            c,
        )
        for c in board.with_head(heads)
        if c.type() not in AGENTS and c.last_before(at) >= 0
    ]
    best = max(ranked, key=lambda row: row[:5], default=None)
    if best and best[0] > 0:
        return best[5]
    generic = noun in _GENERIC and mention.plural and mention.definite
    if not generic or not is_bare(_PREPOSITION.split(text)[0]):
        return None
    documents = [c for c in board.clusters if c.type() is SourceType.DOCUMENT and c.plural]
    return nearest([c for c in documents if _is_topic(c)], at)


def _is_topic(cluster: Cluster) -> bool:
    """Whether the text keeps coming back to an artefact: "the e-mails" are those rather."""
    return len({m.sentence for m in cluster.mentions}) >= _OFTEN


def _likeness(words: frozenset[str], noun: str, mention: Mention, cluster: Cluster) -> float:
    """Return how far a description fits an artefact of a kindred head noun, 0 where it does not."""
    shared = len(words & cluster.words)
    same_head = noun in cluster.heads
    single = not cluster.plural and not set(cluster.heads) & _COLLECTIVES
    item = any(map(_ITEM.match, cluster.texts))
    if mention.plural and single and (item or not same_head):
        return 0.0
    if not words:
        return (1.0 if same_head else 0.6) if mention.definite or mention.plural else 0.0
    if shared:
        fits = same_head or shared * 2 >= len(words)
        return 2.0 * shared / len(words) + same_head if fits else 0.0
    if mention.definite and same_head and (alike := _same_but_for(words, mention, cluster)):
        return alike
    bare = not (cluster.words - set(cluster.heads)) and mention.type is not SourceType.STATEMENT
    if bare and same_head and (mention.definite or not mention.plural):
        return 0.3
    return 0.2 if bare and mention.plural and cluster.plural else 0.0


def _same_but_for(words: frozenset[str], mention: Mention, cluster: Cluster) -> float:
    """Return how far words that tell no papers apart let them be the same, 0 for other words."""
    if words <= _STATES:
        return 0.4
    # "the 11-minute recording" where one recording was spoken of
    several = mention.plural or cluster.plural
    return 0.35 if not several and all(map(_TELLS_NOTHING.fullmatch, words)) else 0.0


def descriptions(cluster: Cluster) -> list[str]:
    """Return what to call what has no name: first its fullest description that is not too long."""
    usual = cluster.heads.most_common(1)[0][0] if cluster.heads else ""

    def rank(text: str) -> tuple[bool | int | str, ...]:
        words = [singular(w) for w in text.split()]
        front = _PREPOSITION.split(text)[0]
        held = _is_held(text) and len(cluster.texts) > 1
        return (
            held,
            usual not in words,
            len(words) > 8,
            -len(content_words(front)),
            len(words),
            text[:1].isupper(),
            text,
        )

    return [plain(text) for text in sorted(cluster.texts, key=rank)] or [""]


def _is_held(text: str) -> bool:
    """Whether *text* only says which outlet has the papers: "the Herald's letters"."""
    owner, mark, thing = re.sub("’", "'", text).partition("'s ")
    last = owner.split()[-1].casefold() if owner.split() else ""
    return bool(mark) and owner[:1].isupper() and last in _OUTLETS and singular(thing) in _HELD
