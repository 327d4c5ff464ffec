"""What holds for every register and page, however odd: it is read, every quote is its slice, and nothing is lost in silence."""

import json
from collections.abc import Sequence
from html import escape

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from overkalix_data.base.errors import InputError
from tests.made.registers import as_csv, as_xlsx, lost, read

HEADINGS = ["Projektnamn", "Namn", "Syfte", "Mål", "Målgrupp", "Finansiärer", "Finansiär 1", "Belopp 1", "Finansiär 2", "Belopp 2", "Medfinansiär", "Beviljat belopp (tkr)", "Total budget",
            "Startdatum", "Slutdatum", "Projektperiod", "Status", "Kontaktperson", "Telefon", "E-post", "Dnr", "Leader Polaris", "Vår kod", "Valuta", "Projektägare", "Beskrivning", "Enhet", ""]  # fmt: skip
CELLS = ["", " ", "\u00a0", "-", "okänt", "Skogens väg", "Bron till byn (2022–2024) – Pågående", "Att bygga väg.", "Företag, unga", "Överkalix kommun",
         "Leader Polaris – Europeiska jordbruksfonden för landsbygdsutveckling", "120 000", "1,2 mkr", "2024-01-01", "2022–2024", "2024-01-01 00:00:00", "Avslutat", "Eva Exempel, 070-174 06 35",
         "eva@example.se", "46701740635", "Summa", "År 2023", "SEK", "EUR", "=SUMMA(A1)", "=1+1", "+46 70", "@x", "rad ett\nrad två", "Ett.\n\nSyfte: Två", "Ett.\r\nTvå", 'säger "ja"', '"', "a;b", "a,b",
         "a\tb", "a|b", "Mål:", "Kontakt\nEva Exempel\n0926-740 26", "bilden visar en logotyp", "Avslutade projekt", "Så söker du?", "Besöksadress\nStorgatan 1", "Skogens\u00advägar", "a\u030a", "\U0001f600",
         "x\u2028\u2028y", "\ufeff", "İ", "<b>", "&nbsp;", "Projekt Grön: Att bygga."]  # fmt: skip
WORDS = st.one_of(
    st.sampled_from(CELLS), st.sampled_from(CELLS), st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)
)
ROWS = st.lists(st.lists(WORDS, max_size=6), max_size=6)
OFTEN = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
Table = Sequence[Sequence[str]]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Perhaps a title row, then headings of the lists, then rows of anything."""
    headings = draw(st.lists(st.sampled_from(HEADINGS), min_size=1, max_size=6))
    return [*draw(st.lists(st.lists(WORDS, max_size=2), max_size=2)), headings, *draw(ROWS)]


def assert_nothing_is_lost(data: bytes | str, suffix: str) -> None:
    try:
        told = read(data, suffix)
    except InputError as refused:
        if refused.key != "empty":  # nothing but blanks
            raise
        return
    assert lost(told) == []


@OFTEN
@given(tables(), st.sampled_from(";,\t|"), st.sampled_from(["\r\n", "\n", "\r"]))
def test_of_a_csv_nothing_is_lost(rows: Table, delimiter: str, line_end: str) -> None:
    assert_nothing_is_lost(as_csv(rows, delimiter, line_end), ".csv")


@OFTEN
@given(tables(), tables())
def test_of_a_workbook_nothing_is_lost(rows: Table, more: Table) -> None:
    sheets = {
        name: [[ILLEGAL_CHARACTERS_RE.sub("", cell) for cell in row] for row in sheet]
        for name, sheet in (("Pågående", rows), ("Blad2", more))
    }
    told = read(as_xlsx(sheets), ".xlsx")
    assert lost(told) == []
    places = [(int(cell["start"] or 0), int(cell["end"] or 0)) for cell in told.tables["cells"]]
    assert sorted(places) == places
    assert all(told.source.whole[a:b] for a, b in places)


@OFTEN
@given(tables(), st.booleans())
def test_of_json_nothing_is_lost(rows: Table, ascii_only: bool) -> None:
    keys = next((row for row in rows if row and row[0] in HEADINGS), ["a"])
    assert_nothing_is_lost(
        json.dumps({"projekt": [dict(zip(keys, row, strict=False)) for row in rows]}, ensure_ascii=ascii_only), ".json"
    )


@OFTEN
@given(tables(), st.sampled_from(["\t", " | ", "    "]))
def test_of_columns_in_a_text_nothing_is_lost(rows: Table, joint: str) -> None:
    assert_nothing_is_lost("\n".join(joint.join(row) for row in rows), ".txt")


@OFTEN
@given(tables())
def test_of_a_table_in_html_nothing_is_lost(rows: Table) -> None:
    cells = "".join("<tr>" + "".join(f"<td>{escape(cell)}" for cell in row) for row in rows)
    assert_nothing_is_lost(f"<h1>Projekt</h1><table>{cells}</table><p>&nbsp;</p>", ".html")


LINES = [*CELLS, "Mål: Att bygga.", "Mål", "Syfte:", "Finansiärer: Överkalix kommun, Almi", "Finansiärer", "Kontaktperson: Eva Exempel, 070-174 06 35", "Kontakt", "Eva Exempel", "Strateg", "0926-740 26",
         "Projektperiod: 2022-2024", "Projektperiod", "Status: Pågående", "Status", "Pågående projekt", "Projekt", "Kultur", "Projektet syftar till att bygga en väg och finansieras av Almi.",
         "Move on Up – ett projekt som syftar till att öka. Målet är att bli bra.", "Okänt: något", "AB0123 – Bron till byn (2022–2024) – Pågående", "Titel: Blå skogen (2023)", "Projektnamn: Röd:",
         "Arbetsnamn: Att göra", "Projekt Grön: Att bygga det.", "Projektägare: Byns förening", "Byns förening", "Beviljat belopp: 120 000 kr", "Total budget", "Du kan söka stöd.",
         "Stöd från Region X: 200 000 kr", "fortsätter här", "Projekt\tFinansiärer\tMål", "A\tAlmi\tB"]  # fmt: skip
LINE = st.one_of(
    st.sampled_from(LINES), st.sampled_from(LINES), st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=10)
)


@OFTEN
@given(st.lists(st.tuples(LINE, st.sampled_from(["\n", "\n\n", "\r\n"])), max_size=20))
def test_of_a_text_nothing_is_lost(lines: list[tuple[str, str]]) -> None:
    assert_nothing_is_lost("".join(line + end for line, end in lines), ".txt")


@OFTEN
@given(
    st.lists(
        st.tuples(
            LINE,
            st.sampled_from(
                [
                    "p",
                    "h1",
                    "h2",
                    "h3",
                    "h4",
                    "li",
                    "dt",
                    "dd",
                    "b",
                    "td",
                    "th",
                    "div",
                    "summary",
                    "span",
                    "details",
                    "nav",
                ]
            ),
        ),
        max_size=20,
    )
)
def test_of_html_nothing_is_lost(lines: list[tuple[str, str]]) -> None:
    assert_nothing_is_lost("".join(f"<{tag}>{line}</{tag}>" for line, tag in lines), ".html")
