"""The pages in Chromium: nothing leaves the machine, nothing complains, axe-core finds nothing, and a keyboard is enough."""

import csv
import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.chromium import Opened, browser_windows, chromium

pytestmark = chromium
CUT = "[...document.querySelectorAll('.scroll, figure')].some(e => e.offsetParent && e.scrollWidth > e.clientWidth + 1)"
PAGES = ("rapport.html", "projektsida.html", "kvalitet.html", "forandringar.html")


@pytest.fixture(scope="module")
def opened() -> Iterator[Opened]:
    with browser_windows() as windows:
        yield windows


@pytest.fixture(scope="session")
def reports(report: Callable[[str], Path]) -> Callable[[str], Path]:
    return lambda lang: report(lang) / "reports"


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("edition", ["internal", "public"])
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_a_page_is_accessible_and_keeps_to_itself(
    opened: Opened, reports: Callable[[str], Path], lang: str, edition: str, name: str
) -> None:
    with opened(reports(lang) / edition / name) as seen:
        assert seen.page.evaluate("document.documentElement.lang") == ("sv" if name == "projektsida.html" else lang)
        assert seen.violations() == []
        # 320 and 390 pixels are phones; 600 is a window of 1200 at 200 %.
        assert [seen.width_at(width) for width in (320, 600, 390)] == [320, 600, 390]
        assert not seen.page.evaluate(CUT), "a table or chart that must be scrolled sideways"
        seen.page.emulate_media(color_scheme="dark")
        assert seen.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 25, 29)"
        assert seen.violations("color-contrast") == [], "in the dark nothing else is another"
        assert (seen.outside, seen.errors) == ([], [])


def test_the_filters_work_by_keyboard_alone(opened: Opened, reports: Callable[[str], Path]) -> None:
    with opened(reports("sv") / "public" / "rapport.html") as seen:
        page = seen.page
        shown = page.locator(".project:visible")
        every = shown.count()
        wanted = page.locator(".project").filter(has=page.locator("dd", has_text="Leader Polaris (")).count()
        assert 0 < wanted < every

        page.locator("#text").focus()
        for _ in range(2):
            page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == "f-funder"
        page.keyboard.type("Leader")
        page.keyboard.press("Enter")
        assert page.locator("#f-funder").input_value() == "Leader Polaris"
        assert shown.count() == wanted
        assert page.locator("#shown").text_content() == f"{wanted} av {every} projekt visas."

        page.locator("#text").focus()
        page.keyboard.type("LEDTURISM")
        page.wait_for_function("document.querySelectorAll('.project:not([hidden])').length === 1")
        assert "ledturism" in (shown.text_content() or "").casefold()

        page.keyboard.press("Tab")
        while page.evaluate("document.activeElement.type") != "reset":
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_function(f"document.querySelectorAll('.project:not([hidden])').length === {every}")


def test_a_selection_stands_in_the_address_and_can_be_taken_home(
    opened: Opened, reports: Callable[[str], Path]
) -> None:
    with opened(reports("sv") / "public" / "rapport.html", policy=True) as seen:
        page = seen.page
        page.locator("#f-status").select_option("Pågående")
        page.locator("#text").fill("ledturism")
        expect(page).to_have_url(re.compile("text=ledturism"))
        page.goto(page.url.replace("#", "?sent#"))
        assert page.locator("#f-status").input_value() == "Pågående"
        expect(page.locator(".project:visible")).to_have_count(1)
        with page.expect_download() as sent:
            page.locator("#csv").click()
        headings, row = csv.reader(Path(sent.value.path()).read_text(encoding="utf-8-sig").splitlines(), delimiter=";")
        told = dict(zip(headings, row, strict=True))
        assert told["id"] == page.locator(".project:visible").get_attribute("id")
        assert "ledturism" in told["Mål"].casefold()
        assert told["Status"] == "Pågående"
        assert told["Total kostnad (kr)"] == "", "unknown is empty"
        with page.expect_download() as sent:
            page.locator("#xlsx").click()
        (sheet,) = load_workbook(BytesIO(Path(sent.value.path()).read_bytes()))
        assert sheet.title == "Projekt"
        assert [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)] == [headings, row]
        for words, number in (("3\u00a0767\u00a0503", 3_767_503), ("0", 0)):
            page.locator(".project:visible dt:text-is('Total kostnad (kr)') + dd > p").evaluate(
                "(p, words) => { p.className = ''; p.textContent = words; }", words
            )
            with page.expect_download() as sent:
                page.locator("#xlsx").click()
            (sheet,) = load_workbook(BytesIO(Path(sent.value.path()).read_bytes()))
            assert sheet.cell(2, headings.index("Total kostnad (kr)") + 1).value == number
        page.locator("[type=reset]").click()
        expect(page).to_have_url(re.compile("[^=]+"))
        assert (reports("sv") / "public" / str(page.locator("a[download]").get_attribute("href"))).is_file()
        assert seen.errors == []


def test_on_a_phone_the_charts_are_bars_of_the_pages_own(opened: Opened, reports: Callable[[str], Path]) -> None:
    with opened(reports("sv") / "public" / "rapport.html") as seen:
        seen.width_at(390)
        chart = seen.page.locator(".chart").first
        assert not chart.locator("figure").is_visible()
        assert chart.locator("li").nth(1).text_content() == "Tillväxtverket 14"
        widths = [float(str(bar.get_attribute("width"))) for bar in chart.locator("li rect").all()[:2]]
        assert widths == [100, round(100 * 14 / 24, 1)]
        expect(chart.get_by_text("Tillväxtverket är med i 14").locator("visible=true")).to_have_count(1)
        for legend in ("Tom ruta", "Bandets", "bandets bredd", "Mörkt är", "Frågetecken"):
            expect(seen.page.get_by_text(legend).locator("visible=true")).to_have_count(0)
        timeline = seen.page.get_by_text("Move on Up (pågående) 2023-09 – 2026-08")
        expect(timeline.locator("visible=true")).to_have_count(1)


@pytest.mark.parametrize("edition", ["internal", "public"])
def test_the_report_prints_on_ten_pages(opened: Opened, reports: Callable[[str], Path], edition: str) -> None:
    with opened(reports("sv") / edition / "rapport.html") as seen:
        pages = re.findall(rb"/Type\s*/Page\b", seen.page.pdf(prefer_css_page_size=True))
        assert 1 < len(pages) <= 10


def test_on_paper_nothing_stays_folded(opened: Opened, reports: Callable[[str], Path]) -> None:
    with opened(reports("sv") / "public" / "kvalitet.html") as seen:
        folded = seen.page.locator("details table").first
        expect(folded).to_be_hidden()
        seen.page.emulate_media(media="print")
        expect(folded).to_be_visible()
        expect(seen.page.get_by_text("Visa alla").first).to_be_hidden()


def test_on_paper_nothing_is_parted_from_its_heading(opened: Opened, reports: Callable[[str], Path]) -> None:
    """A project whole; what is said of a rule with its table. Chromium heeds neither where a grid's rows ask for more."""
    asked = {"projektsida": ("article", "break-inside"), "kvalitet": ("article p", "break-after")}
    for name, (element, rule) in asked.items():
        with opened(reports("sv") / "internal" / f"{name}.html") as seen:
            seen.page.emulate_media(media="print")
            style = "e => [...document.querySelectorAll(e[0])].map(n => getComputedStyle(n).getPropertyValue(e[1]))"
            assert set(seen.page.evaluate(style, [element, rule])) == {"avoid"}
            assert set(seen.page.evaluate(style, ["dl dt", "break-after"])) == {"auto"}


def test_the_list_sorts_as_swedish_does(opened: Opened, reports: Callable[[str], Path]) -> None:
    with opened(reports("sv") / "public" / "rapport.html") as seen:
        names = seen.page.locator("#f-funder option").all_text_contents()[1:]
        assert names.index("Tillväxtverket") < names.index("Överkalix kommun")
        seen.page.locator("#order").select_option("label")
        labels = [text.split("\n")[0] for text in seen.page.locator(".project h3").all_text_contents()]
        assert labels[0].startswith("Att ")
        assert labels[-1].startswith("Överkalix")


def test_a_link_leads_to_a_project_that_a_filter_hides(opened: Opened, reports: Callable[[str], Path]) -> None:
    with opened(reports("sv") / "public" / "rapport.html") as seen:
        seen.page.locator("#f-status").select_option("Avslutat")
        assert not seen.page.locator("#move-on-up").is_visible()
        seen.page.evaluate("location.hash = 'move-on-up'")
        seen.page.wait_for_function("!document.getElementById('move-on-up').hidden")


def test_without_javascript_it_is_a_plain_list(opened: Opened, reports: Callable[[str], Path]) -> None:
    with opened(reports("sv") / "public" / "rapport.html", javascript=False) as seen:
        assert not seen.page.locator("#filter").is_visible()
        assert seen.page.locator(".project:visible").count() == seen.page.locator(".project").count() > 0


@pytest.mark.parametrize("name", PAGES)
def test_the_policy_lets_the_pages_own_styles_and_script_work_and_no_other(
    opened: Opened, reports: Callable[[str], Path], name: str, tmp_path: Path
) -> None:
    """The same page with a script and a style that are not its own: they are refused, and the page's own go on."""
    page = reports("sv") / "public" / name
    with opened(page, policy=True) as seen:
        assert seen.errors == []
        if name == "rapport.html":
            seen.page.locator("#text").fill("LEDTURISM")
            expect(seen.page.locator(".project:not([hidden])")).to_have_count(1)
    text = page.read_text(encoding="utf-8")
    assert "unsafe" not in text.partition("<title>")[0]
    foreign = "<script>document.title = 'x'</script><p id='f' style='position: fixed'>x</p></main>"
    (tmp_path / name).write_text(text.replace("</main>", foreign, 1), encoding="utf-8")
    with opened(tmp_path / name, policy=True) as seen:
        assert seen.page.title() != "x"
        assert seen.page.evaluate("getComputedStyle(document.getElementById('f')).position") == "static"
        assert len(seen.errors) == 2
