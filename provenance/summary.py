"""What is printed of a graph: an investigator's first questions, answered on one screen."""

import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from provenance.custody import custody_events, find_origins
from provenance.model import (
    ARTICLE,
    Certainty,
    Chain,
    Dispute,
    Flow,
    FlowKind,
    Source,
    SourceGraph,
    SourceType,
    Stance,
)

if TYPE_CHECKING:
    from rich.style import StyleType

_WIDTH = 100
_STYLES = {FlowKind.REPORTED_BY: "blue", FlowKind.DERIVED_FROM: "yellow"}
_STANCES = {Stance.DENIES: "red", Stance.DOUBTS: "magenta", Stance.CONFIRMS: "green"}
_LONGEST_QUOTE = 90
_DEEPEST = 6


def console_for(stderr: bool = False) -> Console:
    """Return a console that writes plain text where nobody is looking."""
    console = Console(stderr=stderr, highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console = Console(
            stderr=stderr, highlight=False, markup=False, emoji=False, width=_WIDTH, no_color=True
        )
    return console


def clean(text: str) -> str:
    """Return *text* on one line, bare of control characters and of marks that turn its direction."""
    kept = (
        " " if c.isspace() else c
        for c in text
        if c.isspace() or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"}
    )
    return " ".join("".join(kept).split())


class _Names:
    """Looks up what to call the sources of one graph."""

    def __init__(self, graph: SourceGraph) -> None:
        self.sources = {s.id: s for s in graph.sources}

    def text(self, id_: str, style: "StyleType" = "") -> Text:
        if id_ == ARTICLE:
            return Text("this article", style="italic")
        source = self.sources[id_]
        out = Text(_shortened(clean(source.name), 60), style=style)
        if source.type is SourceType.UNNAMED:
            out.append(" (unnamed)", style="dim")
        return out


def print_summary(graph: SourceGraph, console: Console, files: Sequence[Path] = ()) -> None:
    """Print origins, custody, disputes and counts of *graph*, and where its files are."""
    article = graph.article
    names = _Names(graph)
    console.print(Text(_shortened(clean(article.title or article.name), 200), style="bold"))
    console.print(
        Text(
            " · ".join(
                clean(x)
                for x in (
                    article.publisher,
                    ", ".join(article.authors),
                    article.published,
                    article.name,
                )
                if x
            ),
            style="dim",
        )
    )
    if not graph.sources:
        console.print("No source was found: nobody is quoted or credited in this text.")
    else:
        console.print(_counts(graph))
        _print_custody(graph, names, console)
        _print_voices(graph, names, console)
        _print_disputes(graph, names, console)
    if files:
        console.print(
            Text("Written: ", style="bold").append(
                ", ".join(str(f) for f in files), style="not bold"
            )
        )


def _counts(graph: SourceGraph) -> Text:
    unnamed = sum(s.type is SourceType.UNNAMED for s in graph.sources)
    denying = sum(d.stance is Stance.DENIES for d in graph.disputes)
    parts = [
        _plural(len(find_origins(graph)), "origin"),
        f"{_plural(len(graph.sources), 'source')}, {unnamed} unnamed",
        _plural(len(graph.flows), "hop"),
        _plural(denying, "denial"),
    ]
    return Text(" · ".join(parts))


def _plural(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def _print_custody(graph: SourceGraph, names: _Names, console: Console) -> None:
    into: dict[str, list[Flow]] = {}
    out: dict[str, list[Flow]] = {}
    for flow in graph.flows:
        into.setdefault(flow.target, []).append(flow)
        out.setdefault(flow.source, []).append(flow)
    artefacts = [
        s for s in graph.sources if s.type.is_artefact and not _is_upstream_only(s, out, names)
    ]
    if not artefacts:
        return
    console.print(Text("\nChain of custody", style="bold"))
    for artefact in sorted(artefacts, key=lambda s: (-len(into.get(s.id, ())), s.id)):
        tree = Tree(_artefact_line(artefact, graph, out, names), guide_style="dim")
        _grow(tree, artefact.id, into, names, {artefact.id})
        console.print(tree)


def _is_upstream_only(source: Source, out: dict[str, list[Flow]], names: _Names) -> bool:
    """Whether an artefact is shown within the tree of another that it went into."""
    targets = [f.target for f in out.get(source.id, ())]
    return bool(targets) and all(
        t != ARTICLE and names.sources[t].type.is_artefact for t in targets
    )


def _artefact_line(
    source: Source, graph: SourceGraph, out: dict[str, list[Flow]], names: _Names
) -> Text:
    line = names.text(source.id, "bold").append(f"  {source.type.value}", style="dim")
    dated = [
        f"{e.kind.value.replace('_', ' ')} {e.date}"
        for e in custody_events(graph, source.id)
        if e.date
    ]
    if dated:
        line.append("  " + ", ".join(dict.fromkeys(dated)), style="dim")
    for flow in out.get(source.id, ()):
        line.append(" → ").append_text(names.text(flow.target))
    return line


def _grow(tree: Tree, id_: str, into: dict[str, list[Flow]], names: _Names, seen: set[str]) -> None:
    """Hang what led into *id_* below it, origins innermost."""
    for flow in into.get(id_, ()):
        line = Text("← ", style=_STYLES[flow.kind]).append_text(names.text(flow.source))
        line.append("  " + _how(flow), style="dim")
        branch = tree.add(line)
        if flow.source not in seen and len(seen) < _DEEPEST:
            _grow(branch, flow.source, into, names, seen | {flow.source})


def _how(flow: Flow) -> str:
    kind = flow.kind.value.replace("_", " ")
    return (
        kind
        if flow.certainty.rank <= Certainty.REPORTED.rank
        else f"{kind}, {flow.certainty.value}"
    )


def _print_voices(graph: SourceGraph, names: _Names, console: Console) -> None:
    """Print who speaks to the reader, each with whom it had it from."""
    into: dict[str, list[str]] = {}
    for flow in graph.flows:
        into.setdefault(flow.target, []).append(flow.source)
    direct = [
        f.source
        for f in graph.flows
        if f.target == ARTICLE and names.sources[f.source].type.is_agent
    ]
    named = [d for d in direct if names.sources[d].type is not SourceType.UNNAMED]
    unnamed = [d for d in direct if names.sources[d].type is SourceType.UNNAMED]
    for title, ids in (("Named", named), ("Unnamed", unnamed)):
        if ids:
            line = Text(f"\n{title}, to the reader: ", style="bold")
            for i, id_ in enumerate(ids):
                line.append("; " if i else "", style="not bold").append(
                    _shortened(clean(names.sources[id_].name), 60), style="not bold"
                )
                if upstream := into.get(id_):
                    heard = ", ".join(
                        _shortened(clean(names.sources[u].name), 40) for u in upstream
                    )
                    line.append(f" ← {heard}", style="dim not bold")
            console.print(line)


def _print_disputes(graph: SourceGraph, names: _Names, console: Console) -> None:
    if graph.disputes:
        console.print(Text("\nDisputes", style="bold"))
    for dispute in graph.disputes:
        console.print(_dispute_line(dispute, graph, names))


def _dispute_line(dispute: Dispute, graph: SourceGraph, names: _Names) -> Text:
    line = Text("  ").append_text(names.text(dispute.source))
    line.append(f" {dispute.stance.value} ", style=_STANCES[dispute.stance]).append_text(
        names.text(dispute.target)
    )
    quote = _shortened(clean(graph.article.quote(dispute.evidence[0])), _LONGEST_QUOTE)
    return line.append(f": “{quote}”", style="dim")


def print_chains(graph: SourceGraph, chains: Iterable[Chain], console: Console) -> None:
    """Print each chain on a line, its weakest hop and its gaps below it."""
    names = _Names(graph)
    for chain in chains:
        line = names.text(chain.origin, "bold")
        for flow in chain.flows:
            line.append(
                " ─→ " if flow.kind is FlowKind.REPORTED_BY else " ═→ ", style=_STYLES[flow.kind]
            )
            if flow.certainty.rank > Certainty.REPORTED.rank:
                line.append(f"[{flow.certainty.value}] ", style="magenta")
            line.append_text(names.text(flow.target))
        console.print(line)
        for gap in chain.gaps:
            where = "before" if gap.upstream else "after"
            console.print(
                Text(f"    gap {where} ", style="red")
                .append_text(names.text(gap.source))
                .append(f": {gap.reason}")
            )
        weakest = max(chain.flows, key=lambda f: f.certainty.rank, default=None)
        if weakest and weakest.certainty.rank > Certainty.REPORTED.rank:
            told = (
                Text("    weakest hop: ")
                .append_text(names.text(weakest.source))
                .append(" → ")
                .append_text(names.text(weakest.target))
            )
            quote = _shortened(clean(graph.article.quote(weakest.evidence[0])), _LONGEST_QUOTE)
            console.print(told.append(f", {weakest.certainty.value}: “{quote}”", style="dim"))


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
