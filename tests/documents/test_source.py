"""Files as people save them: every encoding and line end gives the same text, and every character its line."""

import io
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overkalix_data.base.errors import InputError
from overkalix_data.cli import main
from overkalix_data.documents.decoding import decode
from overkalix_data.documents.source import Line, Source, read_sources
from tests.conftest import RAW

TEXT = "Projekt\n\nMål: Öka turismen – året om.\nFinansiärer: Älvsbyns kommun, Region Norrbotten\u00a0\n"
SAVED = [  # what a person chose in the editor, the bytes, the encoding as it is told
    ("UTF-8", TEXT.encode(), "utf-8"),
    ("UTF-8 with BOM", TEXT.encode("utf-8-sig"), "utf-8-sig"),
    ("UTF-16 LE with BOM", b"\xff\xfe" + TEXT.encode("utf-16-le"), "utf-16"),
    ("UTF-16 BE with BOM", b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16"),
    ("UTF-16 LE", TEXT.encode("utf-16-le"), "utf-16-le"),
    ("UTF-16 BE", TEXT.encode("utf-16-be"), "utf-16-be"),
    ("Windows-1252", TEXT.encode("cp1252"), "cp1252"),
]


@pytest.mark.parametrize(("data", "encoding"), [s[1:] for s in SAVED], ids=[s[0] for s in SAVED])
def test_every_encoding_gives_the_same_text(data: bytes, encoding: str, tmp_path: Path) -> None:
    assert decode(data, "sida.txt") == (TEXT, encoding, ())
    (tmp_path / "Sida från webben.txt").write_bytes(data)
    (source,) = read_sources(str(tmp_path))
    assert (source.text, source.encoding, source.path) == (TEXT, encoding, "Sida från webben.txt")
    assert source.source_id == "sida-fran-webben"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_the_real_page_is_the_same_in_every_encoding(encoding: str, source: Source) -> None:
    assert decode(source.text.encode(encoding), "sida.txt")[0] == source.text


def test_bytes_of_another_encoding_are_told_where_their_letters_stand() -> None:
    data = "Öka besöken året om, på vår å.\n".encode() + "Målgrupp: byar längs ån\n".encode("cp1252")
    text, encoding, wrong = decode(data, "sida.txt")
    assert (text, encoding) == ("Öka besöken året om, på vår å.\nMålgrupp: byar längs ån\n", "utf-8")
    assert [text[n - 1 : n + 2] for n in wrong] == ["Mål", "län", " ån"]


BLANK = [b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xff\xfe \x00\n\x00", "\u00a0\u2003".encode(), b"\x00" * 9]
BINARY = [b"\x89PNG\r\n\x1a\n", b"Projekt\x00\x01", b"PK\x03\x04", b"\xff\xfeM\x00\xe5", b"\x81\x8d"]


@pytest.mark.parametrize("data", BLANK)
def test_nothing_but_blanks_is_empty(data: bytes) -> None:
    with pytest.raises(InputError, match="empty"):
        decode(data, "sida.txt")


@pytest.mark.parametrize("data", BINARY)
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="binary"):
        decode(data, "sida.txt")


def test_lines_know_their_offsets_whatever_ends_them() -> None:
    source = Source("s", "ett\r\ntvå\n\rfyra\r\r\nsex", "", "utf-8")
    assert source.lines == (
        Line(1, 0, "ett"), Line(2, 5, "två"), Line(3, 9, ""), Line(4, 10, "fyra"), Line(5, 15, ""), Line(6, 17, "sex"),
    )  # fmt: skip
    assert [source.line_at(n) for n in (0, 4, 5, 8, 9, 10, 14, 15, 17, 19)] == [1, 1, 2, 2, 3, 4, 4, 5, 6, 6]


@pytest.mark.parametrize("text", ["", "a", "a\n", "\n", "a\u2028b\x0bc\x0cd\x85e"])
def test_only_cr_and_lf_end_a_line(text: str) -> None:
    """Not what `str.splitlines` also breaks at: an editor shows no new line there."""
    assert [line.text for line in Source("s", text, "", "").lines] == text.split("\n")


@given(text=st.text(alphabet="aå –\u00a0\r\n", max_size=60))
@settings(max_examples=300)
def test_lines_and_offsets_agree(text: str) -> None:
    source = Source("s", text, "", "")
    assert [line.number for line in source.lines] == list(range(1, len(source.lines) + 1))
    for line in source.lines:
        assert text[line.start : line.end] == line.text
        assert not set(line.text) & {"\r", "\n"}
    between = [text[a.end : b.start] for a, b in zip(source.lines, source.lines[1:], strict=False)]
    assert set(between) <= {"\r\n", "\r", "\n"}
    assert "".join(f"{line.text}{end}" for line, end in zip(source.lines, [*between, ""], strict=True)) == text
    for offset in range(len(text)):
        line = source.lines[source.line_at(offset) - 1]
        after = source.lines[line.number].start if line.number < len(source.lines) else len(text)
        assert line.start <= offset < after


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_are_kept_and_counted(line_end: str, tmp_path: Path) -> None:
    file = tmp_path / "sida.txt"
    file.write_bytes(TEXT.replace("\n", line_end).encode())
    (source,) = read_sources(str(file))
    assert source.text == TEXT.replace("\n", line_end)
    assert [line.text for line in source.lines] == TEXT.split("\n")
    assert source.line_at(source.text.index("Älvsbyns")) == 4


@pytest.fixture
def standard_input(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(request.param)))


@pytest.mark.parametrize("standard_input", [s[1] for s in SAVED], ids=[s[0] for s in SAVED], indirect=True)
@pytest.mark.usefixtures("standard_input")
def test_standard_input_is_read_as_bytes() -> None:
    (source,) = read_sources("-")
    assert (source.source_id, source.path, source.text) == ("standard-input", "-", TEXT)


@pytest.mark.parametrize("standard_input", [(RAW / "overkalix-projekt.txt").read_bytes()], ids=["page"], indirect=True)
@pytest.mark.usefixtures("standard_input")
def test_the_page_through_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "--raw", "-"]) == 0
    assert capsys.readouterr().out.startswith("25 av 25 projekt\n")


@pytest.mark.parametrize("standard_input", [b""], ids=["nothing"], indirect=True)
@pytest.mark.usefixtures("standard_input")
def test_an_empty_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "--raw", "-"]) == 2
    assert capsys.readouterr().err == "-: filen är tom. Hämta sidan på nytt och spara texten.\n"


def test_a_folder_of_loose_files_is_read_in_the_order_of_ids(tmp_path: Path) -> None:
    for name in ("b.txt", "A.TXT", "bild.png", "anteckning.md"):
        (tmp_path / name).write_text("Projekt\n", encoding="utf-8")
    assert [s.source_id for s in read_sources(str(tmp_path))] == ["a", "b"]


def test_of_several_snapshots_of_an_address_the_newest_is_current(tmp_path: Path) -> None:
    listing = ["source_id;path;url;retrieved_on", "ny;ny.txt;https://x.se;2026-02-01",
               "gammal;g.txt;https://x.se;2025-01-01", "annan;annan.txt;;"]  # fmt: skip
    (tmp_path / "sources.csv").write_bytes("\r\n".join(listing).encode("cp1252"))
    for name in ("ny.txt", "g.txt", "annan.txt"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    assert [(s.source_id, s.text) for s in read_sources(str(tmp_path))] == [("annan", "annan.txt"), ("ny", "ny.txt")]
