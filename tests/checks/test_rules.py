"""One changed cell makes exactly one rule fail. The cells are of the real page's tables."""

import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules

import pandas as pd
import pytest

from overkalix_data.checks.rules import RULES, Verdict, catalogue
from overkalix_data.checks.rules.catalogue import share_told
from overkalix_data.checks.validate import check_tables
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import Tables
from tests.checks import mutations
from tests.checks.mutations.change import MOVE, Change, cell
from tests.conftest import AS_OF

BOOKS = [import_module(f"{mutations.__name__}.{module.name}") for module in iter_modules(mutations.__path__)]
MUTATIONS, REPAIRS, CLEAN, ALONG, PAIRS = (
    {rule_id: change for book in BOOKS for rule_id, change in getattr(book, name, {}).items()}
    for name in ("MUTATIONS", "REPAIRS", "CLEAN", "ALONG", "PAIRS")
)


class Noted(Mapping[str, pd.DataFrame]):
    """Tables that note which of them a rule reads: one that it does not read cannot change its verdict."""

    def __init__(self, tables: Tables) -> None:
        self.tables, self.read = tables, set[str]()

    def __getitem__(self, name: str) -> pd.DataFrame:
        self.read.add(name)
        return self.tables[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.tables)

    def __len__(self) -> int:
        return len(self.tables)


def failed(tables: Tables, rule_id: str) -> int:
    return int((RULES[rule_id](tables, AS_OF).ok == False).sum())  # noqa: E712 - missing is neither


@pytest.fixture(scope="session")
def before(tables: Tables) -> dict[str, tuple[int, set[str]]]:
    """How many rows fail each rule on the real page, and the tables that it read: asked once."""
    noted = {rule_id: Noted(tables) for rule_id in RULES}
    return {rule_id: (failed(seen, rule_id), seen.read) for rule_id, seen in noted.items()}


def changed(tables: Tables, change: Change, before: dict[str, tuple[int, set[str]]]) -> dict[str, int]:
    mutated = {name: frame.copy() for name, frame in tables.items()}
    change(mutated)
    other = {name for name, frame in mutated.items() if not frame.equals(tables.get(name))}
    after = {rule_id: failed(mutated, rule_id) for rule_id, (_, read) in before.items() if read & other}
    return {rule_id: n - before[rule_id][0] for rule_id, n in after.items() if n != before[rule_id][0]}


def test_every_rule_has_a_mutation() -> None:
    assert set(MUTATIONS) | set(REPAIRS) == set(RULES)


@pytest.mark.parametrize("rule_id", sorted(MUTATIONS))
def test_one_change_makes_exactly_that_rule_fail(
    tables: Tables, before: dict[str, tuple[int, set[str]]], rule_id: str
) -> None:
    difference = changed(tables, MUTATIONS[rule_id], before)
    assert difference.get(rule_id) == PAIRS.get(rule_id, 1)
    assert set(difference) <= ALONG.get(rule_id, {rule_id})


@pytest.mark.parametrize("rule_id", sorted(REPAIRS))
def test_one_repair_makes_exactly_that_rule_pass_once_more(
    tables: Tables, before: dict[str, tuple[int, set[str]]], rule_id: str
) -> None:
    difference = changed(tables, REPAIRS[rule_id], before)
    assert difference.get(rule_id) == -1
    assert set(difference) <= ALONG.get(rule_id, {rule_id})


@pytest.mark.parametrize("rule_id", sorted(CLEAN))
def test_the_clean_counterpart_applies_and_passes(tables: Tables, rule_id: str) -> None:
    mutated = {name: frame.copy() for name, frame in tables.items()}
    CLEAN[rule_id](mutated)
    before, after = (RULES[rule_id](t, AS_OF).ok for t in (tables, mutated))
    assert after.notna().sum() > before.notna().sum() == 0
    assert bool(after.dropna().all())


@pytest.mark.parametrize(("end", "ended"), [("2026", False), ("2026-11", False), ("2026-10", True), ("2026-11-22", True),
                                            ("2026-11-23", False), ("2025", True)])  # fmt: skip
def test_a_period_ends_with_its_last_day(tables: Tables, end: str, ended: bool) -> None:
    mutated = tables | {"projects": tables["projects"].copy()}
    cell("projects", MOVE, "end", end)(mutated)
    ok = RULES["period-ended"](mutated, AS_OF).ok
    assert bool(ok[mutated["projects"]["project_id"] == "move-on-up"].iloc[0]) is not ended


def test_a_rule_that_raises_is_a_critical_finding_never_a_pass(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(tables: Tables, as_of: str) -> Verdict:
        raise ZeroDivisionError("no rows")

    monkeypatch.setitem(RULES, "goal-missing", broken)
    findings, checks = check_tables(tables, AS_OF)
    row = checks.set_index("rule_id").loc["goal-missing"]
    assert (row["severity"], row["failed"]) == ("critical", 1)
    assert "no rows" in findings.set_index("rule_id").loc["goal-missing", "message"]


def test_three_outcomes_add_up(tables: Tables) -> None:
    checks = tables["checks"].set_index("rule_id")
    for rule_id in RULES:
        rows = len(tables[catalogue()[rule_id]["table"]])
        assert checks.loc[rule_id, "applicable"] + checks.loc[rule_id, "not_applicable"] == rows, rule_id


def test_the_same_cause_is_told_once(tables: Tables) -> None:
    told = tables["findings"].query("rule_id == 'amount-missing'")
    assert told["message"].str.startswith("25 av 25 projekt saknar belopp.").tolist() == [True]


def test_every_finding_tells_line_value_and_remedy(tables: Tables) -> None:
    rows = tables["findings"].dropna(subset=["row_id"])
    rows = rows[rows["table"] != "sources"]
    assert rows["line"].notna().all()
    assert rows["value"].notna().all()
    for row in rows.itertuples():
        assert row.message.endswith(catalogue()[row.rule_id]["remedy_sv"])


def test_findings_of_the_real_page(tables: Tables) -> None:
    """Each read by hand against the page."""
    lines = tables["findings"].groupby("rule_id")["line"].agg(lambda s: sorted(int(n) for n in s.dropna()))
    assert lines["duplicate-block"] == [229]
    assert lines["period-ended"] == [28]
    assert lines["contact-missing"] == [5, 18, 30, 59, 65]
    assert lines["target-group-missing"] == [5, 18, 30]
    assert lines["funder-label-missing"] == [28, 42]
    assert lines["separator-ambiguous"] == [103, 152, 159, 169, 177, 193, 201, 209, 217, 233]
    assert lines["phone-form"] == [48, 187]
    assert lines["names-share-number"] == [125]
    assert lines["contact-outside-municipality"] == [105]
    assert lines["eu-agency-without-fund"] == [28]
    assert lines["follow-up-but-ongoing"] == [71]
    assert lines["fund-logotype-missing"] == [15]
    assert lines["fund-without-publicity"] == [30, 165]
    assert lines["logotype-without-project"] == [51]
    assert len(lines["title-missing"]) == 24
    assert not (tables["findings"]["severity"] == "critical").any()


def without(tables: Tables) -> Iterator[tuple[str, Tables]]:
    """One of the tables empty, or with one column that may be unknown wholly so: its name, and the tables."""
    for name, frame in tables.items():
        yield name, tables | {name: frame.iloc[:0]}
        for column in (c for c in TABLES[name].columns if not c.required):
            unknown = frame[column.name].where(pd.Series(False, index=frame.index))
            yield name, tables | {name: frame.assign(**{column.name: unknown})}


@pytest.mark.parametrize("rule_id", sorted(RULES))
def test_a_rule_that_does_not_apply_is_no_error(
    tables: Tables, before: dict[str, tuple[int, set[str]]], rule_id: str
) -> None:
    """A list without funders, contacts, dates …: what it lacks is a finding or nothing, never an exception."""
    empty = {name: frame.iloc[:0] for name, frame in tables.items()}
    for lacking in (empty, *(one for name, one in without(tables) if name in before[rule_id][1])):
        assert len(RULES[rule_id](lacking, AS_OF).ok) == len(lacking[catalogue()[rule_id]["table"]])


def test_a_list_without_funders_has_no_critical_finding(tables: Tables) -> None:
    names = ("funders", "project_funders")
    lacking = tables | {name: tables[name].iloc[:0] for name in names}
    findings, checks = check_tables(lacking, AS_OF)
    assert not findings["message"].str.contains("Error").any()
    row = checks.set_index("rule_id").loc["funder-label-missing"]
    assert (row["severity"], row["applicable"] > 0) == (catalogue()["funder-label-missing"]["severity"], True)


SAME_OF_ONE = {
    "project-none", "phone-invalid", "addition-unreadable", "region-share-above-half", "agency-share-above-half",
}  # fmt: skip
"""Rules whose words in English are the same of one and of several: `gave`, `cannot`, or a number that is no subject."""


def test_what_a_rule_says_of_one_agrees_with_it() -> None:
    same = {
        rule_id
        for rule_id in catalogue()
        if share_told(rule_id, 1, 9, "en").replace("1", "2", 1) == share_told(rule_id, 2, 9, "en")
    }
    assert same == SAME_OF_ONE
    said = [share_told(rule_id, 1, 9, "en") for rule_id in catalogue()]
    assert [words for words in said if re.search(r"\b(?:their|they)\b", words)] == []
    assert share_told("amount-told-twice", 1, 2, "en").startswith("1 of 2 intermediaries has the same amount as its")
    assert share_told("identity-doubt", 1, 25, "sv") == "1 av 25 projekt är inte säkert igenkänt."
    assert share_told("title-missing", 1200, 1300, "sv") == "1\u00a0200 av 1\u00a0300 projekt saknar titel."


def test_a_block_told_twice_is_named_by_its_words_and_line(tables: Tables) -> None:
    for lang, named in (("sv", "samma text som ”{}” (rad 205)."), ("en", "the same text as “{}” (line 205).")):
        findings, _ = check_tables(tables, AS_OF, lang)
        (row,) = findings[findings["rule_id"] == "duplicate-block"].itertuples()
        first = tables["projects"].set_index("project_id").loc[row.row_id, "duplicate_of"]
        label = tables["projects"].set_index("project_id").loc[first, "label"]
        assert named.format(label) in row.message
        assert first not in row.message
