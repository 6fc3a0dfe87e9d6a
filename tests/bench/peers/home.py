"""Where peers are installed: a folder under `var/`, apart from the bot's own environment and its lock files."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.bench.peers.exchange import PeerMissingError

HOME = Path("var/bench/peers")
PYTHON_PACKAGES = ("bm25s==0.3.16", "tantivy==0.27.0", "numpy>=2,<3")
NODE_PACKAGES = ("minisearch@7.2.0", "@orama/orama@3.1.18", "fuse.js@7.5.0")
INSTALL_SECONDS = 300
HERE = Path(__file__).parent

PYTHON_PEERS = ("fts5-unicode61", "fts5-trigram", "fts5-stemmed", "bm25s", "tantivy", "rapidfuzz-wratio")
NODE_PEERS = ("minisearch", "orama", "fuse")
_OWN_PYTHON = {"fts5-unicode61", "fts5-trigram", "fts5-stemmed", "rapidfuzz-wratio"}


def commands() -> Iterator[tuple[str, Sequence[str] | PeerMissingError]]:
    """Every peer with the command that runs it, or why it cannot run. Installs what is missing, once."""
    foreign = _prepared(_python)
    node = _prepared(_node)
    for name in PYTHON_PEERS:
        if name in _OWN_PYTHON:
            yield name, (sys.executable, str(HERE / "python_peers.py"))
        else:
            yield name, _missing(name, foreign) or (str(foreign), str(HERE / "python_peers.py"))
    for name in NODE_PEERS:
        yield name, _missing(name, node) or (str(node), str(HOME / "node_peers.mjs"))


def _missing(name: str, found: Path | str) -> PeerMissingError | None:
    return PeerMissingError(f"{name}: {found}") if isinstance(found, str) else None


def _prepared(prepare: object) -> Path | str:
    assert callable(prepare)
    try:
        HOME.mkdir(parents=True, exist_ok=True)
        found = prepare()
    except subprocess.TimeoutExpired:
        return f"installing took more than {INSTALL_SECONDS} s"
    except (OSError, subprocess.CalledProcessError) as error:
        return f"cannot be installed here ({type(error).__name__})"
    assert isinstance(found, Path | str)
    return found


def _python() -> Path:
    interpreter = HOME / "venv/bin/python"
    if not (HOME / "venv/.ready").exists():
        _run([sys.executable, "-m", "venv", str(HOME / "venv")])
        _run([str(interpreter), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PYTHON_PACKAGES])
        (HOME / "venv/.ready").touch()
    return interpreter


def _node() -> Path | str:
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return "Node is not installed"
    if not (HOME / "node_modules/.ready").exists():
        _run([npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(HOME), *NODE_PACKAGES])
        (HOME / "node_modules/.ready").touch()
    shutil.copyfile(HERE / "node_peers.mjs", HOME / "node_peers.mjs")
    return Path(node)


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=INSTALL_SECONDS)
