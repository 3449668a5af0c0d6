"""The pages of the desk: those that `prov view` makes, with what a server can do beside them."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from provenance import vocab
from provenance.analysis import Links, standings
from provenance.analysis.catalogue import catalogue, ordered
from provenance.desk.corrector import Lost
from provenance.gathering import linked, relink
from provenance.graph.custody import trace_chains
from provenance.model import SourceGraph
from provenance.pipeline import render_page
from provenance.stores.embedded import Collection
from provenance.stores.queries import queries
from provenance.view import Beside, described_page, listed, render_index
from provenance.view.page import asset, embed, policy, script

Record = dict[str, Any]
_POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]*)"')
_CLAIMS = "/claims?article="
_FRAMED = "; frame-ancestors 'self'"


@dataclass(frozen=True, slots=True)
class Page:
    """A page with the Content Security Policy that goes with it as a header, too."""

    html: str
    policy: str


def page_of(html: str) -> Page:
    """Return *html* with the policy that it has within."""
    from html import unescape

    found = _POLICY.search(html)
    assert found is not None
    return Page(html, unescape(found[1]) + _FRAMED)


def article(
    graph: SourceGraph, base: str | None, lost: Lost, who: str, *, frozen: bool = False
) -> Page:
    """Return the page of an article, on which it is corrected."""
    beside = Beside()
    if not frozen:
        told = {"who": who, "digest": graph.article.digest, "lost": _lost(lost)}
        beside = beside_of("article", "desk", "correct", version=version(graph, lost), **told)
    return page_of(
        render_page(
            [graph], home="" if frozen else "/", base_iri=base, frozen=frozen, beside=beside
        )
    )


def described(graph: SourceGraph, lost: Lost) -> Record:
    """Return what the page of an article is told anew when it has changed."""
    return {"raw": described_page(graph, trace_chains(graph)), "lost": _lost(lost)}


def version(graph: SourceGraph, lost: Lost) -> str:
    """Return what tells whether the page of an article is the latest."""
    known = [one.correction.id for one in graph.corrections] + [one.id for one, _ in lost]
    whole = "\n".join([graph.article.digest, repr(graph.run), *known])
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def _lost(lost: Lost) -> list[Record]:
    return [
        {"id": one.id, "action": one.action.value, "who": one.who, "why": why} for one, why in lost
    ]


def front(held: Collection, title: str, who: str, done: Sequence[int]) -> Page:
    """Return the list of all articles, sources and claims, with where to put more.

    What was *done* by then, jobs by their numbers, is in it.
    """
    rows, addresses = _rows(held)
    beside = beside_of("front", "desk", "bring", who=who, empty=not addresses, done=list(done))
    return page_of(render_index(rows, title, addresses, ask=_CLAIMS, beside=beside))


def front_data(held: Collection, title: str) -> Record:
    """Return what that list is told anew when articles came."""
    rows, addresses = _rows(held)
    return listed(rows, title, addresses, ask=_CLAIMS)


def _rows(held: Collection) -> tuple[Record, list[str]]:
    links = joined(held)
    addresses = [f"/articles/{digest}" for digest in ordered(links)]
    return catalogue(links, standings(links)), addresses


def joined(held: Collection) -> Links:
    """Return what joins all articles, worked out anew where some are new."""
    if not held.is_joined():
        relink(held, _base(held))
    return linked(held)


def plain(template: str, *scripts: str, **values: Any) -> Page:
    """Return a page of a *template* of ours, with *scripts* if it needs any."""
    ours = script("dom", more="\n".join(_static(f"{one}.js") for one in scripts)) if scripts else ""
    style = asset("page.css") + _static("desk.css")
    top = _markup("top", here=template, silent=not scripts)
    rules = policy((ours,), style, served=True)
    known = {"policy": rules, "style": style, "script": ours, "beside": top}
    return page_of(_markup(template, **known, **values))


def console() -> Page:
    """Return the page on which queries are asked."""
    known = [
        {
            "name": one.name,
            "question": one.question,
            "text": one.text,
            "parameters": [[p.name, p.meaning] for p in one.parameters],
        }
        for one in queries()
    ]
    data = embed({"queries": known, "prefixes": vocab.PREFIXES | {"rdfs": vocab.RDFS}})
    return plain("console", "desk", "console", data=data)


def _base(held: Collection) -> str | None:
    """Return what the names of articles begin with, None for RFC 6920 names."""
    for name in held.names():
        return vocab.base_iri(name, vocab.digest_of(name))
    return None


def beside_of(template: str, *scripts: str, **told: Any) -> Beside:
    """Return what goes beside a page: its *template*, and *scripts* that are *told* something."""
    known = _markup("top", here=template, silent=False) + _markup(template, told=embed(told))
    return Beside(known, _static("desk.css"), "\n".join(_static(f"{one}.js") for one in scripts))


def _markup(template: str, **values: Any) -> str:
    return _templates().get_template(f"{template}.html").render(**values)


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("provenance.desk"), autoescape=True, undefined=StrictUndefined
    )


@cache
def _static(name: str) -> str:
    return files("provenance.desk").joinpath("static", name).read_text("utf-8")
