"""``prov independence``, ``sources``, ``timeline``: what a store's articles say together."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from provenance.cli.terminal import next_step, plural, print_all, shortened
from provenance.errors import GraphError

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

    from provenance.analysis import Links
    from provenance.analysis.links import Joined
    from provenance.model import Standing
    from provenance.stores.embedded import Collection

_FORMATS = click.Choice(["table", "json"])
_store = click.argument("store", type=click.Path(path_type=Path, exists=True, file_okay=False))
_to = click.option("--to", type=_FORMATS, default="table", show_default=True, help="Output format.")
_limit = click.option(
    "-n",
    "--limit",
    type=click.IntRange(1),
    default=20,
    show_default=True,
    help="Maximum number of rows.",
)


@click.command(
    epilog=(
        "\b\nExamples:"
        "\n  prov independence store/"
        '\n  prov independence store/ --claim "a crack in the dam"'
        '\n  prov independence store/ --source "Water Safety Board" --to json'
    ),
)
@_store
@click.option(
    "--claim", metavar="TEXT", help="A claim or a question: show who says so and who denies it."
)
@click.option("--source", metavar="NAME", help="Show only the claims that rest on this source.")
@_to
@_limit
def independence(store: Path, claim: str | None, source: str | None, to: str, limit: int) -> None:
    """Count the independent sources behind each claim in STORE.

    Copies, articles that cite each other, and many reports of one speaker count once. Unnamed
    sources are counted apart, since any two may be the same. Claims of a single article are summed
    up below the table; --source lists them. --claim answers a question in your own words: it counts
    all that say the same together, and names who denies it.
    """
    if claim and source:
        raise click.UsageError("--claim and --source cannot be used together")
    if claim:
        _answer(store, claim, to, limit)
        return
    from provenance.analysis.answers import resting_on, shared, standing_record, summary
    from provenance.analysis.contests import contested

    links, found = _standings(store)
    if source:
        chosen = resting_on(found, links, source)
        if not chosen:
            raise GraphError(f"no claim in {store} rests on {shortened(source, 60)!r}")
    else:
        chosen = shared(found)
    if to == "json":
        rows = zip(chosen, contested(links, chosen), strict=True)
        claims = [standing_record(one, links, denials) for one, denials in rows]
        _print_json({**summary(found), "claims": claims})
        return
    lines: list[RenderableType] = [_table(chosen[:limit], links)]
    if len(chosen) > limit:
        lines.append(f"and {len(chosen) - limit:,} more claims, -n shows more")
    lines += [_in_words(one, links) for one in chosen if len(chosen) == 1]
    print_all([*lines, *_totals(summary(found))])
    next_step("sources", store, why="who they are, the most widely used first")


def _answer(store: Path, claim: str, to: str, limit: int) -> None:
    """Print what the articles of *store* say about *claim*."""
    from provenance.analysis.answers import answer_record
    from provenance.gathering import answered

    links, told = answered(_opened(store), claim)
    if told is None:
        raise GraphError(f"no article in {store} says {shortened(claim, 60)!r}")
    if to == "json":
        _print_json({"claims": [answer_record(told, links)]})
        return
    wordings = _worded(links, ((one.digest, one.text, "") for one in told.wordings))
    lines: list[RenderableType] = [told.line]
    if told.wordings:
        lines += ["", _in_words(told.standing, links), "", "in these words:", *wordings[:limit]]
    if len(wordings) > limit:
        lines.append(f"and {len(wordings) - limit:,} more wordings, -n shows more")
    for title, doubts in (("denied:", False), ("doubted:", True)):
        own = [one for one in told.denials if one.doubts is doubts]
        denials = _worded(links, ((one.digest, one.text, one.name) for one in own))
        lines += ["", title, *denials[:limit]] if denials else []
    print_all(lines)


def _worded(links: "Joined", said: "Iterable[tuple[str, str, str]]") -> "list[RenderableType]":
    """Return each wording once, with the outlets that have it and who is named for it."""
    from rich.padding import Padding

    outlets: dict[tuple[str, str], dict[str, None]] = {}
    for digest, text, name in said:
        brief = links.briefs[digest]
        outlet = shortened(brief.publisher or brief.title, 30)
        outlets.setdefault((" ".join(text.split()), name), {})[outlet] = None
    return [
        Padding(
            f"{', '.join(held)}: {shortened(text, 140)}{f' ({name})' if name else ''}",
            (0, 0, 0, 2),
            expand=False,
        )
        for (text, name), held in outlets.items()
    ]


@click.command(epilog="\b\nExample:\n  prov sources store/ -n 50")
@_store
@_to
@_limit
def sources(store: Path, to: str, limit: int) -> None:
    """List the sources of all articles in STORE, the most widely used first."""
    from provenance.analysis.answers import source_rows

    rows = source_rows(*_standings(store))
    if to == "json":
        _print_json(rows)
        return
    table = _new_table("source", "type", "articles", "claims", "pivot of")
    for row in rows[:limit]:
        table.add_row(
            shortened(row["name"], 50),
            row["type"],
            *(str(row[key]) for key in ("articles", "claims", "pivot_of")),
        )
    rest = [f"and {plural(len(rows) - limit, 'more source')}"] if len(rows) > limit else []
    print_all([table, *rest])
    next_step("timeline", store, why="the articles by date, and whom each has it from")


@click.command(epilog='\b\nExample:\n  prov timeline store/ --claim "a crack in the dam"')
@_store
@click.option("--claim", metavar="TEXT", help="Show only articles with a claim that says this.")
@_to
def timeline(store: Path, claim: str | None, to: str) -> None:
    """List the articles in STORE by date of publication, and the sources of each."""
    from provenance.analysis.answers import timeline_rows
    from provenance.gathering.joining import linked, recalled

    collection = _opened(store)
    rows = timeline_rows((claim and recalled(collection)) or linked(collection), claim)
    if not rows:
        raise GraphError(f"no claim in {store} says {shortened(claim or '', 60)!r}")
    if to == "json":
        _print_json(rows)
        return
    table = _new_table("published", "outlet", "title", "has it from")
    for row in rows:
        had = "; ".join(row["from"]) or ""
        table.add_row(
            row["published"] or "?",
            shortened(row["outlet"] or "?", 30),
            shortened(row["title"], 50),
            shortened(had, 60),
        )
    print_all([table])
    next_step("view", store, "--open", why="all of it on one page")


def _standings(store: Path) -> "tuple[Links, Sequence[Standing]]":
    from provenance.analysis import standings
    from provenance.gathering import linked

    links = linked(_opened(store))
    return links, standings(links)


def _opened(store: Path) -> "Collection":
    from provenance.stores.embedded import open_collection

    # What joins articles is read from the store as it is asked for: it stays open till the end.
    return click.get_current_context().with_resource(open_collection(store))


def _table(found: "Sequence[Standing]", links: "Links") -> "Table":
    from provenance.analysis.answers import first_of

    table = _new_table("claim", "articles", "independent", "unnamed", "circular", "first")
    for one in found:
        first = first_of(one, links)
        table.add_row(
            shortened(one.text, 70),
            str(len(one.carriers)),
            str(len(one.lines)),
            str(one.unknown or ""),
            str(len(one.circular) or ""),
            shortened(first.publisher or first.title, 24) if first else "no date",
        )
    return table


def _in_words(one: "Standing", links: "Joined") -> str:
    """Return what a claim rests on, in sentences."""
    from provenance.analysis.answers import first_of

    carried = f"{shortened(one.text, 100)}\n  {plural(len(one.carriers), 'article')}"
    carried += f" by {plural(len(one.outlets), 'outlet')}" if one.outlets else ""
    if one.own_voice:
        whose = "its" if len(one.own_voice) == 1 else "their"
        carried += f", {len(one.own_voice)} of them in no name but {whose} own"
    if one.copies:
        carried += f", {one.copies} of them {'a copy' if one.copies == 1 else 'copies'} of another"
    lines = [carried]
    names = ", ".join(" and ".join(shortened(name, 40) for name in line) for line in one.lines)
    lines.append(f"  {plural(len(one.lines), 'independent line')}{': ' if names else ''}{names}")
    if one.unknown:
        lines.append(f"  {plural(one.unknown, 'origin')} unnamed or not told, not counted")
    for cycle in one.circular:
        around = " → ".join(shortened(name, 40) for name in (*cycle, cycle[0]))
        lines.append(f"  circular: {around}; nobody in it had it first")
    if one.pivots:
        lines.append(f"  every account runs through {', '.join(one.pivots)}")
    if first := first_of(one, links):
        outlet = shortened(first.publisher or first.title, 40)
        lines.append(f"  first reported by {outlet} on {first.published[:10]}")
    else:
        lines.append("  nobody can say who was first: no article has a date")
    return "\n".join(lines)


def _totals(totals: "dict[str, Any]") -> list[str]:
    lines = [
        f"{plural(totals['claims_in_all'], 'claim')} in {plural(totals['articles'], 'article')}: "
        f"{totals['in_several_articles']:,} in several articles, "
        f"{totals['one_origin']:,} on a single named source, "
        f"{totals['unnamed_alone']:,} on unnamed sources alone, "
        f"{totals['circular_alone']:,} on a circle alone"
    ]
    pivots = totals["pivots"][:3]
    if pivots:
        told = ", ".join(f"{shortened(name, 40)} ({count:,})" for name, count in pivots)
        lines.append(f"whose removal leaves most claims without an origin: {told}")
    return lines


def _new_table(*heads: str) -> "Table":
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    numbers = {"articles", "independent", "unnamed", "circular", "claims", "pivot of"}
    for head in heads:
        right = head in numbers
        table.add_column(head, justify="right" if right else "left", no_wrap=right)
    return table


def _print_json(value: object) -> None:
    from provenance.exports.records import dumped

    click.echo(dumped(value, indent=2))
