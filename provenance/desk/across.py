"""Pages over several articles: all in one picture, a claim in all of them, two side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from provenance import vocab
from provenance.analysis import Links, standings
from provenance.analysis.answers import answer_record, timeline_rows
from provenance.analysis.catalogue import ordered
from provenance.analysis.identity import Node
from provenance.analysis.questions import answer
from provenance.custody import trace_chains
from provenance.desk.pages import Page, beside_of, joined, page_of, plain
from provenance.desk.picturing import MOST, Picture, picture
from provenance.model import ClaimRef, Standing
from provenance.stores.embedded import Collection
from provenance.view import render_page

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is in a picture, and how many articles have no room in it."""

    picture: Picture
    left_out: int


def drawn(held: Collection, title: str, wanted: Sequence[str]) -> Drawn | None:
    """Return the picture of the articles *wanted*, or of all; None where there is none."""
    links = joined(held)
    order = [one for one in ordered(links) if not wanted or one in wanted]
    names = {vocab.digest_of(name): name for name in held.names()}
    graphs = {digest: held.graph(names[digest]) for digest in order[:MOST]}
    if not graphs:
        return None
    return Drawn(picture(links, graphs, title), len(order) - len(graphs))


def picture_page(drawn: Drawn) -> Page:
    """Return the page of many articles in one picture."""
    one = drawn.picture
    told = {"pages": one.pages, "communities": one.communities, "left_out": drawn.left_out}
    beside = beside_of("picture", "desk", "picture", **told)
    graph = one.graph
    return page_of(render_page([graph], [trace_chains(graph)], home="/", beside=beside))


def claim_page(held: Collection, words: str) -> Page | None:
    """Return what all articles say to *words*: independent lines, carriers, denials and dates."""
    links = joined(held)
    found = answer(links, words)
    if found is None:
        return None
    record = answer_record(found, links)
    keys = {
        match.digest: f"c:{number}"
        for match in found.wordings
        for ref in match.claims
        for number in [_number(links, ref)]
    }
    rows = timeline_rows(links, words)
    return plain("claim", words=words, keys=keys, rows=rows, **record)


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
