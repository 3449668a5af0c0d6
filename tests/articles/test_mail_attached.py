"""What came attached to a mail is linked to the mail's article, in JSON and in RDF."""

import json
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest

from provenance.articles import read_article
from provenance.articles.corpus import find_items
from provenance.articles.corpus.items import read_item
from provenance.model import Article, Item
from provenance.pipeline import build_record, export
from provenance.rdf import read_graphs
from tests.articles.test_mail import _message, _nested, _page, _text, _unnamed, mail, maildir
from tests.conftest import Prov


def articles(path: Path) -> list[Article]:
    return [read_item(one) for one in find_items([str(path)]) if isinstance(one, Item)]


@pytest.mark.parametrize("attach", [_text, _page, _message, _unnamed, _nested])
def test_what_is_attached_is_part_of_its_mail(
    attach: Callable[[EmailMessage], None], tmp_path: Path, prov: Prov
) -> None:
    message = mail("See attached. The board will not comment, Vera Lund told me on Monday.")
    attach(message)
    path = tmp_path / "a.eml"
    path.write_bytes(bytes(message))
    whole, *parts = articles(path)
    assert whole.part_of == ""
    assert parts
    assert {one.part_of for one in parts} == {whole.digest}
    lines = [
        json.loads(one) for one in prov("build", "--to", "json", str(path)).stdout.splitlines()
    ]
    assert [one.get("part_of", "") for one in lines] == ["", *(one.part_of for one in parts)]
    assert [one["digest"] for one in lines] == [whole.digest, *(one.digest for one in parts)]


def test_in_a_mailbox_it_is_part_of_its_own_message(tmp_path: Path) -> None:
    box = b""
    for name in ("Finch", "Roth"):
        message = mail(f"See attached, {name} told me on Monday. The rest is as it was.")
        message.add_attachment(f"The pier is closed, {name} said on Monday.", filename="1.eml.txt")
        box += b"From c@x.example Mon Mar  4 09:12:00 2024\n" + bytes(message) + b"\n"
    path = tmp_path / "a.mbox"
    path.write_bytes(box)
    one, first, two, second = articles(path)
    assert (one.part_of, two.part_of) == ("", "")
    assert (first.part_of, second.part_of) == (one.digest, two.digest)


def test_in_a_maildir_it_is_part_of_its_message(tmp_path: Path) -> None:
    found = [
        one
        for path in sorted((maildir(tmp_path / "m") / "new").iterdir())
        for one in articles(path)
    ]
    assert [one.part_of for one in found] == ["", found[0].digest]


@pytest.mark.parametrize("base", [None, "https://desk.example/articles/"])
@pytest.mark.parametrize("format", ["turtle", "jsonld", "nquads", "rdfxml"])
def test_the_link_is_in_rdf_and_is_read_back(format: str, base: str | None, tmp_path: Path) -> None:
    message = mail("See attached. The board will not comment, Vera Lund told me on Monday.")
    _text(message)
    path = tmp_path / "a.eml"
    path.write_bytes(bytes(message))
    whole, part = articles(path)
    data = export([build_record(part)], format, base_iri=base)
    (back,) = read_graphs(data, format)
    assert back.article.part_of == whole.digest
    told = export([build_record(part)], "ntriples", base_iri=base).decode()
    (line,) = (one for one in told.splitlines() if "http://purl.org/dc/terms/isPartOf" in one)
    named = export([build_record(whole)], "ntriples", base_iri=base).decode()
    assert any(one.startswith(line.split()[2]) for one in named.splitlines())


def test_a_part_read_by_its_place_is_the_same(tmp_path: Path) -> None:
    message = mail("See attached. The board will not comment, Vera Lund told me on Monday.")
    _text(message)
    path = tmp_path / "a.eml"
    path.write_bytes(bytes(message))
    _, part = articles(path)
    assert read_article(Path(f"{path}#story.txt")) == part
