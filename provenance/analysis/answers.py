"""Questions to a collection of articles, answered as plain records."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from provenance.analysis.briefs import Brief
from provenance.analysis.canonical import type_of
from provenance.analysis.contests import Denial
from provenance.analysis.links import Joined, Links
from provenance.analysis.matching import matches
from provenance.analysis.questions import Answer
from provenance.analysis.spellings import serving
from provenance.analysis.standing import pivots_of
from provenance.model import ARTICLE, Reuse, Standing

Record = dict[str, Any]


def shared(found: Sequence[Standing]) -> list[Standing]:
    """Return the claims that several articles carry."""
    return [one for one in found if len(one.carriers) > 1]


def resting_on(found: Sequence[Standing], links: Links, name: str) -> list[Standing]:
    """Return the claims with a source whose name has *name* in it, upper case or lower."""
    wanted = name.casefold()
    claims = {
        (brief.digest, claim.id)
        for brief in links.briefs.values()
        for claim in brief.claims
        if any(s.id in claim.saying and wanted in s.name.casefold() for s in brief.sources)
    }
    return [
        one
        for one in found
        if any((ref.digest, ref.claim) in claims for ref in one.claims)
        or any(wanted in origin.casefold() for origin in (*one.origins, *one.pivots))
    ]


def summary(found: Sequence[Standing]) -> Record:
    """Return how many claims rest on what, and on whom most depend."""
    pivots = Counter(name for one in found for name in dict.fromkeys(one.pivots))
    return {
        "articles": len({digest for one in found for digest in one.carriers}),
        "claims_in_all": len(found),
        "in_several_articles": len(shared(found)),
        "one_origin": sum(len(one.lines) == 1 for one in found),
        "unnamed_alone": sum(not one.origins and one.unknown > 0 for one in found),
        "circular_alone": sum(
            not one.origins and not one.unknown and bool(one.circular) for one in found
        ),
        "pivots": sorted(pivots.items(), key=lambda p: (-p[1], p[0]))[:20],
    }


def first_of(one: Standing, links: Joined) -> Brief | None:
    """Return the first article to report a claim, None where no day tells it or none does."""
    if not one.carriers:
        return None
    first = links.briefs[one.carriers[0]]  # those without a date are last
    return first if len(first.published) >= len("2021-04-25") else None


def standing_record(one: Standing, links: Joined, denials: Sequence[Denial]) -> Record:
    """Return the standing of a claim, with its *denials*, as plain lists and strings."""
    first = first_of(one, links)
    return {
        "claim": one.text,
        "articles": [article_record(links, digest) for digest in one.carriers],
        "outlets": list(one.outlets),
        "independent": list(one.origins),
        "lines": [list(line) for line in one.lines],
        "unnamed_or_unknown": one.unknown,
        "circular": [list(cycle) for cycle in one.circular],
        "through": list(one.pivots),
        "copies": one.copies,
        "first": article_record(links, first.digest) if first else None,
        "denied_by": [_denial(links, denial) for denial in denials if not denial.doubts],
        "doubted_by": [_denial(links, denial) for denial in denials if denial.doubts],
    }


def _denial(links: Joined, one: Denial) -> Record:
    return {"source": one.name, "text": one.text, "article": article_record(links, one.digest)}


def answer_record(one: Answer, links: Joined) -> Record:
    """Return an answer as plain lists and strings: a standing, with its words."""
    return {
        "answer": one.line,
        **standing_record(one.standing, links, one.denials),
        "wordings": [
            {
                "text": match.text,
                "article": article_record(links, match.digest),
                "score": match.score,
            }
            for match in one.wordings
        ],
        "left_out": one.left_out,
    }


def source_rows(links: Links, found: Sequence[Standing]) -> list[Record]:
    """Return a row for each named source: how many articles and claims have it, and pivot of."""
    named: dict[tuple[str, ...], dict[str, set[str]]] = {}
    claims: Counter[tuple[str, ...]] = Counter()
    types: dict[tuple[str, ...], Counter[str]] = {}
    for brief in links.briefs.values():
        nodes = {s.id: links.identity.of(brief.digest, s) for s in brief.sources}
        for source in brief.sources:
            strings = named.setdefault(nodes[source.id], {}).setdefault(brief.digest, set())
            strings.update((source.name, *source.called))
            if serving(source.name) and " " in source.name:
                strings.add(source.name.rpartition(" ")[0])  # "Navy spokesman" names the navy
            types.setdefault(nodes[source.id], Counter())[source.type.value] += 1
        claims.update(nodes[id] for claim in brief.claims for id in claim.saying if id in nodes)
    pivots = pivots_of(links, found)
    rows = [
        {
            "name": links.identity.names[node],
            "type": type_of(types[node]),
            "articles": len(strings),
            "claims": claims[node],
            "pivot_of": pivots[node],
            "called": {digest: sorted(strings[digest]) for digest in sorted(strings)},
        }
        for node, strings in named.items()
        if links.identity.is_known(node)
    ]
    return sorted(rows, key=lambda r: (-r["articles"], -r["claims"], r["name"], r["type"]))


def timeline_rows(links: Joined, claim: str | None) -> list[Record]:
    """Return a row for each article, in order of time, with whom it has its news from.

    That is who says most first; of a *claim* only who says that.
    """
    if not claim:
        return _rows(links, None)
    wanted: dict[str, set[str]] = {}
    for match in matches(links, claim):
        wanted.setdefault(match.digest, set()).update(ref.claim for ref in match.claims)
    return _rows(links, wanted)


def carrier_rows(links: Joined, one: Standing) -> list[Record]:
    """Return a row for each article that carries a claim, in order of time, with who says so."""
    wanted: dict[str, set[str]] = {digest: set() for digest in one.carriers}
    for ref in one.claims:
        wanted[ref.digest].add(ref.claim)
    return _rows(links, wanted)


def _rows(links: Joined, wanted: Mapping[str, set[str]] | None) -> list[Record]:
    """Return a row for each article, or for those with a claim that is *wanted*."""
    rows = []
    for digest in links.briefs if wanted is None else wanted:
        brief = links.briefs[digest]
        told = [c for c in brief.claims if wanted is None or c.id in wanted[digest]]
        every = wanted is None
        saying = Counter(id for one in told for id in (one.sources if every else one.saying))
        direct = (f.source for f in brief.flows if every and f.target == ARTICLE)
        names = {source.id: source.name for source in brief.sources}
        order = sorted((-saying[id], names[id]) for id in {*saying, *direct} if id in names)
        copied = {copy_of(links, reuse) for reuse in links.copies.get(digest, ())}
        whom = sorted(copied) or list(dict.fromkeys(name for _, name in order))
        rows.append({**article_record(links, digest), "from": whom})
    return sorted(rows, key=lambda r: (r["published"] or "9", r["outlet"], r["title"]))


def article_record(links: Joined, digest: str) -> Record:
    """Return of an article what tells which it is."""
    brief = links.briefs[digest]
    return {
        "title": brief.title,
        "outlet": brief.publisher,
        "published": brief.published,
        "file": brief.name,
        "digest": digest,
    }


def copy_of(links: Joined, reuse: Reuse) -> str:
    """Return in words whose text a copy has; which was first may be unknown."""
    other = links.briefs[reuse.original].publisher or links.briefs[reuse.original].title
    return f"copy of {other}" if reuse.reason else f"same text as {other}, direction unknown"
