"""Pages that hold all they need: scripts, styles and data within, and a policy against all else."""

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


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
