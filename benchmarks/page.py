"""The report's page of many projects beside `DataFrame.to_html` of the same; `python -m benchmarks.page [PROJECTS]` also tells its size and how long a
browser takes to open and filter it."""

import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp

from benchmarks.lists import projects, write_text
from overkalix_data.checks.validate import check_tables
from overkalix_data.documents.source import read_sources
from overkalix_data.identity.read_projects import read_pages
from overkalix_data.outputs import charts
from overkalix_data.outputs.council.facts import materials
from overkalix_data.outputs.council.page import write_report_page
from overkalix_data.schema.frames import Tables, tidy_tables

AS_OF = "2026-11-23"


def many(count: int, folder: Path) -> Tables:
    path = folder / "sida.txt"
    write_text(list(projects(count)), path)
    tables = tidy_tables(read_pages(read_sources(str(path)), []).records)
    tables["findings"], tables["checks"] = check_tables(tables, AS_OF)
    return tables


def ours(count: str, place: str = "") -> Callable[[], object]:
    """The page alone, its charts drawn before."""
    folder = Path(place or mkdtemp(prefix="overkalix-bench-"))
    tables, drawn = many(int(count), folder), []
    for chart in charts.report_charts(tables):
        charts.save(charts.drawn(chart), folder / chart.stem, chart.title, chart.alt, png=False)
        drawn.append((chart, (folder / f"{chart.stem}.svg").read_text(encoding="utf-8")))
    return lambda: write_report_page(materials(tables, as_of=AS_OF)["internal"], drawn, folder / "rapport.html")


def by_to_html(count: str) -> Callable[[], object]:
    tables = many(int(count), Path(mkdtemp(prefix="overkalix-bench-")))
    return lambda: tables["projects"].to_html()


def browse(page: Path) -> None:
    """Prints how long a browser takes; needs Chromium."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium")
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        view = browser.new_page()
        started = time.perf_counter()
        view.goto(page.as_uri())
        opened = time.perf_counter() - started
        filtering = view.evaluate("""() => {
          const form = document.getElementById('filter'), took = [];
          for (const [name, value] of [['status', 'Pågående'], ['funder', 'Leader Polaris'], ['funder', '']]) {
            const start = performance.now(); form.elements[name].value = value;
            form.dispatchEvent(new Event('change')); document.body.offsetHeight; took.push(performance.now() - start);
          }
          return took; }""")
        searching = view.evaluate("""() => new Promise(done => {
          const form = document.getElementById('filter'); form.elements.text.value = 'nummer 4999';
          const start = performance.now(); form.dispatchEvent(new Event('submit', {cancelable: true}));
          document.body.offsetHeight; done(performance.now() - start); })""")
        print(
            f"open {opened:.2f} s; filters {', '.join(f'{ms:.0f}' for ms in filtering)} ms; first search {searching:.0f} ms"
        )
        browser.close()


if __name__ == "__main__":
    home = mkdtemp(prefix="overkalix-bench-")
    work = ours(sys.argv[1] if len(sys.argv) > 1 else "5000", home)
    started = time.perf_counter()
    work()
    print(f"written in {time.perf_counter() - started:.2f} s")
    for file in sorted(Path(home).glob("*.*")):
        print(f"{file.name}: {file.stat().st_size / 1e6:.2f} MB")
    browse(Path(home) / "rapport.html")
