"""The schema as standard Great Expectations suites, one JSON a table, for those who use GX themselves."""

import json
from pathlib import Path
from typing import Any

import great_expectations as gx
import great_expectations.expectations as gxe

from overkalix_data.base.codelist import codes
from overkalix_data.checks.schema_rules import checked_tables
from overkalix_data.schema.column import PATTERNS, Table


def schema_suite(table: Table) -> gx.ExpectationSuite:
    """The native expectations of one table's declaration: columns, key, required values, codes and forms.

    References to other tables are left out: a suite knows one table only.
    """
    names = [c.name for c in table.columns]
    suite: list[Any] = [gxe.ExpectTableColumnsToMatchOrderedList(column_list=names)]
    if len(table.key) == 1:
        suite.append(gxe.ExpectColumnValuesToBeUnique(column=table.key[0]))
    else:
        suite.append(gxe.ExpectCompoundColumnsToBeUnique(column_list=list(table.key), ignore_row_if="never"))
    for c in table.columns:
        if c.required:
            suite.append(gxe.ExpectColumnValuesToNotBeNull(column=c.name))
        if c.codelist:
            suite.append(gxe.ExpectColumnValuesToBeInSet(column=c.name, value_set=list(codes(c.codelist))))
        if c.type in PATTERNS:
            suite.append(gxe.ExpectColumnValuesToMatchRegex(column=c.name, regex=PATTERNS[c.type]))
    return gx.ExpectationSuite(table.name, expectations=suite)


def write_suites(folder: Path) -> list[Path]:
    """Writes `<table>.json` for every checked table, without ids of the moment: the same bytes every time."""
    written = []
    for table in checked_tables():
        told = schema_suite(table).to_json_dict()
        told.pop("id", None)
        for expectation in told["expectations"]:
            expectation.pop("id", None)
        told["meta"] = {}
        path = folder / f"{table.name}.json"
        path.write_text(
            json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8", newline="\n"
        )
        written.append(path)
    return written
