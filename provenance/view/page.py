"""One HTML file for graphs of sources, which asks nothing of any network."""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import zip_longest

from provenance.errors import GraphError
from provenance.model import Chain, SourceGraph
from provenance.view.labels import clean
from provenance.view.offline import asset, embed, fill, policy, script
from provenance.view.payload import describe

_SCRIPTS = (
    "dom", "icons", "model", "article", "shapes", "graph", "panel", "table", "search", "main",
)  # fmt: skip


def render_page(
    graphs: Sequence[SourceGraph], chains: Sequence[Sequence[Chain]] = (), home: str = ""
) -> str:
    """Return a page that shows *graphs* with their texts, and opens from disk.

    Args:
        graphs: One or more; of several the page shows one at a time.
        chains: The chains of custody of each graph, in the same order; may be left out.
        home: The address of the index page that it belongs to, if any.

    Raises:
        GraphError: There is no graph to show.
    """
    if not graphs:
        raise GraphError("cannot make a page: there is no graph")
    data = [describe(one, own or ()) for one, own in zip_longest(graphs, chains[: len(graphs)])]
    style, vis, ours = asset("page.css"), _vis_network(), script(*_SCRIPTS)
    first = data[0]["meta"]["title"]
    return fill(
        "page.html",
        title=clean(first if len(data) == 1 else f"{first} and {len(data) - 1} more"),
        home=home,
        policy=policy((vis, ours), style),
        style=style,
        vis=vis,
        script=ours,
        data=embed(data),
    )


@cache
def _vis_network() -> str:
    """Return vis-network out of pyvis's own files, the newest that it brings."""
    found = sorted(
        (folder.name, folder.joinpath("vis-network.min.js"))
        for folder in files("pyvis").joinpath("templates", "lib").iterdir()
        if folder.name.startswith("vis-")
    )
    text = found[-1][1].read_text("utf-8").replace("\r\n", "\n")
    return re.sub(r"//# sourceMappingURL=\S*", "", text)
