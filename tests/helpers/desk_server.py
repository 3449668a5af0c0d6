"""The desk as tests run it: the real server, in a process of its own, on a free port."""

import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

_SERVED = re.compile(rb"is served at (http://\S+)")
ARTICLE = """Mayor hid report, clerk says

The mayor knew of the cracks in March, city clerk Ada Brandt said on Monday.
According to an engineer who asked not to be named, the report lay in a drawer for weeks.
The engineering firm Holt & Rowe denied that the report was ever finished.
"We sent it twice," said Jonas Pell, who led the survey.
"""


def story(number: int) -> str:
    """Return an article that no other number has."""
    name = f"{chr(65 + number % 26)}nton Quist"
    return ARTICLE.replace("Ada Brandt", name).replace("March", f"week {number}")


@dataclass
class Served:
    """A desk that runs."""

    process: subprocess.Popen[bytes]
    address: str
    store: Path

    def get(self, path: str, **how: Any) -> requests.Response:
        return requests.get(self.address + path, timeout=120, **how)

    def post(self, path: str, **how: Any) -> requests.Response:
        return requests.post(self.address + path, timeout=120, **how)

    def bring(self, *texts: tuple[str, str | bytes]) -> dict[str, Any]:
        """Bring files and return what became of them in the end."""
        files = [("files", (name, data)) for name, data in texts]
        job = self.post("/articles", files=files)
        assert job.status_code == 202, job.text
        return self.ended(job.json()["id"])

    def ended(self, job: int) -> dict[str, Any]:
        """Return the job with this number when it is done."""
        for _ in range(1200):
            found = next((one for one in self.get("/jobs").json() if one["id"] == job), None)
            if found and found["done"]:
                return dict(found)
            time.sleep(0.25)
        raise AssertionError(f"job {job} does not end")

    def raw(self, article: str) -> dict[str, Any]:
        """Return what the page of *article* is told."""
        return dict(self.get(f"/articles/{article}/data").json()["raw"])

    def correct(self, article: str, **what: Any) -> requests.Response:
        return self.post(f"/articles/{article}/corrections", json=what)

    def kill(self) -> None:
        """Kill it as the system would."""
        self.process.kill()
        self._end()

    def stop(self) -> None:
        """Stop it as a person would."""
        self.process.send_signal(signal.SIGINT)
        self._end()

    def _end(self) -> None:
        self.process.wait(120)
        if self.process.stderr is not None:
            self.process.stderr.close()


def anchor(raw: dict[str, Any], name: str) -> dict[str, Any]:
    """Return what finds the source *name* again; its name alone is enough where it is the only."""
    assert any(one["name"] == name for one in raw["sources"]), [o["name"] for o in raw["sources"]]
    return {"name": name}


def serve(store: Path, *options: str) -> Served:
    """Start a desk over *store* and return it when it answers."""
    command = [sys.executable, "-m", "provenance", "serve", str(store), "--no-browser"]
    environment = {**os.environ, "PROV_CURATOR": "Ada Quill"}
    process = subprocess.Popen(
        [*command, *options], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment
    )
    assert process.stderr is not None
    line = process.stderr.readline()
    found = _SERVED.search(line)
    assert found, line + process.stderr.read()
    address = found[1].decode()
    return Served(process, address.partition("?")[0].rstrip("/"), store)
