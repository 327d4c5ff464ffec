"""The council's report in both editions: what stands in the page, the letter and the PDF, and what must not."""

import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from overkalix_data.analyse import projects_per_funder
from overkalix_data.analyse.public_edition import editions_of
from overkalix_data.base.wording import swedish_order
from overkalix_data.base.words import say
from overkalix_data.cli import main
from overkalix_data.outputs import charts
from overkalix_data.outputs.charts.style import inlined
from overkalix_data.outputs.council import document as d
from overkalix_data.outputs.council.attachment import attachment, contact_list
from overkalix_data.outputs.council.facts import materials
from overkalix_data.outputs.council.letter import council_letter
from overkalix_data.outputs.council.projects import cards, choices
from overkalix_data.outputs.council.word import write_letter
from overkalix_data.outputs.pages.render import with_whole_days
from overkalix_data.schema.frames import Tables
from tests.conftest import AS_OF
from tests.made.pages import page, tables_of
from tests.made.workbooks import libreoffice

WORD_LANG = {"sv": "sv-SE", "en": "en-GB"}
LETTER_SECTIONS = ("proposal", "summary", "changed", "to_know", "assessment", "economy", "consequences", "material",
                   "sent_to")  # fmt: skip


@pytest.fixture(scope="session")
def reports(report: Callable[[str], Path]) -> Path:
    return report("sv") / "reports"


def words_of(path: Path) -> str:
    """Everything that a file says to who looks closely: parts of an archive, properties, alt texts, PDF text, metadata of pictures."""
    if path.suffix in (".docx", ".xlsx"):
        with zipfile.ZipFile(path) as archive:
            return unescape("\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist()))
    if path.suffix == ".pdf" and shutil.which("pdftotext"):
        told = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True).stdout
        return told.decode("utf-8") + path.read_bytes().decode("latin-1")
    return path.read_bytes().decode("utf-8", "replace")


def test_no_contact_value_is_in_any_public_file(reports: Path, packs: Path, tables: Tables) -> None:
    points, people = tables["contact_points"], tables["contacts"]
    values = {*points["value"], *points["as_published"], *people["name"], *people["other_names"].dropna()}
    values |= {v.replace(" ", "") for v in points["as_published"]} | {name.split()[-1] for name in people["name"]}
    public = sorted(p for folder in (reports, packs) for p in (folder / "public").rglob("*") if p.is_file())
    assert {p.suffix for p in public} >= {".html", ".docx", ".xlsx", ".svg", ".png"}
    for path in public:
        text = words_of(path)
        assert not [v for v in values if v in text], path
    internal = words_of(reports / "internal" / "rapport.html")
    assert all(name in internal for name in people["name"]), "the same words are found where they may be"


class Ids(HTMLParser):
    """The ids of a page, and the ids that its links and labels name."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.named: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.named |= set((given.get("aria-labelledby") or "").split()) | (
            {given["href"][1:]} if (given.get("href") or "").startswith("#") else set()
        )


@pytest.mark.parametrize("edition", ["internal", "public"])
def test_every_id_is_one_and_every_reference_leads_somewhere(reports: Path, edition: str) -> None:
    for name in ("rapport.html", "projektsida.html", "kvalitet.html"):
        found = Ids((reports / edition / name).read_text(encoding="utf-8"))
        assert len(found.ids) == len(set(found.ids))
        assert found.named <= set(found.ids)


def test_the_page_has_every_project_with_its_line(reports: Path, tables: Tables) -> None:
    text = (reports / "public" / "rapport.html").read_text(encoding="utf-8")
    for row in tables["projects"].itertuples():
        article = text[text.index(f'<article class="project" id="{row.project_id}"') :].partition("</article>")[0]
        lines = {int(n) for n in re.findall(r"rad (\d+)", article)}
        assert lines
        assert min(lines) >= 3
        assert lines & set(range(row.first_line, row.last_line + 1))
    assert text.count('class="project"') == len(tables["projects"])
    names = r'xmlns(:\w+)?="[^"]+"|"http://schemas\.openxmlformats\.org/"'
    assert "http://" not in re.sub(names, "", text), "but as names, of which nothing is fetched"
    assert not re.findall(r'(?:src|href)="https?:', text)


def test_a_card_tells_what_is_known_and_where(tables: Tables) -> None:
    card = next(c for c in cards(tables) if c.project_id == "move-on-up")
    told = {fact.name: fact for fact in card.facts}
    assert told["period"].words == ["2023-09 – 2026-08", "Perioden har gått ut, men projektet står som pågående."]
    assert told["period"].places == ["rad 28: ”startar i september 2023 och löper på under 3 år”"]
    assert not told["total_cost_sek"].known
    assert "contact_text" not in told
    assert [f.name for c in cards(tables, contacts=True) if c.project_id.startswith("personer") for f in c.facts][
        -1
    ] == "contact_text"
    names = choices(cards(tables), "funder")
    assert names == sorted(names, key=swedish_order)
    assert names[-1] == "Överkalix kommun"


def test_a_card_says_nothing_twice(tables: Tables) -> None:
    for card in cards(tables):
        paragraphs = [
            words
            for fact in card.facts
            if fact.name in ("goal", "purpose", "results", "description") and fact.known
            for words in fact.words
        ]
        assert len(paragraphs) == len(set(paragraphs)), card.project_id
    of_project = {fact.name: fact for card in cards(tables) if card.project_id == "move-on-up" for fact in card.facts}
    told = " ".join(words for name in ("goal", "purpose", "description") for words in of_project[name].words)
    assert told.count("Målet är att ta fram och etablera en hållbar, långsiktig och inkluderande metod") == 1
    assert told.count("Projektet har som avsikt att identifiera metoder") == 1
    assert of_project["description"].places == ["rad 18"], "nor is the whole text quoted again as its own evidence"
    own = tables["projects"].assign(goal="Samma ord.", purpose=None, description="Samma ord.\n\nOch mer.")
    facts = {fact.name: fact.words for fact in cards(tables | {"projects": own})[0].facts}
    assert (facts["goal"], facts["description"]) == (["Samma ord."], ["Och mer."])


def test_contacts_have_one_form_of_number(tables: Tables) -> None:
    told = {
        w
        for c in cards(tables, contacts=True)
        for f in c.facts
        if f.name == "contact_text" and f.known
        for w in f.words
    }
    shown = {re.sub(r"\D", "", n) for w in told for n in re.findall(r"0[\d -]+", w)}
    assert (
        shown == {"0" + value[3:] for value in tables["contact_points"].query("kind_code == 'phone'")["value"]} & shown
    )
    assert any(w.startswith("Bo Häggroth, ") and "070-115 33 56" in w for w in told)


def test_quality_stands_worst_first_and_the_public_is_told_to_edit_nothing(reports: Path) -> None:
    for edition in ("public", "internal"):
        text = (
            (reports / edition / "rapport.html")
            .read_text(encoding="utf-8")
            .partition('<section aria-labelledby="quality">')[2]
            .partition("</section>")[0]
        )
        severities = re.findall(r'<td data-heading="Allvar">(\w+)<', text)
        order = [("Kritisk", "Varning", "Upplysning").index(severity) for severity in severities]
        assert order
        assert order == sorted(order)
        assert re.search(r"\d+ av 25 uppfyller det inte", text)
        assert ("Gör så här" in text) == (edition == "internal")


def test_swedish_order() -> None:
    assert sorted(["Öl", "Äpple", "Ål", "Zebra", "Éva", "Eva", "ek"], key=swedish_order) == [
        "ek",
        "Eva",
        "Éva",
        "Zebra",
        "Ål",
        "Äpple",
        "Öl",
    ]


@pytest.mark.usefixtures("whole")
def test_what_a_source_says_is_never_markup() -> None:
    hostile = page("<script>alert(1)</script>, Almi").replace("öppna", '<img src=x onerror="alert(1)">')
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sida.txt"
        path.write_text(hostile, encoding="utf-8")
        places = [word for name in ("clean", "reports", "curated") for word in (f"--{name}", str(Path(folder) / name))]
        main(["report", "--raw", str(path), *places, "--as-of", AS_OF])
        for name in ("rapport.html", "projektsida.html"):
            text = (Path(folder) / "reports" / "public" / name).read_text(encoding="utf-8")
            assert "<img src=x" not in text
            assert "<script>alert" not in text
            assert "&lt;img src=x" in text


def test_a_day_is_never_broken_at_the_end_of_a_line(written: Callable[..., Path]) -> None:
    text = '<p title="2026-11-29">{}, 0926-58 50</p><script>"2026-11"</script><option>2026-11</option>'
    assert with_whole_days(text.format("2026-11-29")) == text.format('<span class="day">2026-11-29</span>')
    cells = [cell for table in docx.Document(str(written("bilaga"))).tables for cell in table._cells]
    (period,) = (cell for cell in cells if cell.text.startswith("2023-09 – 2026-08"))
    assert len(list(period._tc.iter(qn("w:noBreakHyphen")))) == 2


def test_chart_tables_have_the_charts_numbers(tables: Tables) -> None:
    made = charts.report_charts(tables)
    for chart in made:
        headings, *rows = chart.numbers
        assert all(headings)
        assert all(len(row) == len(headings) for row in rows)
    counted = projects_per_funder(tables)
    assert [int(row[-1]) for row in made[0].numbers[1:]] == counted["projects"].tolist()
    svg = '<?xml?><svg aria-labelledby="a b"><title id="a">x</title><desc id="b">y</desc><g clip-path="url(#c)"/><clipPath id="c"/></svg>'
    assert (
        inlined(svg, "s")
        == '<svg aria-labelledby="s-a s-b"><title id="s-a">x</title><desc id="s-b">y</desc><g clip-path="url(#s-c)"/><clipPath id="s-c"/></svg>'
    )


# The board's paper and its attachment.


def papers(tables: Tables, folder: Path, lang: str = "sv") -> dict[str, d.Document]:
    chart = charts.report_charts(tables, lang)[0]
    _, picture = charts.save(charts.drawn(chart), folder / chart.stem, chart.title, chart.alt)
    told = materials(editions_of(tables), as_of=AS_OF, lang=lang)
    made = council_letter(told["public"]), attachment(told["public"], chart, picture), contact_list(told["internal"])
    return dict(zip(("brev", "bilaga", "kontakter"), made, strict=True))


@pytest.fixture(scope="module")
def written(whole: None, tables: Tables, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    folder = tmp_path_factory.mktemp("letters")
    made = {lang: papers(tables, folder, lang) for lang in WORD_LANG}

    def of(which: str = "brev", lang: str = "sv", template: Path | None = None, name: str = "") -> Path:
        path = folder / (name or f"{which}-{lang}.docx")
        return write_letter(made[lang][which], path, as_of=AS_OF, lang=lang, template=template)

    return of


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize(("which", "headings"), [("brev", 9), ("bilaga", 6), ("kontakter", 0)])
def test_a_paper_has_structure_and_language(written: Callable[..., Path], which: str, headings: int, lang: str) -> None:
    word = docx.Document(str(written(which, lang)))
    styles = [p.style.name for p in word.paragraphs]
    assert styles.count("Title") == 1
    assert styles.count("Heading 1") == headings
    assert styles.count("Caption") == len(word.tables) + len(word.inline_shapes)
    assert word.core_properties.language == WORD_LANG[lang]
    assert {e.get(qn("w:val")) for e in word.styles.element.iter(qn("w:lang"))} == {WORD_LANG[lang]}
    for table in word.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(cell.text.strip() for cell in table.rows[0].cells)
        assert table._tbl.tblPr.find(qn("w:tblCaption")) is not None
        assert len({len(row.cells) for row in table.rows}) == 1
    for shape in word.inline_shapes:
        assert len(shape._inline.docPr.get("descr")) > 40


def pdf_pages(path: Path) -> list[str]:
    command = ["pdftotext", "-layout", str(path), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\f")[:-1]


@libreoffice
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed (apt install poppler-utils)")
def test_the_paper_is_two_pages_and_no_heading_is_parted_from_its_table(reports: Path) -> None:
    letter, appendix = (pdf_pages(reports / "public" / name) for name in ("radsrapport.pdf", "bilaga-1.pdf"))
    assert len(letter) == 2
    at = ["".join(letter).index(f"\n{say(f'letter.{key}')}\n") for key in LETTER_SECTIONS]
    assert at == sorted(at), "the sections in the board's order"
    for page_ in (*letter, *appendix):
        lines = [line.strip() for line in page_.splitlines() if line.strip()]
        assert len(lines) > 2, "no page has its foot alone"
        assert lines[-1].startswith("Överkalix kommun · sida")
        assert not re.match(r"Tabell \d|Projekt per|Uppgifter som|Avslutade projekt|Pågående projekt", lines[-2])


def test_what_goes_with_the_summons_has_no_contact_and_is_the_same_in_both_editions(
    reports: Path, tables: Tables
) -> None:
    for name in ("radsrapport.docx", "bilaga-1.docx"):
        public, internal = (reports / edition / name for edition in ("public", "internal"))
        assert public.read_bytes() == internal.read_bytes()
    assert not (reports / "public" / "kontakter.docx").exists()
    word = docx.Document(str(reports / "internal" / "kontakter.docx"))
    assert "publiceras inte" in word.paragraphs[1].text
    told = "\n".join(cell.text for row in word.tables[0].rows for cell in row.cells)
    assert all(name in told for name in tables["contacts"]["name"])
    assert len(word.tables[0].rows) == 1 + len(tables["projects"])


def test_a_decision_paper_does_not_speak_of_software(written: Callable[..., Path]) -> None:
    for which in ("brev", "bilaga"):
        text = "\n".join(p.text for p in docx.Document(str(written(which))).paragraphs)
        assert not re.search(r"\w\.(html|xlsx|csv|docx)|overkalix \w|retrieved_on|[Pp]rogrammet", text)


def test_wide_tables_lie_and_the_rest_stands(written: Callable[..., Path]) -> None:
    lying = {which: docx.Document(str(written(which))).sections for which in ("brev", "bilaga", "kontakter")}
    assert all(len(sections) == 1 for sections in lying.values()), "no section begins a page of its own"
    assert {which: s[0].page_width > s[0].page_height for which, s in lying.items()} == {
        "brev": False, "bilaga": True, "kontakter": True,
    }  # fmt: skip
    assert lying["bilaga"][0].orientation == WD_ORIENT.LANDSCAPE
    word = docx.Document(str(written("bilaga")))
    captions = [t._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) for t in word.tables]
    assert captions[-1] == "Kända uppgifter"
    told = [[c.text for c in row.cells] for t in word.tables for row in t.rows if t.rows[0].cells[0].text == "Projekt"]
    (row,) = [r for r in told if r[0] == "Move on Up"]
    assert "Perioden har gått ut, men projektet står som pågående." in row[3]
    headings = [[c.text for c in t.rows[0].cells] for t in word.tables]
    assert not [h for h in headings if "Avslutat" in h]
    assert any(h[2:4] == ["Pågående", "Avslutade"] for h in headings)


def test_the_letter_says_nothing_of_another_program(written: Callable[..., Path]) -> None:
    with zipfile.ZipFile(written()) as archive:
        names = archive.namelist()
        text = b"".join(archive.read(name) for name in names if name.endswith((".xml", ".rels")))
    assert "docProps/thumbnail.jpeg" not in names
    assert b"thumbnail" not in text
    assert b"Macintosh" not in text


def test_english_has_english_quotes(written: Callable[..., Path]) -> None:
    text = "\n".join(p.text for p in docx.Document(str(written("bilaga", "en"))).paragraphs)
    assert "The most common theme" in text
    assert "“" in text
    assert not re.search(r"”\w", text)


def test_the_attachment_says_what_the_tables_say(written: Callable[..., Path], tables: Tables) -> None:
    word = docx.Document(str(written("bilaga")))
    funders = next(t for t in word.tables if t.rows[0].cells[0].text == "Finansiär")
    told = [[cell.text for cell in row.cells][:4] for row in funders.rows[1:]]
    counted = projects_per_funder(tables)
    assert told == [
        [str(v) for v in row] for row in counted[["name", "projects", "ongoing", "completed"]].to_numpy().tolist()
    ]
    assert len(funders.columns) == 4
    caption = next(p.text for p in word.paragraphs if p.text.startswith("Tabell") and "Projekt per finansiär" in p.text)
    assert "Inget är känt om: Beviljat (kr)." in caption, "no amount is known, and unknown is not nought"
    projects = [row.cells[0].text for t in word.tables if t.rows[0].cells[0].text == "Projekt" for row in t.rows[1:]]
    assert sorted(p.replace("\u00a0", " ") for p in projects) == sorted(tables["projects"]["label"])


def test_the_letter_judges_nothing(written: Callable[..., Path], tables: Tables) -> None:
    word = docx.Document(str(written()))
    texts = [(p.style.name, p.text) for p in word.paragraphs]
    after = [text for _, text in texts[texts.index(("Heading 1", "Bedömning")) + 1 :]]
    assert after[0].startswith("[Handläggaren skriver bedömningen.")
    assert after[1] == "Ekonomiska konsekvenser"
    details = tables["project_details"].copy()
    details.loc[0, ["project_id", "detail_code", "value"]] = ["move-on-up", "goal_fulfilment", "Målet är nått."]
    told = materials(editions_of(tables | {"project_details": details}), as_of=AS_OF)
    letter = council_letter(told["public"])
    assert d.Items(["Move on Up: Målet är nått."]) in letter.parts


def test_the_municipalitys_letterhead_is_used(written: Callable[..., Path], tmp_path: Path) -> None:
    head = docx.Document()
    head.sections[0].header.paragraphs[0].text = "Överkalix kommun, Storgatan"
    head.add_paragraph("Text ur mallen som ska bort")
    head.styles["Normal"].font.name = "Garamond"
    head.save(str(tmp_path / "mall.docx"))
    word = docx.Document(str(written(template=tmp_path / "mall.docx", name="mallat.docx")))
    assert word.sections[0].header.paragraphs[0].text == "Överkalix kommun, Storgatan"
    assert word.styles["Normal"].font.name == "Garamond"
    assert not [p for p in word.paragraphs if "ur mallen" in p.text]


def test_a_letterhead_that_is_none_stops_everything(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "curated").mkdir()
    (tmp_path / "curated" / "brevmall.docx").write_text("inte Word", encoding="utf-8")
    (tmp_path / "sida.txt").write_text(page("Almi"), encoding="utf-8")
    places = [word for name in ("clean", "reports", "curated") for word in (f"--{name}", str(tmp_path / name))]
    assert main(["report", "--raw", str(tmp_path / "sida.txt"), *places, "--as-of", AS_OF]) == 2
    told = capsys.readouterr().err.strip().splitlines()
    assert len(told) == 1
    assert "brevmall.docx" in told[0]
    assert not (tmp_path / "reports").exists()
    assert not (tmp_path / "clean").exists()


def test_the_letter_is_the_same_bytes(written: Callable[..., Path]) -> None:
    assert written(name="ett.docx").read_bytes() == written(name="två.docx").read_bytes()


def test_a_page_without_projects_has_a_letter_too(tmp_path: Path) -> None:
    tables = tables_of("Så söker du stöd\n\nHär kan du läsa.\n")
    made = [
        write_letter(paper, tmp_path / f"{name}.docx", as_of=AS_OF) for name, paper in papers(tables, tmp_path).items()
    ]
    text = "\n".join(p.text for path in made for p in docx.Document(str(path)).paragraphs)
    assert "Sidan listar inga projekt." in text
    assert "Inga projekt är pågående (0 av 0)." in text
