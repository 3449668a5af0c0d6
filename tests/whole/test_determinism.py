"""The same bytes whatever the hash seed, locale, time zone and number of threads.

The same over versions of Python is ``bash tests/matrix PYTHON...``, see there.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from provenance.extraction.tagger.tagger import load_tagger
from tests.helpers.factories import TEXT
from tests.helpers.places import ROOT

SURROUNDINGS = (
    {"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC", "OMP_NUM_THREADS": "1"},
    {"PYTHONHASHSEED": "1", "LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Kolkata", "OMP_NUM_THREADS": "4"},
    {"PYTHONHASHSEED": "4", "LANG": "de_DE", "TZ": "America/St_Johns", "PYTHONUTF8": "1",
     "OMP_NUM_THREADS": "2"},
)  # fmt: skip
BUILD = """
import hashlib, sys
import provenance
graph = provenance.build(sys.argv[1])
for format in ("turtle", "nquads", "jsonld", "json", "html", "csv", "gexf"):
    print(format, hashlib.sha256(graph.to(format)).hexdigest())
"""


def built(article: Path, surroundings: dict[str, str]) -> str:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG"))}
    environment = kept | {"PYTHONPATH": str(ROOT)} | surroundings
    command = [sys.executable, "-c", BUILD, str(article)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_same_bytes_in_all_surroundings(tmp_path: Path) -> None:
    article = tmp_path / "ferries.txt"
    article.write_text(TEXT, encoding="utf-8")
    first, *others = (built(article, one) for one in SURROUNDINGS)
    assert len(first.splitlines()) == 7
    for other in others:
        assert other == first


@pytest.mark.parametrize("threads", [2, 3])
def test_threads_of_the_network_make_no_difference(threads: int) -> None:
    load_tagger.cache_clear()
    one = list(load_tagger()(TEXT))
    load_tagger.cache_clear()
    try:
        assert list(load_tagger(threads=threads)(TEXT)) == one
    finally:
        load_tagger.cache_clear()
