"""No command but `fetch` asks the network, nor do the processes that it starts: Python's own audit says what is asked."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import AS_OF, RAW, ROOT

HOOK = """
import os, sys
def asked(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.sendmsg"):
        with open(os.environ["ASKED"], "a") as file:
            file.write(f"{event} {arguments}\\n")
sys.addaudithook(asked)
"""
REGISTER = ROOT / "tests" / "cases" / "register-esf-insatser" / "source.csv"
COMMANDS = [
    "report",
    "publish",
    "export --all",
    "template",
    "show",
    "review",
    f"match {REGISTER}",
    f"new-source {REGISTER}",
]


def run(desk: Path, *words: str) -> str:
    """What is asked of the network while Python runs with those words."""
    log = desk / "asked.txt"
    (desk / "sitecustomize.py").write_text(HOOK, encoding="utf-8")
    env = os.environ | {"ASKED": str(log), "PYTHONPATH": os.pathsep.join((str(desk), str(ROOT)))}
    done = subprocess.run([sys.executable, *words], env=env, cwd=desk, capture_output=True)
    assert done.returncode in (0, 1), done.stderr.decode()
    return log.read_text(encoding="utf-8") if log.exists() else ""


def test_what_is_asked_is_heard_in_every_process(tmp_path: Path) -> None:
    ask = "import socket; socket.socket().connect_ex(('127.0.0.1', 9))"
    again = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {ask!r}])"
    assert "socket.connect" in run(tmp_path, "-c", again)


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_asks_the_network(command: str, whole: None, tmp_path: Path) -> None:
    folders = [w for n in ("clean", "curated", "reports") for w in (f"--{n}", str(tmp_path / n))]
    assert run(tmp_path, "-m", "overkalix_data", *command.split(), "--raw", str(RAW), *folders, "--as-of", AS_OF) == ""
