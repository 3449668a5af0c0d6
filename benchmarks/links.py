"""How many links between claims are right, by reading; and how many main claims are linked.

    python benchmarks/links.py STORE ... [--stories FOLDER]

Of all links in the stores, claims that say the same and claims that an article makes in its own
voice, 150 are drawn by a seed. What a person found of each, "same" or "other", stands in
benchmarks/links_read.tsv by a digest of the two texts, for the texts belong to others; what nobody
has read is printed. With the folder of annotated stories, whose stores have their names: of the
pairs of articles that both carry what a question asks, how many are linked in it.
"""

import argparse
import hashlib
import json
import random
import sys
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from provenance import vocab
from provenance.analysis import Links, standings
from provenance.gathering import linked
from provenance.model import ClaimRef, Span
from provenance.stores.embedded import Collection, open_collection

READ = Path(__file__).parent / "links_read.tsv"
DRAWN, SEED = 150, 30
Pair = tuple[str, str, str]
"""The digest of a link, and the two texts that it joins."""


def links_in(store: Path) -> list[Pair]:
    """Return the links in *store*."""
    with open_collection(store) as collection:
        links = linked(collection)
        own = (
            (_claim(links, c.claim), links.briefs[c.digest].sentences[c.sentence].text)
            for c in links.carried
        )
        same = ((_claim(links, m.one), _claim(links, m.other)) for m in links.same)
        return [(_digest(one, other), one, other) for one, other in (*same, *own)]


def _claim(links: Links, ref: ClaimRef) -> str:
    return next(c.text for c in links.briefs[ref.digest].claims if c.id == ref.claim)


def _digest(one: str, other: str) -> str:
    return hashlib.sha256("\0".join(sorted((one, other))).encode()).hexdigest()[:16]


def precision(found: Sequence[Pair]) -> str:
    """Return how many of those drawn are right; print what nobody has read."""
    read = dict(line.split("\t") for line in READ.read_text("utf-8").splitlines() if line)
    drawn = sorted(found)
    random.Random(SEED).shuffle(drawn)
    drawn = drawn[:DRAWN]
    unread = [pair for pair in drawn if pair[0] not in read]
    for digest, one, other in unread:
        sys.stdout.write(f"{digest}\n  {one}\n  {other}\n")
    marks = [read[digest] for digest, _, _ in drawn if digest in read]
    right = marks.count("same")
    return (
        f"* {len(found)} links, {len(marks)} read, {len(unread)} not: {right} say the same, "
        f"{right / max(1, len(marks)):.3f}"
    )


def recall(stories: Path, stores: Sequence[Path]) -> str:
    """Return how many pairs of articles that carry what a question asks are linked in it."""
    told = [
        one
        for store in stores
        if (gold := stories / store.name / "gold.json").is_file()
        for one in _story(json.loads(gold.read_text("utf-8")), gold.parent, store)
    ]
    both = [linked for linked, claims in told if claims == 2]
    return (
        f"* of {len(told)} pairs of articles that carry what a question asks {_share(told)} are "
        f"linked; of {len(both)} of which both have a claim for it, "
        f"{sum(both) / max(1, len(both)):.2f}"
    )


def _share(told: Sequence[tuple[bool, int]]) -> str:
    return f"{sum(linked for linked, _ in told) / max(1, len(told)):.2f}"


def _story(gold: dict[str, Any], folder: Path, store: Path) -> Iterator[tuple[bool, int]]:
    """Yield of each pair of carriers whether it is linked, and how many of it have a claim."""
    rows = [json.loads(line) for line in (folder / "articles.jsonl").read_text().splitlines()]
    with open_collection(store) as collection:
        links = linked(collection)
        digests = _digests(collection, [row["id"] for row in rows])
        texts = {d: collection.text(vocab.article_iri(d, None)) for d in digests.values()}
        found = standings(links)
    group = {ref: n for n, one in enumerate(found) for ref in one.claims}
    for question in gold["questions"]:
        held: dict[str, set[int]] = {}
        for carrier in question["carriers"]:
            digest = digests[carrier["article"]]
            start = texts[digest].find(carrier["passage"])
            there = Span(start, start + len(carrier["passage"]))
            held.setdefault(digest, set()).update(
                group[ClaimRef(digest=digest, claim=claim.id)]
                for claim in links.briefs[digest].claims
                if any(piece.overlaps(there) for piece in claim.content)
            )
        for one, other in combinations(sorted(held), 2):
            joined = bool(held[one] & held[other]) or any(
                far in found[n].own_voice
                for near, far in ((one, other), (other, one))
                for n in held[near]
            )
            yield joined, bool(held[one]) + bool(held[other])


def _digests(collection: Collection, ids: Sequence[str]) -> dict[str, str]:
    """Return the digest of each article by its number in the file that it was read from."""
    return {
        ids[int(place.rpartition("#")[2]) - 1]: vocab.digest_of(name)
        for name, places in collection.articles().items()
        for place in places
    }


def main() -> None:
    """Print both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stores", type=Path, nargs="+")
    parser.add_argument("--stories", type=Path)
    args = parser.parse_args()
    found = [pair for store in args.stores for pair in links_in(store)]
    sys.stdout.write(precision(found) + "\n")
    if args.stories:
        sys.stdout.write(recall(args.stories, args.stores) + "\n")


if __name__ == "__main__":
    main()
