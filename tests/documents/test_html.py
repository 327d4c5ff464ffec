"""HTML as a reader sees it, and every character of the source accounted for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overkalix_data.base.lists import lists_for
from overkalix_data.documents.html import render_html
from overkalix_data.documents.placed_text import Rendered
from tests.made.pages import tables_of


def accounted(source: str, seen: Rendered) -> set[int]:
    """Places of the source's characters that are text, or told to be none; white space around a line is both."""
    places = [(range(a, b), char) for char, a, b in zip(seen.text, seen.starts, seen.ends, strict=True)]
    silent = {n for a, b, _ in seen.silent for n in range(a, b)}
    assert not {n for place, char in places if not char.isspace() for n in place} & silent
    return {n for place, _ in places for n in place} | silent


@pytest.mark.parametrize(("html", "text"), [
    ("<h2>Avslutade&nbsp;projekt</h2><p>Att <b>bygga</b>\n  väg.", "Avslutade\u00a0projekt\n\nAtt bygga väg."),
    ("<p>Rad ett<br>rad två<br><br>nytt stycke</p>", "Rad ett\nrad två\n\nnytt stycke"),
    ("<dl><dt>Mål<dd>Ett &amp; tv&#229;<dt>Syfte:</dt><dd>Tre</dl>", "Mål:\n\nEtt & två\n\nSyfte:\n\nTre"),
    ("<ul><li>Ett<li>Två</ul>", "Ett\n\nTvå"),
    ("<nav>Meny</nav><p>Text<script>var a = '<p>';</script></p><footer>Foten</footer>", "Text"),
    ('<div class="cookie-banner">Kakor</div><p>Text</p><div role="navigation">Meny</div>', "Text"),
    ('<a href="mailto:eva@example.se?subject=Hej">Skicka e-post</a>', "eva@example.se"),
    ('<a href="mailto:eva@example.se">Mejla Eva Exempel</a>', "Mejla Eva Exempel eva@example.se"), ('Eva Exempel <a href="tel:070-1">Ring Eva</a>', "Eva Exempel 070-1"),
    ('<a href="mailto:eva@example.se">eva@example.se</a> <a href="tel:+46701740635">070-174 06 35</a>', "eva@example.se 070-174 06 35"),
    ('<p>A</p><img src="x.png" alt="bilden visar en logotyp"><p>B</p>', "A\n\nbilden visar en logotyp\n\nB"),
    ("<details><summary>Rubrik</summary><p>Text</details>", "Rubrik\n\nText"),
    ('<h3><button>Bron <span class="icon">+</span></button></h3><p>Text', "Bron\n\nText"), ("<b>+</b> 2", "2"), ("1 <i>–</i> 2", "1 – 2"),
    ("text utan taggar", "text utan taggar"), ("", ""), ("<p>oavslutad <b>fet", "oavslutad fet"), ("a </p></div> b", "a b"), ("3 < 4 & 5", "3 < 4 & 5"),
])  # fmt: skip
def test_what_a_reader_sees(html: str, text: str) -> None:
    seen = render_html(html, LISTS)
    assert seen.text == text
    assert {n for n, c in enumerate(html) if c.strip()} <= accounted(html, seen)


def test_each_character_knows_its_place() -> None:
    html = "<h3>Skogens <em>väg</em></h3><p>R&ouml;d</p>"
    seen = render_html(html, LISTS)
    assert [html[a:b] for a, b in zip(seen.starts, seen.ends, strict=True) if b - a > 1] == ["&ouml;"]
    assert [html[a:b] for a, b in seen.places(0, len("Skogens väg"))] == ["Skogens <em>väg"]
    assert {at: mark.level for at, mark in seen.marks.items() if mark.level} == {0: 3}


LISTS = lists_for()
TAGS = st.sampled_from(["<p>", "</p>", "<b>", "</b>", "<div>", "</div>", "<br>", "<li>", "<dt>", "<dd>", "</dl>", "<h2>", "</h2>", "<h3>", "</h3>", "<nav>", "</nav>", "<!-- x -->",
                        "<details>", "<summary>", "</summary>", "</details>", "<a href='mailto:a@b.se'>", "</a>", "<img alt='logotyp'>", "&nbsp;", "&amp;", "&", "<", ">", "<script>", "</script>",
                        "Mål: ", "Finansiärer: Almi", "Projektet syftar till att ", "Kontakt", "\n", "<table><tr><td>", "</table>", "<p", "<!DOCTYPE html>", "]]>", "<?x?>"])  # fmt: skip


@given(st.lists(st.one_of(TAGS, st.text(max_size=6)), max_size=30).map("".join))
def test_no_markup_is_too_broken_to_read(html: str) -> None:
    seen = render_html(html, LISTS)
    assert len(seen.text) == len(seen.starts) == len(seen.ends)
    assert {n for n, c in enumerate(html) if c.strip()} <= accounted(html, seen)
    assert all(a < b for a, b in seen.places(0, len(seen.text)))


PAGE = """<!doctype html><html lang="sv"><head><title>Projekt</title></head><body><header><nav>Meny</nav></header><main>
<h1>Projekt i kommunen</h1><p>Här ser du projekt.</p>
<h2>Pågående projekt</h2>
<article><h3>Skogens väg</h3><dl><dt>Mål</dt><dd><p>Att bygga väg.</p><p>Syfte: att bygga mer.</p></dd>
<dt>Finansiärer</dt><dd>Överkalix kommun, Leader Polaris – Europeiska jordbruksfonden för landsbygdsutveckling</dd>
<dt>Kontaktperson</dt><dd>Eva Exempel, <a href="mailto:eva@example.se">Skicka e-post</a></dd></dl></article>
<article><h3>Arbetsnamn: Att göra nytt</h3><h4>Syfte</h4><p>Att göra nytt.</p><h4>Finansiering</h4><p>Tillväxtverket</p><h4>Annat</h4><p>Text om annat.</p></article>
<h2>Avslutade projekt</h2><h3>Kultur</h3><h4>Tredje</h4><p>Projektet syftar till att X. Projektet finansieras av Almi.</p>
<h2>Kontakt</h2><p>Kalle Exempel</p><p>Strateg</p><p>0926-740 26</p>
<h2>Så söker du stöd</h2><p>Fyll i blanketten.</p></main></body></html>"""


def test_headings_open_sections_and_projects() -> None:
    tables = tables_of(PAGE, ".html")
    projects = tables["projects"].set_index("project_id").sort_values("first_line")
    assert projects["title"].dropna().to_dict() == {"skogens-vag": "Skogens väg", "tredje": "Tredje"}
    assert projects.loc["gora-nytt", "label"] == "Att göra nytt"
    assert projects["status_code"].tolist() == ["ongoing", "ongoing", "completed"]
    assert projects["unit"].fillna("").tolist() == ["", "", "Kultur"]
    assert projects.loc["skogens-vag", "goal"] == "Att bygga väg.\n\nSyfte: att bygga mer."
    assert projects.loc["gora-nytt", "purpose"] == "Att göra nytt."
    assert tables["project_funders"].query("role_code == 'fund'")["via_funder_id"].tolist() == ["leader-polaris"]
    assert set(tables["contact_points"]["value"]) == {"eva@example.se", "+4692674026"}
    unplaced = tables["evidence"].query("use_code == 'unplaced'")["quote"].tolist()
    assert unplaced == ["Här ser du projekt.", "Fyll i blanketten."]


def test_evidence_points_into_the_html() -> None:
    evidence = tables_of(PAGE, ".html")["evidence"]
    covered = {n for a, b in zip(evidence["start"], evidence["end"], strict=True) for n in range(a, b)}
    assert {n for n, c in enumerate(PAGE) if c.strip()} <= covered
    assert all(
        PAGE[a:b] == quote for a, b, quote in zip(evidence["start"], evidence["end"], evidence["quote"], strict=True)
    )


def test_a_cell_stands_in_as_many_rows_as_it_spans_and_no_more() -> None:
    html = (
        "<h2>Pågående projekt</h2><table><tr><th>Projektnamn<th>Finansiär<th>Mål"
        "<tr><td>Skogens väg<td rowspan=2>Almi<td>Att bygga.<tr><td>Ny brygga<td>Att rusta."
        "<tr><td>Stugan<td>Tillväxtverket<td>Att måla.</table>"
    )
    tables = tables_of(html, ".html")
    funding = tables["project_funders"]
    assert dict(zip(funding["project_id"], funding["funder_id"], strict=True)) == {
        "skogens-vag": "almi", "ny-brygga": "almi", "stugan": "tillvaxtverket",
    }  # fmt: skip
    assert set(tables["projects"]["goal"]) == {"Att bygga.", "Att rusta.", "Att måla."}


def test_a_page_about_applying_has_no_projects() -> None:
    html = "<main><h1>Så söker du stöd</h1><h2>Vem kan söka?</h2><p>Föreningar och företag.</p><h2>Kontakt</h2><p>Kommunen</p></main>"
    tables = tables_of(html, ".html")
    assert len(tables["projects"]) == 0
    assert "project-none" in set(tables["findings"].query("severity == 'critical'")["rule_id"])


def test_the_colon_of_a_label_in_bold_stays_out_of_the_next_cell() -> None:
    row = "<tr><td>{}</td><td></td><td>{}</td></tr>"
    page = f"<table>{row.format('Projekt', 'Beviljat belopp')}{row.format('Bron', '20 kr')}{row.format('<b>Totalt</b>', '<b>20 kr</b>')}</table>"
    assert render_html(page, LISTS).text.strip() == "Projektnamn: Bron\nBeviljat belopp: 20 kr"


def test_the_headline_over_a_box_of_labels_in_bold_is_the_projects_name() -> None:
    box = "".join(f"<p><b>{label}</b><br>{value}</p>" for label, value in (
        ("Projektägare", "Uppsala kommun"), ("Budget", "38,4 miljoner kronor"), ("Så finansieras det", "Boverket 23,0 mnkr<br>Uppsala kommun 5,5 mnkr"),
    ))  # fmt: skip
    page = f"<main><h1>Levande åar</h1><p>Ån ska bli friskare.</p><h2>Mål med projektet</h2><p>Aspen ska vandra.</p><div><h2>Fakta</h2>{box}</div></main>"
    tables = tables_of(page, ".html", checked=False)
    assert tables["projects"][["title", "goal", "total_cost_sek"]].to_numpy().tolist() == [
        ["Levande åar", "Aspen ska vandra.", 38_400_000]
    ]
    assert tables["project_funders"].set_index("funder_id")["granted_sek"].to_dict() == {
        "boverket": 23_000_000,
        "uppsala-kommun": 5_500_000,
    }


def test_words_that_items_begin_with_in_an_element_of_their_own_are_labels_where_most_are() -> None:
    cards = "".join(
        f"<h3>{name}</h3><ul><li><i class=icon></i><b>Vi vänder oss till</b> {who}</li><li><b>Pengar från</b> {payer}</li>{more}</ul>"
        for name, who, payer, more in (
            ("Ny brygga", "pensionärer", "Kulturrådet", "<li><b>Så mycket får vi</b> 40 000 kr</li>"),
            ("Boken kommer", "barn", "Skolverket", "<li><b>Tid</b> 2024–2025</li><li><b>Kontakt</b> Eva Exempel</li>"),
        )
    )
    tables = tables_of(f"<h1>Projekt</h1>{cards}<p><b>Stugan</b> hyrs ut.</p><p><b>Ny brygga</b> invigs.</p>", ".html")
    paid = tables["project_funders"][["project_id", "as_published", "granted_sek"]].fillna(0).to_numpy().tolist()
    assert paid == [["boken-kommer", "Skolverket", 0], ["ny-brygga", "Kulturrådet", 40_000]]
    assert set(tables["project_target_groups"]["as_published"]) == {"pensionärer", "barn"}
    assert "Ny brygga invigs." in render_html(f"{cards}<p><b>Ny brygga</b> invigs.</p>", LISTS).text


def test_what_a_label_alone_on_its_line_stands_over_is_its_value() -> None:
    boxed = "<p><b>Ägare</b><br>Byalaget</p><p><b>Pengar från</b><br>Boverket</p>"
    assert render_html(boxed, LISTS).text == "Ägare:\nByalaget\n\nPengar från:\nBoverket"


def test_a_class_that_names_a_field_is_its_label_where_it_comes_round_in_cards() -> None:
    card = '<div><h3>{}</h3><p class="card__sokande">{}</p><p>Målet är att {}.</p><p class="belopp">{}</p></div>'
    cards = [card.format("Rökstugan", "Kvarnåkers hembygdsförening", "sjunga", "45 000 kr"),
             card.format("Näverskolan", "Slöjdföreningen Kniven", "fläta", "60 000 kr")]  # fmt: skip
    tables = tables_of(f"<h1>Projekt</h1>{''.join(cards)}", ".html")
    assert dict(zip(tables["projects"]["title"], tables["projects"]["goal"], strict=True)) == {
        "Rökstugan": "Målet är att sjunga.",
        "Näverskolan": "Målet är att fläta.",
    }
    owners = tables["project_details"].query("detail_code == 'beneficiary'")["value"]
    assert set(owners) == {"Kvarnåkers hembygdsförening", "Slöjdföreningen Kniven"}
    shown = render_html("".join(cards), LISTS)
    assert shown.text.count("Beviljat belopp: ") == 2
    assert shown.text.count("\n\nProjektägare: ") == 2


@pytest.mark.parametrize("html", [
    '<p class="owner">Lars</p>',  # alone
    '<p class="budget">Se nedan</p><p class="budget">Se vidare</p>',  # no amounts
    '<p class="owner">Byalaget</p><h2>Ny brygga</h2><p class="owner">Hembygdsföreningen</p><h2>Stugan</h2>',  # of what comes
    '<p class="owner">Ansvarig: Byalaget</p><p class="owner">Ansvarig: IF Kamraterna</p>',  # their own label
])  # fmt: skip
def test_a_class_is_no_label_where_it_stands_alone_or_over_titles_or_its_values_are_of_another_kind(html: str) -> None:
    assert "Projektägare" not in (text := render_html(html, LISTS).text)
    assert "Total" not in text


def test_what_a_title_has_under_it_in_its_cell_or_behind_it_in_a_tag_is_its_period_or_status() -> None:
    rows = "".join(
        f"<tr><td><strong>{title}</strong><br>{under}</td><td>Byalaget</td><td>Almi</td></tr>"
        for title, under in (("Bron", "2024-10 – 2025-04"), ("Vägen", "Avslutat"))
    )
    table = f"<table><tr><th>Projekt</th><th>Förening</th><th>Finansiering</th></tr>{rows}</table>"
    rowed = tables_of(table, ".html")["projects"].set_index("title")
    assert rowed.loc["Bron", ["start", "end"]].tolist() == ["2024-10", "2025-04"]
    assert rowed.loc["Vägen", "status_code"] == "completed"
    folded = "".join(
        f"<details><summary>{title} <span class=tag>{tag}</span></summary><p>Syfte: att bygga.</p></details>"
        for title, tag in (("Bron", "Pågående"), ("Vägen", "Avslutat"))
    )
    tagged = tables_of(f"<h1>Projekt</h1>{folded}", ".html")["projects"]
    assert dict(zip(tagged["title"], tagged["status_code"], strict=True)) == {"Bron": "ongoing", "Vägen": "completed"}


def test_what_a_list_under_a_label_tells_is_all_of_that_label() -> None:
    items = "<li>Almi: 7 000 kr</li><li>Region Dalarna: 1 200 kr</li><li>Kils kommun</li>"
    page = f"<h2>Pågår nu</h2><h3>Ny brygga</h3><p>Syfte: att bygga.</p><p><strong>Vem betalar?</strong></p><ul>{items}</ul>"
    funding = tables_of(page, ".html", checked=False)["project_funders"].set_index("funder_id")["granted_sek"].fillna(0)
    assert funding.to_dict() == {"almi": 7_000, "region-dalarna": 1_200, "kils-kommun": 0}


def test_a_labelled_status_is_no_heading_and_a_label_over_a_period_no_status() -> None:
    cards = "".join(
        f"<div><span class=tag>Natur</span><h4>{name}</h4><p>Ägare: Byalaget</p><p>Period: {period}</p>{status}</div>"
        for name, period, status in (
            ("Bron", "2021–2023", "<p>Status: Avslutat projekt</p>"),
            ("Vägen", "2025–2026", ""),
        )
    )
    projects = tables_of(f"<h1>Projekt</h1>{cards}", ".html")["projects"]
    assert dict(zip(projects["title"], projects["status_code"], strict=True)) == {
        "Bron": "completed",
        "Vägen": "ongoing",
    }
    facts = "<div><span class=l>{}</span><span class=v>{}</span></div>"
    told = "".join(facts.format(*fact) for fact in (("Sökande", "Byalaget"), ("Genomförs", "april 2023–maj 2024")))
    project = tables_of(f"<h1>Projekt</h1><h2>Bron</h2>{told}", ".html")["projects"].iloc[0]
    assert (project["start"], project["end"]) == ("2023-04", "2024-05")


def test_a_section_of_projects_that_is_laid_out_otherwise_is_not_left_empty() -> None:
    labelled = "".join(
        f"<p><b>{name}</b><br>Mål: {goal}<br>Pågår: 2024-2026<br>Stöd från: Region Uppsala 140 000 kr<br>Projektledare: Eva Exempel</p>"
        for name, goal in (("Gårdsnamn", "Ett register på webben."), ("Bakstugan", "En varm ugn."))
    )
    told = "".join(
        f"<li><b>{name}</b> ({years}). Projektet fick 230 000 kr från Länsstyrelsen Uppsala och blev klart."
        for name, years in (("Kvarnhjulet snurrar", "2019-2020"), ("Skolväskan", "2016-2019"))
    )
    page = f"<h1>Projekt</h1><h2>Pågående projekt</h2>{labelled}<h2>Avslutade projekt</h2><ul>{told}</ul>"
    projects = tables_of(page, ".html", checked=False)["projects"].set_index("title")
    assert set(projects.index) == {"Gårdsnamn", "Bakstugan", "Kvarnhjulet snurrar", "Skolväskan"}
    assert projects.loc["Skolväskan", ["status_code", "start", "end"]].tolist() == ["completed", "2016", "2019"]


@pytest.mark.parametrize(
    ("looks", "is_term"),
    [(('<div class="k">', '<div class="v">'), True), (("<p>", "<p>"), True), (("<h4>", "<p>"), False)],
)
def test_the_first_of_two_elements_side_by_side_is_a_term_where_most_of_its_look_are_labels(
    looks: tuple[str, str], *, is_term: bool
) -> None:
    pairs = {"Syfte": "Att bygga", "Målgrupp": "Barn", "Hör av dig till": "Eva Exempel"}
    ends = [f"</{look[1:].partition(' ')[0].rstrip('>')}>" for look in looks]
    html = "".join(f"<section>{looks[0]}{k}{ends[0]}{looks[1]}{v}{ends[1]}</section>" for k, v in pairs.items())
    seen = render_html(html, LISTS)
    assert ("Hör av dig till:\n\nEva Exempel" in seen.text) is is_term
    assert [mark.part for mark in seen.marks.values()].count("dt") == is_term * len(pairs)
    assert {n for n, c in enumerate(html) if c.strip()} <= accounted(html, seen)
