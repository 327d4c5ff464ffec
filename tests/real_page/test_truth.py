"""The real page against a truth made by hand, by reading, in truth (see its README)."""

from pathlib import Path

import pandas as pd

from overkalix_data.base.wording import fold
from overkalix_data.documents.source import Source
from overkalix_data.schema.frames import Tables

TRUTH = Path(__file__).parent / "truth"


def truth(name: str) -> pd.DataFrame:
    return pd.read_csv(TRUTH / f"{name}.csv", dtype="string", keep_default_na=False)


def by_line(tables: Tables) -> dict[str, str]:
    """project_id → the line the project starts on, which is how the truth names it."""
    return dict(zip(tables["projects"]["project_id"], tables["projects"]["first_line"].astype("string"), strict=True))


def text(column: pd.Series) -> pd.Series:
    return column.astype("string").fillna("")


def test_projects_lines_and_status(tables: Tables) -> None:
    columns = ["first_line", "last_line", "section_text", "status_code", "status_basis", "title"]
    read = tables["projects"].sort_values("first_line")[columns].apply(text).to_numpy().tolist()
    told = truth("projects")[["first_line", "last_line", "unit_heading", "status_code", "status_basis", "title"]]
    assert read == told.to_numpy().tolist()
    assert len(read) == 25


def test_goals_open_with_the_words_after_the_label(tables: Tables) -> None:
    goals = tables["projects"].set_index(text(tables["projects"]["first_line"]))["goal"]
    for row in truth("projects").query("goal_starts != ''").itertuples():
        assert fold(goals[row.first_line]).startswith(fold(row.goal_starts)), row.first_line
    assert int((truth("projects")["goal_starts"] != "").sum()) == 23


def test_duplicates(tables: Tables) -> None:
    lines = by_line(tables)
    twins = tables["projects"].dropna(subset=["duplicate_of"])
    read = {lines[p]: lines[d] for p, d in zip(twins["project_id"], twins["duplicate_of"], strict=True)}
    told = truth("projects").query("duplicate_of_first_line != ''")
    assert read == dict(zip(told["first_line"], told["duplicate_of_first_line"], strict=True)) == {"229": "205"}
    assert int(tables["projects"]["duplicate_of"].isna().sum()) == 24


def test_every_funder_link_role_and_chain(tables: Tables) -> None:
    lines, names = by_line(tables), tables["funders"].set_index("funder_id")["name"].to_dict()
    links = tables["project_funders"]
    read = {
        (lines[p], names[f], role, names.get(via, ""))
        for p, f, role, via in links[["project_id", "funder_id", "role_code", "via_funder_id"]]
        .fillna("")
        .itertuples(index=False)
    }
    told = set(
        truth("funder_links")[["first_line", "funder", "role_code", "via_funder"]].itertuples(index=False, name=None)
    )
    assert read == told
    assert (len(links), links["via_funder_id"].notna().sum(), len(tables["funders"])) == (69, 8, 12)


def test_every_contact_link(tables: Tables) -> None:
    lines = by_line(tables)
    contacts = tables["contacts"].set_index("contact_id")["name"].to_dict()
    points = tables["contact_points"].groupby(["contact_id", "kind_code"])["value"].agg(set).to_dict()
    told = {
        (r.first_line, r.name_): (r.phone_e164, r.email)
        for r in truth("contact_links").rename(columns={"name": "name_"}).itertuples()
    }
    links = tables["project_contacts"]
    read = {(lines[p], contacts[c]): c for p, c in zip(links["project_id"], links["contact_id"], strict=True)}
    assert set(read) == set(told)
    assert len(links) == 21
    for link, (phone, email) in told.items():
        assert phone in points[(read[link], "phone")]
        assert {email} == set(points[(read[link], "email")])


def test_four_people_and_the_pages_own_cards(tables: Tables) -> None:
    assert sorted(tables["contacts"]["name"]) == ["Ann-Helen Johansson", "Anna Widén", "Bo Häggroth", "Sara Söderberg"]
    contacts, points = tables["contacts"], tables["contact_points"]
    cards = tables["evidence"].query("use_code == 'boilerplate' and table == 'contacts'")
    for card in truth("page_contacts").rename(columns={"name": "name_"}).itertuples():
        person = contacts[(contacts["name"] == card.name_) | (contacts["other_names"] == card.name_)].iloc[0]
        assert card.role_or_unit in person[["role_title", "organisation"]].dropna().tolist()
        assert set(card.phones_e164.split(";")) <= set(points.query("contact_id == @person.contact_id")["value"])
        assert int(card.line) in cards.query("row_id == @person.contact_id")["line"].tolist()


def test_target_groups(tables: Tables) -> None:
    lines = by_line(tables)
    groups = tables["project_target_groups"].sort_values("position")
    read = {
        (lines[p], str(n), fold(w))
        for p, n, w in zip(groups["project_id"], groups["position"], groups["as_published"], strict=True)
    }
    told = {(line, n, fold(w)) for line, n, w in truth("target_groups").itertuples(index=False)}
    assert read == told
    assert tables["target_groups"]["category_code"].notna().all()


def test_what_belongs_to_the_page_belongs_to_no_project(tables: Tables, source: Source) -> None:
    of_projects = tables["evidence"].query("table == 'projects' and use_code == 'value'")
    for row in truth("boilerplate_lines").itertuples():
        line = source.lines[int(row.line) - 1]
        spans = of_projects[(of_projects["start"] < line.end) & (of_projects["end"] > line.start)]
        assert spans.empty, row.line


def test_logotypes_make_no_funder(tables: Tables) -> None:
    kinds = truth("boilerplate_lines")
    told = sorted(int(n) for n in kinds[kinds["kind"] == "logotype"]["line"])
    assert tables["logotypes"]["line"].tolist() == told == [49, 50, 51, 52, 53, 54, 55]
    assert "LONA – lokala naturvårdssatsningen" in tables["logotypes"]["name"].tolist()
    assert "lona" not in tables["funders"]["funder_id"].tolist()


def test_no_amount_anywhere(tables: Tables) -> None:
    assert tables["projects"]["total_cost_sek"].isna().all()
    assert tables["project_funders"]["granted_sek"].isna().all()


def test_period_type_places_and_links_of_move_on_up(tables: Tables) -> None:
    row = tables["projects"].set_index("project_id").loc["move-on-up"]
    assert [row[c] for c in ("start", "end", "period_basis", "project_type_code")] == [
        "2023-09",
        "2026-08",
        "derived",
        "collaboration",
    ]
    codes = tables["places"].set_index("place_id")["municipality_code"]
    named = tables["project_places"].query("project_id == 'move-on-up'")["place_id"]
    assert sorted(codes[named].dropna()) == ["2510", "2513", "2523", "2584"]
    assert int(tables["projects"]["start"].notna().sum()) == 1


def test_follow_ups_and_documents_by_line(tables: Tables) -> None:
    links = tables["project_links"].assign(line=tables["project_links"]["project_id"].map(by_line(tables)))
    read = links.groupby("relation_code")["line"].agg(list).to_dict()
    assert read == {"document": ["155"] * 3, "duplicate": ["229"], "follow_up": ["71"], "website": ["155"]}


def test_themes_by_hand(tables: Tables) -> None:
    """The first theme of each project, judged by reading; one or two a project."""
    first = (
        tables["project_themes"]
        .query("position == 1")
        .assign(line=lambda t: t["project_id"].map(by_line(tables)).astype(int))
    )
    assert first.groupby("theme_code")["line"].agg(sorted).to_dict() == {
        "inflyttning": [5, 18], "besoksnaring": [30, 83, 155], "skog": [59, 140], "foretagande": [99, 115],
        "naringslivsklimat": [65, 91, 107, 173, 213], "service": [71, 148, 181, 197, 221],
        "kompetens": [165, 205, 229], "friluft": [189, 237, 245],
    }  # fmt: skip
    assert tables["project_themes"].groupby("project_id").size().max() <= 2


def test_a_label_for_results_is_read_and_answers_the_rule(tmp_path: Path) -> None:
    from overkalix_data.documents.source import read_sources
    from overkalix_data.identity.rows import interpret
    from overkalix_data.reading.layouts import parse_page

    page = tmp_path / "sida.txt"
    page.write_text(
        "Avslutade projekt\n\nMål: Att bygga en led.\nFinansiärer: Leader Polaris – Europeiska jordbruksfonden\n"
        "Resultat: En led på åtta kilometer är skyltad.\n\nMål: Att röja.\nFinansiärer: Tillväxtverket\n",
        encoding="utf-8",
    )
    projects = interpret([parse_page(s) for s in read_sources(str(page))]).table("projects")
    assert [p.get("results") for p in projects if p["goal"] == "Att bygga en led."] == [
        "En led på åtta kilometer är skyltad."
    ]
    assert len(projects) == 2
