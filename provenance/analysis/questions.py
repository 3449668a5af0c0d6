"""A question in a person's words: what articles say to it, and who denies it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from provenance.analysis.contests import Denial, contested, each_once, objecting, speaker
from provenance.analysis.links import Joined, Links
from provenance.analysis.matching import ANSWERS, Match, matches
from provenance.analysis.standing import claims_in, near_claims, standing
from provenance.model import ClaimRef, Standing


@dataclass(frozen=True, slots=True)
class Answer:
    """What articles say to a question.

    Attributes:
        line: It all in one line.
        standing: On whom it rests.
        wordings: What answers it, the best first, once for each article and sentence.
    """

    line: str
    standing: Standing
    wordings: tuple[Match, ...]
    denials: tuple[Denial, ...]


def answer(links: Joined, text: str) -> Answer | None:
    """Return what the articles of *links* say to *text*; None where they say nothing.

    Claims that say the same as most that were found, and whoever makes them in its own voice, count
    with them.

    Args:
        links: All articles.
        text: As a person would ask, or claim.
    """
    every = matches(links, text)
    wordings = tuple(match for match in every if not match.denies)
    if not wordings:
        return _denied_alone(links, every, text)
    refs = {ref for match in wordings for ref in match.claims}
    denying = {ref for match in every if match.denies for ref in match.claims}
    for group in near_claims(links, refs):
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
    return Answer(_line(whole, denials), whole, wordings, denials)


def _denied_alone(links: Joined, every: Sequence[Match], text: str) -> Answer | None:
    """Return who denies what is asked where nobody says it; None where that is nobody either."""
    denials = _objecting(links, [m for m in every if m.score >= ANSWERS], every, text)
    if not denials:
        return None
    nobody = Standing(
        text=text, claims=(), carriers=(), outlets=(), origins=(), unknown=0, own_voice=()
    )
    return Answer(f"nobody says so{_told(denials)}", nobody, (), denials)


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


def _part(own: int, articles: int) -> str:
    """Return which part *own* is of all *articles*, in words: "" of the only one."""
    return ("all " if own > 1 else "") if own == articles else f"{own} "


def _whose(own: int) -> str:
    return "its" if own == 1 else "their"
