"""A new list is shown as it was read: the layouts that competed, each piece of the page, one HTML file."""

import re
from pathlib import Path

import pytest

from overkalix_data.cli import main
from overkalix_data.identity.new_source import source_report
from tests.conftest import RAW

CASE = Path(__file__).parents[1] / "cases" / "text-ett-bidrag-per-rad" / "source.txt"


@pytest.mark.parametrize(
    ("lang", "won", "piece"),
    [("sv", "Läst som Ett bidrag per rad (grants): 4 projekt", "Värde: Titel"), ("en", "Read as One grant a line (grants): 4 projects", "Value: Title")],
)  # fmt: skip
def test_a_list_is_shown_as_it_was_read(
    lang: str, won: str, piece: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "lasning.html"
    assert main(["new-source", str(CASE), "--output", str(page), "--lang", lang]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith(won) for line in lines)
    assert any(piece in line and line.endswith("en rullskidbana") and line.startswith("   13") for line in lines)
    assert any(line.startswith("# layout = ") for line in lines)
    told = page.read_text(encoding="utf-8")
    assert told.count("<tr>") > 15
    assert "en rullskidbana" in told
    assert won in told


def test_no_word_of_the_report_is_cut_and_its_numbers_are_swedish() -> None:
    told = source_report(str(RAW / "overkalix-projekt.txt"), "sv")
    listed = [line for line in told.lines if line[:5].strip().isdigit()]
    for piece, line in zip(told.pieces, listed, strict=False):
        assert f"  {piece.what}  " in line
        assert line.endswith(" …") or line.endswith(piece.quote)
    assert not re.search(r"[+-]\d+\.\d", " ".join(told.layouts))


def test_a_profile_chooses_the_layout(tmp_path: Path) -> None:
    from dataclasses import replace

    from overkalix_data.base.site_profile import Profile
    from overkalix_data.documents.source import read_sources
    from overkalix_data.reading.layouts import readings

    (source,) = read_sources(str(CASE))
    asked = replace(source, profile=Profile("exempel.se", layout="labelled"))
    assert [r.layout for r in readings(asked)] == ["labelled"]


@pytest.mark.parametrize(
    ("title", "publisher"),
    [
        ("Projekt - Pajala kommun", "2521"),
        ("Pajala | Projekt", "2521"),
        ("Projekt i Pajala och Kalix kommun", ""),
        ("Pajala kommun – Kalix kommun", ""),
        ("Projekt", "2514"),  # from the funders
    ],
)
def test_the_publisher_is_proposed_from_the_pages_title(title: str, publisher: str, tmp_path: Path) -> None:
    page = tmp_path / "sida.html"
    funders = "Kalix kommun" if publisher == "2514" else "Tillväxtverket"
    project = f"<h1>Projekt</h1><h2>Ljus</h2><p>Mål: Att se.</p><p>Finansiärer: {funders}, Almi</p>"
    svg = "<svg><title>Kiruna kommun</title></svg>"
    page.write_text(f"<html><head><title>{title}</title></head><body>{svg}{project}</body></html>", encoding="utf-8")
    told = source_report(str(page), "sv").lines
    at = list(told).index("source_id,path,publisher_code,url,retrieved_on,media_type,encoding,sha256,licence,note")
    assert told[at + 1].split(",")[2] == publisher
