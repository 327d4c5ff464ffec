"""The form: out and in without an edit changes nothing; what people fill in stays with its project; nothing is lost."""

import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.made.desk import BY, HEADER, OF_SIX, Desk, empty_row, fill, heading, row_of
from tests.made.workbooks import by_libreoffice, libreoffice

FAIR, MOVE, AD = "overkalix-kommun-samverkan-nolia-ab", "move-on-up", "marknadsfora-kommunen-naringslivskommun"
START = "personer-starta-foretag"


@pytest.fixture
def desk(whole: None, tmp_path: Path) -> Desk:
    return Desk(tmp_path, OF_SIX)


def saved_by_libreoffice(form: Path) -> None:
    """What LibreOffice makes of the form when a person opens and saves it."""
    shutil.move(by_libreoffice(form, form.parent / "saved"), form)


PROGRAMS = [pytest.param(lambda form: None, id="as-made"), pytest.param(lambda form: load_workbook(form).save(form), id="openpyxl"),
            pytest.param(saved_by_libreoffice, id="libreoffice", marks=libreoffice)]  # fmt: skip


def clean(desk: Desk) -> dict[str, bytes]:
    assert desk.run("build") == 0
    return {p.name: p.read_bytes() for p in sorted(desk.clean.iterdir())}


@pytest.mark.parametrize("save", PROGRAMS)
def test_out_and_in_without_an_edit_changes_nothing(desk: Desk, save) -> None:
    before = clean(desk)
    desk.with_form()
    save(desk.form)
    assert clean(desk) == before


@pytest.mark.parametrize("save", PROGRAMS)
def test_what_was_filled_in_goes_out_and_in_unchanged(desk: Desk, save) -> None:
    """Zero and empty, leading zeros, days of three precisions, å ä ö and long text all come back as they were written."""

    def change(book: Workbook) -> None:
        projects, funding = book["Projekt"], book["Finansiering"]
        fill(
            projects,
            row_of(projects, FAIR),
            Titel="Skogsmässan på Brännaberget – åäö",
            Start="2021",
            Slut="2022-06-18",
            Resultat="En mässa.\n\nTvå dagar.",
        )
        fill(projects, row_of(projects, AD), **{"Total kostnad (kr)": 0, "EU-stödsats (%)": 40.5})
        fill(
            funding,
            row_of(funding, START, Finansiär="Almi"),
            **{"Beviljat (kr)": 1200000, "Varav kontant (kr)": 0, "Diarie- eller journalnummer": "0012-03"},
        )

    desk.with_form().edit(change)
    save(desk.form)
    once = clean(desk)
    assert set(desk.outcomes().values()) == {"applied"}
    fair, ad = desk.project(FAIR), desk.project(AD)
    assert [fair[c] for c in ("title", "title_basis", "start", "end", "period_basis", "results")] == [
        "Skogsmässan på Brännaberget – åäö", "curated", "2021", "2022-06-18", "curated", "En mässa.\n\nTvå dagar."]  # fmt: skip
    assert [ad[c] for c in ("total_cost_sek", "total_cost_basis", "eu_rate_percent")] == ["0", "curated", "40.5"]
    almi = next(r for r in desk.table("project_funders") if r["funder_id"] == "almi")
    assert [almi[c] for c in ("granted_sek", "cash_sek", "in_kind_sek", "reference_number", "amount_basis")] == [
        "1200000",
        "0",
        "",
        "0012-03",
        "curated",
    ]
    desk.with_form()
    save(desk.form)
    again = clean(desk)
    differing = {name for name in once if once[name] != again[name]}
    assert differing <= {"additions.csv", "checks.csv", "findings.csv"}, (
        "only where a value stands: in values.csv instead of the form"
    )
    desk.with_form()
    assert clean(desk) == again


def test_an_amount_in_another_currency_needs_a_rate(desk: Desk) -> None:
    def change(book: Workbook) -> None:
        page = book["Finansiering"]
        fill(page, row_of(page, START, Finansiär="Almi"), **{"Beviljat (kr)": 10000, "Valuta": "EUR"})
        fill(
            page,
            row_of(page, START, Finansiär="Sparbanken Nord"),
            **{"Beviljat (kr)": "10 000,50 euro", "Kurs (kr)": 11.5},
        )
        fill(page, row_of(page, START, Finansiär="Region Norrbotten"), **{"Beviljat (kr)": "1,2 mkr"})
        fill(page, row_of(page, START, Finansiär="Isolamin AB"), **{"Beviljat (kr)": 99.5})

    desk.with_form().edit(change)
    assert desk.run("build") == 0
    granted = {r["funder_id"]: r["granted_sek"] for r in desk.table("project_funders") if r["project_id"] == START}
    assert [granted[f] for f in ("almi", "sparbanken-nord", "region-norrbotten", "isolamin-ab")] == [
        "",
        "115006",
        "1200000",
        "",
    ]
    assert sorted(desk.outcomes().values()) == ["applied", "applied", "bad_value", "no_rate"]
    assert len(desk.findings("addition-no-rate")) == 1


def test_funders_groups_and_themes_are_added_and_removed(desk: Desk) -> None:
    def change(book: Workbook) -> None:
        funding, groups = book["Finansiering"], book["Målgrupper och teman"]
        fill(
            funding,
            empty_row(funding),
            **{"Projekt-id": AD, "Finansiär": "Vattenfall AB", "Roll": "Medfinansiär", "Beviljat (kr)": 50000},
        )
        fill(groups, row_of(groups, AD, **{"Målgrupp eller tema": "Företag"}), Åtgärd="Ta bort")
        row = empty_row(groups)
        fill(
            groups,
            row,
            **{"Projekt-id": AD, "Slag": "Målgrupp", "Målgrupp eller tema": "Studenter", "Kategori": "Barn och unga"},
        )
        fill(
            groups,
            row + 1,
            **{"Projekt-id": AD, "Slag": "Tema", "Målgrupp eller tema": "Kompetensförsörjning och rekrytering"},
        )

    desk.with_form().edit(change)
    assert desk.run("build") == 0
    added = next(r for r in desk.table("project_funders") if (r["project_id"], r["funder_id"]) == (AD, "vattenfall-ab"))
    assert [added[c] for c in ("role_code", "granted_sek", "amount_basis", "position")] == [
        "co_funder",
        "50000",
        "curated",
        "3",
    ]
    groups = {r["target_group_id"] for r in desk.table("project_target_groups") if r["project_id"] == AD}
    assert groups == {"foretagare-verksamma-utanfor-overkalix", "studenter"}
    assert (
        next(r for r in desk.table("target_groups") if r["target_group_id"] == "studenter")["category_code"]
        == "young_people"
    )
    assert "kompetens" in {
        r["theme_code"] for r in desk.table("project_themes") if (r["project_id"], r["basis"]) == (AD, "curated")
    }
    assert set(desk.outcomes().values()) == {"applied"}
    assert desk.findings("schema-reference") == []


STRANGE = {
    "formula": lambda p: p.cell(row_of(p, AD), heading(p, "Titel")).__setattr__("value", "=A1&B1"),
    "bad_value": lambda p: p.cell(row_of(p, AD), heading(p, "Start")).__setattr__("value", "hösten 2023"),
    "locked": lambda p: p.cell(row_of(p, AD), heading(p, "Benämning")).__setattr__("value", "Något annat"),
    "published": lambda p: p.cell(row_of(p, MOVE), heading(p, "Titel")).__setattr__("value", "Flytta upp"),
    "half_written": lambda p: p.cell(p.max_row + 1, heading(p, "Titel")).__setattr__("value", "Ett projekt utan id"),
    "no_field": lambda p: p.cell(row_of(p, AD), 60).__setattr__("value", "egen anteckning"),
    "cleared": lambda p: p.cell(row_of(p, MOVE), heading(p, "Slut")).__setattr__("value", None),
}


@pytest.mark.parametrize("outcome", sorted(STRANGE))
def test_an_odd_cell_is_a_finding_with_sheet_and_cell(desk: Desk, outcome: str) -> None:
    desk.with_form().edit(lambda book: STRANGE[outcome](book["Projekt"]))
    before = desk.form.read_bytes()
    assert desk.run("build") == 0
    ((place, found),) = desk.outcomes().items()
    assert found == outcome
    assert place.startswith("Projekt!")
    rules = [r for r in desk.table("findings") if r["table"] == "additions" and r["rule_id"].startswith("addition-")]
    assert [
        r["value"].startswith(f"komplettering.xlsx, {place}")
        for r in rules
        if r["rule_id"] != "addition-without-source"
    ] == [True]
    assert desk.run("template") == 2, "a fresh form is not written over what has not been read"
    assert desk.form.read_bytes() == before


BROKEN = {
    "no workbook": (lambda form: form.write_bytes(b"PK\x03\x04 half"), "är ingen Excelfil"),
    "a column renamed": (
        lambda form: edited(form, lambda b: b["Projekt"].cell(HEADER, 4).__setattr__("value", "Rubrik")),
        "bladet Projekt, rad 4: kolumnen titel saknas",
    ),
    "a sheet removed": (lambda form: edited(form, lambda b: b.remove(b["Rättelser"])), "bladet Rättelser saknas"),
    "made by hand": (lambda form: Workbook().save(form), "bladet Projekt saknas"),
}


def edited(form: Path, change) -> None:
    book = load_workbook(form)
    change(book)
    book.save(form)


@pytest.mark.parametrize("case", sorted(BROKEN))
def test_a_form_that_is_none_is_refused_by_name(desk: Desk, case: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert desk.run("build") == 0
    before = {p: p.read_bytes() for p in desk.clean.iterdir()}
    breaks, said = BROKEN[case]
    breaks(desk.with_form().form)
    capsys.readouterr()
    assert desk.run("build") == 2
    told = capsys.readouterr().err
    assert str(desk.form) in told
    assert said in told
    assert len(told.splitlines()) == 1
    assert {p: p.read_bytes() for p in desk.clean.iterdir()} == before


def test_a_foreign_sheet_is_told_and_kept(desk: Desk) -> None:
    desk.with_form().edit(
        lambda book: book.create_sheet("Mina anteckningar").cell(1, 1).__setattr__("value", "ring Almi")
    )
    assert desk.run("build") == 0
    assert desk.outcomes() == {"Mina anteckningar": "no_field"}


def test_an_open_form_is_not_written_over(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.with_form()
    (desk.curated / ".~lock.komplettering.xlsx#").write_text("någon", encoding="utf-8")
    assert desk.run("template") == 2
    assert "är öppen i ett annat program" in capsys.readouterr().err


def test_two_people_who_differ_are_a_conflict_and_neither_is_used(desk: Desk) -> None:
    desk.with_form()
    other = desk.curated / "komplettering-anna.xlsx"
    shutil.copy(desk.form, other)
    for form, title in ((desk.form, "Skogsmässan"), (other, "Mässan i skogen")):
        desk.edit(lambda book, title=title: fill(book["Projekt"], row_of(book["Projekt"], FAIR), Titel=title), form)
    assert desk.run("build") == 1, "critical: the report would leave out a known title"
    assert desk.project(FAIR)["title"] == ""
    told = " ".join(desk.findings("addition-conflict"))
    assert "komplettering.xlsx" in told
    assert "komplettering-anna.xlsx" in told
    assert "Skogsmässan" in told
    assert "Mässan i skogen" in told
    desk.edit(lambda book: fill(book["Projekt"], row_of(book["Projekt"], FAIR), Titel="Skogsmässan"), other)
    desk.with_form()
    assert not other.exists()
    assert (desk.curated / "inlast-komplettering-anna.xlsx").exists()
    assert desk.run("build") == 0
    assert desk.project(FAIR)["title"] == "Skogsmässan"


def test_two_rows_that_git_merged_are_a_conflict_and_marks_are_refused(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    head = "project_id,field,item,value,currency,rate,source,who,date,note\n"
    rows = [
        f"{FAIR},title,,{title},,,KS,{who},2026-11-20,\n" for title, who in (("Mässan", "Eva"), ("Skogsmässan", "Ulf"))
    ]
    (desk.curated / "values.csv").write_text(head + "".join(rows), encoding="utf-8")
    assert desk.run("build") == 1
    assert set(desk.outcomes().values()) == {"conflict"}
    marked = f"{head}<<<<<<< HEAD\n{rows[0]}=======\n{rows[1]}>>>>>>> annas\n"
    (desk.curated / "values.csv").write_text(marked, encoding="utf-8")
    capsys.readouterr()
    assert desk.run("build") == 2
    assert "values.csv, rad 2: två personers ändringar" in capsys.readouterr().err


def test_a_newer_form_replaces_what_it_was_made_from(desk: Desk) -> None:
    desk.with_form().edit(lambda book: fill(book["Projekt"], row_of(book["Projekt"], FAIR), Titel="Mässan"))
    desk.with_form().edit(lambda book: fill(book["Projekt"], row_of(book["Projekt"], FAIR), Titel="Skogsmässan"))
    assert desk.run("build") == 0
    assert desk.project(FAIR)["title"] == "Skogsmässan"
    desk.with_form()
    values = (desk.curated / "values.csv").read_text(encoding="utf-8")
    assert values.count(FAIR) == 1
    assert "Skogsmässan" in values


def test_an_emptied_cell_takes_back_what_was_filled_in(desk: Desk) -> None:
    desk.with_form().edit(lambda book: fill(book["Projekt"], row_of(book["Projekt"], FAIR), Titel="Mässan"))
    desk.with_form().edit(lambda book: fill(book["Projekt"], row_of(book["Projekt"], FAIR), Titel=None))
    assert desk.run("build") == 0
    assert desk.project(FAIR)["title"] == ""
    desk.with_form()
    assert FAIR not in (desk.curated / "values.csv").read_text(encoding="utf-8")


def test_a_row_without_source_or_person_is_used_and_told(desk: Desk) -> None:
    desk.with_form().edit(
        lambda book: (
            book["Projekt"]
            .cell(row_of(book["Projekt"], FAIR), heading(book["Projekt"], "Titel"))
            .__setattr__("value", "Mässan")
        )
    )
    assert desk.run("build") == 0
    assert desk.project(FAIR)["title"] == "Mässan"
    assert len(desk.findings("addition-without-source")) == 1


def test_every_addition_tells_who_when_and_from_where(desk: Desk) -> None:
    desk.with_form().edit(lambda book: fill(book["Projekt"], row_of(book["Projekt"], FAIR), Titel="Mässan"))
    assert desk.run("build") == 0
    (row,) = desk.table("additions")
    assert [row[c] for c in ("table", "row_id", "column", "value", "source", "who", "date")] == [
        "projects", FAIR, "title", "Mässan", *BY.values()]  # fmt: skip


def test_the_form_is_protected_and_complete_in_english(tmp_path: Path) -> None:
    desk = Desk(tmp_path, OF_SIX)
    assert desk.run("template", "--lang", "en") == 0
    book = load_workbook(desk.form)
    assert book.sheetnames[:6] == [
        "Projects",
        "Funding",
        "Target groups and themes",
        "For funders",
        "Corrections",
        "Read me",
    ]
    page = book["Projects"]
    assert page.protection.sheet
    row = row_of_english(page, FAIR)
    assert not page.cell(row, heading(page, "Title")).protection.locked
    assert page.cell(row, heading(page, "Goal")).protection.locked
    published = row_of_english(page, MOVE)
    assert page.cell(published, heading(page, "Title")).protection.locked, "the page itself gives it"
    assert all(c.value for c in page[HEADER])
    before = desk.form.read_bytes()
    page.cell(row, heading(page, "Title")).value = "Mässan"
    book.save(desk.form)
    assert desk.run("build") == 0
    assert desk.project(FAIR)["title"] == "Mässan"
    assert before != desk.form.read_bytes()


def row_of_english(page, project_id: str) -> int:
    return next(r for r in range(HEADER + 1, page.max_row + 1) if page.cell(r, 1).value == project_id)


def test_on_paper_the_columns_stand_in_groups_that_can_be_read_each_behind_the_project(desk: Desk) -> None:
    for page in load_workbook(desk.with_form().form):
        if page.sheet_state != "visible":
            continue
        area = page.print_area.replace("$", "").rpartition("!")[2]
        first = page[area][0]
        assert first[0].row == HEADER
        has_project = "Benämning" in [cell.value for cell in first]
        assert first[0].value == ("Benämning" if has_project else page.cell(HEADER, 1).value)
        name, *others = (5.25 * page.column_dimensions[cell.column_letter].width + 3.75 for cell in first)
        wide = page.page_setup.fitToWidth
        assert 12 * 784 / (name + sum(others) / wide) >= 7, f"letters of {page.title}, in points"
        assert page.print_title_cols == (f"${first[0].column_letter}:${first[0].column_letter}" if wide > 1 else None)
        assert page.oddHeader.left.text == f"Komplettering av projektlistan: {page.title}"
        empty = [row for row in page[area] if row[0].value is None]
        assert len(empty) <= 8, "of sixty rows to add to, paper has eight"


def test_an_id_that_is_none_is_told_with_where_it_stands_and_is_no_fault_of_the_program(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    def change(book: Workbook) -> None:
        funding = book["Finansiering"]
        for _ in range(7):
            fill(funding, empty_row(funding), **{"Projekt-id": "xyz 12", "Finansiär": "Almi"})

    desk.with_form().edit(change)
    assert desk.run("check") == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "sätt rätt projekt-id på raden" in told
    assert "Rad komplettering.xlsx Finansiering!" in told
    assert ", ," not in told
