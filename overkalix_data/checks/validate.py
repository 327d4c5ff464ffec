"""The rules over the tables → findings and checks: the domain's in pandas, the schema's by Great Expectations.

A rule has three outcomes a row: passed, failed, not applicable (a missing value). A rule that raises is a critical
finding of its own, never a pass.
"""

from collections.abc import Sequence

import pandas as pd

from overkalix_data.base.codelist import Row
from overkalix_data.checks.findings import Failure, Outcome, shown, tell_outcomes
from overkalix_data.checks.rules import RULES, catalogue
from overkalix_data.checks.schema_rules import schema_outcomes
from overkalix_data.checks.schema_run import HOLDS, SchemaVerdict
from overkalix_data.schema.frames import Tables


def check_tables(
    tables: Tables, as_of: str, lang: str = "sv", accepted: Sequence[Row] = (), schema: SchemaVerdict = HOLDS
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(findings, checks) of the tables as of a day (ISO), with the words of `lang` and the findings a person accepted.

    `schema` is what Great Expectations has said of the tables.
    """
    outcomes = schema_outcomes(tables, schema) | {rule_id: _outcome(rule_id, tables, as_of, lang) for rule_id in RULES}
    return tell_outcomes(tables, outcomes, lang, accepted)


def _outcome(rule_id: str, tables: Tables, as_of: str, lang: str) -> Outcome:
    table, column = (catalogue()[rule_id][name] for name in ("table", "column"))
    try:
        verdict = RULES[rule_id](tables, as_of)
    except Exception as error:  # noqa: BLE001 - a broken rule is told as a critical finding, never hidden as a pass
        return Outcome(error=f"{type(error).__name__}: {error}")
    in_words = verdict.value if lang == "sv" or verdict.value_en is None else verdict.value_en
    value = tables[table].get(column) if in_words is None else in_words
    ok = verdict.ok.astype("boolean")
    failed = (~ok.fillna(True)).to_numpy().nonzero()[0].tolist()
    failures = [Failure(table, n, column, shown(value, n), shown(verdict.suggestion, n)) for n in failed]
    return Outcome(int(ok.notna().sum()), int(ok.isna().sum()), failures)
