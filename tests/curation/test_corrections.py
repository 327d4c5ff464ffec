"""Corrections, candidates and the whole way of a strategist: what people add survives the next fetch."""

import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.conftest import RAW, ROOT
from tests.curation.test_form import AD, FAIR, MOVE, START, libreoffice, saved_by_libreoffice
from tests.made.desk import OF_SIX, PAGE, Desk, empty_row, fill, heading

EVENT = "kunna-erbjuda-olika-typer-aktiviteter"
TWIN = "forbattra-rekrytering-personal-kommunen-privata"


@pytest.fixture
def desk(whole: None, tmp_path: Path) -> Desk:
    return Desk(tmp_path, OF_SIX)


@pytest.fixture
def whole_page(whole: None, tmp_path: Path) -> Desk:
    """With all projects of the page."""
    return Desk(tmp_path)


def correct(desk: Desk, *rows: str) -> None:
    head = "project_id,field,original,action_code,replacement,reason,who,date,source,status_code\n"
    (desk.curated / "corrections.csv").write_text(head + "".join(f"{row}\n" for row in rows), encoding="utf-8")


def test_a_correction_replaces_the_words_it_expects_and_the_evidence_still_quotes_the_page(desk: Desk) -> None:
    correct(desk, f"{EVENT},purpose,Dansbansveckan,replace,Dansbandsveckan,stavfel,Eva Exempel,2026-11-20,sidan,active",
            f"{AD},funder,Tillväxtverket,replace,Region Norrbotten,fel finansiär,Eva Exempel,2026-11-20,beslut,active",
            f"{START},funder,Almi,clear,,var aldrig med,Eva Exempel,2026-11-20,beslut,active")  # fmt: skip
    assert desk.run("build") == 0
    assert "Dansbansveckan" not in desk.project(EVENT)["purpose"]
    assert "delta på Dansbandsveckan" in desk.project(EVENT)["purpose"]
    assert any("Dansbansveckan" in r["quote"] for r in desk.table("evidence"))
    links = {(r["project_id"], r["funder_id"]) for r in desk.table("project_funders")}
    assert {(AD, "region-norrbotten"), (AD, "overkalix-kommun")} == {link for link in links if link[0] == AD}
    assert (START, "almi") not in links
    assert "almi" not in {r["funder_id"] for r in desk.table("funders")}
    assert set(desk.outcomes().values()) == {"applied"}
    assert desk.findings("schema-reference") == []


@pytest.mark.parametrize(("row", "outcome", "rule"), [
    (f"{EVENT},purpose,Ord som inte står där,replace,x,stavfel,Eva,,,active", "original_gone", "correction-stale"),
    (",purpose,Ord som inte står någonstans,replace,x,stavfel,Eva,,,active", "original_gone", "correction-stale"),
    (f"{START},funder,Vattenfall,clear,,fel,Eva,,,active", "original_gone", "correction-stale"),
    (f"{EVENT},purpose,Dansbansveckan,replace,x,stavfel,Eva,,,proposed", "inactive", ""),
    (f"{EVENT},färg,Dansbansveckan,replace,x,stavfel,Eva,,,active", "no_field", "addition-unknown"),
])  # fmt: skip
def test_a_correction_that_cannot_be_made_is_told(desk: Desk, row: str, outcome: str, rule: str) -> None:
    correct(desk, row)
    assert desk.run("build") == 0
    assert list(desk.outcomes().values()) == [outcome]
    assert "Dansbansveckan" in desk.project(EVENT)["purpose"]
    if rule:
        assert [words.startswith("corrections.csv, 2") for words in desk.findings(rule)] == [True]


@pytest.mark.parametrize("words", ["Pågående", "ongoing"])
def test_a_code_is_corrected_by_its_words_or_itself(desk: Desk, words: str) -> None:
    correct(desk, f"{AD},status_code,{words},replace,Avslutat,klart i våras,Eva,2026-11-20,KS,active")
    assert desk.run("build") == 0
    assert [desk.project(AD)[c] for c in ("status_code", "status_basis")] == ["completed", "curated"]


@pytest.mark.parametrize("day", ["2026-13-01", "i går", "2026-11-24"])
def test_a_day_that_cannot_be_right_is_told_and_the_value_used(desk: Desk, day: str) -> None:
    head = "project_id,field,item,value,currency,rate,source,who,date,note\n"
    (desk.curated / "values.csv").write_text(f"{head}{FAIR},title,,Mässan,,,KS,Eva,{day},\n", encoding="utf-8")
    assert desk.run("build") == 0
    assert desk.project(FAIR)["title"] == "Mässan"
    assert len(desk.findings("addition-date")) == 1
    correct(desk, f"{EVENT},purpose,Dansbansveckan,replace,Dansbandsveckan,stavfel,Eva,{day},,active")
    desk.with_form()
    page = load_workbook(desk.form)["Rättelser"]
    assert str(page.cell(5, heading(page, "Datum")).value)[:10] == day


def test_a_correction_of_all_projects_tells_each(whole_page: Desk) -> None:
    correct(
        whole_page,
        ",goal,Att förbättra rekrytering,replace,Att underlätta rekrytering,klarspråk,Eva,2026-11-20,KS,active",
    )
    assert whole_page.run("build") == 0
    changed = [
        r["project_id"] for r in whole_page.table("projects") if r["goal"].startswith("Att underlätta rekrytering")
    ]
    assert changed == [TWIN, f"{TWIN}-2"]
    assert {r["row_id"] for r in whole_page.table("additions")} == set(changed)
    assert whole_page.project(TWIN)["label"].startswith("Att underlätta")


def test_a_target_group_that_cannot_be_replaced_is_left_as_it_is(desk: Desk) -> None:
    correct(desk, f"{AD},target_group,Företag,replace,Studenter,fel grupp,Eva,2026-11-20,KS,active")
    assert desk.run("build") == 0
    assert "foretag" in {r["target_group_id"] for r in desk.table("project_target_groups") if r["project_id"] == AD}
    assert list(desk.outcomes().values()) == ["no_field"]


def test_corrections_are_written_in_the_form_and_move_to_their_file(desk: Desk) -> None:
    def change(book: Workbook) -> None:
        page = book["Rättelser"]
        fill(page, empty_row(page), **{"Projekt-id": EVENT, "Uppgift": "Syfte", "Står på sidan": "Dansbansveckan", "Åtgärd": "Byt ut",
                                       "Ska vara": "Dansbandsveckan", "Skäl": "stavfel", "Status": "Gäller"})  # fmt: skip

    desk.with_form().edit(change)
    assert desk.run("build") == 0
    once = desk.project(EVENT)
    assert "Dansbansveckan" not in once["purpose"]
    desk.with_form()
    assert "Dansbandsveckan" in (desk.curated / "corrections.csv").read_text(encoding="utf-8")
    fresh = load_workbook(desk.form)["Rättelser"]
    assert fresh.cell(5, heading(fresh, "Ska vara")).value == "Dansbandsveckan"
    assert desk.run("build") == 0
    assert desk.project(EVENT) == once
    assert [r["file"] for r in desk.table("additions")] == ["corrections.csv"]


@pytest.fixture
def shipped(whole: None, tmp_path: Path) -> Desk:
    """The curated files as they are shipped, the candidates unanswered."""
    desk = Desk(tmp_path)
    text = (ROOT / "data/curated/candidates.csv").read_text(encoding="utf-8")
    (desk.curated / "candidates.csv").write_text(
        text.replace(",accepted,Grunddata,2026-11-23,", ",open,,,"), encoding="utf-8"
    )
    return desk


def test_the_worst_conflict_is_shown_first_beside_the_pages_words(
    shipped: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert shipped.run("review") == 0
    told = capsys.readouterr().out
    places = [
        told.index(words)
        for words in ("Säger emot sidan", "Källorna är oense", "Fyller en lucka", "Säger samma som sidan")
    ]
    assert places == sorted(places)
    partners = told[told.index("Parter: Överkalix; Jokkmokk; Kiruna") :]
    assert "rad 20: ”Gällivare”" in partners
    assert "Annan källa: Gällivare; Jokkmokk; Kiruna; Överkalix" in partners
    assert told.count("Vattenfall") == 3
    assert "1 760 000" in told


def test_nothing_is_merged_until_a_person_accepts(shipped: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert shipped.run("build") == 0
    assert shipped.project(FAIR)["title"] == ""
    assert shipped.run("review", "--accept", "c15") == 2
    assert "säg vem som tar ställning med --who" in capsys.readouterr().err
    assert shipped.run("review", "--accept", "c15", "--who", "Eva Exempel") == 0
    assert shipped.run("build") == 0
    assert [shipped.project(FAIR)[c] for c in ("title", "title_basis", "label")] == [
        "Mittpunkt Skog",
        "curated",
        "Mittpunkt Skog",
    ]
    (row,) = shipped.table("additions")
    assert (row["source"], row["who"]) == ("https://mittpunktskog.se/om/", "Eva Exempel")
    assert shipped.run("review", "--accept", "c15", "--who", "Eva") == 2, "it is answered"


def test_a_second_title_is_not_accepted_over_the_first(shipped: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert shipped.run("review", "--accept", "c01", "--who", "Eva") == 0
    assert shipped.run("review", "--accept", "c02", "--who", "Eva") == 2
    assert "finns redan i values.csv med ett annat värde" in capsys.readouterr().err
    assert shipped.run("review", "--reject", "c02", "--who", "Eva", "--note", "kort namn") == 0
    capsys.readouterr()
    assert shipped.run("review") == 0
    assert "c02 ·" not in capsys.readouterr().out


def test_the_sum_that_no_page_ties_to_a_project_is_on_no_project(tmp_path: Path) -> None:
    """facts.md: 1,760,000 kr a municipality and year, and the follow-up's 1,971,582 kr, belong to none of the 25."""
    desk = Desk(tmp_path)
    shutil.copytree(ROOT / "data/curated", desk.curated, dirs_exist_ok=True)
    assert desk.run("build") == 0
    amounts = {
        r[c]
        for name, columns in (("projects", ["total_cost_sek"]), ("project_funders", ["granted_sek"]))
        for r in desk.table(name)
        for c in columns
    }
    assert amounts == {""}
    titles = {r["project_id"]: r["title_basis"] for r in desk.table("projects") if r["title"]}
    assert sorted(titles.values()) == ["curated"] * 4 + ["published"]
    assert titles[MOVE] == "published"


def fill_thirty(book: Workbook) -> None:
    """Ten projects, three cells each: a title, a total and a period's start."""
    page = book["Projekt"]
    for n, row in enumerate(range(9, 29, 2), start=1):
        fill(
            page,
            row,
            **{"Titel": f"Projekt nummer {n}", "Total kostnad (kr)": 1000 * n, "Start": f"20{10 + n}-0{n % 9 + 1}"},
        )


def moved_reworded_finished(page: str) -> str:
    """The page a year later: two blocks have changed places, two are reworded, one is finished, one is new."""
    blocks = page.split("\n\nMål: ")
    at = {
        words: n
        for n, b in enumerate(blocks)
        for words in (
            "Att personer ska starta",
            "Bilda och leda",
            "Öka möjligheten",
            "Att utveckla kommunens",
            "Att undersöka byarnas",
        )
        if b.startswith(words)
    }
    a, b = at["Att personer ska starta"], at["Bilda och leda"]
    blocks[a], blocks[b] = blocks[b], blocks[a]
    blocks[at["Att utveckla kommunens"]] = blocks[at["Att utveckla kommunens"]].replace(
        "ett tillitsfullt och långsiktigt samarbete", "ett gott samarbete"
    )
    blocks[at["Att undersöka byarnas"]] = blocks[at["Att undersöka byarnas"]].replace(
        "samt undersöka", "och att utreda"
    )
    card = blocks[at["Öka möjligheten"]].index("\n\nKontakt\n")
    finished, rest = blocks[at["Öka möjligheten"]][:card], blocks[at["Öka möjligheten"]][card:]
    new = (
        "Ge alla skolbarn i Näverbyn en egen kanot.\n\nMålgrupp: Skolbarn.\n\nFinansiärer: Överkalix kommun, Vattenfall"
    )
    blocks[at["Öka möjligheten"]] = new + rest
    return "\n\nMål: ".join([*blocks[:-1], finished, blocks[-1]])


@libreoffice
def test_thirty_cells_stay_on_their_projects_when_the_page_is_fetched_anew(
    whole_page: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    whole_page.with_form().edit(fill_thirty)
    saved_by_libreoffice(whole_page.form)
    assert whole_page.run("build") == 0
    filled = {r["project_id"]: r for r in whole_page.table("projects") if r["title_basis"] == "curated"}
    assert len(filled) == 10
    assert (
        {r["total_cost_basis"] for r in filled.values()} == {r["period_basis"] for r in filled.values()} == {"curated"}
    )
    assert (
        sum(r["outcome_code"] == "applied" and r["source"] == "Beslut i KS" for r in whole_page.table("additions"))
        == 30
    )

    shutil.copy(whole_page.raw / "overkalix-projekt.txt", whole_page.raw.parent / "old.txt")
    whole_page.publish(moved_reworded_finished(PAGE))
    assert whole_page.run("build") == 0
    after = {r["project_id"]: r for r in whole_page.table("projects")}
    for project_id, row in filled.items():
        assert [after[project_id][c] for c in ("title", "total_cost_sek", "start")] == [
            row[c] for c in ("title", "total_cost_sek", "start")
        ]
    (new,) = after.keys() - {r["project_id"] for r in Desk(whole_page.raw.parent / "again").table_of_the_page()}
    assert [after[new][c] for c in ("title", "total_cost_sek", "start")] == ["", "", ""]
    assert set(whole_page.findings("identity-new")) == {new}

    capsys.readouterr()
    assert (
        whole_page.run("diff", str(whole_page.raw.parent / "old.txt"), str(whole_page.raw / "overkalix-projekt.txt"))
        == 0
    )
    counts = [line for line in capsys.readouterr().out.splitlines()[2:] if line and not line.startswith(" ")][:3]
    assert counts == ["Nytt projekt: 1", "Avslutat: 1", "Ny text: 2"]


@pytest.mark.parametrize("form", ["html", "csv"])
def test_a_diff_is_a_page_and_a_table_too(whole_page: Desk, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    old = RAW / "overkalix-projekt.txt"
    whole_page.publish(moved_reworded_finished(PAGE))
    out = whole_page.raw.parent / f"skillnad.{form}"
    assert (
        whole_page.run(
            "diff", str(old), str(whole_page.raw / "overkalix-projekt.txt"), "--format", form, "--output", str(out)
        )
        == 0
    )
    told = out.read_text(encoding="utf-8")
    assert "Ge alla skolbarn i Näverbyn en egen kanot." in told
    assert told.startswith(
        '<!DOCTYPE html>\n<html lang="sv">' if form == "html" else "project_id,change_code,position,label"
    )
    assert capsys.readouterr().out == ""


def test_a_diff_of_a_page_with_itself_says_so(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    page = str(RAW / "overkalix-projekt.txt")
    assert desk.run("diff", page, page, "--lang", "en") == 0
    assert capsys.readouterr().out.splitlines()[-1] == "Nothing has changed."


def test_no_more_candidates_are_shown_than_can_be_read_and_the_others_are_counted(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("overkalix_data.outputs.terminal.review.MOST_SHOWN", 7)
    head = "candidate_id,project_id,field,item,value,source,source_date,certainty_code,status_code,who,date,note\n"
    rows = "".join(f"c{n},{EVENT},start,,{2000 + n},Sida {n},,exact,open,,,\n" for n in range(10))
    (desk.curated / "candidates.csv").write_text(head + rows, encoding="utf-8")
    assert desk.run("review") == 0
    told = capsys.readouterr().out
    assert "10 förslag väntar" in told
    assert told.count("4 källor till säger annorlunda") == 7
    assert told.count("Annan källa: ") == 7 * 5
    assert "3 till visas inte: besvara dessa först, eller kör overkalix review --accept-exact" in told
