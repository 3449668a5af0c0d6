"""One HTML file for graphs of sources, which asks nothing of any network.

It holds all it needs: scripts, styles and data within, and a policy against all else.
"""

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import zip_longest
from typing import Any

from provenance.errors import GraphError
from provenance.model import Chain, SourceGraph
from provenance.view.boxes import clean
from provenance.view.payload import describe


@dataclass(frozen=True, slots=True)
class Beside:
    """What a server adds to a page: it works with the page's own scripts, and may ask the server.

    Attributes:
        markup: HTML below the masthead.
        style: CSS that comes last.
        script: Script that comes last, within the same scope.
    """

    markup: str = ""
    style: str = ""
    script: str = ""


_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


def fill(template: str, **values: Any) -> str:
    """Return the page that *template* makes of *values*; what is no markup is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("provenance.view"), autoescape=True, undefined=StrictUndefined
    )
    return environment.get_template(template).render(**values)


def embed(data: Any) -> str:
    """Return *data* as JSON that nothing within it can get out of."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def policy(scripts: Sequence[str], style: str, *, served: bool = False) -> str:
    """Return a Content Security Policy by which only these scripts and this style count.

    A page that is *served* may ask its server, and show pages of it within.
    """
    allowed = " ".join(_hash(one) for one in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'" + "; connect-src 'self'; frame-src 'self'" * served
    )


@cache
def asset(name: str) -> str:
    """Return the text of a file of ours in ``static``."""
    return files("provenance.view").joinpath("static", name).read_text("utf-8")


@cache
def script(*names: str, more: str = "") -> str:
    """Return the scripts *names* and *more* as one that leaves no name behind."""
    body = "\n".join([*(asset(f"{name}.js") for name in names), *([more] if more else [])])
    return f'(() => {{\n"use strict";\n{body}\n}})();\n'


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


_SCRIPTS = (
    "dom", "icons", "state", "filters", "scope", "model", "words", "doubt", "chains", "article",
    "shapes", "recorder", "labels", "fitting", "graph", "part", "legend", "signs", "why",
    "masthead", "lead", "panel", "spreadsheet", "table", "search", "loglines", "correcting",
    "frame", "embedding", "footnotes", "takeaway", "tour", "keys", "main",
)  # fmt: skip
_FORMATS = {"turtle": "text/turtle", "json": "application/json", "markdown": "text/markdown"}


def render_page(
    graphs: Sequence[SourceGraph],
    chains: Sequence[Sequence[Chain]] = (),
    documents: Sequence[Mapping[str, str]] = (),
    *,
    home: str = "",
    frozen: bool = False,
    beside: Beside | None = None,
) -> str:
    """Return a page that shows *graphs* with their texts, and opens from disk.

    Args:
        graphs: One or more; of several the page shows one at a time.
        chains: The chains of custody of each graph, in the same order; may be left out.
        documents: Of each graph, in the same order, what the page holds for whoever wants to take
            it away: the whole graph as "turtle", "json" or both.
        home: The address of the index page that it belongs to, if any.
        frozen: Whether the page is to stand within another one, without its tools.
        beside: What the server that it is asked for from adds to it.

    Raises:
        GraphError: There is no graph to show.
    """
    if not graphs:
        raise GraphError("cannot make a page: there is no graph")
    data = [describe(one, own or ()) for one, own in zip_longest(graphs, chains[: len(graphs)])]
    more = beside or Beside()
    style, vis = asset("page.css") + more.style, _vis_network()
    ours = script(*_SCRIPTS, more=more.script)
    first = data[0]["meta"]["title"]
    return fill(
        "page.html",
        title=clean(first if len(data) == 1 else f"{first} and {len(data) - 1} more"),
        home=home,
        policy=policy((vis, ours), style, served=beside is not None),
        style=style,
        vis=vis,
        script=ours,
        data=embed(data),
        documents=[
            {"id": f"{format}-{number}", "type": _FORMATS[format], "text": _within_script(text)}
            for number, held in enumerate(documents)
            for format, text in sorted(held.items())
        ],
        frozen=frozen,
        beside=more.markup,
    )


def _within_script(text: str) -> str:
    """Return Turtle or JSON with nothing that ends a script or begins a comment in HTML.

    In both, such a `<` stands in a string only, where an escape means the same.
    """
    return re.sub(r"<(?=[/!])", r"\\u003c", text)


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
