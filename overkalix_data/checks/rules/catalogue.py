"""What a rule is, and the catalogue with the words of them all.

A rule is a function (tables, as_of) → Verdict, and a row of `codelists/rules.csv` with its words. `ok` is True
where the row passes, False where it fails, missing where the rule does not apply: unknown is never a pass.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import pandas as pd

from overkalix_data.base.codelist import Row, codelist
from overkalix_data.base.words import decimal
from overkalix_data.schema.frames import Tables, cells


@dataclass(frozen=True)
class Verdict:
    """`ok` by row of the rule's table (boolean, missing = not applicable), and what a finding shows as its value.

    `suggestion`: the wording that would pass, where known; `value_en`: the value in English, where it has words.
    """

    ok: pd.Series
    value: pd.Series | None = None
    suggestion: pd.Series | None = None
    value_en: pd.Series | None = None


RuleFunction = Callable[[Tables, str], Verdict]


@cache
def catalogue() -> dict[str, Row]:
    """rule_id → its words, dimension, severity, table and column."""
    return {
        row["rule_id"]: row
        for row in codelist("rules", "rule_id", "table", "dimension", "severity", "title_sv", "title_en")
    }


def share_told(rule_id: str, failed: int, applicable: int, lang: str) -> str:
    """What a rule says of all that it found: how many fail, of how many that it applies to."""
    numbers = {"failed": decimal(failed, lang), "applicable": decimal(applicable, lang)}
    return catalogue()[rule_id][f"several_{lang}"].format(**numbers)


def given(frame: pd.DataFrame, column: str) -> pd.Series:
    """Whether each row has a value in the column."""
    return frame[column].notna().astype("boolean")


def where(applies: pd.Series, ok: pd.Series) -> pd.Series:
    """`ok` where the rule applies, missing where it does not, or where it is unknown whether it does."""
    return ok.astype("boolean").where(applies.astype("boolean").fillna(False).astype(bool))


def flags(values: Iterable[bool | None], rows: pd.DataFrame | pd.Series) -> pd.Series:
    """An answer for each of the rows, missing where there is none."""
    return pd.Series(list(values), index=rows.index, dtype="boolean")


def words(values: Iterable[str], rows: pd.DataFrame | pd.Series) -> pd.Series:
    """What a finding shows of each of the rows."""
    return pd.Series(list(values), index=rows.index, dtype="string")


def of_key(keys: pd.Series, texts: Mapping[str, str]) -> pd.Series:
    """The text of each key, missing where it has none: text even where none has any, not pandas' numbers."""
    return keys.map(dict(texts)).astype("string")


def linked(tables: Tables, table: str, of: str, key: str) -> pd.Series:
    """Whether each row of `table` has a row in the table `of`."""
    return tables[table][key].isin(tables[of][key]).astype("boolean")


def texts(frame: pd.DataFrame, *columns: str) -> pd.Series:
    """The words of several columns of each row, one after the other; empty where it has none."""
    rows = zip(*(cells(frame[column]) for column in columns), strict=True)
    return words(("\n\n".join(filter(None, row)) for row in rows), frame)


def absent(frame: pd.Series, quotes: list[str]) -> Verdict:
    """A rule on what a text must not hold: applies where there is text, fails where it was found, and shows it."""
    hits = words(quotes, frame)
    return Verdict(where(frame != "", hits == ""), hits)
