"""The documents tell the truth: the dictionary is the schema's, every command is told, every file named exists."""

import re
from pathlib import Path

import pytest

from overkalix_data.cli import main
from overkalix_data.documents.source import read_sources
from overkalix_data.outputs.pages.dictionary import layouts, renewed

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_data_dictionary_is_written_from_the_schema() -> None:
    assert renewed(README) == README


def test_layouts_are_written_from_the_golden_cases() -> None:
    assert layouts(ROOT / "tests" / "cases") == (ROOT / "docs" / "layouter.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_help_tells_every_command_and_every_option_has_help(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--help", "--lang", lang])
    assert left.value.code == 0
    commands = re.findall(r"^    ([\w-]+) ", capsys.readouterr().out, re.MULTILINE)
    assert commands == [
        "report",
        "build",
        "check",
        "show",
        "export",
        "page",
        "template",
        "review",
        "diff",
        "evaluate",
        "new-source",
    ]
    for command in commands:
        assert f"`overkalix {command}`" in README
        with pytest.raises(SystemExit):
            main([command, "--help", "--lang", lang])
        told = capsys.readouterr().out
        for option in ("--raw", "--curated", "--clean", "--reports", "--as-of", "--lang"):
            assert re.search(rf"^  {option} .*?(\S\s\S|\n {{10,}}\S)", told, re.MULTILINE | re.DOTALL), option
        assert ("Val:" in told) == (lang == "sv")


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "docs/decisions.md"])
def test_files_that_a_document_names_exist(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    paths = re.findall(r"`((?:overkalix_data|docs|tests|data)/[\w/.-]+)`|\]\(([\w/.-]+)\)", text)
    assert [p for pair in paths for p in pair if p and not (ROOT / p).exists()] == []


def test_every_dependency_has_a_decision_and_two_bounds() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    decisions = (ROOT / "docs/decisions.md").read_text(encoding="utf-8").casefold()
    listed = project.partition("[project.scripts]")[0]
    for name, bounds in re.findall(r'^    "([\w-]+)([^"]*)",$', listed, re.MULTILINE):
        assert re.fullmatch(r">=[\d.]+,<\d+", bounds), name
        assert name in decisions, name


def test_lock_files_have_hashes_and_name_no_host() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert not re.search(r"https?://|file:|index-url|find-links", text), lock.name


def test_the_raw_page_is_the_one_that_sources_csv_declares() -> None:
    for source in read_sources(str(ROOT / "data/raw")):
        assert source.sha256 == source.declared_sha256
