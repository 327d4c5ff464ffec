"""The checks as a person acts on them: grouped by who can mend, worst first, and what to ask whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from overkalix_data.analyse.settled import answered_once
from overkalix_data.base.codelist import code_label, codelist, codes
from overkalix_data.base.page_names import labels_beside
from overkalix_data.base.words import say
from overkalix_data.checks.rules import RULES, catalogue
from overkalix_data.schema.frames import Tables, rows_of

RuleReport = dict[str, Any]
"""A rule as its row of `checks` tells it, severity and dimension in words (`severity_code`: the code), and `findings`:
dicts of line, page (of several), label, message, value, suggestion and accepted_text."""


@dataclass(frozen=True)
class OpenQuestion:
    """What nobody knows of a project: `words` a noun phrase, `contact` and `unit` whom to ask (empty: none named).

    `sheet` is the sheet of the form in which the answer is filled in.
    """

    project_id: str
    label: str
    line: int
    contact: str
    unit: str
    words: str
    sheet: str


@dataclass(frozen=True)
class Ask:
    """What to ask about one project; `questions` are noun phrases."""

    label: str
    line: int
    questions: list[str]


def failed_by_mender(tables: Tables, lang: str = "sv") -> dict[str, list[RuleReport]]:
    """Who can mend (words) → the rules that failed, worst first."""
    reports = failed(tables, lang)
    menders = {code: code_label("mended_by", code, lang) for code in codes("mended_by")}
    grouped = {
        words: [r for r in reports if catalogue()[r["rule_id"]]["mended_by"] == code] for code, words in menders.items()
    }
    return {words: rules for words, rules in grouped.items() if rules}


def failed(tables: Tables, lang: str = "sv") -> list[RuleReport]:
    """The rules that failed, the worst first, whoever can mend them."""
    return [r for r in _reports(tables, lang) if r["failed"]]


def passed(tables: Tables, lang: str = "sv") -> tuple[list[RuleReport], list[RuleReport]]:
    """The rules that passed, and those that applied to nothing."""
    reports = [r for r in _reports(tables, lang) if not r["failed"]]
    return [r for r in reports if r["applicable"]], [r for r in reports if not r["applicable"]]


def worst_first(checks: pd.DataFrame) -> pd.DataFrame:
    """The rows of `checks` by severity, then by how many failed."""
    return checks.sort_values(["severity", "failed", "rule_id"], ascending=[True, False, True], key=by_severity)


def by_severity(cells: pd.Series) -> pd.Series:
    """A key to sort frames by: severities the worst first, other columns as they are."""
    return cells.map({code: n for n, code in enumerate(codes("severity"))}) if cells.name == "severity" else cells


def ask_list(tables: Tables, as_of: str, lang: str = "sv") -> dict[str, list[Ask]]:
    """Contact's name, or the unit where a project has no contact → what to ask of which project.

    The questions are those of `codelists/asks.csv`; they are asked per project even where the list is told of once.
    """
    asked: dict[str, dict[str, Ask]] = {}
    for question in questions(tables, as_of, lang):
        of_whom = asked.setdefault(question.contact or question.unit or say("quality.ask.whoever", lang), {})
        of_whom.setdefault(question.project_id, Ask(question.label, question.line, [])).questions.append(question.words)
    return {whom: list(of.values()) for whom, of in sorted(asked.items(), key=lambda item: (-len(item[1]), item[0]))}


@answered_once
def questions(tables: Tables, as_of: str, lang: str = "sv") -> list[OpenQuestion]:
    """What to ask of each project, in the page's order: the questions of `asks.csv` whose rule fails for it."""
    open_: dict[str, list[tuple[str, str]]] = {}
    for row in codelist("asks", "rule_id", "sv", "en", "sheet"):
        table = tables[catalogue()[row["rule_id"]]["table"]]
        failed = RULES[row["rule_id"]](tables, as_of).ok.fillna(True).astype(bool)
        for project_id in table.loc[~failed, "project_id"].drop_duplicates():
            open_.setdefault(str(project_id), []).append((row[lang], row["sheet"]))
    contacts = first_contacts(tables)
    projects = tables["projects"].sort_values(["source_id", "first_line"])
    return [
        OpenQuestion(
            p["project_id"], p["label"], p["first_line"], contacts.get(p["project_id"], ""), p["unit"] or "", *asked
        )
        for p in rows_of(projects[["project_id", "label", "first_line", "unit"]])
        for asked in open_.get(p["project_id"], [])
    ]


def first_contacts(tables: Tables) -> dict[str, str]:
    """project_id → the name of the first contact that it has."""
    links = tables["project_contacts"].sort_values("position", kind="stable").drop_duplicates("project_id")
    named = links.merge(tables["contacts"][["contact_id", "name"]].dropna(), on="contact_id", validate="m:1")
    return dict(zip(named["project_id"].astype(str), named["name"].astype(str), strict=True))


def in_common(projects: list[Ask]) -> list[str]:
    """The questions that are asked of every one of several projects: told once, not a time a project."""
    if len(projects) < 2:
        return []
    return [q for q in projects[0].questions if all(q in ask.questions for ask in projects)]


@answered_once
def _reports(tables: Tables, lang: str) -> list[RuleReport]:
    pages = labels_beside(rows_of(tables["sources"]))
    of_rule = dict(list(tables["findings"].sort_values("line", kind="stable").groupby("rule_id")))
    reports = list[RuleReport]()
    for row in rows_of(worst_first(tables["checks"])):
        rows = of_rule[row["rule_id"]].to_dict("records") if row["rule_id"] in of_rule else []
        words = {name: code_label(name, row[name], lang) for name in ("severity", "dimension")}
        findings = [_finding(f, row["remedy"]) | {"page": pages.get(f["source_id"], "")} for f in rows]
        reports.append({**row, **words, "severity_code": row["severity"], "findings": findings})
    return reports


def _finding(row: Mapping[Any, Any], remedy: str) -> dict[str, Any]:
    """A finding's columns, unknown as None; its message without the remedy, which the rule tells once."""
    cells = {str(k): None if pd.isna(v) else v for k, v in row.items()}
    cells["message"] = str(cells["message"]).removesuffix(remedy).rstrip()
    return cells
