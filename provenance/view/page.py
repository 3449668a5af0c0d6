"""One HTML file for graphs of sources, which asks nothing of any network."""

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import zip_longest
from typing import Any

from provenance.errors import GraphError
from provenance.model import Chain, SourceGraph
from provenance.view.labels import clean
from provenance.view.payload import describe

_SCRIPTS = (
    "dom", "icons", "model", "article", "shapes", "graph", "panel", "table", "search", "main",
)  # fmt: skip
_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


def render_page(graphs: Sequence[SourceGraph], chains: Sequence[Sequence[Chain]] = ()) -> str:
    """Return a page that shows *graphs* with their texts, and opens from disk.

    Args:
        graphs: One or more; of several the page shows one at a time.
        chains: The chains of custody of each graph, in the same order; may be left out.

    Raises:
        GraphError: There is no graph to show.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    if not graphs:
        raise GraphError("cannot make a page: there is no graph")
    data = [describe(one, own or ()) for one, own in zip_longest(graphs, chains[: len(graphs)])]
    environment = Environment(
        loader=PackageLoader("provenance.view"), autoescape=True, undefined=StrictUndefined
    )
    style, vis, script = _asset("page.css"), _vis_network(), _script()
    first = data[0]["meta"]["title"]
    return environment.get_template("page.html").render(
        title=clean(first if len(data) == 1 else f"{first} and {len(data) - 1} more"),
        policy=_policy((vis, script), style),
        style=style,
        vis=vis,
        script=script,
        data=_embed(data),
    )


def _embed(data: Any) -> str:
    """Return *data* as JSON that nothing within it can get out of."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _policy(scripts: Sequence[str], style: str) -> str:
    """Return a Content Security Policy by which only these scripts and this style count."""
    allowed = " ".join(_hash(one) for one in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


@cache
def _asset(name: str) -> str:
    return files("provenance.view").joinpath("static", name).read_text("utf-8")


@cache
def _script() -> str:
    body = "\n".join(_asset(f"{name}.js") for name in _SCRIPTS)
    return f'(() => {{\n"use strict";\n{body}\n}})();\n'


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
