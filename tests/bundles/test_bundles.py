"""Bundles: the same bytes each time, and every kind of tampering named."""

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import provenance
from provenance.bundles import make_bundle, verify_bundle
from provenance.bundles.bagging import packed, sealed
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


def resealed(files: Files, digest: str = "") -> bytes:
    """Return a bundle with *files* as its payload and manifests that agree with them."""
    payload = {name: data for name, data in files.items() if name.startswith("data/")}
    found = re.search(rb"sha256:([0-9a-f]{64})", files["bag-info.txt"])
    assert found is not None
    return packed(sealed(payload, digest or found[1].decode()))


def faults(bundle: bytes) -> str:
    return "\n".join(f for check in verify_bundle(bundle) for f in check.faults)


def test_a_bundle_holds_and_is_the_same_each_time(bundle: bytes) -> None:
    assert faults(bundle) == ""
    assert make_bundle(provenance.build(TEXT).record) == bundle
    assert not any(check.skipped for check in verify_bundle(bundle))


@pytest.mark.parametrize("back", [False, True])
def test_a_bundle_is_the_same_however_folders_are_listed(
    story: bytes, monkeypatch: pytest.MonkeyPatch, back: bool
) -> None:
    """Else what is bundled on one file system would be forged on another."""
    listed = os.listdir

    def other(path: str = ".") -> list[str]:
        return sorted(listed(path), reverse=back)

    monkeypatch.setattr(os, "listdir", other)
    assert faults(story) == ""
    assert resealed(unpacked(story)) == story


def test_without_its_text_a_bundle_has_only_the_digest_and_the_quotes() -> None:
    bundle = make_bundle(provenance.build(TEXT).record, text=False)
    assert "data/article.txt" not in unpacked(bundle)
    checks = {check.name: check for check in verify_bundle(bundle)}
    assert not any(check.faults for check in checks.values())
    assert checks["rebuilt"].skipped
    assert checks["article"].skipped


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
    assert "the registries are not those" in faults(resealed(changed))


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
    "no seal": (without("tagmanifest-sha256.txt"), "tagmanifest-sha256.txt is missing"),
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
        edit("data/graph.ttl", "sp:source :source-tomas-wren", "sp:source :source-mara-quint"),
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
def test_what_was_changed_and_sealed_again_is_named(bundle: bytes, name: str) -> None:
    change, named = RESEALED[name]
    assert named in faults(resealed(change(unpacked(bundle))))


def added(statement: str) -> Callable[[Files], Files]:
    def change(files: Files) -> Files:
        return files | {"data/graph.ttl": files["data/graph.ttl"] + f"\n{statement}\n".encode()}

    return change


def both(*changes: Callable[[Files], Files]) -> Callable[[Files], Files]:
    def change(files: Files) -> Files:
        for one in changes:
            files = one(files)
        return files

    return change


FORGED: dict[str, tuple[Callable[[Files], Files], str]] = {
    "a headline": (
        edit("data/graph.ttl", 'schema:headline "Harbour to close"', 'schema:headline "A lie"'),
        "another title comes out of the article's file",
    ),
    "an author": (
        edit("data/graph.ttl", 'schema:name "Ann Lee"', 'schema:name "Bo Lee"'),
        "another authors comes out",
    ),
    "a node": (
        added(":graph <urn:x> 1 .\n<ni:x> a <urn:y> ."),
        "is not what prov writes of this graph",
    ),
    "a creator": (added(':graph dcterms:creator "Bo Other" .'), "line "),
    "a licence": (added(":graph dcterms:license <https://free.example/> ."), "line "),
    "a comment": (added("# checked by the court"), "line "),
    "a blank line": (added(""), "is not what prov writes"),
    "a stranger's triple": (added("<urn:a> <urn:b> <urn:c> ."), "line "),
    "an equal name": (added(":source-mara-quint owl:sameAs <urn:c> ."), "graph.ttl: not Turtle"),
    "another label": (added(':source-mara-quint schema:name "Lara Quint" .'), "line "),
    "where it was published": (
        added(":graph prov:wasGeneratedBy <urn:somebody> ."),
        "is not what prov writes",
    ),
    "more in the run": (
        edit("data/run.json", '"software"', '"court": "checked",\n  "software"'),
        "data/run.json is not what prov writes of this graph: line 2",
    ),
    "other software": (run_of("software", "oracle"), "data/run.json is not what prov writes"),
    "another base": (run_of("base_iri", "https://a.example/"), "data/run.json is not what"),
    "another file name": (run_of("file", "other.txt"), "another file than the graph"),
    "a registry for a later one": (with_("data/registry-2.tsv"), "does not belong"),
    "a file of no article": (with_("data/original"), "is not the file that the graph"),
    "no log with an empty file": (with_("data/corrections.jsonl", b""), "would not be there"),
    "no text but a body": (without("data/article.txt"), "data/article.txt is missing"),
}


@pytest.fixture(scope="module")
def story() -> bytes:
    return make_bundle(provenance.build(STORY).record)


STORY = f"Harbour to close\n\nBy Ann Lee\n\n{TEXT}"


@pytest.mark.parametrize("name", FORGED)
def test_what_was_forged_and_sealed_again_is_named(story: bytes, name: str) -> None:
    assert faults(story) == ""
    change, named = FORGED[name]
    assert named in faults(resealed(change(unpacked(story))))


def deflated(files: Files) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def commented(files: Files) -> bytes:
    out = io.BytesIO(packed(files))
    with zipfile.ZipFile(out, "a") as archive:
        archive.comment = b"checked by the court"
    return out.getvalue()


def turned(files: Files) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(files, reverse=True):
            archive.writestr(zipfile.ZipInfo(name), files[name])
    return out.getvalue()


def renamed_inside(files: Files) -> bytes:
    """Return a zip file in which one name stands in the list, another before the file itself."""
    return packed(files).replace(b"data/article.txt", b"data/article.exe", 1)


def sha256_lines(files: Files, start: str) -> bytes:
    names = sorted(name for name in files if name.startswith(start))
    lines = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in names)
    return "".join(lines).encode()


def md5_alone(files: Files) -> bytes:
    kept = {name: data for name, data in files.items() if "manifest" not in name}
    lines = (
        f"{hashlib.md5(data, usedforsecurity=False).hexdigest()}  {name}\n"
        for name, data in kept.items()
        if name.startswith("data/")
    )
    return packed(kept | {"manifest-md5.txt": "".join(lines).encode()})


WRAPPED: dict[str, tuple[Callable[[Files], bytes], str]] = {
    "bytes before": (lambda f: b"#!/bin/sh\n" + packed(f), "zip file was changed"),
    "bytes after": (lambda f: packed(f) + b"more", "zip file was changed"),
    "two zips": (lambda f: packed(f | {"data/run.json": b"{}"}) + packed(f), "zip file was"),
    "a comment": (commented, "zip file was changed"),
    "deflated": (deflated, "zip file was changed"),
    "another order": (turned, "zip file was changed"),
    "MD5 alone": (md5_alone, "manifest-sha256.txt is missing"),
    "MD5 too": (lambda f: packed(f | {"manifest-md5.txt": b""}), "manifest-md5.txt does not"),
    "an empty tag manifest": (
        lambda f: packed(f | {"tagmanifest-sha256.txt": b""}),
        "tagmanifest-sha256.txt was changed",
    ),
    "a tag manifest that leaves one out": (
        lambda f: packed(f | {"tagmanifest-sha256.txt": sha256_lines(f, "bag")}),
        "tagmanifest-sha256.txt was changed",
    ),
    "a tag manifest in another order": (
        lambda f: packed(
            f | {"tagmanifest-sha256.txt": b"\n".join(f["tagmanifest-sha256.txt"].split()) + b"\n"}
        ),
        "tagmanifest-sha256.txt was changed",
    ),
    "an empty manifest": (lambda f: packed(f | {"manifest-sha256.txt": b""}), "in no manifest"),
    "a file that is only listed": (
        lambda f: packed(
            f | {"manifest-sha256.txt": f["manifest-sha256.txt"] + b"0" * 64 + b"  data/x\n"}
        ),
        "data/x is missing",
    ),
    "a file to fetch": (
        lambda f: packed(f | {"fetch.txt": b"http://a.example/ 1 data/x\n"}),
        "fetch.txt does not belong",
    ),
    "a root file": (lambda f: packed(f | {"README": b"x"}), "README does not belong"),
    "a tag folder": (lambda f: packed(f | {"meta/x": b"x"}), "meta/x does not belong"),
    "another case": (lambda f: packed(f | {"DATA/article.txt": b"x"}), "DATA/article.txt does"),
    "a dot": (lambda f: packed(f | {"./data/article.txt": b"x"}), "./data/article.txt does"),
    "two slashes": (lambda f: packed(f | {"data//article.txt": b"x"}), "data//article.txt does"),
    "a folder": (lambda f: packed(f | {"data/": b""}), "data/ does not belong"),
    "a blank in a name": (lambda f: packed(f | {"data/run.json ": b""}), "does not belong"),
    "another bag": (
        lambda f: packed(f | {"bagit.txt": f["bagit.txt"].replace(b"0.97", b"0.93")}),
        "bagit.txt was changed",
    ),
    "who made the bag": (
        lambda f: packed(f | {"bag-info.txt": f["bag-info.txt"] + b"Source-Organization: Us\n"}),
        "bag-info.txt was changed",
    ),
    "a list that lies": (renamed_inside, "cannot read"),
}


@pytest.mark.parametrize("name", WRAPPED)
def test_what_is_put_around_or_beside_the_files_is_named(story: bytes, name: str) -> None:
    change, named = WRAPPED[name]
    try:
        told = faults(change(unpacked(story)))
    except RecordError as error:
        told = str(error)
    assert named in told


def test_a_name_twice_is_refused(story: bytes) -> None:
    out = io.BytesIO(packed(unpacked(story)))
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("data/article.txt", b"another")
    with pytest.raises(RecordError, match="one name twice"):
        verify_bundle(out.getvalue())


def test_what_was_not_checked_is_said_and_does_not_hold(prov: Prov, story: bytes) -> None:
    """A forger who says that another version made it gains nothing but that."""
    files = unpacked(story)
    versions = both(
        edit("data/graph.ttl", 'schema:softwareVersion "', 'schema:softwareVersion "99.'),
        edit("data/run.json", '"version": "', '"version": "99.'),
        edit("data/graph.ttl", 'prefLabel "Mara Quint"', 'prefLabel "Lara Quint"'),
    )
    Path("a.zip").write_bytes(resealed(versions(files)))
    done = prov("verify", "a.zip")
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (
        3,
        "a.zip: nothing contradicts it, but not checked: bytes, article, rebuilt",
    )
    assert "rebuilt: not checked, made by version 99." in done.stdout
    Path("b.zip").write_bytes(story)
    assert prov("verify", "b.zip").exit_code == 0
    done = prov("verify", "b.zip", "--no-rebuild")
    assert (done.exit_code, "not checked: rebuilt" in done.stdout) == (3, True)


MARKED = TEXT.strip().replace("\n\n", "</p><p>")
PAGE = f"""<html><head><title>Harbour to close</title><meta name="author" content="Ann Lee">
<meta property="og:site_name" content="The Port Gazette"></head><body><article>
<h1>Harbour to close</h1><p>{MARKED}</p></article></body></html>"""


def test_with_the_article_s_file_all_that_it_says_of_itself_is_checked(
    prov: Prov, tmp_path: Path
) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    assert prov("build", "a.html", "-o", "out", "-q").exit_code == 0
    assert prov("bundle", "out/a.ttl", "-o", "a.zip").exit_code == 0
    done = prov("verify", "a.zip")
    assert (done.exit_code, "not checked: article" in done.stdout) == (3, True)
    whole = ("bundle", "out/a.ttl", "--article", "a.html", "-o", "a.zip")
    assert prov(*whole).exit_code == 0
    assert prov("verify", "a.zip").exit_code == 0
    files = unpacked((tmp_path / "a.zip").read_bytes())
    for old, new, named in (
        ("The Port Gazette", "The Court Gazette", "another publisher"),
        ("Ann Lee", "Bo Lee", "another authors"),
        ('schema:headline "Harbour', 'schema:headline "Harbor', "another title"),
    ):
        forged = resealed(edit("data/graph.ttl", old, new)(files))
        assert f"{named} comes out of the article's file" in faults(forged)
    (tmp_path / "a.html").write_text(PAGE + " ")
    refused = prov(*whole)
    assert (refused.exit_code, "built from another file" in refused.stderr) == (1, True)
    assert prov(*whole, "--no-text").exit_code == 2


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
    file.write_bytes(file.read_bytes() + b"\n")
    other = prov("verify", file, *signed)
    assert other.exit_code == 1
    assert "signature: not by ada" in other.stdout
