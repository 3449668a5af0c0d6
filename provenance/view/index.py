"""The index page of a collection: its claims, articles and sources, and what comes from what."""

from collections.abc import Mapping, Sequence
from typing import Any

from provenance.view.boxes import clean
from provenance.view.lineage import draw_story
from provenance.view.page import Beside, asset, embed, fill, policy, script

_SCRIPTS = ("dom", "icons", "lists", "story", "about", "index")
_NOTES = {
    "independent": "origin of an independent line",
    "unknown": "unnamed, not counted",
    "circular": "in a circle",
    "source": "passes it on",
}


def render_index(
    catalogue: Mapping[str, Any],
    title: str,
    pages: Sequence[str] | None = None,
    *,
    ask: str = "",
    beside: Beside | None = None,
) -> str:
    """Return the page of *catalogue*, the rows of `provenance.analysis.catalogue`.

    Args:
        catalogue: The rows.
        title: What the collection is called.
        pages: The address of the page of each article, beside this one; None where there are none.
        ask: The address of what is known of a claim, less its article and number; "" for none.
        beside: What the server that it is asked for from adds to it.
    """
    more = beside or Beside()
    style = asset("page.css") + asset("index.css") + more.style
    ours = script(*_SCRIPTS, more=more.script)
    return fill(
        "index.html",
        title=clean(title),
        policy=policy((ours,), style, served=beside is not None),
        beside=more.markup,
        style=style,
        script=ours,
        data=embed(listed(catalogue, title, pages, ask=ask)),
    )


def listed(
    catalogue: Mapping[str, Any],
    title: str,
    pages: Sequence[str] | None = None,
    *,
    ask: str = "",
) -> dict[str, Any]:
    """Return what the page of *catalogue* is told; the rest is as for `render_index`."""
    claims = [
        [*row[:-1], row[-1] and draw_story(row[-1], _notes(row[-1], catalogue["articles"]))]
        for row in catalogue["claims"]
    ]
    return {**catalogue, "claims": claims, "title": title, "pages": pages, "ask": ask}


def _notes(story: Mapping[str, Any], articles: Sequence[Sequence[Any]]) -> list[str]:
    """Return below each node what it is; of an article when it was published."""
    copies = {target for _, target, copy in story["edges"] if copy}
    found = []
    for number, (_, kind, own) in enumerate(story["nodes"]):
        parts = [_NOTES.get(kind, "")]
        if number in copies:
            parts.append("copy" if len(own) == 1 else "copies")
        if len(own) == 1:
            parts.append(clean(articles[own[0]][2][:10]))
        found.append(" · ".join(part for part in parts if part))
    return found
