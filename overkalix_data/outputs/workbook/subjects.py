"""The sheets of what the projects are about: for whom, on what, and whom to ask."""

from overkalix_data.base.codelist import code_label, codes
from overkalix_data.outputs.workbook.parts import LABEL_WIDTH, of, own, table_sheet, with_project
from overkalix_data.outputs.workbook.sheet import Sheet, SheetColumn
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import Tables
from overkalix_data.values.contact_point import national_form


def target_groups_sheet(tables: Tables, lang: str) -> Sheet:
    """One row a target group of a project."""
    links = tables["project_target_groups"].merge(tables["target_groups"], on="target_group_id", validate="m:1")
    frame = with_project(tables, links, lang)
    category = TABLES["target_groups"].column("category_code")
    frame["category_code"] = frame["category_code"].map(
        lambda c: code_label(category.codelist, c, lang), na_action="ignore"
    )
    columns = [
        of("target_groups", "name", lang), of("target_groups", "category_code", lang), own("project", lang, LABEL_WIDTH, key="label"),
        of("project_target_groups", "as_published", lang), of("projects", "first_line", lang, 10), of("project_target_groups", "project_id", lang),
    ]  # fmt: skip
    return table_sheet(
        "project_target_groups", frame, columns, lang, name=TABLES["target_groups"].title(lang), printed=5
    )


def themes_sheet(tables: Tables, lang: str) -> Sheet:
    """One row a theme of a project, with the regional strategy and the global goals that the theme belongs to."""
    name = "name" if lang == "sv" else "name_en"
    parents = tables["themes"][["theme_code", name, "rus_area", "leader_polaris_area", "agenda_2030_goals", "cofog"]]
    frame = with_project(tables, tables["project_themes"].merge(parents, on="theme_code", validate="m:1"), lang)
    columns = [
        SheetColumn(name, TABLES["themes"].column("name").title(lang), width=34), own("project", lang, LABEL_WIDTH, key="label"),
        of("project_themes", "matched_text", lang), of("project_themes", "basis", lang), of("themes", "rus_area", lang),
        of("themes", "agenda_2030_goals", lang), of("themes", "leader_polaris_area", lang), of("themes", "cofog", lang),
        of("projects", "first_line", lang, 10), of("project_themes", "project_id", lang),
    ]  # fmt: skip
    return table_sheet("project_themes", frame, columns, lang, name=TABLES["themes"].title(lang), printed=6)


def contacts_sheet(tables: Tables, lang: str) -> Sheet:
    """One row a contact, with its numbers as people here write them. For the internal edition: what it is about is personal."""
    points, links = tables["contact_points"], tables["project_contacts"]
    frame = tables["contacts"].copy()
    kinds = []
    for kind in codes("contact_point"):
        told = points.loc[points["kind_code"] == kind, ["contact_id", "value"]].assign(
            value=lambda t: t["value"].map(national_form)
        )
        frame[kind] = frame["contact_id"].map(told.groupby("contact_id")["value"].agg(", ".join))
        kinds.append(SheetColumn(kind, code_label("contact_point", kind, lang), width=34, personal=True))
    frame["projects"] = frame["contact_id"].map(links.groupby("contact_id").size()).fillna(0).astype("Int64")
    frame = frame.sort_values(["projects", "name"], ascending=[False, True])
    columns = [
        of("contacts", "name", lang), of("contacts", "other_names", lang), of("contacts", "role_title", lang),
        of("contacts", "organisation", lang), *kinds, own("projects", lang, 12, "int"), of("contacts", "contact_id", lang),
    ]  # fmt: skip
    return table_sheet("contacts", frame, columns, lang)
