"""The report's page of 5,000 projects: its size, how long it takes to write beside `DataFrame.to_html` of the same projects, and to open and filter.

Seconds do not travel between machines; the ratio does. Run: .venv/bin/python benchmarks/report_page.py [PROJECTS]
"""

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from overkalix_data.checks.validate import check_tables
from overkalix_data.documents.source import read_sources
from overkalix_data.identity.read_projects import read_pages
from overkalix_data.outputs import charts
from overkalix_data.outputs.council.material import materials
from overkalix_data.outputs.council.page import write_report_page
from overkalix_data.schema.frames import tidy_tables

PROJECT = """Mål: Att öppna verkstad nummer {n} för turister och företag i Överkalix, och att den ska bära sig själv efter tre år.
Målgrupp: Företag, besökare och föreningar i by {n}.
Finansiärer: Överkalix kommun, Leader Polaris – Europeiska jordbruksfonden för landsbygdsutveckling, Europa investerar i landsbygdsområden
Kontaktperson: Eva Exempel, 070-174 06 35, eva@example.se
"""


def main(projects: int) -> None:
    """Prints sizes, seconds and the ratio."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sida.txt"
        path.write_text("\n".join(PROJECT.format(n=n) for n in range(projects)), encoding="utf-8")
        tables = tidy_tables(read_pages(read_sources(str(path)), []).records)
        tables["findings"], tables["checks"] = check_tables(tables, "2026-11-23")
        drawn = []
        for chart in charts.report_charts(tables):
            charts.save(charts.drawn(chart), Path(folder) / chart.stem, chart.title, chart.alt, png=False)
            drawn.append((chart, (Path(folder) / f"{chart.stem}.svg").read_text(encoding="utf-8")))
        started = time.perf_counter()
        page = write_report_page(
            materials(tables, as_of="2026-11-23")["internal"], drawn, Path(folder) / "rapport.html"
        )
        ours = time.perf_counter() - started
        started = time.perf_counter()
        plain = tables["projects"].to_html()
        theirs = time.perf_counter() - started
        size = page.stat().st_size
        print(
            f"{projects} projects: page {size / 1e6:.1f} MB, {size / projects / 1e3:.1f} kB a project; to_html {len(plain.encode()) / 1e6:.1f} MB"
        )
        print(f"writing {ours:.2f} s, to_html {theirs:.2f} s, ratio {ours / theirs:.1f}")
        _browse(page)


def _browse(page: Path) -> None:
    import shutil

    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium")
    if program is None:
        print("Chromium is not installed: opening and filtering not measured")
        return
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
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
