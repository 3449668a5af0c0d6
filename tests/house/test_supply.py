"""What the default install depends on: pinned with hashes, listed, and enough for setup.cfg."""

import json
import re
from configparser import ConfigParser

from packaging.requirements import Requirement
from packaging.version import Version

from tests.helpers.places import ROOT

REMAKE = "run bash docs/supply.sh"
_PIN = re.compile(r"^([\w.-]+)==(\S+)((?:.*\\\n)(?:    --hash=sha256:[0-9a-f]{64}.*\n)+)?", re.M)


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned() -> dict[str, set[Version]]:
    """Return the versions of each package, of which there may be one for each Python."""
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    pins: dict[str, set[Version]] = {}
    for found in _PIN.finditer(lock):
        pins.setdefault(plain(found[1]), set()).add(Version(found[2]))
    return pins


def test_every_pin_has_its_hashes() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert all(found[3] for found in _PIN.finditer(lock))
    lines = [s for s in lock.splitlines() if s and not s.startswith((" ", "#"))]
    assert len(lines) == len(list(_PIN.finditer(lock))) > 50
    assert "://" not in lock, "no address of an index"


def test_the_pins_are_what_the_project_asks_for() -> None:
    config = ConfigParser()
    config.read(ROOT / "setup.cfg")
    asked = [Requirement(s) for s in config["options"]["install_requires"].split("\n") if s]
    pins = pinned()
    for one in asked:
        versions = pins[plain(one.name)]
        assert versions == set(one.specifier.filter(versions)), f"{one}: {REMAKE}"


def test_the_bill_and_the_licences_are_those_of_the_pins() -> None:
    bill = json.loads((ROOT / "sbom.cdx.json").read_text("utf-8"))
    assert bill["bomFormat"] == "CycloneDX"
    listed = {plain(part["name"]): part for part in bill["components"]}
    licences = (ROOT / "docs" / "licences.md").read_text("utf-8")
    table = re.findall(r"^\| (\S+) +\| (\S+) +\| (.+?) *\|$", licences, re.M)
    licensed = {plain(name): licence for name, _, licence in table}
    pins = pinned()
    for name, part in listed.items():
        if name not in ("pip", "setuptools"):
            assert Version(part["version"]) in pins[name], REMAKE
            assert licensed[name] not in ("", "UNKNOWN"), name
    config = ConfigParser()
    config.read(ROOT / "setup.cfg")
    asked = [Requirement(s) for s in config["options"]["install_requires"].split("\n") if s]
    assert {plain(one.name) for one in asked} <= set(listed)
