"""``prov correct``: a person's changes, logged beside the article and replayed on every build."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from provenance.cli.terminal import clean, say, shortened
from provenance.errors import GraphError

if TYPE_CHECKING:
    from provenance.model import Anchor, Correction, Quote, SourceGraph

_TYPES = click.Choice(
    [
        *("person", "unnamed", "news_outlet", "organization"),
        *("document", "intercept", "statement", "channel"),
    ]
)
_article = click.argument("article", type=click.Path(path_type=Path, exists=True, dir_okay=False))
_signed = (
    click.option("--why", default="", metavar="TEXT", help="Your reason, kept in the log."),
    click.option(
        "--who",
        envvar="PROV_CURATOR",
        metavar="NAME",
        help="Who makes the correction; by default PROV_CURATOR from the environment, else"
        " your user name.",
    ),
)


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in _signed:
        command = option(command)
    return _article(command)


@click.group(
    epilog=(
        "\b\nExamples:"
        '\n  prov correct merge article.txt "SVR" "Foreign Intelligence Service"'
        '\n  prov correct retype article.txt "the trove" document --why "it is files"'
        '\n  prov correct credit article.txt "the dam has cracks" "Ilan Roth"'
        '\n  prov correct grade article.txt "Ilan Roth" B'
        "\n  prov correct list article.txt"
    )
)
def correct() -> None:
    """Correct the graph of ARTICLE.

    Each correction is a line in ARTICLE's log (NAME.corrections.jsonl beside it), with who, when
    and why, and is replayed by every `prov build` of it. It is tied to the words that it rests on,
    so it survives a new version of the article or of prov; what no longer applies is reported.
    """


@correct.command()
@_options
@click.argument("source")
@click.argument("into")
def merge(article: Path, source: str, into: str, **signed: Any) -> None:
    """Merge SOURCE into INTO, whose name stays."""
    graph = _graph(article)
    _log(article, signed, action="merge", source=_find(graph, source), target=_find(graph, into))


@correct.command()
@_options
@click.argument("source")
@click.argument("name")
@click.option(
    "--mention",
    "mentions",
    multiple=True,
    required=True,
    metavar="WORDS",
    help="Words of the article around a mention of the other source; repeatable.",
)
@click.option(
    "--type", "type_", type=_TYPES, help="The type of NAME, if it differs from that of SOURCE."
)
def split(
    article: Path, source: str, name: str, mentions: Sequence[str], type_: str | None, **signed: Any
) -> None:
    """Split SOURCE: move the given mentions to another source, called NAME."""
    graph = _graph(article)
    quotes = tuple(_quote(graph, words) for words in mentions)
    anchor = _find(graph, source)
    _log(article, signed, action="split", source=anchor, name=name, quotes=quotes, type=type_ or "")


@correct.command()
@_options
@click.argument("source")
@click.argument("type_", metavar="TYPE", type=_TYPES)
def retype(article: Path, source: str, type_: str, **signed: Any) -> None:
    """Change the type of SOURCE to TYPE."""
    _log(article, signed, action="retype", source=_find(_graph(article), source), type=type_)


@correct.command()
@_options
@click.argument("source")
@click.argument("name")
def rename(article: Path, source: str, name: str, **signed: Any) -> None:
    """Rename SOURCE to NAME."""
    _log(article, signed, action="rename", source=_find(_graph(article), source), name=name)


@correct.command()
@_options
@click.argument("source")
@click.argument("target", default="article")
def reject(article: Path, source: str, target: str, **signed: Any) -> None:
    """Reject the hop from SOURCE to TARGET (by default the article)."""
    graph = _graph(article)
    _log(article, signed, action="reject", source=_find(graph, source), target=_find(graph, target))


@correct.command()
@_options
@click.argument("source")
@click.argument("target", default="article")
def confirm(article: Path, source: str, target: str, **signed: Any) -> None:
    """Confirm the hop from SOURCE to TARGET, or the dispute between them."""
    graph = _graph(article)
    one, other = _find(graph, source), _find(graph, target)
    _log(article, signed, action="confirm", source=one, target=other)


@correct.command()
@_options
@click.argument("source")
@click.argument("target", default="article")
@click.option(
    "--evidence", required=True, metavar="WORDS", help="The words of the article that show it."
)
@click.option("--type", "type_", type=_TYPES, help="The type of SOURCE, if it is new.")
def add(
    article: Path, source: str, target: str, evidence: str, type_: str | None, **signed: Any
) -> None:
    """Add a hop from SOURCE, which may be new, to TARGET."""
    graph = _graph(article)
    anchor = _find_or_new(graph, source, type_)
    quotes = (_quote(graph, evidence),)
    _log(
        article,
        signed,
        action="add",
        source=anchor,
        target=_find(graph, target),
        quotes=quotes,
        type=type_ or "",
    )


@correct.command()
@_options
@click.argument("words")
@click.argument("source")
@click.option("--type", "type_", type=_TYPES, help="The type of SOURCE, if it is new.")
def credit(article: Path, words: str, source: str, type_: str | None, **signed: Any) -> None:
    """Credit a claim (its WORDS) to SOURCE alone, which may be new.

    Whatever rests on its sentence moves with the claim, unless the former source says more there.
    """
    graph = _graph(article)
    quotes = (_claim(graph, words),)
    anchor = _find_or_new(graph, source, type_)
    _log(article, signed, action="credit", source=anchor, quotes=quotes, type=type_ or "")


@correct.command()
@_options
@click.argument("source")
@click.argument("grade", metavar="GRADE", type=click.Choice([*"ABCDEF", *"123456"]))
def grade(article: Path, source: str, grade: str, **signed: Any) -> None:
    """Grade SOURCE from A to F, or a claim (its words) from 1 to 6.

    This is the Admiralty code: A is completely reliable, E unreliable, F cannot be judged; 1 is
    confirmed by others, 5 improbable, 6 cannot be judged.
    """
    graph = _graph(article)
    if grade.isalpha():
        _log(article, signed, action="grade", source=_find(graph, source), grade=grade)
    else:
        _log(article, signed, action="grade", quotes=(_claim(graph, source),), grade=grade)


@correct.command()
@_options
@click.argument("id_", metavar="ID")
def undo(article: Path, id_: str, **signed: Any) -> None:
    """Undo the correction ID; the graph is then the same as without it, byte for byte."""
    from provenance.corrections import log_path, read_log

    if id_ not in {one.id for one in read_log(log_path(article))}:
        raise GraphError(
            f"cannot undo {id_}: no such correction is in force, see prov correct list"
        )
    _log(article, signed, action="undo", undoes=id_)


@correct.command("list")
@_article
def list_(article: Path) -> None:
    """List the corrections of ARTICLE, and which of them no longer apply."""
    from provenance.corrections import log_path, read_log, replay

    log = read_log(log_path(article))
    lost = {one.id: why for one, why in replay(_machine(article), log)[1]}
    for one in log:
        state = f"  NO LONGER APPLIES: {lost[one.id]}" if one.id in lost else ""
        say(f"{one.id}  {one.when[:10]}  {one.who}  {_told(one)}{state}")


def _told(one: "Correction") -> str:
    """Describe a correction in words."""
    source = one.source.name if one.source else ""
    target = one.target.name if one.target else ""
    quoted = shortened(one.quotes[0].exact, 40) if one.quotes else ""
    told = {
        "merge": f"merge {source} into {target}",
        "split": f"split {one.name} off {source}",
        "retype": f"{source} is of type {one.type}",
        "rename": f"{source} is called {one.name}",
        "reject": f"nothing from {source} to {target}",
        "confirm": f"it is so from {source} to {target}",
        "add": f"from {source} to {target}: “{quoted}”",
        "credit": f"“{quoted}” are words of {source}",
        "grade": f"{source or f'“{quoted}”'} graded {one.grade}",
    }
    return told[one.action.value] + (f" ({one.why})" if one.why else "")


def _machine(article: Path) -> "SourceGraph":
    from provenance.articles import read_article
    from provenance.pipeline import build_record

    return build_record(read_article(article, force=True), force=True)


def _graph(article: Path) -> "SourceGraph":
    """Return the graph of *article* as it stands, with the corrections so far."""
    from provenance.pipeline import correct as corrected

    return corrected(_machine(article), article)[0]


def _log(article: Path, signed: dict[str, Any], **what: Any) -> None:
    from datetime import UTC, datetime
    from getpass import getuser

    from provenance.corrections import append, log_path
    from provenance.model import Action, Correction

    action = Action(what.pop("action"))
    line = append(
        log_path(article),
        Correction(
            id="",
            action=action,
            who=signed["who"] or getuser(),
            when=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
            why=signed["why"],
            **what,
        ),
    )
    say(f"{line.id} in {log_path(article)}; prov build {article} applies it", err=True)


def _found(graph: "SourceGraph", name: str) -> list[str]:
    """Return the ids of the sources called *name*, or else of those whose name contains it."""
    wanted = name.casefold()
    exact = [
        s.id for s in graph.sources if wanted in {n.casefold() for n in (s.id, s.name, *s.aliases)}
    ]
    return exact or [s.id for s in graph.sources if wanted in s.name.casefold()]


def _find(graph: "SourceGraph", name: str) -> "Anchor":
    from provenance.corrections.anchors import anchor_of
    from provenance.model import ARTICLE

    if name == ARTICLE:
        return anchor_of(graph, ARTICLE)
    ids = _found(graph, name)
    if len(ids) != 1:
        which = ", ".join(s.name for s in graph.sources if s.id in ids)
        why = f"it may be {which}" if ids else "prov trace shows who there is"
        raise GraphError(f"cannot identify the source {clean(name)!r}: {why}")
    return anchor_of(graph, ids[0])


def _find_or_new(graph: "SourceGraph", name: str, type_: str | None) -> "Anchor":
    from provenance.model import Anchor

    if _found(graph, name) or name == "article":
        return _find(graph, name)
    if type_ is None:
        raise click.UsageError(f"{name} is not in the graph yet: give its type with --type")
    return Anchor(name=name)


def _quote(graph: "SourceGraph", words: str) -> "Quote":
    from provenance.corrections.anchors import quote_of
    from provenance.model import Span

    count = graph.article.text.count(words)
    if count != 1:
        how = f"stand in the article {count} times: give more of them" if count else "are not there"
        raise GraphError(f"the words {shortened(words, 60)!r} {how}")
    start = graph.article.text.index(words)
    return quote_of(graph.article, Span(start, start + len(words)))


def _claim(graph: "SourceGraph", words: str) -> "Quote":
    from provenance.corrections.anchors import quote_of

    wanted = " ".join(words.split()).casefold()
    found = [c for c in graph.claims if wanted in c.text.casefold()]
    if len(found) != 1:
        why = f"{len(found)} claims have these words" if found else "no claim has these words"
        raise GraphError(f"cannot identify the claim: {why}")
    return quote_of(graph.article, found[0].content[0])
