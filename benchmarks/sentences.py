"""Count which sentences the page offers to copy say what the article does not.

    python benchmarks/sentences.py [PASSAGES]

Of every article of ../shared/gold, of examples/ and of twenty of ../shared/graphs/train drawn by
random.Random(17) it takes each lead, chain, hop alone, dispute, and claim without a chain, as the
page words them. sentences_read.tsv says of each what somebody who read it beside its passages
found: "right", "graph" (false, for the graph is wrong), or "wording" (false, though the graph is
right). It holds digests, no words of an article. With PASSAGES, a file outside of this project,
the sentences that nobody has read yet are written there with what they rest on. The result goes to
benchmarks/results/sentences.md.
"""

import hashlib
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from provenance.articles import read_article
from provenance.graph import claim_sentence, findings
from provenance.graph.custody import trace_chains
from provenance.model import ARTICLE, Chain, SourceGraph, SourceType, Span
from provenance.pipeline import build_record
from provenance.view.sentences import tell_chains, tell_claims
from provenance.view.structure import opening_of, order_chains
from provenance.view.wording import Pieces, tell_dispute, tell_flow, unquoted, within

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
READ = ROOT / "benchmarks" / "sentences_read.tsv"
RESULT = ROOT / "benchmarks" / "results" / "sentences.md"
MARKS = ("right", "graph", "wording")
KINDS = ("lead", "chain", "hop alone", "dispute", "claim without a chain")
DRAWN, SEED = 20, 17


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of a page, and the passages that it rests on."""

    article: str
    kind: str
    text: str
    passages: tuple[str, ...]

    @property
    def digest(self) -> str:
        """What stands for it where it was read."""
        whole = f"{self.article}\n{self.kind}\n{self.text}"
        return hashlib.sha256(whole.encode()).hexdigest()[:16]


def articles() -> list[tuple[str, Path]]:
    """Return the name of each group of articles with each file in it."""
    train = sorted((SHARED / "graphs" / "train").glob("*.txt"))
    drawn = sorted(random.Random(SEED).sample(train, DRAWN)) if train else []
    examples = [p for p in sorted((ROOT / "examples").glob("*.*")) if p.suffix in (".txt", ".html")]
    gold = sorted((SHARED / "gold").glob("*.txt"))
    groups = {"examples": examples, "gold": gold, "drawn": drawn}
    return [(name, path) for name, paths in groups.items() for path in paths]


def spoken(graph: SourceGraph, pieces: Pieces) -> str:
    """Return *pieces* as the page writes them."""
    names = {one.id: one.name for one in graph.sources} | {ARTICLE: "this article"}
    words = [names.get(one[1:], one[1:]) if one[:1] == "@" else one for one in pieces]
    return "".join(
        f"{' ' if n and not re.match('[,.;:]', one) else ''}{one}" for n, one in enumerate(words)
    )


def told_by(graph: SourceGraph, name: str) -> Iterator[Told]:
    """Yield every sentence that the page of *graph* offers."""

    def told(kind: str, text: str, spans: Sequence[Span]) -> Told:
        quotes = dict.fromkeys(graph.article.quote(span) for span in sorted(spans))
        return Told(name, kind, text, tuple(quotes))

    chains = order_chains(graph, trace_chains(graph))
    yield from (told("lead", text, spans) for text, spans in lead_of(graph, chains))
    for chain, pieces in zip(chains, tell_chains(graph, chains), strict=True):
        yield told("chain", spoken(graph, pieces), [s for f in chain.flows for s in f.evidence])
    sources = {one.id: one for one in graph.sources}
    along = {flow for chain in chains for flow in chain.flows}
    for flow in graph.flows:
        if flow not in along:
            yield told("hop alone", spoken(graph, tell_flow(graph, sources, flow)), flow.evidence)
    for one in graph.disputes:
        yield told("dispute", spoken(graph, tell_dispute(graph, sources, one)), one.evidence)
    carried = {load.name for chain in chains for load in chain.cargo}
    claims = tell_claims(graph)
    for point in findings(graph).points:
        for claim, pieces in zip(graph.claims, claims, strict=True):
            if claim.id in point.claims and point.id not in carried:
                yield told(KINDS[-1], spoken(graph, pieces), claim.content)


def lead_of(graph: SourceGraph, chains: Sequence[Chain]) -> Iterator[tuple[str, list[Span]]]:
    """Yield what the page begins with, and the passages of its lines."""
    if opening := opening_of(graph, chains):
        names = {one.id: one.name for one in graph.sources}
        first = next(one for one in graph.claims if one.id == opening.point.id)
        for one in graph.sources:
            described = one.type.is_artefact and one.name[:1].islower()
            spoken = described or one.type in (SourceType.STATEMENT, SourceType.CHANNEL)
            ends = [f.source for f in graph.flows if f.target == one.id and spoken]
            own = [id for id in ends if id in first.sources]
            who = [names[id] for id in own or ends]
            unsaid = [gap.reason for gap in findings(graph).gaps if gap.source == one.id]
            if who or unsaid:
                names[one.id] += f" ({', '.join(who) or '; '.join(unsaid)})"
        lines = [", ".join(names.get(id, id) for id in line) for line in opening.point.lines]
        said = claim_sentence(graph, first) or first.text
        many = f"{len(lines) or 'no'} independent line{'s' * (len(lines) > 1)}"
        told = f"“{within(unquoted(said))}” — {many}"
        text = f"{opening.title}: {': '.join(filter(None, [told, '; '.join(lines)]))}"
        made = [one for one in graph.claims if one.id in opening.point.claims]
        yield text, [span for claim in made for span in claim.content]


def marks() -> dict[str, str]:
    """Return what was found of each sentence, by its digest."""
    rows = [line.split("\t") for line in READ.read_text(encoding="utf-8").splitlines()[1:]]
    return {digest: mark for digest, mark in rows if mark in MARKS}


def main() -> None:
    """Count, and write what is still to be read."""
    known = marks() if READ.exists() else {}
    counts: Counter[tuple[str, str, str]] = Counter()
    unread: dict[str, list[Told]] = {}
    paths = articles()
    for group, path in paths:
        graph = build_record(read_article(path))
        for one in told_by(graph, path.stem):
            counts[group, one.kind, known.get(one.digest, "unread")] += 1
            if one.digest not in known:
                unread.setdefault(path.stem, []).append(one)
    if sys.argv[1:]:
        Path(sys.argv[1]).write_text(listed(unread), encoding="utf-8")
    result = table(counts, Counter(group for group, _ in paths))
    RESULT.write_text(result, encoding="utf-8")
    sys.stdout.write(result)


def listed(unread: dict[str, list[Told]]) -> str:
    """Return what is to be read: of each article its passages, numbered, then the sentences."""
    rows = []
    for name, found in unread.items():
        number: dict[str, int] = {}
        for one in found:
            for passage in one.passages:
                number.setdefault(passage, len(number) + 1)
        rows.append(f"# {name}")
        rows += [f"[{n}] {' '.join(passage.split())}" for passage, n in number.items()]
        for one in found:
            notes = ",".join(str(number[passage]) for passage in one.passages)
            rows.append(f"{one.digest[:6]} {one.kind}: {' '.join(one.text.split())} [{notes}]")
    return "\n".join(rows) + "\n"


def table(counts: Counter[tuple[str, str, str]], articles: Counter[str]) -> str:
    """Return the counts as a page of the documentation."""
    columns = (*MARKS, "unread")
    head = ["", "sentences", "right", "false by the graph", "false by the wording", "unread"]
    rows = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]

    def row(title: str, chosen: list[tuple[str, str, str]]) -> str:
        found = [sum(counts[key] for key in chosen if key[2] == mark) for mark in columns]
        return f"| {title} | {' | '.join(map(str, (sum(found), *found)))} |"

    for kind in KINDS:
        rows.append(row(kind, [key for key in counts if key[1] == kind]))
    for group, many in articles.items():
        rows.append(row(f"{group}, {many} articles", [key for key in counts if key[0] == group]))
    rows.append(row("all", list(counts)))
    first = "# Sentences of the page, read beside the article"
    made = "Made by `python benchmarks/sentences.py`, from `benchmarks/sentences_read.tsv`."
    return "\n".join([first, "", made, "", *rows]) + "\n"


if __name__ == "__main__":
    main()
