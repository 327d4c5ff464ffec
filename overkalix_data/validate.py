"""Great Expectations over the tables: every rule is a column of one prepared frame → findings and checks.

A rule has three outcomes a row: passed, failed, not applicable (a missing value, which GX leaves out of its count).
A rule that raises is a critical finding of its own, never a pass.
"""

import os
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import great_expectations as gx
import great_expectations.expectations as gxe
import numpy as np
import pandas as pd
from great_expectations.data_context.types.base import ProgressBarsConfig

from overkalix_data.codelists import Row
from overkalix_data.findings import Failure, Outcome, tell_outcomes
from overkalix_data.rules import RULES, catalogue
from overkalix_data.schema_rules import Question, schema_questions
from overkalix_data.tables import Tables

os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
COMPLETE = {"result_format": "COMPLETE"}


def check_tables(
    tables: Tables, as_of: str, lang: str = "sv", accepted: Sequence[Row] = ()
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(findings, checks) of the tables as of a day (ISO), with the words of `lang` and the findings a person accepted."""
    asked: dict[str, list[Question]] = defaultdict(list)
    outcomes: dict[str, Outcome] = {}
    for question in schema_questions(tables):
        asked[question.rule_id].append(question)
    for rule_id, function in RULES.items():
        rule = catalogue()[rule_id]
        try:
            verdict = function(tables, as_of)
        except Exception as error:  # noqa: BLE001 - a broken rule is told as a critical finding, never hidden as a pass
            outcomes[rule_id] = Outcome(error=f"{type(error).__name__}: {error}")
            continue
        value = tables[rule["table"]].get(rule["column"]) if verdict.value is None else verdict.value
        asked[rule_id].append(Question(rule_id, rule["table"], rule["column"], verdict.ok, value, verdict.suggestion))
    answers = {rule_id: _answers(questions) for rule_id, questions in asked.items()}
    for rule_id, result in _validated(answers).items():
        outcomes[rule_id] = _outcome(asked[rule_id], answers[rule_id], result)
    return tell_outcomes(tables, outcomes, lang, accepted)


def _answers(questions: list[Question]) -> np.ndarray:
    """1 passed, 0 failed, NaN not applicable, of all the rows that a rule is asked of, one table after the other."""
    return np.concatenate([q.ok.astype("boolean").to_numpy("float64", na_value=np.nan) for q in questions])


def _validated(answers: dict[str, np.ndarray]) -> dict[str, Any]:
    """Rule → GX's result, None where the rule applies to nothing. The context is ephemeral: no files, no network.

    A first pass asks each column for its least answer, which is quick; only what fails is asked for its rows.
    """
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("overkalix").add_dataframe_asset("rules")
    prepared = np.full((max(map(len, answers.values()), default=0), len(answers)), np.nan)
    for n, column in enumerate(answers.values()):
        prepared[: len(column), n] = column
    frame = pd.DataFrame(prepared, columns=list(answers))
    batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": frame})
    applies = [rule_id for rule_id in answers if not np.isnan(answers[rule_id]).all()]
    least = [gxe.ExpectColumnMinToBeBetween(column=rule_id, min_value=1) for rule_id in applies]
    results: dict[str, Any] = dict.fromkeys(answers) | _results(batch, least, "BOOLEAN_ONLY")
    failed = [gxe.ExpectColumnValuesToBeInSet(column=r, value_set=[1.0]) for r in applies if not results[r].success]
    return results | _results(batch, failed, COMPLETE)


def _results(batch: Any, expectations: list[Any], result_format: Any) -> dict[str, Any]:
    """GX gives results in an order of its own, so each is found by the column it is about."""
    if not expectations:
        return {}
    told = batch.validate(gx.ExpectationSuite("rules", expectations=expectations), result_format=result_format).results
    return {r.expectation_config.kwargs["column"]: r for r in told}


def _outcome(questions: list[Question], answers: np.ndarray, result: Any) -> Outcome:
    info = (result.exception_info or {}) if result else {}
    raised = next((e for e in [info, *info.values()] if isinstance(e, dict) and e.get("raised_exception")), None)
    if raised:
        return Outcome(error=str(raised.get("exception_message") or raised))
    missing = int(np.isnan(answers).sum())
    failed = [] if result is None or result.success else result.result["unexpected_index_list"]
    return Outcome(len(answers) - missing, missing, [_failure(questions, n) for n in failed])


def _failure(questions: list[Question], n: int) -> Failure:
    """The question that answer number `n` of a rule belongs to, and the row it is about."""
    for question in questions:
        if n < len(question.ok):
            value, suggestion = (_shown(s, n) for s in (question.value, question.suggestion))
            return Failure(question.table, None if question.whole_table else n, question.column, value, suggestion)
        n -= len(question.ok)
    raise IndexError(n)


def _shown(values: pd.Series | None, n: int) -> str:
    return "" if values is None or pd.isna(values.iloc[n]) else str(values.iloc[n])
