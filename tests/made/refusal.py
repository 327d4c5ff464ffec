"""A place with earlier outputs, and a command there that must be refused: shared by the tests of exit code 2."""

from collections.abc import Callable
from pathlib import Path

import pytest

from overkalix_data.cli import main

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
HELD = {"clean/projects.csv": b"gammal\n", "clean/funders.csv": b"\xef\xbb\xbfgammal;\r\n", "clean/eget.txt": b"mitt",
        "reports/internal/overkalix-projekt.xlsx": PNG, "raw/readme": b""}  # fmt: skip
Refused = Callable[..., str]


def snapshot(folder: Path) -> dict[str, bytes | None]:
    """Every file with its bytes, every folder with None."""
    found = sorted(folder.rglob("*"))
    return {p.relative_to(folder).as_posix(): p.read_bytes() if p.is_file() else None for p in found}


def furnished(folder: Path) -> Path:
    """The folder with the outputs of an earlier run, and a person's own file among them."""
    for name, content in HELD.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def refusing(desk: Path, capsys: pytest.CaptureFixture[str]) -> Refused:
    """Runs a command that must not succeed; gives its one line, the folders proven untouched."""

    def run(*words: str | Path) -> str:
        before = snapshot(desk)
        folders = ["--clean", desk / "clean", "--reports", desk / "reports"] if words[:1] == ("build",) else []
        folders += ["--curated", desk / "curated"] if words[:1] in (("build",), ("report",)) else []
        code = main([str(w) for w in [*words[:1], *folders, *words[1:]]])
        told = capsys.readouterr()
        assert (code, told.out) == (2, "")
        assert told.err.endswith("\n")
        assert len(told.err.splitlines()) == 1, told.err
        assert snapshot(desk) == before
        return told.err.strip()

    return run
