"""The key to a language model: in the request's header, and in nothing that is said or kept."""

import base64
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

import provenance
from provenance.errors import ExtractionError, ProvenanceError
from provenance.pipeline import export
from provenance.readings.asking import Asking
from tests.helpers.model_servers import Behaviour, says, sends, served
from tests.readings.test_asking import GOOD
from tests.readings.test_readings import TEXT

SECRET = "sk-s3cr3t/0123456789abcdef"


def renamed(id: str, new: str) -> Any:
    """Return what a model says well, with one of its ids called *new*."""
    return json.loads(json.dumps(GOOD).replace(f'"{id}"', json.dumps(new)))


ECHOES: dict[str, Behaviour] = {
    "404": sends(404, f"no such model for Bearer {SECRET}".encode()),
    "400 in JSON": sends(400, json.dumps({"error": f"bad key {SECRET}"}).encode()),
    "500 of a way": sends(500, f"response_format? {SECRET}".encode()),
    "422 in base64": sends(422, base64.b64encode(f"Bearer {SECRET}".encode())),
    "404 with percent signs": sends(404, quote(SECRET, safe="").encode()),
    "404 where it would be cut": sends(404, b"x" * 185 + SECRET.encode()),
    "404 with blanks": sends(404, " ".join(SECRET).encode()),
    "redirect": sends(302, Location=f"http://127.0.0.1:9/{SECRET}"),
    "reason": sends(418, SECRET.encode()),
    "fingerprint": says(GOOD, system_fingerprint=SECRET),
    "id of a source": says(renamed("memo", SECRET)),
    "id with an escape": says(json.dumps(renamed("memo", SECRET)).replace("sk-", "\\u0073k-")),
    "no reading": says(f"Your key is {SECRET}"),
}


@pytest.mark.parametrize("case", ECHOES)
def test_a_key_that_a_server_echoes_is_in_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, case: str
) -> None:
    monkeypatch.setenv("PROV_LLM_KEY", SECRET)
    with served(ECHOES[case]) as model:
        asking = Asking("parrot", model.endpoint, replies=str(tmp_path / "kept"), pause=0.0)
        with pytest.raises(ProvenanceError) as caught:
            provenance.build(TEXT, extractor="llm", asking=asking)
        assert model.headers[0]["Authorization"] == f"Bearer {SECRET}"
    said = "".join(str(caught.value).split())
    assert "s3cr3t" not in said
    assert base64.b64encode(SECRET.encode()).decode()[:12] not in said
    assert not list(tmp_path.rglob("*.json"))


@pytest.mark.parametrize("key", [f"{SECRET}\r\nX: y", "sk-\u2019s3cr3t-012345", "s3cr3t\x7f012345"])
def test_a_key_that_no_header_can_hold_is_one_line(
    monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.setenv("PROV_LLM_KEY", key)
    with served(says(GOOD)) as model:
        with pytest.raises(ExtractionError, match="cannot use PROV_LLM_KEY") as caught:
            provenance.build(TEXT, extractor="llm", asking=Asking("parrot", model.endpoint))
        assert not model.asked
    assert "s3cr3t" not in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_blanks_around_a_key_are_none_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROV_LLM_KEY", f" {SECRET}\n")
    with served(says(GOOD)) as model:
        graph = provenance.build(TEXT, extractor="llm", asking=Asking("parrot", model.endpoint))
        assert model.headers[0]["Authorization"] == f"Bearer {SECRET}"
    assert SECRET not in export([graph.record], "turtle").decode()


def test_a_word_in_the_place_of_a_key_hides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROV_LLM_KEY", "none")
    with (
        served(sends(404, b"none of the models is parrot")) as model,
        pytest.raises(ExtractionError, match="none of the models is parrot"),
    ):
        provenance.build(TEXT, extractor="llm", asking=Asking("parrot", model.endpoint))
