"""The ten questions of README's analyst part: each answered in two lines at most, and answered right."""

import re
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

import overkalix_data as od
from overkalix_data import analyse, charts, pipeline
from overkalix_data.amounts import Total, cost_total
from tests.conftest import ROOT

BLOCK = (ROOT / "README.md").read_text(encoding="utf-8").partition("```python\n")[2].partition("```")[0]
QUESTIONS = {
    int(above or beside): (below or code).strip()
    for above, below, code, beside in re.findall(
        r"^# (\d+) .*\n((?:.+\n)+?)(?=.*#|\n)|^(.+?)  # (\d+) ", BLOCK, re.MULTILINE
    )
}
CHECKS: dict[int, Callable[[Any, od.Data], bool]] = {
    1: lambda a, d: len(a) == (d.tables["projects"]["status_code"] == "ongoing").sum() and a["last_day"].max().day == 31,
    2: lambda a, d: a["project_id"].tolist() == ["move-on-up"],
    3: lambda a, d: dict(zip(a["Namn"], a["Antal projekt"], strict=True))["Tillväxtverket"] == 14,
    4: lambda a, d: len(a) == d.wide()["is_eu"].sum() == 11 and a["agency"].count() == 1,
    5: lambda a, d: len(a) > 0 and (a["projects"] > a["expected"]).all(),
    6: lambda a, d: a.loc["Skogsnäring"].notna().any() and a.sum().sum() == analyse.themes_by_funder(d.tables)["projects"].sum(),
    7: lambda a, d: a == Total(None, 0, 25),
    8: lambda a, d: a.loc["Näringslivskontoret", "Pågående"] == len(d.tables["project_funders"].merge(d.tables["projects"]).query(
        "funder_id == 'tillvaxtverket' and unit == 'Näringslivskontoret' and status_code == 'ongoing'")),
    9: lambda a, d: a["severity"].iloc[0] == "warning" and a["severity"].is_monotonic_increasing,
    10: lambda a, d: a["line"].tolist() == [28] and "september 2023" in a["quote"][0],
}  # fmt: skip


@pytest.fixture(scope="module")
def data() -> od.Data:
    return od.load(ROOT / "data" / "clean")


def test_there_are_ten_of_two_lines_at_most() -> None:
    assert [*QUESTIONS] == [*CHECKS] == [*range(1, 11)]
    assert all(lines.count("\n") <= 1 for lines in QUESTIONS.values())


@pytest.mark.parametrize("number", CHECKS)
def test_each_is_answered(number: int, data: od.Data) -> None:
    names = {"data": data, "od": od, "pd": pd, "analyse": analyse, "charts": charts, "pipeline": pipeline}
    answer = eval(QUESTIONS[number], names | {"cost_total": cost_total})
    assert CHECKS[number](answer, data), answer
