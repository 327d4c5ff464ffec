"""Many files are read on processes of their own: the same tables and ledger, byte for byte, and the same refusals."""

from pathlib import Path

import pytest

from benchmarks.lists import projects, reworded, write_csv, write_text
from overkalix_data.base.errors import InputError
from overkalix_data.identity import read_projects as reading
from overkalix_data.identity.ledger import ledger_bytes
from overkalix_data.schema.frames import tidy_tables, write_tables


def read(raw: Path, out: Path, enough: int) -> tuple[dict[str, bytes], list[reading.ReadSource]]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(reading, "ENOUGH_FOR_TWO", enough)
        patched.setattr(reading.os, "cpu_count", lambda: 2)
        made = reading.read_projects(str(raw), out / "nothing curated")
    out.mkdir()
    files = {file.name: file.read_bytes() for file in write_tables(tidy_tables(made.records), out)}
    return files | {"ledger": ledger_bytes(made.ledger)}, list(made.sources)


def test_files_read_side_by_side_give_the_same_tables(tmp_path: Path) -> None:
    raw, rows = tmp_path / "raw", list(projects(24))
    raw.mkdir()
    write_csv(rows[:9], raw / "b.csv")
    write_csv([*reworded(rows[6:9]), *rows[9:12], rows[9]], raw / "a.csv")
    write_text(rows[10:20], raw / "c.txt")
    write_text([*reworded(rows[10:12]), *rows[12:24]], raw / "d.txt")
    listed = [("b.csv", "b", "", ""), ("a.csv", "a", "", ""), ("c.txt", "c", "https://exempel.se/p", "2024-01-01"),
              ("d.txt", "d", "https://exempel.se/p", "2025-01-01")]  # fmt: skip
    lines = ["path,source_id,url,retrieved_on", *map(",".join, listed)]
    (raw / "sources.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    alone, together = read(raw, tmp_path / "alone", 2**40), read(raw, tmp_path / "together", 0)
    assert alone == together
    assert [source.source_id for source in alone[1]] == ["a", "b", "d"]
    assert alone[0]["changes.csv"].count(b"\n") > 1


def test_the_first_file_that_cannot_be_read_is_told_as_alone(tmp_path: Path) -> None:
    write_text(list(projects(3)), tmp_path / "a.txt")
    for name in ("b.txt", "c.txt"):
        (tmp_path / name).write_bytes(b"\x00" * 9)
    told = []
    for place, enough in enumerate((2**40, 0)):
        with pytest.raises(InputError) as error:
            read(tmp_path, tmp_path / f"out{place}", enough)
        told.append((error.value.key, error.value.params))
    assert told[0] == told[1]
    assert told[0][1]["file"].endswith("b.txt")
