"""The checks on large tables beside hand-written pandas that asks the same questions: seconds, ratio and growth.

The real tables are repeated until they hold about the number of rows asked for, every key made new. "pandas" computes every rule's
answers and takes out the failing rows; "checks" is the whole engine with findings in words; "GX" is the process of Great Expectations,
that judges the schema of the same tables beside it, its import counted.
Run: .venv/bin/python benchmarks/checks.py [ROWS ...]   (default 10000 100000 1000000)
"""

import sys
import time
from pathlib import Path

import pandas as pd

from overkalix_data.checks.rules import RULES, catalogue
from overkalix_data.checks.schema_run import SchemaRun
from overkalix_data.checks.validate import check_tables
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import Tables, read_tables

ROOT = Path(__file__).parents[1]
AS_OF = "2026-11-23"
SHARED = {"sources", "snapshots", "funders", "themes", "places", "target_groups"}
"""Tables that do not grow with the number of projects."""


def repeated(tables: Tables, times: int) -> Tables:
    """The tables with every project, contact and piece of evidence `times` over, ids told apart by a number."""
    grown = {}
    for name, frame in tables.items():
        if name in SHARED:
            grown[name] = frame
            continue
        big = pd.concat([frame] * times, ignore_index=True)
        number = pd.Series(range(times)).repeat(len(frame)).astype("string").reset_index(drop=True)
        for column in ("project_id", "contact_id", "row_id", "duplicate_of"):
            if column in big and name != "logotypes":
                big[column] = big[column] + "-" + number
        if name in ("evidence", "logotypes"):
            shift = number.astype("Int64") * 100_000
            for column in ("start", "end", "line"):
                if column in big:
                    big[column] = big[column] + shift
        grown[name] = big
    return grown


def by_hand(tables: Tables) -> int:
    """Every rule's answers with pandas alone; gives how many rows fail."""
    failed = 0
    for rule_id, function in RULES.items():
        ok = function(tables, AS_OF).ok
        failed += len(tables[catalogue()[rule_id]["table"]][ok.eq(False).fillna(False)])
    return failed


def main(sizes: list[int]) -> None:
    """Prints a line a size."""
    tables = {
        name: frame
        for name, frame in read_tables(ROOT / "data" / "clean").items()
        if name not in ("findings", "checks")
    }
    rows = sum(len(tables[name]) for name in TABLES if name in tables)
    check_tables(tables, AS_OF)
    for size in [rows, *sizes]:
        grown = repeated(tables, max(1, size // rows))
        count = sum(len(frame) for frame in grown.values())
        started = time.perf_counter()
        failed = by_hand(grown)
        hand = time.perf_counter() - started
        started = time.perf_counter()
        findings, _ = check_tables(grown, AS_OF)
        checks = time.perf_counter() - started
        started = time.perf_counter()
        with SchemaRun() as schema:
            schema.judge(grown)
            broken = len(schema.verdict().broken)
        native = time.perf_counter() - started
        print(
            f"{count:>9} rows: pandas {hand:7.2f} s, checks {checks:7.2f} s, ratio {checks / hand:5.2f}, "
            f"{1e6 * checks / count:7.0f} µs a row, {failed} failures, {len(findings)} findings; "
            f"GX {native:7.2f} s, {broken} broken"
        )


if __name__ == "__main__":
    main([int(n) for n in sys.argv[1:]] or [10_000, 100_000, 1_000_000])
