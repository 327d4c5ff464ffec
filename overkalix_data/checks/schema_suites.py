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
Expectation = Any
"""GX has no types that mypy reads: an expectation here, its result below."""
Result = Any


def schema_suite(table: Table) -> gx.ExpectationSuite:
    """The native expectations of one table's declaration; `meta` says which rule each is asked for.

    A reference is to the values of a parameter named after the table it leads to: `{"$PARAMETER": "funders"}`.
    """
    return gx.ExpectationSuite(table.name, expectations=[*_of_table(table), *_of_columns(table)])


def _of_table(table: Table) -> Iterator[Expectation]:
    key, names = list(table.key), [c.name for c in table.columns]
    yield gxe.ExpectTableColumnsToMatchOrderedList(column_list=names, meta=_rule("columns"))
    if len(key) == 1:
        yield gxe.ExpectColumnValuesToBeUnique(column=key[0], meta=_rule("key"))
    else:
        yield gxe.ExpectCompoundColumnsToBeUnique(column_list=key, ignore_row_if="never", meta=_rule("key"))


def _of_columns(table: Table) -> Iterator[Expectation]:
    for c in table.columns:
        yield gxe.ExpectColumnValuesToBeOfType(column=c.name, type_=TYPES[DTYPES[c.type]], meta=_rule("columns"))
        if c.required:
            yield gxe.ExpectColumnValuesToNotBeNull(column=c.name, meta=_rule("required"))
        if c.refers_to:
            yield _one_of(c, {"$PARAMETER": c.refers_to}, "reference")
        if c.codelist:
            yield _one_of(c, list(codes(c.codelist)), "codelist")
        if c.type in PATTERNS:
            yield gxe.ExpectColumnValuesToMatchRegex(column=c.name, regex=PATTERNS[c.type], meta=_rule("form"))


def _one_of(column: Column, values: object, rule: str) -> Expectation:
    return gxe.ExpectColumnValuesToBeInSet(column=column.name, value_set=values, meta=_rule(rule))


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
        leads_to = {c.refers_to for table in checked_tables() for c in table.columns if c.refers_to}
        self.keys = {name: list(tables[name].get(TABLES[name].key[0], ())) for name in leads_to}
        broken, files, results = list[Broken](), dict[str, str](), {}
        for table in checked_tables():
            suite, frame = schema_suite(table), tables[table.name].reset_index(drop=True)
            asked = suite.expectations
            if {c.name for c in table.columns} > set(frame.columns):
                asked = asked[:1]  # of a column that is not there nothing more can be asked
            told = self._results(frame, asked, "BASIC")
            failed = [e for e, result in zip(asked, told, strict=True) if not result.success]
            rows = self._results(frame, failed, "COMPLETE")
            broken += [_broken(table.name, e, result) for e, result in zip(failed, rows, strict=True)]
            files[f"{table.name}.json"] = _json(_suite_dict(suite))
            results[table.name] = [_result_dict(e, result) for e, result in zip(asked, told, strict=True)]
        return SchemaVerdict(broken, files | {RESULTS: _json(results)})

    def _results(self, frame: Any, expectations: list[Expectation], result_format: str) -> list[Result]:
        """A result for each expectation, in their order; GX has one of its own."""
        if not expectations:
            return []
        suite = gx.ExpectationSuite("asked", expectations=[e.copy() for e in expectations])
        batch = self.definition.get_batch({"dataframe": frame})
        told = batch.validate(suite, result_format=result_format, expectation_parameters=self.keys).results
        by_question = {_question(result.expectation_config): result for result in told}
        return [by_question[_question(e.configuration)] for e in expectations]


def _question(configuration: Any) -> tuple[str, str, str]:
    kwargs, rule = configuration.kwargs, configuration.meta["rule_id"]
    return rule, configuration.type, kwargs.get("column", "")


def _broken(table: str, expectation: Expectation, result: Result) -> Broken:
    rule, _, column = _question(expectation.configuration)
    return Broken(rule, table, column, (result.result or {}).get("unexpected_index_list"), _raised(result))


def _raised(result: Result) -> str:
    """What GX raised, in words; nothing where it raised nothing."""
    info = result.exception_info or {}
    raised = next((e for e in [info, *info.values()] if isinstance(e, dict) and e.get("raised_exception")), None)
    return str(raised.get("exception_message") or "raised") if raised else ""


def _suite_dict(suite: gx.ExpectationSuite) -> dict[str, Any]:
    """The suite as GX writes it, without the ids of the moment."""
    expectations = [e.configuration.to_json_dict() for e in suite.expectations]
    asked = [{name: e[name] for name in ("type", "kwargs", "meta", "severity")} for e in expectations]
    return {"name": suite.name, "expectations": asked, "meta": {}}


def _result_dict(expectation: Expectation, result: Result) -> dict[str, Any]:
    """A result as GX writes it, without batch, traceback and the values that a parameter stood for."""
    asked = expectation.configuration.to_json_dict()
    config = {name: asked[name] for name in ("type", "kwargs", "meta")}
    told = {"success": bool(result.success), "expectation_config": config, "result": result.to_json_dict()["result"]}
    return told | {"exception_message": _raised(result) or None}


def _json(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
