"""The money of a pack, a row a financier and form as e-services ask for it; and each project's total beside its sum."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from itertools import chain
from typing import Any

from overkalix_data.analyse.kronor import own_parts
from overkalix_data.base.codelist import code_label, codelist
from overkalix_data.base.words import say
from overkalix_data.outputs.packs.account import PAGEFUL, titles
from overkalix_data.outputs.packs.pack import FunderPack
from overkalix_data.outputs.workbook.parts import NARROW_LABEL, choices, columns_of, of, own, plain_block
from overkalix_data.outputs.workbook.sheet import Formula, Sheet, SheetTable
from overkalix_data.schema.frames import Tables, rows_of


@dataclass(frozen=True)
class FundingPart:
    """One financier's part in one form. `amount` in whole kronor (None: unknown); `is_counted`: inside the total."""

    project_id: str
    funder_id: str
    funder: str
    role_code: str
    publicness_code: str
    kind_code: str
    """A code of `leader_funding`."""
    form_code: str
    """A code of `contribution`; empty where nobody says."""
    amount: int | None
    is_counted: bool
    decision_date: str | None
    reference_number: str | None


def funding_parts(tables: Tables, project_ids: list[str]) -> list[FundingPart]:
    """The parts of these projects' funding, in the projects' order; money and what is given in kind are two rows."""
    funding = tables["project_funders"]
    # A project's own sum: also of one that totals over all projects count under another.
    funding = funding.assign(is_counted=funding.index.isin(own_parts(tables).index))
    funding = funding[funding["project_id"].isin(project_ids)].merge(tables["funders"], on="funder_id", validate="m:1")
    order = {project: n for n, project in enumerate(project_ids)}
    rows = sorted(
        rows_of(funding), key=lambda r: (order[r["project_id"]], r["position"] or 0, r["funder_id"], r["role_code"])
    )
    return [part for row in rows for part in _of_row(row)]


def kind_of(funder_id: str, funder_type_code: str | None) -> defaultdict[str, str]:
    """The row of `funder_kinds.csv` of a funder: public or private, and what Leader's form calls its part."""
    rows = codelist("funder_kinds", "funder_id", "funder_type_code", "publicness_code", "money_code")
    own = (r for r in rows if r["funder_id"] and fnmatch(funder_id, r["funder_id"]))
    of_type = (r for r in rows if not r["funder_id"] and r["funder_type_code"] == (funder_type_code or ""))
    return defaultdict(str, next(chain(own, of_type), {}))


def _of_row(row: Mapping[str, Any]) -> Iterator[FundingPart]:
    """Money, gifts in kind and voluntary time, each a part; an amount that is not divided is of the row's own form."""
    form, granted, voluntary = row["contribution_code"] or "", row["granted_sek"], row["voluntary_time_sek"]
    given = {name: row[f"{name}_sek"] for name in ("cash", "in_kind") if row[f"{name}_sek"] is not None}
    if form == "voluntary_time":
        yield _part(row, form, granted if voluntary is None else voluntary)
        return
    divided = given if given and granted in (None, sum(given.values())) else {form: granted}
    for name, amount in divided.items():
        yield _part(row, name, amount)
    if voluntary is not None:
        yield _part(row, "voluntary_time", voluntary)


def _part(row: Mapping[str, Any], form: str, amount: int | None) -> FundingPart:
    """A part in that form; voluntary time is never inside the total."""
    kind, is_voluntary = kind_of(row["funder_id"], row["funder_type_code"]), form == "voluntary_time"
    called = "voluntary" if is_voluntary else kind["in_kind_code" if form == "in_kind" else "money_code"]
    is_counted = not is_voluntary and row["is_counted"]
    return FundingPart(
        row["project_id"], row["funder_id"], row["name"], row["role_code"], kind["publicness_code"], called, form,
        amount, is_counted, row["decision_date"], row["reference_number"],
    )  # fmt: skip


ID_WIDTH = 40


def funding_sheet(pack: FunderPack, tables: Tables, lang: str) -> Sheet:
    """One row a financier and form; then each project's total beside the sum of its parts, never corrected."""
    parts, labels = funding_parts(tables, pack.project_ids), {p.project_id: p.label for p in pack.projects}
    asked = [pack.spec.funding] if pack.spec.funding else []

    def detail(part: FundingPart, code: str) -> Any:
        return pack.answers.detail(part.project_id, code, part.funder_id)[0]

    def words(codelist: str, code: str) -> str | None:
        return code_label(codelist, code, lang) or None

    def own_to_funder(part: FundingPart) -> Any:
        """What this funder alone asks for: what its form calls the part, or its appropriation."""
        is_leader = asked == ["leader_funding"]
        return words("leader_funding", part.kind_code) if is_leader else detail(part, "appropriation_code")

    rows = [
        [labels[part.project_id], part.funder, words("role", part.role_code), words("publicness", part.publicness_code),
         *(own_to_funder(part) for _ in asked), words("contribution", part.form_code), part.amount,
         detail(part, "paid_sek"), part.decision_date, part.reference_number,
         words("yes_no", "yes" if part.is_counted else "no"), part.project_id]
        for part in parts
    ]  # fmt: skip
    columns = [
        own("project", lang, NARROW_LABEL, key="label"), own("funder", lang, 34),
        of("project_funders", "role_code", lang, 22), own("publicness", lang, 14, choices=choices("publicness", lang)),
        *(own(listed, lang, 30, choices=choices(listed, lang)) for listed in asked),
        of("project_funders", "contribution_code", lang, 20, key="form"),
        own("amount", lang, 16, "money"), own("paid", lang, 16, "money"),
        *columns_of("project_funders", lang, "decision_date", "reference_number"), own("in_total", lang, 14),
        of("projects", "project_id", lang, ID_WIDTH),
    ]  # fmt: skip
    blocks = [plain_block("pack_funding", columns, rows, say("pack.parts", lang)), _totals(pack, parts, lang)]
    return Sheet(*titles("pack_funding", lang), blocks, [say("pack.pack_funding.note", lang)], printed=len(columns) - 1)


def _totals(pack: FunderPack, parts: Sequence[FundingPart], lang: str) -> SheetTable:
    """Live: the sum of the parts that are in the total, known for how many of how many, and what the total is more."""
    yes, unknown = code_label("yes_no", "yes", lang), say("unknown", lang)
    mine = f'{{pack_funding.project_id}},A{{row}},{{pack_funding.in_total}},"{yes}"'
    amounts_known = f'COUNTIFS({mine},{{pack_funding.amount}},">=0")'
    summed = f'IF({amounts_known}=0,"{unknown}",SUMIFS({{pack_funding.amount}},{mine}))'
    left = f'IF(AND(ISNUMBER(C{{row}}),ISNUMBER(D{{row}})),C{{row}}-D{{row}},"{unknown}")'
    rows = []
    for project in pack.projects:
        counted = [part for part in parts if part.project_id == project.project_id and part.is_counted]
        amounts = [part.amount for part in counted if part.amount is not None]
        total = pack.answers.projects[project.project_id]["total_cost_sek"]
        formulas = [
            Formula(summed, sum(amounts) if amounts else unknown),
            Formula(amounts_known, len(amounts)),
            Formula(f"COUNTIFS({mine})", len(counted)),
            Formula(left, total - sum(amounts) if amounts and total is not None else unknown),
        ]
        rows.append([project.project_id, project.label, total, *formulas])
    columns = [
        of("projects", "project_id", lang, ID_WIDTH), own("project", lang, 34, key="label"),
        of("projects", "total_cost_sek", lang, 16), own("sum_of_parts", lang, 16, "money"),
        own("known", lang, 12, "int"), own("of", lang, 10, "int"), own("difference", lang, 16, "money"),
    ]  # fmt: skip
    return replace(plain_block("pack_totals", columns, rows, say("pack.totals", lang)), new_page=len(parts) > PAGEFUL)
