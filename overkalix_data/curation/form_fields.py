"""What a person may fill in: columns of the schema and the list `fields`; a value's words → what its column holds."""

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Literal, cast

from overkalix_data.base.codelist import codelist
from overkalix_data.base.lists import lists_for
from overkalix_data.base.wording import code_named, paragraphs, squeeze
from overkalix_data.schema import TABLES
from overkalix_data.schema.column import PATTERNS, Column, ColumnType
from overkalix_data.schema.records import Row, Value
from overkalix_data.values.amount import SEK, Amount, parse_amount, whole_kronor
from overkalix_data.values.funder import any_funder

FROM_PAGE = frozenset({"published", "heading"})
"""The bases of a value that the page states."""
FORM_SHEETS = {"projects": "projects", "project_funders": "funding"}
"""The tables whose columns the schema shows in the form → the form's sheet."""
FIRST = ("title", "status_code", "project_type_code", "unit", "start", "end", "total_cost_sek", "eu_rate_percent",
         "goal", "purpose", "description")  # fmt: skip
"""The columns that a person is asked to fill in first, in this order: the short ones before the texts."""


@dataclass(frozen=True)
class Field:
    """A thing that can be filled in. Without a table it is a note of the project and changes nothing."""

    field: str
    sheet: str
    table: str
    column: str
    basis: str
    """The column that says what the value rests on; empty where the table has none."""
    locked: str
    """`yes`: where the page itself states the value, only a correction can change it."""
    single: str
    """`yes`: a project has one value of it, so that two different ones are a conflict."""
    type: ColumnType | Literal[""] = ""
    codelist: str = ""
    """What a detail (`project_details`) is; a column of the schema says so itself."""
    items: str = ""
    """What a detail is one of for each project: the codelist, or `funder`; empty where a project has one."""

    def is_on_page(self, row: Row, *, is_stated: bool) -> bool:
        """Whether the page itself states a row's value (`is_stated`: it is cited): only a correction changes that."""
        return bool(self.locked) and is_stated and (not self.basis or row.get(self.basis) in FROM_PAGE)

    @property
    def declared(self) -> Column:
        """The schema's column."""
        column = TABLES[self.table].column(self.column)
        return replace(column, type=self.type, codelist=self.codelist) if self.type else column

    def read(self, words: str, currency: str = "", rate: str = "") -> Value:
        """The value that a person's words are, as the column holds it. Raises NoValueError where they are none."""
        value = typed(self.declared, words, currency, rate)
        return value if TABLES[self.table].column(self.column).type == self.declared.type else str(value)

    def item_of(self, words: str) -> str | None:
        """The item that words name: a code, a funder's id, else the words; None where one is needed and not given."""
        if not self.items or not words:
            return None if self.items else ""
        if self.items == "funder":
            return any_funder(words, lists_for()).funder_id or None
        return code_named(self.items, words) or squeeze(words)


class NoValueError(ValueError):
    """The words are no value of the field; `outcome` is the code that says why."""

    def __init__(self, outcome: str) -> None:
        super().__init__(outcome)
        self.outcome = outcome


@cache
def fields() -> dict[str, Field]:
    """Field → what is declared of it, in the order that a person fills them in; the list goes before the schema."""
    declared = (
        Field(column.name, sheet, table, column.name, column.basis, "yes", "yes")
        for table, sheet in FORM_SHEETS.items()
        for column in TABLES[table].shown("form", *FIRST)
    )
    listed = (Field(**cast("dict[str, Any]", row)) for row in codelist("fields", *Field.__dataclass_fields__))
    return {field.field: field for field in (*declared, *listed)}


def typed(column: Column, words: str, currency: str = "", rate: str = "") -> Value | float:
    """The value of a column that words are. Raises NoValueError (`bad_value`, `no_rate`) where they are none."""
    if column.type == "money":
        return _kronor(words, currency, rate)
    if column.type == "int":
        return int(_number(words.replace("\u00a0", "")))
    if column.type == "percent" and 0 <= (number := _number(words.replace("%", "").strip())) <= 100:
        return float(number)
    if column.type == "code" and (code := code_named(column.codelist, words)):
        return code
    if column.type in ("date", "edtf"):
        return _day(words, column.type)
    if column.type in ("percent", "code"):
        raise NoValueError("bad_value")
    return paragraphs(words)


def _kronor(words: str, currency: str, rate: str) -> int:
    amount = parse_amount(words, lists_for())
    if amount is None or (currency and amount.currency not in (SEK, currency.upper())):
        raise NoValueError("bad_value")
    amount = Amount(amount.value, currency.upper() or amount.currency)
    if amount.currency != SEK and not rate:
        raise NoValueError("no_rate")
    kronor = whole_kronor(amount, _number(rate) if rate else None)
    if kronor is None:
        raise NoValueError("bad_value")
    return kronor


def _number(words: str) -> Decimal:
    if not re.fullmatch(r"\d{1,15}(?:[.,]\d{1,9})?", words):
        raise NoValueError("bad_value")
    return Decimal(words.replace(",", "."))


def _day(words: str, kind: ColumnType) -> str:
    day = words.removesuffix("T00:00:00").removesuffix(" 00:00:00")
    with suppress(ValueError):
        if re.fullmatch(PATTERNS[kind], day) and date.fromisoformat((day + "-01-01")[:10]):
            return day
    raise NoValueError("bad_value")
