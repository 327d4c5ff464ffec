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

    A first pass asks each rule's column for its least answer; the columns that fail are then asked, end to end as
    one, for their rows: an expectation costs GX milliseconds whatever its size.
    """
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("overkalix").add_dataframe_asset("rules")
    definition = asset.add_batch_definition_whole_dataframe("all")
    prepared = np.full((max(map(len, answers.values()), default=0), len(answers)), np.nan)
    for n, column in enumerate(answers.values()):
        prepared[: len(column), n] = column
    applies = [rule_id for rule_id in answers if not np.isnan(answers[rule_id]).all()]
    least = [gxe.ExpectColumnMinToBeBetween(column=rule_id, min_value=1) for rule_id in applies]
    results = _results(definition, pd.DataFrame(prepared, columns=list(answers)), least, "BOOLEAN_ONLY")
    told: dict[str, list[int] | str] = {
        rule_id: _raised(results[rule_id]) if rule_id in results else [] for rule_id in answers
    }
    failed = [rule_id for rule_id in applies if told[rule_id] == [] and not results[rule_id].success]
    if failed:
        end_to_end = pd.DataFrame({"answer": np.concatenate([answers[rule_id] for rule_id in failed])})
        asked = [gxe.ExpectColumnValuesToBeInSet(column="answer", value_set=[1.0])]
        result = _results(definition, end_to_end, asked, COMPLETE)["answer"]
        starts = np.cumsum([0, *(len(answers[rule_id]) for rule_id in failed)])
        rows = np.array([] if _raised(result) else result.result["unexpected_index_list"], dtype=int)
        for rule_id, start, end in zip(failed, starts, starts[1:], strict=False):
            told[rule_id] = _raised(result) or (rows[(rows >= start) & (rows < end)] - start).tolist()
    return told


def _results(definition: Any, frame: pd.DataFrame, expectations: list[Any], result_format: Any) -> dict[str, Any]:
    """GX gives results in an order of its own, so each is found by the column it is about."""
    if not expectations:
        return {}
    batch = definition.get_batch({"dataframe": frame})
    told = batch.validate(gx.ExpectationSuite("rules", expectations=expectations), result_format=result_format).results
    return {r.expectation_config.kwargs["column"]: r for r in told}


def _raised(result: Any) -> list[int] | str:
    """What GX raised, in words; an empty list where it raised nothing."""
    info = result.exception_info or {}
    raised = next((e for e in [info, *info.values()] if isinstance(e, dict) and e.get("raised_exception")), None)
    return str(raised.get("exception_message") or raised) if raised else []


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
