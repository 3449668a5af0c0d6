"""Pages over several articles: all in one picture, a claim in all of them, two side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from provenance import vocab
from provenance.analysis import Links, standings
from provenance.analysis.answers import (
    answer_record,
    article_record,
    carrier_rows,
    timeline_rows,
)
from provenance.analysis.catalogue import ordered
from provenance.analysis.identity import Node
from provenance.analysis.matching import Match, matches
from provenance.analysis.questions import about, answer, worded
from provenance.desk.pages import Page, beside_of, joined, page_of, plain
from provenance.desk.picturing import MOST, Picture, picture
from provenance.graph.custody import trace_chains
from provenance.model import ClaimRef, Standing
from provenance.stores.embedded import Collection
from provenance.view import render_page

Record = dict[str, Any]
_MOST_NEAR = 20
_MOST_SHARED = 50


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is in a picture, what its articles share, and how many have no room in it."""

    picture: Picture
    claims: tuple[Record, ...]
    left_out: int


def drawn(held: Collection, title: str, wanted: Sequence[str]) -> Drawn | None:
    """Return the picture of the articles *wanted*, or of all; None where there is none."""
    links = joined(held)
    order = [one for one in ordered(links) if not wanted or one in wanted]
    names = {vocab.digest_of(name): name for name in held.names()}
    graphs = {digest: held.graph(names[digest]) for digest in order[:MOST]}
    if not graphs:
        return None
    told = [one for one in standings(links) if len({*one.carriers} & {*graphs}) > 1]
    claims = tuple(_told(links, one) for one in told[:_MOST_SHARED])
    return Drawn(picture(links, graphs, told, title), claims, len(order) - len(graphs))


def _told(links: Links, one: Standing) -> Record:
    """Return of a claim what the list of all and its own page say of it."""
    ref = one.claims[0]
    address = f"/claims?article={ref.digest}&claim={_number(links, ref)}"
    return {"text": one.text, "line": about(links, one).line, "address": address}


def picture_page(drawn: Drawn) -> Page:
    """Return the page of many articles in one picture."""
    one = drawn.picture
    known = {"pages": one.pages, "communities": one.communities, "left_out": drawn.left_out}
    beside = beside_of("picture", "desk", "picture", claims=list(drawn.claims), **known)
    graph = one.graph
    return page_of(render_page([graph], [trace_chains(graph)], home="/", beside=beside))


def claim_page(held: Collection, words: str, digest: str, number: str) -> Page | None:
    """Return what all articles say to a claim: independent lines, carriers, denials and dates.

    That is the claim with this *number* in the article *digest*, or one that has these *words*, as
    the list of all counts it; any other words are a question.
    """
    links = joined(held)
    every = standings(links)
    known = _at(links, every, digest, number) or next(worded(links, every, words), None)
    found = about(links, known) if known else answer(links, words)
    if found is None:
        return None
    rows = carrier_rows(links, known) if known else timeline_rows(links, words)
    told = {
        "words": known.text if known else words,
        "keys": [_key(links, match) for match in found.wordings],
        "rows": rows,
        "near": _near(links, known) if known else [],
    }
    return plain("claim", **told, **answer_record(found, links))


def _at(links: Links, every: Sequence[Standing], digest: str, number: str) -> Standing | None:
    """Return the claim with this *number* in the article *digest*, as it is counted."""
    claims = links.briefs[digest].claims if digest in links.briefs else ()
    refs = {ClaimRef(digest=digest, claim=c.id) for c in claims if str(c.number) == number}
    return next((one for one in every if refs.intersection(one.claims)), None)


def _key(links: Links, match: Match) -> str:
    """Return what to select on the page of an article for *match*, "" for nothing."""
    return next((f"c:{_number(links, ref)}" for ref in match.claims), "")


def _near(links: Links, one: Standing) -> list[Record]:
    """Return sentences in much the same words as the claim *one* that are not counted with it."""
    own = set(one.claims)
    found = [
        match
        for match in matches(links, one.text)
        if own.isdisjoint(match.claims) and match.digest not in one.own_voice
    ]
    return [
        {
            "text": match.text,
            "denies": match.denies,
            "key": _key(links, match),
            "article": article_record(links, match.digest),
        }
        for match in found[:_MOST_NEAR]
    ]


def compare_page(held: Collection, one: str, other: str) -> Page | None:
    """Return two articles side by side with what they share; None where one is not there."""
    links = joined(held)
    if one not in links.briefs or other not in links.briefs:
        return None
    sides = [
        {"digest": digest, "title": brief.title or brief.name, "outlet": brief.publisher}
        for digest in (one, other)
        for brief in [links.briefs[digest]]
    ]
    groups = [
        ("Sources in both", _sources(links, one, other)),
        ("Claims in both", _claims(links, one, other)),
    ]
    return plain(
        "compare", "desk", "compare", sides=sides, groups=groups, texts=_texts(links, one, other)
    )


def _sources(links: Links, one: str, other: str) -> list[Record]:
    ends: list[dict[Node, str]] = []
    for digest in (one, other):
        brief = links.briefs[digest]
        ends.append({links.identity.of(digest, s): s.id for s in brief.sources})
    both = [node for node in ends[0] if node in ends[1]]
    rows = [
        {"text": links.identity.names[node], "ends": [f"s:{end[node]}" for end in ends]}
        for node in both
    ]
    return sorted(rows, key=lambda row: str(row["text"]))


def _claims(links: Links, one: str, other: str) -> list[Record]:
    rows = []
    for found in standings(links):
        if {one, other} <= {ref.digest for ref in found.claims}:
            ends = [f"c:{_number(links, _ref(found, digest))}" for digest in (one, other)]
            rows.append({"text": found.text, "ends": ends})
    return rows


def _ref(found: Standing, digest: str) -> ClaimRef:
    return next(ref for ref in found.claims if ref.digest == digest)


def _number(links: Links, ref: ClaimRef) -> int:
    return next(c.number for c in links.briefs[ref.digest].claims if c.id == ref.claim)


def _texts(links: Links, one: str, other: str) -> list[str]:
    """Return in words what text the two have in common."""
    told = []
    for reuse in links.reuses:
        if {reuse.copy, reuse.original} == {one, other}:
            copy, original = (
                links.briefs[d].title or links.briefs[d].name for d in (reuse.copy, reuse.original)
            )
            how = f"by {reuse.reason}" if reuse.reason else "which was first is not known"
            told.append(
                f"{reuse.share:.0%} of “{copy}” stands in “{original}” word for word ({how})."
            )
    for quoted in links.quotations:
        if {quoted.one, quoted.other} == {one, other}:
            told.append(f"Both quote {len(quoted.passages)} passage(s) alike.")
    return told
