"""Great Expectations over the tables: suites generated from the schema and from the rules → findings and checks.

Each rule has three outcomes a row: passed, failed, not applicable (a missing value, which GX leaves out of its count).
A rule that raises is a critical finding of its own, never a pass.
"""

import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import great_expectations as gx
import great_expectations.expectations as gxe
import pandas as pd
from great_expectations.data_context.types.base import ProgressBarsConfig

from overkalix_data.codelists import Row, codes
from overkalix_data.findings import Outcome, Place, tell_outcomes
from overkalix_data.model import PATTERNS, Table
from overkalix_data.rules import RULES, Verdict, catalogue
from overkalix_data.schema import TABLES
from overkalix_data.tables import Tables

os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
COMPLETE = {"result_format": "COMPLETE"}
OUTCOMES = ("findings", "checks")
"""The tables that this module makes; they are not themselves checked."""


def check_tables(
    tables: Tables, as_of: str, lang: str = "sv", accepted: Sequence[Row] = ()
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(findings, checks) of the tables as of a day (ISO), with the words of `lang` and the findings a person accepted."""
    validator = _Validator()
    outcomes: dict[str, Outcome] = defaultdict(Outcome)
    for name in (n for n in TABLES if n not in OUTCOMES):
        for expectation, result in validator.run(name, tables[name], schema_suite(TABLES[name], tables)):
            outcome, column = outcomes[expectation.meta["rule"]], expectation.meta["column"]
            _count(outcome, tables[name].get(column), result, name, column)
            outcome.values |= _shown(outcome, name, tables[name].get(column), column)
    for name, verdicts in _verdicts(tables, as_of, outcomes).items():
        prepared = pd.DataFrame({rule_id: v.ok.astype("float64") for rule_id, v in verdicts.items()})
        suite = [_in_set(rule_id, [1.0], rule_id) for rule_id in verdicts]
        for expectation, result in validator.run(f"rules.{name}", prepared, suite):
            rule_id = expectation.meta["rule"]
            column = catalogue()[rule_id]["column"]
            _count(outcomes[rule_id], prepared[rule_id], result, name, column)
            value = verdicts[rule_id].value
            outcomes[rule_id].values = _shown(outcomes[rule_id], name, tables[name][column] if value is None else value, column)
            outcomes[rule_id].suggestions = _shown(outcomes[rule_id], name, verdicts[rule_id].suggestion, column)
    return tell_outcomes(tables, outcomes, lang, accepted)


def _verdicts(tables: Tables, as_of: str, outcomes: dict[str, Outcome]) -> dict[str, dict[str, Verdict]]:
    """Table → rule → verdict; a rule that raises is told in its outcome."""
    verdicts: dict[str, dict[str, Verdict]] = defaultdict(dict)
    for rule_id, function in RULES.items():
        try:
            verdicts[catalogue()[rule_id]["table"]][rule_id] = function(tables, as_of)
        except Exception as error:  # noqa: BLE001 - a broken rule is told as a critical finding, never hidden as a pass
            outcomes[rule_id].error = f"{type(error).__name__}: {error}"
    return verdicts


def schema_suite(table: Table, tables: Tables) -> list[Any]:
    """The expectations that the schema's declaration of a table asks for."""
    names = [c.name for c in table.columns]
    suite: list[Any] = [gxe.ExpectTableColumnsToMatchOrderedList(column_list=names, meta=_meta("schema-columns"))]
    if len(table.key) == 1:
        suite.append(gxe.ExpectColumnValuesToBeUnique(column=table.key[0], meta=_meta("schema-key", table.key[0])))
    else:
        suite.append(
            gxe.ExpectCompoundColumnsToBeUnique(column_list=list(table.key), ignore_row_if="never", meta=_meta("schema-key"))
        )
    for c in table.columns:
        if c.required:
            suite.append(gxe.ExpectColumnValuesToNotBeNull(column=c.name, meta=_meta("schema-required", c.name)))
        if c.refers_to:
            parent = tables[c.refers_to]
            known = parent[TABLES[c.refers_to].key[0]].dropna().tolist() if len(parent) else []
            suite.append(_in_set(c.name, known, "schema-reference"))
        if c.codelist:
            suite.append(_in_set(c.name, list(codes(c.codelist)), "schema-codelist"))
        if c.type in PATTERNS and c.type != "id":
            suite.append(
                gxe.ExpectColumnValuesToMatchRegex(column=c.name, regex=PATTERNS[c.type], meta=_meta("schema-form", c.name))
            )
    return suite


def _in_set(column: str, values: Sequence[object], rule_id: str) -> Any:
    return gxe.ExpectColumnValuesToBeInSet(column=column, value_set=values, meta=_meta(rule_id, column))


def _meta(rule_id: str, column: str = "") -> dict[str, str]:
    return {"rule": rule_id, "column": column}


class _Validator:
    """An ephemeral context: no files, no network, no progress bars. One asset serves every frame."""

    def __init__(self) -> None:
        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = ProgressBarsConfig(globally=False)
        asset = context.data_sources.add_pandas("overkalix").add_dataframe_asset("tables")
        self.definition = asset.add_batch_definition_whole_dataframe("all")

    def run(self, name: str, table: pd.DataFrame, suite: list[Any]) -> Iterator[tuple[Any, Any]]:
        """(expectation, result) of a suite over one frame.

        A first pass asks only whether each expectation holds; only what fails is asked for its rows, which costs more.
        """
        batch = self.definition.get_batch({"dataframe": table})
        quick = batch.validate(gx.ExpectationSuite(name, expectations=suite), result_format="BOOLEAN_ONLY").results
        results = {_asked(r.expectation_config): r for r in quick}
        failed = [e for e in suite if not results[_asked(e)].success]
        if failed:
            told = batch.validate(gx.ExpectationSuite(name, expectations=failed), result_format=COMPLETE).results
            results |= {_asked(r.expectation_config): r for r in told}
        # GX gives results in an order of its own, so each is found by what it was asked.
        for expectation in suite:
            yield expectation, results[_asked(expectation)]


def _asked(expectation: Any) -> tuple[str, str]:
    return expectation.meta["rule"], expectation.meta["column"]


def _count(outcome: Outcome, values: pd.Series | None, result: Any, table: str, column: str) -> None:
    """Adds one expectation's result: a whole-table one applies once, a column's to each value that is not missing."""
    raised = next((e for e in _exceptions(result.exception_info) if e.get("raised_exception")), None)
    if raised:
        outcome.error = str(raised.get("exception_message") or raised)
        return
    demands = _fails_on_missing(result)
    missing = 0 if values is None or demands else int(values.isna().sum())
    outcome.applicable += 1 if values is None else len(values) - missing
    outcome.not_applicable += missing
    if not result.success:
        rows = result.result.get("unexpected_index_list") or [None]
        outcome.failures += [(table, row, column) for row in rows]


def _fails_on_missing(result: Any) -> bool:
    """Whether a missing value fails this expectation, instead of being no concern of it."""
    return bool(result.expectation_config.type == "expect_column_values_to_not_be_null")


def _exceptions(info: dict[str, Any] | None) -> list[dict[str, Any]]:
    """GX tells an exception as one dict, or as a dict of them by metric."""
    return [e for e in [info or {}, *(info or {}).values()] if isinstance(e, dict)]


def _shown(outcome: Outcome, table: str, values: pd.Series | None, column: str) -> dict[Place, str]:
    """What the findings of these failures show as their value."""
    if values is None:
        return {}
    rows = [n for t, n, c in outcome.failures if n is not None and (t, c) == (table, column)]
    return {(table, n, column): str(v) for n, v in zip(rows, values.iloc[rows], strict=True) if pd.notna(v)}
