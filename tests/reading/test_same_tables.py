"""One list of projects, written in many ways, gives the same tables: only where each value stands in the source differs."""

import re
from collections.abc import Callable, Mapping
from html import escape

import pandas as pd
import pytest

from overkalix_data.documents.source import Source
from tests.made.pages import tables_of
from tests.made.registers import as_csv, as_xlsx, tables_of_bytes

LABELS = {
    "goal": "Mål",
    "purpose": "Syfte",
    "target": "Målgrupp",
    "period": "Projektperiod",
    "status": "Status",
    "funders": "Finansiärer",
    "contact": "Kontaktperson",
}
Project = Mapping[str, str]
SECTIONS: Mapping[str, list[Project]] = {
    "Näringslivskontorets projekt": [
        {"title": "Skogens väg", "goal": "Att bygga en väg i skogen.", "purpose": "Att fler ska komma ut.", "target": "Företag, unga", "period": "2022-01-01 – 2024-12-31",
         "status": "Pågående", "funders": "Överkalix kommun, Leader Polaris – Europeiska jordbruksfonden för landsbygdsutveckling", "contact": "Eva Exempel, 070-174 06 35, eva@example.se"},
        {"title": "Ny brygga", "goal": "Att båtar ska kunna lägga till.", "purpose": "Att visa älven.", "target": "Besökare, boende", "period": "2023 – 2024", "status": "Planerat",
         "funders": "Region Norrbotten", "contact": "Bo Exempel, bo@example.se"},
    ],
    "Avslutade projekt": [
        {"title": "Röda stugan", "goal": "Att rusta stugan.", "purpose": "Att skapa en mötesplats.", "target": "Föreningar", "period": "2021-03 – 2022-06", "status": "Avslutat",
         "funders": "Tillväxtverket, Överkalix kommun", "contact": "Eva Exempel, 070-174 06 35"},
    ],
}  # fmt: skip
PLACES = {"first_line", "last_line", "line", "source_id"}
"""Columns that say where something stands."""
READ = ("projects", "funders", "project_funders", "contacts", "contact_points", "project_contacts", "target_groups", "project_target_groups", "themes",
        "project_themes", "places", "project_places", "project_links", "project_details", "logotypes")  # fmt: skip


def as_text() -> str:
    blocks = (
        section
        + "\n\n"
        + "\n\n".join(
            p["title"] + "\n" + "\n".join(f"{label}: {p[k]}" for k, label in LABELS.items()) for p in projects
        )
        for section, projects in SECTIONS.items()
    )
    return "\n\n".join(blocks) + "\n"


def as_html(project: Callable[[Project], str]) -> str:
    """The list under headings, each project as that function writes it."""
    return (
        "<main>"
        + "".join(f"<h2>{section}</h2>\n" + "\n".join(map(project, projects)) for section, projects in SECTIONS.items())
        + "</main>"
    )


def fields(project: Project, form: str, joint: str = "") -> str:
    """The project's fields, each in that form."""
    return joint.join(form.format(label, escape(project[k])) for k, label in LABELS.items())


HTML: dict[str, Callable[[Project], str]] = {
    "h3 and paragraphs": lambda p: f"<h3>{p['title']}</h3>" + fields(p, "<p>{}: {}</p>"),
    "h3 and lines": lambda p: f"<h3>{p['title']}</h3><p>" + fields(p, "{}: {}", "<br>") + "</p>",
    "h3 and a list": lambda p: f"<h3>{p['title']}</h3><ul>" + fields(p, "<li>{}: {}") + "</ul>",
    "terms": lambda p: f"<h3>{p['title']}</h3><dl>" + fields(p, "<dt>{}</dt><dd>{}</dd>") + "</dl>",
    "terms in divisions": lambda p: (
        f"<section><h3>{p['title']}</h3><dl>"
        + fields(p, "<div><dt>{}:</dt><dd><p>{}</p></dd></div>")
        + "</dl></section>"
    ),
    "bold labels": lambda p: f"<h3>{p['title']}</h3>" + fields(p, "<p><strong>{}</strong> {}</p>"),
    "bold labels with a colon outside": lambda p: f"<h3>{p['title']}</h3>" + fields(p, "<p><b>{}</b>: {}</p>"),
    "bold labels on lines of their own": lambda p: (
        f"<h3>{p['title']}</h3><p>" + fields(p, "<b>{}:</b><br>{}<br>") + "</p>"
    ),
    "labels as headings": lambda p: f"<h3>{p['title']}</h3>" + fields(p, "<h4>{}</h4><p>{}</p>"),
    "folded rows": lambda p: (
        f"<details><summary>{p['title']}</summary>" + fields(p, "<h4>{}</h4><p>{}</p>") + "</details>"
    ),
    "folded rows of terms": lambda p: (
        f"<details><summary><h3>{p['title']}</h3></summary><dl>" + fields(p, "<dt>{}<dd>{}") + "</dl></details>"
    ),
    "a table a project": lambda p: (
        f"<h3>{p['title']}</h3><table>" + fields(p, "<tr><th>{}</th><td>{}</td></tr>") + "</table>"
    ),
    "cards": lambda p: (
        f'<article class="kort"><h3><a href="/x">{p["title"]}</a></h3><div>'
        + fields(p, "<div><span>{}: </span><span>{}</span></div>")
        + "</div></article>"
    ),
}
ROWS = [
    ["Projekt", *LABELS.values()],
    *(
        row
        for section, projects in SECTIONS.items()
        for row in ([section], *([p["title"], *(p[k] for k in LABELS)] for p in projects))
    ),
]
TABLE = (
    "<table>" + "".join("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in ROWS) + "</table>"
)
REGISTERS = {
    ".csv": as_csv(ROWS).encode(), ".xlsx": as_xlsx({"Register": ROWS}), ".html": TABLE.encode(),
}  # fmt: skip


def same(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """What the tables say, without where it stands."""
    return {name: tables[name].drop(columns=[c for c in tables[name].columns if c in PLACES]) for name in READ}


@pytest.fixture(scope="module")
def told() -> dict[str, pd.DataFrame]:
    tables = same(tables_of(as_text(), checked=False))
    projects = tables["projects"].set_index("project_id")
    assert projects["status_code"].to_dict() == {
        "skogens-vag": "ongoing",
        "ny-brygga": "planned",
        "roda-stugan": "completed",
    }
    assert projects["unit"].dropna().to_dict() == {
        "skogens-vag": "Näringslivskontoret",
        "ny-brygga": "Näringslivskontoret",
    }
    assert len(tables["project_funders"]) == 6
    assert (
        projects.notna()
        .sum()[["goal", "purpose", "target_group_text", "start", "end", "contact_text", "publisher_code"]]
        .eq(3)
        .all()
    )
    return tables


def assert_same(tables: Mapping[str, pd.DataFrame], told: Mapping[str, pd.DataFrame]) -> None:
    for name, rows in same(tables).items():
        pd.testing.assert_frame_equal(rows, told[name], obj=name)


@pytest.mark.parametrize("form", HTML)
def test_every_form_of_html_says_the_same(form: str, told: Mapping[str, pd.DataFrame]) -> None:
    assert_same(tables_of(as_html(HTML[form]), ".html", checked=False), told)


@pytest.mark.parametrize("suffix", REGISTERS)
def test_a_register_says_the_same(suffix: str, told: Mapping[str, pd.DataFrame]) -> None:
    assert_same(tables_of_bytes(REGISTERS[suffix], suffix), told)


def halved(words: str) -> str:
    """A soft hyphen in the middle of every long word that is no address, as content systems put them."""
    return re.sub(r"(?<![\w@.:/&])([^\W\d_]{4})([^\W\d_]{3,})(?![\w@.:;])", "\\1\u00ad\\2", words)


WORD = "|".join(LABELS.values())
LOOKS: dict[str, Callable[[str], str]] = {
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "a no-break space before the colon": lambda text: text.replace(": ", "\u00a0: "),
    "two spaces": lambda text: text.replace(" ", "  "),
    "spaces at line ends": lambda text: text.replace("\n", " \u00a0\n"),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "labels in capitals": lambda text: re.sub(rf"(?m)^({WORD})(?=:)", lambda m: m[0].upper(), text),
    "labels in small letters": lambda text: re.sub(rf"(?m)^({WORD})(?=:)", lambda m: m[0].lower(), text),
    "labels on lines of their own": lambda text: re.sub(rf"(?m)^({WORD}): ", r"\1:\n", text),
    "labels without colons on lines of their own": lambda text: re.sub(rf"(?m)^({WORD}): ", r"\1\n", text),
    "labels without colons at paragraphs": lambda text: re.sub(rf"(?m)^({WORD}): ", r"\n\1 ", text),
    "a paragraph a field": lambda text: re.sub(rf"(?m)^(?=(?:{WORD}):)", "\n", text),
    "more empty lines": lambda text: text.replace("\n\n", "\n\n \n\n"),
    "soft hyphens": halved,
    "marks of no width": lambda text: text.replace(": ", ":\u200b ").replace(" kommun", " \u2060kommun"),
    "a byte order mark twice": lambda text: "\ufeff\ufeff" + text,
    "letters of two signs": lambda text: text.replace("ä", "a\u0308").replace("ö", "o\u0308").replace("å", "a\u030a"),
}


@pytest.mark.parametrize("look", LOOKS)
def test_the_looks_of_a_text_do_not_count(look: str, told: Mapping[str, pd.DataFrame]) -> None:
    changed = LOOKS[look](as_text())
    assert changed != as_text()
    assert_same(tables_of(changed, checked=False), told)


HTML_LOOKS: dict[str, Callable[[str], str]] = {
    "&nbsp;": lambda html: re.sub(r" (?=[^<>]*<)", "&nbsp;", html),
    "&shy;": lambda html: re.sub(r"(?<=>)[^<]+", lambda m: halved(m[0]).replace("\u00ad", "&shy;"), html),
    "soft hyphens": lambda html: re.sub(r"(?<=>)[^<]+", lambda m: halved(m[0]), html),
    "<wbr>": lambda html: html.replace("kommun", "kom<wbr>mun"),
    "entities": lambda html: (
        html.replace("ö", "&ouml;").replace("å", "&#229;").replace("ä", "&#xE4;").replace("–", "&ndash;")
    ),
    "CRLF between elements": lambda html: html.replace("><", ">\r\n  <"),
    "elements in capitals": lambda html: re.sub(r"</?\w+(?=[ >])", lambda m: m[0].upper(), html),
    "comments": lambda html: re.sub(r"(<(?:p|dd|td|h3)>)", r"\1<!-- <p>Mål: inget</p> -->", html),
    "labels in capitals": lambda html: re.sub(rf"(?<=>)({WORD})(?=[:<])", lambda m: m[0].upper(), html),
    "labels in small letters": lambda html: re.sub(rf"(?<=>)({WORD})(?=[:<])", lambda m: m[0].lower(), html),
    "no colons": lambda html: re.sub(rf"(?<=>)({WORD}):", r"\1", html),
    "a site around it": lambda html: (
        f"<!doctype html><html><head><title>Projekt</title><style>p{{}}</style></head><body><nav><p>Mål: meny</p></nav>{html}<footer><p>Kontakt</p></footer>"
    ),
}
FORMS = ("h3 and paragraphs", "terms", "bold labels", "labels as headings", "folded rows", "a table a project")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("look", HTML_LOOKS)
def test_the_looks_of_html_do_not_count(look: str, form: str, told: Mapping[str, pd.DataFrame]) -> None:
    assert_same(tables_of(HTML_LOOKS[look](as_html(HTML[form])), ".html", checked=False), told)


def paragraphs_of(text: str) -> str:
    """A text as an editor pastes it into a page: a paragraph an empty line, a break a line."""
    return (
        "<main>"
        + "\n".join(
            f"<p>{escape(p.strip()).replace(chr(10), '<br>' + chr(10))}</p>"
            for p in re.split(r"\n\s*\n", text)
            if p.strip()
        )
        + "</main>"
    )


@pytest.mark.parametrize(
    "look",
    [str, HTML_LOOKS["&nbsp;"], HTML_LOOKS["&shy;"], HTML_LOOKS["entities"], HTML_LOOKS["a site around it"]],
    ids=["as it is", "&nbsp;", "&shy;", "entities", "a site around it"],
)
def test_the_real_page_pasted_into_html_says_the_same(
    look: Callable[[str], str], source: Source, tables: Mapping[str, pd.DataFrame]
) -> None:
    pasted = tables_of(look(paragraphs_of(source.text)), ".html", checked=False)
    loose = tables_of(source.text, checked=False)
    assert_same(pasted, same(loose))
    assert len(pasted["projects"]) == len(tables["projects"])
