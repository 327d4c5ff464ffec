"""Great Expectations over the tables: every rule answers for every row, and GX says which fail → findings and checks.

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

from overkalix_data.base.codelist import Row
from overkalix_data.checks.findings import Failure, Outcome, tell_outcomes
from overkalix_data.checks.rules import RULES, catalogue
from overkalix_data.checks.schema_rules import Question, schema_questions
from overkalix_data.schema.frames import Tables

os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
COMPLETE = {"result_format": "COMPLETE"}


def check_tables(
    tables: Tables, as_of: str, lang: str = "sv", accepted: Sequence[Row] = ()
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(findings, checks) of the tables as of a day (ISO), with the words of `lang` and the findings a person
    accepted."""
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
        shown = verdict.value if lang == "sv" or verdict.value_en is None else verdict.value_en
        value = tables[rule["table"]].get(rule["column"]) if shown is None else shown
        asked[rule_id].append(Question(rule_id, rule["table"], rule["column"], verdict.ok, value, verdict.suggestion))
    answers = {rule_id: _answers(questions) for rule_id, questions in asked.items()}
    for rule_id, result in _validated(answers).items():
        outcomes[rule_id] = _outcome(asked[rule_id], answers[rule_id], result)
    return tell_outcomes(tables, outcomes, lang, accepted)


def _answers(questions: list[Question]) -> np.ndarray:
    """1 passed, 0 failed, NaN not applicable, of all the rows that a rule is asked of, one table after the other."""
    return np.concatenate([q.ok.astype("boolean").to_numpy("float64", na_value=np.nan) for q in questions])


def _validated(answers: dict[str, np.ndarray]) -> dict[str, list[int] | str]:
    """Rule → the numbers of the answers that failed, or the words of what GX raised. No files, no network.

    All answers are asked end to end, as one column: an expectation costs GX milliseconds whatever its size.
    """
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("overkalix").add_dataframe_asset("rules")
    batch = asset.add_batch_definition_whole_dataframe("all").get_batch(
        {"dataframe": pd.DataFrame({"answer": np.concatenate(list(answers.values()))})}
    )
    passed = gxe.ExpectColumnValuesToBeInSet(column="answer", value_set=[1.0])
    (result,) = batch.validate(gx.ExpectationSuite("rules", expectations=[passed]), result_format=COMPLETE).results
    if raised := _raised(result):
        return dict.fromkeys(answers, raised)
    rows = np.array(result.result["unexpected_index_list"], dtype=int)
    starts = np.cumsum([0, *map(len, answers.values())])
    return {
        rule_id: (rows[(rows >= start) & (rows < end)] - start).tolist()
        for rule_id, start, end in zip(answers, starts, starts[1:], strict=False)
    }


def _raised(result: Any) -> str:
    """What GX raised, in words; empty where it raised nothing."""
    info = result.exception_info or {}
    raised = next((e for e in [info, *info.values()] if isinstance(e, dict) and e.get("raised_exception")), None)
    return str(raised.get("exception_message") or raised) if raised else ""


def _outcome(questions: list[Question], answers: np.ndarray, told: list[int] | str) -> Outcome:
    if isinstance(told, str):
        return Outcome(error=told)
    missing = int(np.isnan(answers).sum())
    return Outcome(len(answers) - missing, missing, [_failure(questions, n) for n in told])


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
