"""The declared schema as suites of native Great Expectations, and what GX says of the tables.

Importing this imports Great Expectations, which takes seconds: only `schema_process` does, beside everything else.
"""

import json
from collections.abc import Iterator
from typing import Any

import great_expectations as gx
import great_expectations.expectations as gxe
from great_expectations.data_context.types.base import ProgressBarsConfig

from overkalix_data.base.codelist import codes
from overkalix_data.checks.schema_run import Broken, SchemaVerdict, checked_tables
from overkalix_data.schema import TABLES
from overkalix_data.schema.column import DTYPES, PATTERNS, Column, Table
from overkalix_data.schema.frames import Tables

TYPES = {"string": "str", "Int64": "int64", "Float64": "float64"}
"""A dtype of ours → what GX calls the type of its values."""
RESULTS = "results.json"


def schema_suite(table: Table) -> gx.ExpectationSuite:
    """The native expectations of one table's declaration; `meta` says which rule each is asked for.

    The table is judged with a column more for each reference, `funder_id → funders`: the key that it leads to.
    """
    return gx.ExpectationSuite(table.name, expectations=[*_of_table(table), *_of_columns(table)])


def _of_table(table: Table) -> Iterator[Any]:
    key, names = list(table.key), [*(c.name for c in table.columns), *map(_led_to, _references(table))]
    yield gxe.ExpectTableColumnsToMatchOrderedList(column_list=names, meta=_rule("columns"))
    if len(key) == 1:
        yield gxe.ExpectColumnValuesToBeUnique(column=key[0], meta=_rule("key"))
    else:
        yield gxe.ExpectCompoundColumnsToBeUnique(column_list=key, ignore_row_if="never", meta=_rule("key"))


def _of_columns(table: Table) -> Iterator[Any]:
    for c in table.columns:
        yield gxe.ExpectColumnValuesToBeOfType(column=c.name, type_=TYPES[DTYPES[c.type]], meta=_rule("columns"))
        if c.required:
            yield gxe.ExpectColumnValuesToNotBeNull(column=c.name, meta=_rule("required"))
        if c.refers_to:
            yield gxe.ExpectColumnPairValuesToBeEqual(
                column_A=c.name, column_B=_led_to(c), ignore_row_if="either_value_is_missing", meta=_rule("reference")
            )
        if c.codelist:
            allowed = list(codes(c.codelist))
            yield gxe.ExpectColumnValuesToBeInSet(column=c.name, value_set=allowed, meta=_rule("codelist"))
        if c.type in PATTERNS:
            yield gxe.ExpectColumnValuesToMatchRegex(column=c.name, regex=PATTERNS[c.type], meta=_rule("form"))


def _references(table: Table) -> list[Column]:
    return [c for c in table.columns if c.refers_to]


def _led_to(column: Column) -> str:
    return f"{column.name} → {column.refers_to}"


def _with_references(table: Table, tables: Tables) -> Any:
    """The table left joined with those that it refers to: empty where there is no row that a reference leads to.

    A set of values to be in is what GX has for it else; it copies that once for everything it does.
    """
    frame = tables[table.name].reset_index(drop=True)
    for column in (c for c in _references(table) if c.name in frame):
        keys = set(tables[column.refers_to][TABLES[column.refers_to].key[0]])
        led = frame[column.name].map(lambda key, keys=keys: key if key in keys else "", na_action="ignore")
        frame = frame.assign(**{_led_to(column): led})
    return frame


def _rule(name: str) -> dict[str, str]:
    return {"rule_id": f"schema-{name}"}


class Judge:
    """One context of Great Expectations, in which any number of tables are judged. No files, no network."""

    def __init__(self) -> None:
        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = ProgressBarsConfig(globally=False)
        asset = context.data_sources.add_pandas("overkalix").add_dataframe_asset("tables")
        self.definition = asset.add_batch_definition_whole_dataframe("all")

    def verdict(self, tables: Tables) -> SchemaVerdict:
        """What does not hold, row by row, and as files: the suite of every table, and what each expectation gave."""
        broken, files, results = list[Broken](), dict[str, str](), {}
        for table in checked_tables():
            suite, frame = schema_suite(table), _with_references(table, tables)
            is_whole = {c.name for c in table.columns} <= set(frame.columns)
            asked = suite.expectations if is_whole else suite.expectations[:1]
            answers = self._results(frame, asked, "BASIC")
            failed = [e for e, result in zip(asked, answers, strict=True) if not result.success]
            rows = self._results(frame, failed, "COMPLETE")
            broken += [_broken(table.name, e, result) for e, result in zip(failed, rows, strict=True)]
            files[f"{table.name}.json"] = _json(_suite_dict(suite))
            results[table.name] = [_result_dict(e, result) for e, result in zip(asked, answers, strict=True)]
        return SchemaVerdict(broken, files | {RESULTS: _json(results)})

    def _results(self, frame: Any, expectations: list[Any], result_format: str) -> list[Any]:
        """A result for each expectation, in their order; GX has one of its own."""
        if not expectations:
            return []
        suite = gx.ExpectationSuite("asked", expectations=[e.copy() for e in expectations])
        batch = self.definition.get_batch({"dataframe": frame})
        results = batch.validate(suite, result_format=result_format).results
        by_question = {_question(result.expectation_config): result for result in results}
        return [by_question[_question(e.configuration)] for e in expectations]


def _question(configuration: Any) -> tuple[str, str, str]:
    kwargs, rule = configuration.kwargs, configuration.meta["rule_id"]
    return rule, configuration.type, kwargs.get("column", kwargs.get("column_A", ""))


def _broken(table: str, expectation: Any, result: Any) -> Broken:
    rule, _, column = _question(expectation.configuration)
    return Broken(rule, table, column, (result.result or {}).get("unexpected_index_list"), _raised(result))


def _raised(result: Any) -> str:
    """What GX raised, in words; nothing where it raised nothing."""
    info = result.exception_info or {}
    raised = next((e for e in [info, *info.values()] if isinstance(e, dict) and e.get("raised_exception")), None)
    return str(raised.get("exception_message") or "raised") if raised else ""


def _suite_dict(suite: gx.ExpectationSuite) -> dict[str, Any]:
    """The suite as GX writes it, without the ids of the moment."""
    expectations = [e.configuration.to_json_dict() for e in suite.expectations]
    asked = [{name: e[name] for name in ("type", "kwargs", "meta", "severity")} for e in expectations]
    return {"name": suite.name, "expectations": asked, "meta": {}}


def _result_dict(expectation: Any, result: Any) -> dict[str, Any]:
    """A result as GX writes it, without its batch and traceback."""
    asked = expectation.configuration.to_json_dict()
    config = {name: asked[name] for name in ("type", "kwargs", "meta")}
    results = {"success": bool(result.success), "expectation_config": config, "result": result.to_json_dict()["result"]}
    return results | {"exception_message": _raised(result) or None}


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
