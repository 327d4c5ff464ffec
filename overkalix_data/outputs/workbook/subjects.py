"""The sheets of what the projects are about: for whom, on what, and whom to ask."""

from overkalix_data.analyse.typed import in_words
from overkalix_data.base.codelist import code_label, codes
from overkalix_data.base.words import say
from overkalix_data.outputs.workbook.parts import (
    columns_of,
    label_column,
    of,
    one_sheet,
    own,
    table_sheet,
    with_project,
)
from overkalix_data.outputs.workbook.sheet import Sheet, SheetColumn
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import Tables
from overkalix_data.values.phone_email import national_form


def subjects_sheet(tables: Tables, lang: str) -> Sheet:
    """For whom the projects are, and on what."""
    title, about = (say(key, lang) for key in ("book.subjects", "book.subjects.about"))
    return one_sheet(title, about, [themes_sheet(tables, lang), target_groups_sheet(tables, lang)], printed=4)


def target_groups_sheet(tables: Tables, lang: str) -> Sheet:
    """One row a target group of a project."""
    links = tables["project_target_groups"].merge(tables["target_groups"], on="target_group_id", validate="m:1")
    frame = with_project(tables, links, lang)
    words = in_words(frame[["category_code"]], lang, "target_groups")
    columns = [
        of("target_groups", "name", lang, 48), label_column(lang),
        of("project_target_groups", "as_published", lang, 80), of("target_groups", "category_code", lang, 30),
        of("projects", "first_line", lang, 10),
        of("project_target_groups", "project_id", lang),
    ]  # fmt: skip
    name = TABLES["target_groups"].title(lang)
    return table_sheet("project_target_groups", frame.assign(**words), columns, lang, name=name, on_paper=0)


def themes_sheet(tables: Tables, lang: str) -> Sheet:
    """One row a theme of a project, with the regional strategy and the global goals that the theme belongs to."""
    name = "name" if lang == "sv" else "name_en"
    areas = ("rus_area", "agenda_2030_goals", "leader_polaris_area", "cofog")
    parents = tables["themes"][["theme_code", name, *areas]]
    frame = with_project(tables, tables["project_themes"].merge(parents, on="theme_code", validate="m:1"), lang)
    columns = [
        SheetColumn(name, TABLES["themes"].column("name").title(lang), width=48), label_column(lang),
        of("project_themes", "matched_text", lang, 80), of("project_themes", "basis", lang, 30),
        *columns_of("themes", lang, *areas),
        of("projects", "first_line", lang, 10), of("project_themes", "project_id", lang),
    ]  # fmt: skip
    return table_sheet("project_themes", frame, columns, lang, name=TABLES["themes"].title(lang))


def contacts_sheet(tables: Tables, lang: str) -> Sheet:
    """One row a contact, with its numbers as people here write them: for the internal edition alone."""
    points, links = tables["contact_points"], tables["project_contacts"]
    frame = tables["contacts"].copy()
    for kind in codes("contact_point"):
        of_kind = points[points["kind_code"] == kind]
        written = of_kind["value"].map(national_form).groupby(of_kind["contact_id"]).agg(", ".join)
        frame[kind] = frame["contact_id"].map(written)
    frame["projects"] = frame["contact_id"].map(links.groupby("contact_id").size()).fillna(0).astype("Int64")
    frame = frame.sort_values(["projects", "name"], ascending=[False, True])
    kinds = {kind: code_label("contact_point", kind, lang) for kind in codes("contact_point")}
    columns = [
        *columns_of("contacts", lang, "name", "other_names", "role_title", "organisation"),
        *(SheetColumn(kind, heading, width=30, personal=True) for kind, heading in kinds.items()),
        own("projects", lang, 12, "int"), of("contacts", "contact_id", lang),
    ]  # fmt: skip
    return table_sheet("contacts", frame, columns, lang)
