"""Build the documentation as a site in build/site: ``python docs/website.py``.

The pages are gathered first, because some of them stand outside of docs/. A link that leads nowhere
is an error.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
GATHERED = ROOT / "build" / "pages"
FOLDERS = ("docs", "benchmarks", "ontology")
FILES = (
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "LICENSE",
    "requirements.lock",
    "sbom.cdx.json",
)


def gather(into: Path = GATHERED) -> None:
    """Copy all that the pages are and link to."""
    shutil.rmtree(into, ignore_errors=True)
    for name in FOLDERS:
        unwanted = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, into / name, ignore=unwanted)
    for name in FILES:
        shutil.copy(ROOT / name, into)


def build() -> int:
    """Build the site and return the exit status."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}  # an advertisement
    return subprocess.run(command, cwd=ROOT, env=quiet, check=False).returncode


if __name__ == "__main__":
    gather()
    sys.exit(build())
