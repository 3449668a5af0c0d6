"""A question in a person's words: what articles say to it, and who denies it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from provenance.analysis.contests import Denial, contested, each_once, objecting, speaker
from provenance.analysis.links import Joined, Links
from provenance.analysis.matching import ANSWERS, Found, Match, search
from provenance.analysis.standing import claims_in, standing
from provenance.analysis.stories import together
from provenance.model import ClaimRef, SameClaim, Standing


@dataclass(frozen=True, slots=True)
class Answer:
    """What articles say to a question.

    Attributes:
        line: It all in one line.
        standing: On whom it rests.
        wordings: What answers it, the best first, once for each article and sentence.
        left_out: How many articles were not read, though they may say so as well.
    """

    line: str
    standing: Standing
    wordings: tuple[Match, ...]
    denials: tuple[Denial, ...]
    left_out: int = 0


_READ = 500
"""Articles from which on no more are read for an answer: of all that have the words of a question
that many have, those likeliest to answer it."""


def answer(links: Joined, text: str, most: float = _READ) -> Answer | None:
    """Return what the articles of *links* say to *text*; None where they say nothing.

    Claims that say the same as most that were found, and whoever makes them in its own voice, count
    with them.

    Args:
        links: All articles.
        text: As a person would ask, or claim.
        most: Articles from which on no more are read.
    """
    found = search(links, text, most)
    every = found.matches
    wordings = tuple(match for match in every if not match.denies)
    if not wordings:
        return _denied_alone(links, found, text)
    refs = {ref for match in wordings for ref in match.claims}
    denying = {ref for match in every if match.denies for ref in match.claims}
    near, beyond = _near_claims(links, refs, most)
    for group in near:
        if len(group) > 1 and 2 * len(refs.intersection(group)) > len(group):
            refs.update(set(group) - denying)
    claims = claims_in(links, {ref.digest for ref in refs})
    own = {match.digest for match in wordings if not match.deniers}
    if refs:
        whole = replace(standing(links, sorted(refs), claims, own), text=wordings[0].text)
    else:
        whole = _in_own_voice(links, wordings)
    alone = all(match.deniers for match in wordings)  # else they deny what others are asked about
    denials = _objecting(links, [m for m in every if m.denies or alone], every, text)
    left_out = len(beyond.union(found.left_out).difference(whole.carriers))
    line = _line(whole, denials) + _left_out(left_out)
    return Answer(line, whole, wordings, denials, left_out)


def _near_claims(
    links: Joined, refs: Iterable[ClaimRef], most: float
) -> tuple[list[list[ClaimRef]], set[str]]:
    """Return the claims that say the same as others, together, of those that *refs* lead to.

    With them are the articles of such claims that were left out, since *most* were reached.
    """
    todo = sorted(refs)
    reached, digests, left_out = set(todo), {ref.digest for ref in todo}, set[str]()
    pairs: dict[SameClaim, None] = {}
    while todo:
        for pair in links.alike.get(todo.pop(), ()):
            new = {pair.one, pair.other} - reached
            beyond = {ref.digest for ref in new} - digests
            if beyond and len(digests) >= most:
                left_out |= beyond
                continue
            pairs[pair] = None
            reached |= new
            digests |= beyond
            todo += new
    return together(sorted(reached), pairs), left_out


def _denied_alone(links: Joined, found: Found, text: str) -> Answer | None:
    """Return who denies what is asked where nobody says it; None where that is nobody either."""
    against = [match for match in found.matches if match.score >= ANSWERS]
    denials = _objecting(links, against, found.matches, text)
    if not denials:
        return None
    nobody = Standing(
        text=text, claims=(), carriers=(), outlets=(), origins=(), unknown=0, own_voice=()
    )
    left_out = len(found.left_out)
    line = f"nobody says so{_told(denials)}{_left_out(left_out)}"
    return Answer(line, nobody, (), denials, left_out)


def _objecting(
    links: Joined, against: Sequence[Match], every: Sequence[Match], text: str
) -> tuple[Denial, ...]:
    """Return who objects to what is asked: who does in the graph, if it is *text*, leads."""
    refs = dict.fromkeys(ref for match in every for ref in match.claims)
    exact = [d for r in refs if _is_worded(links, r, text) for d in objecting(links, r)]
    known = {(one.digest, one.name) for one in exact}
    others = (d for d in _denials(links, against) if (d.digest, d.name) not in known)
    return each_once((*exact, *others))


def about(links: Links, one: Standing) -> Answer:
    """Return what the articles of *links* say to a claim of theirs: what is counted as that."""
    claims = claims_in(links, one.carriers)
    told = sorted(one.claims, key=lambda ref: one.carriers.index(ref.digest))
    words = [(ref, claims[ref.digest, ref.claim].text) for ref in told]
    wordings = tuple(Match(ref.digest, text, 1.0, (ref,), False) for ref, text in words)
    (denials,) = contested(links, [one])
    return Answer(_line(one, denials), one, wordings, denials)


def worded(links: Links, found: Sequence[Standing], text: str) -> Iterator[Standing]:
    """Yield those of *found* that an article puts just as *text* does."""
    return (one for one in found if any(_is_worded(links, ref, text) for ref in one.claims))


def _is_worded(links: Joined, ref: ClaimRef, text: str) -> bool:
    claim = next(one for one in links.briefs[ref.digest].claims if one.id == ref.claim)
    return claim.text.split() == text.split()


def _in_own_voice(links: Joined, wordings: Sequence[Match]) -> Standing:
    digests = sorted(
        {m.digest for m in wordings}, key=lambda d: (links.briefs[d].published or "9", d)
    )
    return Standing(
        text=wordings[0].text,
        claims=(),
        carriers=tuple(digests),
        outlets=tuple(sorted({p for d in digests if (p := links.briefs[d].publisher)})),
        origins=(),
        unknown=0,
        own_voice=tuple(d for d in digests if d in {m.digest for m in wordings if not m.deniers}),
    )


def _denials(links: Joined, every: Sequence[Match]) -> Iterator[Denial]:
    for match in every:
        for id in match.deniers:
            yield Denial(speaker(links, match.digest, id), match.digest, match.text)


def _line(one: Standing, denials: Sequence[Denial]) -> str:
    """Return an answer in one line: "2 independent lines (A and B, C), 1 unnamed; 7 articles"."""
    whose = f" ({', '.join(map(' and '.join, one.lines))})" if one.lines else ""
    count = len(one.lines)
    told = f"{count} independent line{'s' * (count != 1)}{whose}"
    told += f", {one.unknown} unnamed" if one.unknown else ""
    articles = len(one.carriers)
    told += f"; {articles} article{'s' * (articles != 1)}"
    own = len(one.own_voice)
    told += f", {_part(own, articles)}in no name but {_whose(own)} own" if own else ""
    return told + _told(denials)


def _told(denials: Sequence[Denial]) -> str:
    """Return in words who denies something, and who only doubts it."""
    told = ""
    for verb, doubts in (("denied", False), ("doubted", True)):
        names = dict.fromkeys(one.name for one in denials if one.doubts is doubts)
        told += f"; {verb} by {', '.join(names)}" if names else ""
    return told


def _left_out(articles: int) -> str:
    """Return in words how many *articles* were not read for an answer, and what helps."""
    if not articles:
        return ""
    return (
        f"; {articles:,} more article{'s' * (articles != 1)} with these words not read: "
        "ask with words that fewer have"
    )


def _part(own: int, articles: int) -> str:
    """Return which part *own* is of all *articles*, in words: "" of the only one."""
    return ("all " if own > 1 else "") if own == articles else f"{own} "


def _whose(own: int) -> str:
    return "its" if own == 1 else "their"
