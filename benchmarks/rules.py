"""Measure what each rule gives to the graphs: build them with it, and with it switched off.

    python benchmarks/rules.py [--every K] [--folds 1,2] [--off NAME,NAME]

A rule is a function of extraction, resolution or graph. Switched off it returns nothing, or what
it was given where it only leaves some of that out; a condition is "no", and "yes" once more. The
texts are every Kth article of the folds of ../shared/graphs (of fold 1 by default; fold 0 is for
the last test and never read) and the eighteen of this project. A parse, what the networks encode
and a graph that a rule has no part in are kept, so that a rule takes seconds. With --off those
that are named are switched off together and only printed. The result goes to
benchmarks/results/rules.md.
"""

import argparse
import builtins
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import FunctionType
from typing import Any, Final

from rule_switches import Rule, code_of, find_rules, switched

from provenance.articles import read_article
from provenance.common.normal import analysed
from provenance.evaluation.graphs import score_graph
from provenance.evaluation.tally import Tally
from provenance.exports.records import to_record
from provenance.extraction import parsing, tagged
from provenance.extraction.tagger.tagger import load_tagger
from provenance.graph import as_told, build_graph, reader, with_chances
from provenance.model import Article, Reading, Run
from provenance.resolution import resolve_sources
from provenance.resolution.registry import load_registry

ROOT: Final = Path(__file__).resolve().parent.parent
GRAPHS: Final = ROOT.parent / "shared" / "graphs"
OWN: Final = (ROOT / "examples", ROOT / "tests" / "data" / "golden")
RESULT: Final = ROOT / "benchmarks" / "results" / "rules.md"
KINDS: Final = ("sources", "flows", "disputes")
TEST_FOLD: Final = "0"
MUCH: Final = 0.004
"""A loss of F1 from which on a rule is built on no further article."""
Tallies = dict[str, Tally]
Made = tuple[Tallies, Tallies]
"""What is scored of one article: its graph, and the one that rules alone tell."""


class Kept:
    """A function that does the same work once."""

    def __init__(self, function: Callable[..., Any], key: Callable[..., Any]) -> None:
        """Keep what *function* returns under what *key* makes of its arguments."""
        self.function, self.key, self.known = function, key, dict[Any, Any]()

    def __call__(self, *arguments: Any) -> Any:
        """Return what the function returns."""
        key = self.key(*arguments)
        if key not in self.known:
            self.known[key] = self.function(*arguments)
        return self.known[key]


class Pipeline:
    """spaCy's pipeline, which parses each text once; what it returns may be changed."""

    def __init__(self) -> None:
        """Take the place of the pipeline of the product."""
        self.real, self.known = parsing.load_pipeline(), dict[str, Any]()
        self.vocab, self.get_pipe = self.real.vocab, self.real.get_pipe

    def pipe(self, texts: Sequence[str], batch_size: int = 1) -> Iterator[Any]:
        """Yield a parse of each of *texts*."""
        from spacy.tokens import Doc

        new = [text for text in dict.fromkeys(texts) if text not in self.known]
        for text, doc in zip(new, self.real.pipe(new, batch_size=batch_size), strict=True):
            self.known[text] = doc.to_bytes()
        for text in texts:
            yield Doc(self.vocab).from_bytes(self.known[text])


def keep() -> tuple[Pipeline, Kept, Kept, Kept]:
    """Let parse and networks do their work once; return what keeps it."""
    pipeline, tagger = Pipeline(), load_tagger()
    assert tagger.judge is not None
    judge = Kept(tagger.judge.upper, lambda inner: inner.tobytes())
    tagger = replace(tagger, judge=replace(tagger.judge, upper=judge))
    note = Kept(tagger.note, lambda text, places: (text, tuple(places)))
    network, lines = reader.load_reader()
    upper = Kept(network.upper, lambda inner, mask: (inner.tobytes(), mask.tobytes()))
    network = replace(network, upper=upper)

    class Tagger:
        digest, referents = tagger.digest, staticmethod(tagger.referents)

        def note(self, text: str, places: Sequence[tuple[int, int]]) -> Any:
            return note(text, places)

    vars(parsing)["load_pipeline"] = lambda: pipeline
    vars(tagged)["load_tagger"] = Tagger
    vars(reader)["load_reader"] = lambda: (network, lines)
    return pipeline, note, judge, upper


@dataclass(frozen=True, slots=True)
class Text:
    """An article, and what it should come to."""

    name: str
    article: Article
    gold: dict[str, Any]


def texts(folds: Sequence[str], every: int) -> list[Text]:
    """Return every so many articles of *folds*, and those of this project."""
    assert TEST_FOLD not in folds
    found = []
    rows = (GRAPHS / "folds.tsv").read_text(encoding="utf-8").splitlines()[1:]
    for fold in folds:
        names = [row.split("\t")[0] for row in rows if row.split("\t")[1] == fold]
        found += [GRAPHS / "train" / f"{name}.gold.json" for name in names[::every]]
    found += [path for folder in OWN for path in sorted(folder.glob("*.gold.json"))]
    made = []
    for path in found:
        stem = path.name.removesuffix(".gold.json")
        beside = [path.parent / f"{stem}{end}" for end in (".txt", ".html")]
        article, _ = analysed(read_article(next(p for p in beside if p.exists()), force=True))
        made.append(Text(stem, article, json.loads(path.read_text(encoding="utf-8"))))
    return made


def made_of(text: Text) -> Made:
    """Return the scores of the graph of *text*, and of what rules alone tell of it."""
    article = text.article
    found = tagged.TaggerExtractor()(article)
    known = resolve_sources(article, found, load_registry())
    told = as_told(article, known)
    read = (
        reader.read_sources(article, found, known, told)
        if reader.reads(found)
        else with_chances(told, known)
    )

    def scored(reading: Reading) -> Tallies:
        run = Run(version="", extractor="tagger")
        return score_graph(text.gold, to_record(build_graph(article, known, run, reading)))

    return scored(read), scored(told)


def note_all(rules: Sequence[Rule], every: Sequence[Text]) -> None:
    """Build *every* text and note in which each of *rules* makes a difference."""
    of: dict[int, list[tuple[Rule, FunctionType]]] = {}
    for rule in rules:
        off = FunctionType(code_of(rule.off), {"__builtins__": builtins})
        of.setdefault(id(rule.function), []).append((rule, off))
    functions = {id(rule.function): rule.function for rule in rules}
    copies = {
        n: FunctionType(f.__code__, f.__globals__, f.__name__, f.__defaults__)
        for n, f in functions.items()
    }
    for n, f in functions.items():
        copies[n].__kwdefaults__ = f.__kwdefaults__
    here = 0

    def noted(number: int, a: tuple[Any, ...], k: dict[str, Any]) -> Any:
        result = copies[number](*a, **k)
        lazy = hasattr(result, "__next__")
        whole = list(result) if lazy else result
        for rule, off in of[number]:
            if here not in rule.fired:
                other = off(*a, **k)
                given_back = other is result and isinstance(result, list)
                other = list(other) if lazy else other
                if rule.acts or given_back or whole != other:
                    rule.fired.add(here)
        return iter(whole) if lazy else result

    builtins.noted_rule = noted  # type: ignore[attr-defined]
    changes = [(f, code_of(f"noted_rule({n}, a, k)")) for n, f in functions.items()]
    with switched(changes):
        for number, text in enumerate(every):
            here = number
            made_of(text)


def added(made: Sequence[Made], of: int) -> Tallies:
    """Return the sums of *made*, of the graphs (0) or of what rules alone tell (1)."""
    return {k: sum((one[of][k] for one in made), Tally()) for k in KINDS}


def without(
    rules: Sequence[Rule], every: Sequence[Text], before: Sequence[Made], much: float = MUCH
) -> tuple[list[Made], bool]:
    """Return what is made of *every* text without *rules*, and whether that is all of them."""
    made = list(before)
    first = added(before, 0)
    with switched([(rule.function, code_of(rule.off)) for rule in rules]):
        fired = sorted({n for rule in rules for n in rule.fired})
        for count, number in enumerate(fired, 1):
            made[number] = made_of(every[number])
            if count % 20 == 0:
                now = added(made, 0)
                if any(now[k].f1 < first[k].f1 - much for k in ("sources", "flows")):
                    return made, count == len(fired)
    return made, True


@dataclass(frozen=True, slots=True)
class Row:
    """What the graphs lose without a rule.

    Attributes:
        fired: The number of articles in which it makes a difference to anything.
        losses: Of F1 of sources, flows and disputes.
        alone: The same of the graphs that rules alone tell.
        whole: Whether all those articles were built: not so where the loss was large.
    """

    title: str
    fired: int
    losses: tuple[float, ...] = (0.0, 0.0, 0.0)
    alone: tuple[float, ...] = (0.0, 0.0, 0.0)
    whole: bool = True


def row_of(rule: Rule, every: Sequence[Text], before: Sequence[Made]) -> Row | None:
    """Return what the graphs lose without *rule*; None where nothing works without it."""
    try:
        made, whole = without([rule], every, before)
    except Exception:  # noqa: BLE001
        return None
    losses, alone = (
        tuple(added(before, of)[k].f1 - added(made, of)[k].f1 for k in KINDS) for of in (0, 1)
    )
    return Row(rule.title, len(rule.fired), losses, alone, whole)


def table(rows: Sequence[Row], every: int, before: Sequence[Made]) -> str:
    """Return *rows* in Markdown, those that give most first."""
    read, alone = ([f"{added(before, of)[k].f1:.3f}" for k in KINDS] for of in (0, 1))
    lines = [
        "# What each rule gives",
        "",
        f"F1 of sources, flows, disputes on {every} articles: {' / '.join(read)} as built,",
        f"{' / '.join(alone)} by rules alone. A row says what is lost without the rule, or won",
        "(below zero), as built and by rules alone, and how many articles it touches at all.",
        "",
        "| rule | articles | sources | flows | disputes | by rules alone |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for row in sorted(rows, key=lambda one: (-sum(one.losses[:2]), -one.losses[2], one.title)):
        more = "" if row.whole else "and more: "
        cells = " | ".join(f"{round(loss, 4) + 0.0:+.4f}" for loss in row.losses)
        told = " / ".join(f"{round(loss, 4) + 0.0:+.4f}" for loss in row.alone)
        lines.append(f"| `{row.title}` | {row.fired} | {more}{cells} | {told} |")
    return "\n".join([*lines, ""])


def main(arguments: Sequence[str]) -> None:
    """Measure and write, or print what goes with several rules together."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=2)
    parser.add_argument("--folds", default="1")
    parser.add_argument("--off", default="")
    options = parser.parse_args(arguments)
    keep()
    every = texts(options.folds.split(","), options.every)
    before = [made_of(text) for text in every]
    rules = list(find_rules())
    if options.off:
        chosen = [rule for rule in rules if rule.title in options.off.split(",")]
        for rule in chosen:
            rule.fired = set(range(len(every)))
        made, _ = without(chosen, every, before, much=1.0)
        for of, name in enumerate(("as built", "by rules alone")):
            cells = (
                f"{k} {added(before, of)[k].f1:.4f} {added(made, of)[k].f1:.4f}" for k in KINDS
            )
            print(f"{name}: {', '.join(cells)}")  # noqa: T201
        return
    note_all(rules, every)
    rows = [row_of(rule, every, before) for rule in rules if rule.fired]
    RESULT.write_text(table([row for row in rows if row], len(every), before), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
