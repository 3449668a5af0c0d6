"""Measure which name a pronoun is given: on GAP (Webster et al., TACL 2018), and in news.

    python benchmarks/pronouns.py [GAP_FILE]

Without an argument: ../shared/gap/gap-development.tsv, then the attributions of
../shared/polnear/dev whose source is a pronoun. The result goes to benchmarks/results/pronouns.md.
As in GAP's snippet-context task, each pronoun has two names beside it, and each of the two
decisions counts; unlike there, whoever else is named in the text may be chosen too.

For the news, pronouns_read.tsv says whom a hundred of those pronouns stand for. They were drawn at
random from he, she, they, it and their forms, and read in their context before any answer of the
pipeline was looked at. "-" is for whoever has no name there.
"""

import csv
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from provenance.articles import article_from_text
from provenance.evaluation.corpora import read_gold
from provenance.extraction import load_extractor
from provenance.extraction.mentions import find_referents, mentions
from provenance.extraction.parsing import parse
from provenance.extraction.tagger.tagger import load_tagger
from provenance.model import Mention, Referent, Resolution, Source, SourceType, Span
from provenance.resolution import place_mentions, resolve_sources
from provenance.resolution.registry import load_registry

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "gap" / "gap-development.tsv"
NEWS = ROOT.parent / "shared" / "polnear" / "dev"
READ = ROOT / "benchmarks" / "pronouns_read.tsv"
FEMININE = {"she", "her", "hers"}
KINDS = {
    "he, she": {"he", "she", "him", "his", "her", "hers"},
    "they": {"they", "them", "their"},
    "it": {"it", "its", "this", "that"},
    "I, we, you": {"i", "we", "you", "me", "us"},
    "who": {"who", "which"},
}
Counts = Counter[tuple[bool, bool]]


def decisions(row: dict[str, str]) -> list[tuple[bool, bool]]:
    """Return for both names of *row* what is true, and what is found."""
    article = article_from_text(row["Text"])
    whole = Span(0, len(article.text))
    article = replace(article, headline=None, paragraphs=(whole,))
    found = [m for passage in parse(article).passages for m in mentions(passage)]
    found.sort(key=lambda m: (m.span, m.head))
    placed = place_mentions(article, found, load_registry(), heard(article.text, found))
    start = int(row["Pronoun-offset"])
    cluster = placed.get(Span(start, start + len(row["Pronoun"])))
    both = []
    for name in "AB":
        at = int(row[f"{name}-offset"])
        here = Span(at, at + len(row[name]))
        named = {placed[m.span].number for m in found if m.span in placed and m.head.overlaps(here)}
        both.append((row[f"{name}-coref"].upper() == "TRUE", cluster and cluster.number in named))
    return [(true, bool(told)) for true, told in both]


def heard(text: str, found: list[Mention]) -> Iterator[Referent]:
    """Yield what the network says of the pronouns of *text*."""
    tagger = load_tagger()
    _, notes = tagger.note(text, [(0, len(text))])
    yield from find_referents(text, found, tagger, notes)


def figures(counts: Counts) -> str:
    """Return precision, recall and F1 as cells of a table."""
    right, wrong, missed = counts[True, True], counts[False, True], counts[True, False]
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    f1 = 2 * right / max(1, 2 * right + wrong + missed)
    return f"{100 * precision:.1f} | {100 * recall:.1f} | **{100 * f1:.1f}**"


def names_chosen(path: Path) -> list[str]:
    """Return the lines about GAP."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    counts: dict[str, Counts] = {"she, her": Counter(), "he, his, him": Counter()}
    for row in rows:
        key = "she, her" if row["Pronoun"].lower() in FEMININE else "he, his, him"
        counts[key].update(decisions(row))
    counts["all"] = sum(counts.values(), Counter())
    return [
        f"## {path.name}: {len(rows):,} pronouns",
        "",
        "| pronouns | precision | recall | F1 |",
        "| --- | --- | --- | --- |",
        *(f"| {name} | {figures(own)} |" for name, own in counts.items()),
    ]


@dataclass(frozen=True, slots=True)
class Told:
    """An annotated attribution whose source is a pronoun, and the source that it was given."""

    article: str
    span: Span
    word: str
    source: Source | None

    @property
    def name(self) -> str:
        """The name of the source, "" where it has none."""
        named = self.source is not None and self.source.type is not SourceType.UNNAMED
        return self.source.name if self.source and named and self.source.name[:1].isupper() else ""


def in_news() -> Iterator[Told]:
    """Yield the attributions of `NEWS` whose source is a pronoun."""
    find, registry = load_extractor("tagger"), load_registry()
    for gold in read_gold(NEWS):
        article = article_from_text(gold.text, gold.name)
        resolved = resolve_sources(article, find(article), registry)
        given = dict(_given(resolved))
        seen = set()
        for one in gold.gold.attributions:
            spans = [Span(*piece) for piece in one.source]
            word = gold.text[spans[0].start : spans[0].end] if len(spans) == 1 else ""
            if any(word.lower() in words for words in KINDS.values()) and spans[0] not in seen:
                seen.add(spans[0])
                yield Told(gold.name, spans[0], word, given.get(spans[0]))


def _given(resolved: Resolution) -> Iterator[tuple[Span, Source]]:
    """Yield who is credited in each attribution, under the words that credit him."""
    sources = {source.id: source for source in resolved.sources}
    behind = dict(resolved.by_span)
    for one in resolved.attributions:
        for span in (*one.source, *one.speakers):
            if span in behind:
                yield span, sources[behind[span]]


def is_right(answer: str, meant: str) -> bool:
    """Whether *answer* names whom *meant* does: by the last name, and by no other first name.

    Of several who are meant, none is right by himself.
    """
    if meant == "-":
        return not answer
    ours, theirs = (re.findall(r"[\w'’-]+", name.casefold()) for name in (answer, meant))
    if ";" in meant or not ours:
        return False
    other = len(ours) > 1 and theirs[0] not in ours and ours[-1] == theirs[-1]
    return theirs[-1] in ours and not other


def news(told: list[Told]) -> list[str]:
    """Return the lines about news."""
    lines = [
        "",
        f"## News: {len(told)} attributions of PolNeAR's dev split whose source is a pronoun",
        "",
        "| pronoun | attributions | the pipeline credits a source | of them with a name |",
        "| --- | --- | --- | --- |",
    ]
    for kind, words in (*KINDS.items(), ("all", set().union(*KINDS.values()))):
        own = [one for one in told if one.word.lower() in words]
        credited = [one for one in own if one.source]
        named = sum(bool(one.name) for one in own)
        lines.append(
            f"| {kind} | {len(own)} | {len(credited)} | {named} ({share(named, len(own))}) |"
        )
    return [*lines, *checked(told)]


def share(part: int, whole: int) -> str:
    """Return a percentage."""
    return f"{100 * part / max(1, whole):.0f} %"


def checked(told: Iterable[Told]) -> list[str]:
    """Return the lines about what was read by a person."""
    answers = {(one.article, one.span.start): one for one in told}
    with READ.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    table, right, named = [], 0, 0
    for row in rows:
        one = answers[row["article"], int(row["start"])]
        good = is_right(one.name, row["meant"])
        named += bool(one.name)
        right += good and bool(one.name)
        place = f"{row['start']} | {row['pronoun']} | {row['meant']} | {one.name or '-'}"
        table.append(f"| {row['article']} | {place} | {'right' if good else '**wrong**'} |")
    return [
        "",
        f"Of {len(rows)} of them, read one by one (pronouns_read.tsv), {named} are given a name,"
        f" which is right for {right} ({share(right, named)}).",
        "",
        "| article | offset | pronoun | meant | answer | |",
        "| --- | --- | --- | --- | --- | --- |",
        *table,
    ]


def main(arguments: list[str]) -> None:
    """Measure, print and write."""
    path = Path(arguments[0]) if arguments else SHARED
    if not path.exists():
        sys.exit(f"{path} is not there: give the file of a split of GAP")
    lines = ["# Pronouns", "", "Made by `python benchmarks/pronouns.py`.", "", *names_chosen(path)]
    if path == SHARED:
        lines += news(list(in_news()))
    text = "\n".join([*lines, ""])
    print(text)  # noqa: T201
    if path == SHARED:
        (ROOT / "benchmarks" / "results" / "pronouns.md").write_text(text, "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
