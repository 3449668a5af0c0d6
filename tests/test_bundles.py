"""Bundles: the same bytes each time, and every kind of tampering named."""

import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import bagit
import pytest

import provenance
from provenance.bundles import make_bundle, verify_bundle
from provenance.errors import RecordError
from provenance.pipeline import read_records
from tests.conftest import Prov

TEXT = """The harbour will close in November, Mara Quint, the port director, said on Monday.

Tomas Wren, a retired pilot, said that the pumps had failed before.
"""
Files = dict[str, bytes]


@pytest.fixture(scope="module")
def bundle() -> bytes:
    return make_bundle(provenance.build(TEXT).record)


def unpacked(bundle: bytes) -> Files:
    with zipfile.ZipFile(io.BytesIO(bundle)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def packed(files: Files) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def resealed(files: Files, tmp_path: Path) -> bytes:
    """Return a bundle with *files* as its payload and manifests that agree with them."""
    folder = tmp_path / "bag"
    shutil.rmtree(folder, ignore_errors=True)
    for name, data in files.items():
        if name.startswith("data/"):
            target = folder / name.removeprefix("data/")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
    bagit.make_bag(str(folder), checksums=["sha256"])
    paths = (path for path in folder.rglob("*") if path.is_file())
    return packed({p.relative_to(folder).as_posix(): p.read_bytes() for p in paths})


def faults(bundle: bytes) -> str:
    return "\n".join(f for check in verify_bundle(bundle) for f in check.faults)


def test_a_bundle_holds_and_is_the_same_each_time(bundle: bytes) -> None:
    assert faults(bundle) == ""
    assert make_bundle(provenance.build(TEXT).record) == bundle
    assert not any(check.skipped for check in verify_bundle(bundle))


def test_without_its_text_a_bundle_has_only_the_digest_and_the_quotes() -> None:
    bundle = make_bundle(provenance.build(TEXT).record, text=False)
    assert "data/article.txt" not in unpacked(bundle)
    checks = {check.name: check for check in verify_bundle(bundle)}
    assert not any(check.faults for check in checks.values())
    assert checks["rebuilt"].skipped


REGISTRY = "name\tshort_names\ttype\nThe Union of Ferrymen\tunion|ferrymen\torganization\n"


def test_parameters_go_with_a_bundle_so_that_it_is_built_again(prov: Prov, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "mine.tsv").write_text(REGISTRY)
    how = ("--min-score", "0.4", "--registry", "mine.tsv")
    assert prov("build", "a.txt", *how, "-q").exit_code == 0
    run = read_records(Path("a.ttl"))[0].run
    assert (run.min_score, len(run.registry)) == (0.4, 1)
    assert prov("bundle", "a.ttl", "--registry", "mine.tsv", "-o", "a.zip").exit_code == 0
    assert "rebuilt: ok" in prov("verify", "a.zip").stdout
    assert prov("bundle", "a.ttl", "-o", "b.zip").exit_code == 0
    assert "rebuilt: not checked, a registry" in prov("verify", "b.zip").stdout
    (tmp_path / "mine.tsv").write_text(REGISTRY.replace("union|", ""))
    refused = prov("bundle", "a.ttl", "--registry", "mine.tsv", "-o", "c.zip")
    assert (refused.exit_code, refused.stderr) == (
        1,
        "prov: cannot bundle a.txt: built with other registries\n",
    )
    files = unpacked(Path("a.zip").read_bytes())
    changed = files | {"data/registry-1.tsv": files["data/registry-1.tsv"] + b"# more\n"}
    assert "the registries are not those" in faults(resealed(changed, tmp_path))


def flip(name: str, at: int = 40) -> Callable[[Files], Files]:
    def change(files: Files) -> Files:
        data = bytearray(files[name])
        data[at] ^= 1
        return files | {name: bytes(data)}

    return change


def without(name: str) -> Callable[[Files], Files]:
    return lambda files: {key: data for key, data in files.items() if key != name}


def with_(name: str, data: bytes = b"more") -> Callable[[Files], Files]:
    return lambda files: files | {name: data}


BROKEN_SEAL: dict[str, tuple[Callable[[Files], Files], str]] = {
    "a byte of the graph": (flip("data/graph.ttl"), "data/graph.ttl"),
    "a byte of the text": (flip("data/article.txt"), "data/article.txt"),
    "a byte of the run": (flip("data/run.json"), "data/run.json"),
    "a byte of the manifest": (flip("manifest-sha256.txt"), "manifest-sha256.txt"),
    "a byte about the bag": (flip("bag-info.txt", 5), "bag-info.txt"),
    "no graph": (without("data/graph.ttl"), "data/graph.ttl"),
    "no text": (without("data/article.txt"), "data/article.txt"),
    "no manifest": (without("manifest-sha256.txt"), "manifest"),
    "no seal": (without("tagmanifest-sha256.txt"), "SHA-256 manifest"),
    "no bag": (without("bagit.txt"), "bagit.txt"),
    "a file too many": (with_("data/extra.txt"), "data/extra.txt"),
    "an empty graph": (with_("data/graph.ttl", b""), "data/graph.ttl"),
}


@pytest.mark.parametrize("name", BROKEN_SEAL)
def test_what_breaks_the_seal_is_named(bundle: bytes, name: str) -> None:
    change, named = BROKEN_SEAL[name]
    assert named in faults(packed(change(unpacked(bundle))))


def edit(name: str, old: str, new: str) -> Callable[[Files], Files]:
    def change(files: Files) -> Files:
        text = files[name].decode()
        assert old in text
        return files | {name: text.replace(old, new).encode()}

    return change


def run_of(key: str, value: object) -> Callable[[Files], Files]:
    def change(files: Files) -> Files:
        run = json.loads(files["data/run.json"]) | {key: value}
        return files | {"data/run.json": json.dumps(run).encode()}

    return change


def forget_a_flow(files: Files) -> Files:
    """Take the node of a flow out, and all that points to it."""
    graph = files["data/graph.ttl"].decode()
    kept = [block for block in graph.split("\n\n") if not re.match(r":flow-\w+ a sp:Flow", block)]
    assert len(kept) < len(graph.split("\n\n"))
    text = re.sub(
        r"\tprov:qualified\w+ :flow-[^;.]+([;.])", r"\tsp:resolved true \1", "\n\n".join(kept)
    )
    return files | {"data/graph.ttl": text.encode()}


RESEALED: dict[str, tuple[Callable[[Files], Files], str]] = {
    "a name": (edit("data/graph.ttl", '"Mara Quint"', '"Mara Quinn"'), "come out of the text"),
    "a text": (edit("data/article.txt", "November", "December"), "not the text"),
    "a quote": (
        edit("data/graph.ttl", 'oa:exact "Mara', 'oa:exact "Lara'),
        "the words at 36 to 46 are 'Lara Quint' here, 'Mara Quint' in the text",
    ),
    "where a quote stands": (edit("data/graph.ttl", "oa:start 36", "oa:start 35"), "35 to 46"),
    "a certainty": (
        edit("data/graph.ttl", "certainty-asserted", "certainty-denied"),
        "what is denied must not be stated",
    ),
    "the words of a claim": (
        edit("data/graph.ttl", 'schema:text "The harbour will', 'schema:text "The harbour may'),
        "other claims come out of the text",
    ),
    "who said it": (
        edit(
            "data/graph.ttl", "sp:ascribedTo :source-tomas-wren", "sp:ascribedTo :source-mara-quint"
        ),
        "other claims come out of the text",
    ),
    "a type": (
        edit(
            "data/graph.ttl",
            "sp:Person , sp:Source , prov:Agent , prov:Person",
            "sp:Organization , sp:Source , prov:Agent , prov:Organization",
        ),
        "other sources come out of the text",
    ),
    "a score": (edit("data/graph.ttl", "sp:score 0.", "sp:score 0.0"), "other attributions"),
    "an extractor": (
        edit("data/graph.ttl", 'sp:extractor "tagger"', 'sp:extractor "oracle"'),
        "another extractor than the graph",
    ),
    "the text in the graph": (
        edit("data/graph.ttl", "the port director, said on", "the port director, lied on"),
        "is not the text in the graph",
    ),
    "a flow": (forget_a_flow, "without a sp:Flow"),
    "a least score": (run_of("min_score", 0.9), "another min_score than the graph"),
    "a registry that was none": (with_("data/registry-1.tsv", b"name\ttype\n"), "the registries"),
    "the run is no JSON": (with_("data/run.json", b"{"), "data/run.json is no JSON"),
    "a version": (run_of("version", "99.0"), "another version"),
    "weights": (run_of("weights_sha256", "0" * 64), "another weights_sha256"),
    "a file's digest": (run_of("file_sha256", "0" * 64), "another file_sha256"),
    "a correction": (
        with_("data/corrections.jsonl", b'{"id": "c-1"}\n'),
        "other corrections than the graph",
    ),
    "a stranger": (with_("data/malware.exe"), "does not belong"),
    "no turtle": (with_("data/graph.ttl", b"@prefix broken"), "graph.ttl: not Turtle"),
    "another graph": (with_("data/graph.ttl", b"<a:b> <a:c> <a:d> ."), "holds no article"),
}


@pytest.mark.parametrize("name", RESEALED)
def test_what_was_changed_and_sealed_again_is_named(
    bundle: bytes, tmp_path: Path, name: str
) -> None:
    change, named = RESEALED[name]
    assert named in faults(resealed(change(unpacked(bundle)), tmp_path))


def test_there_are_twenty_kinds_and_each_is_named_apart() -> None:
    kinds = [named for _, named in (*BROKEN_SEAL.values(), *RESEALED.values())]
    assert len(kinds) >= 30
    assert all(kinds)


@pytest.mark.parametrize("name", ["../evil.txt", "/tmp/evil.txt", "a/../../evil", "..\\evil"])
def test_nothing_is_written_outside(bundle: bytes, name: str) -> None:
    with pytest.raises(RecordError, match=r"leads out of it"):
        verify_bundle(packed(unpacked(bundle) | {name: b"evil"}))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no zip at all"])
def test_what_is_no_bundle_is_one_clear_error(data: bytes) -> None:
    with pytest.raises(RecordError, match=r"^cannot read the bundle: [^\n]+$"):
        verify_bundle(data)


def test_on_the_command_line_with_a_signature(prov: Prov, tmp_path: Path) -> None:
    graph, file = tmp_path / "a.ttl", tmp_path / "a.zip"
    graph.write_text(provenance.build(TEXT).to_turtle(base_iri="https://example.org/a/"))
    assert prov("bundle", graph, "-o", file).exit_code == 0
    told = prov("verify", file)
    assert (told.exit_code, told.stdout.splitlines()[-1]) == (0, f"{file}: holds")
    assert read_records(graph)
    if shutil.which("ssh-keygen") is None:
        pytest.skip("ssh-keygen is not installed")
    key, allowed = tmp_path / "key", tmp_path / "allowed"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    subprocess.run(
        ["ssh-keygen", "-q", "-Y", "sign", "-f", key, "-n", "source-provenance", file],
        check=True,
        capture_output=True,
    )
    allowed.write_text("ada " + (tmp_path / "key.pub").read_text())
    signed = ("--signature", f"{file}.sig", "--signers", allowed, "--signer", "ada")
    assert prov("verify", file, *signed).exit_code == 0
    file.write_bytes(packed(unpacked(file.read_bytes())))
    other = prov("verify", file, *signed)
    assert other.exit_code == 1
    assert "signature: not by ada" in other.stdout
