"""`overkalix fetch` against a site on 127.0.0.1, with a permission that only tests have: what it takes, what it
refuses, and that a refusal or a death leaves the folder as it was."""

import csv
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from overkalix_data.cli import main
from overkalix_data.documents import page_fetch
from overkalix_data.documents.page_fetch import is_public
from overkalix_data.documents.source import read_sources
from tests.conftest import AS_OF
from tests.made.kills import killed_at, needs_fork
from tests.made.site import Site, page, site

HTML = """<!doctype html><html lang="sv"><head><title>Projekt - Överkalix kommun</title></head><body><main>
<h1>Projekt</h1><h2>Skogens väg</h2><p>Mål: Att bygga stigar.</p><p>Finansiärer: Överkalix kommun, Tillväxtverket</p>
</main></body></html>"""
PAGE = "/kommun/projekt/"


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(page_fetch, "is_public", lambda address: True)
    with site() as made:
        made.answers[PAGE] = page(HTML, ETag='"ett"')
        yield made


@pytest.fixture
def raw(tmp_path: Path, web: Site) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "sida.txt").write_text("Projekt\n\nMål: Att bygga stigar.\nFinansiärer: Överkalix kommun\n", "utf-8")
    (folder / "sources.csv").write_text(
        "source_id,path,publisher_code,url,retrieved_on,media_type,encoding,sha256,licence,note\n"
        f"sida,sida.txt,2513,{web.address}{PAGE},,text/plain,utf-8,,,Sidans text\n", "utf-8",
    )  # fmt: skip
    return folder


def fetch(raw: Path, *more: str) -> int:
    folders = [w for name in ("curated", "clean", "reports") for w in (f"--{name}", str(raw.parent / name))]
    return main(["fetch", *more, "--raw", str(raw), *folders, "--as-of", AS_OF])


def files(raw: Path) -> dict[str, bytes]:
    return {str(p.relative_to(raw)): p.read_bytes() for p in raw.rglob("*") if p.is_file()}


def test_a_page_anew_is_a_dated_file_with_its_row(raw: Path, web: Site, capsys: pytest.CaptureFixture[str]) -> None:
    assert fetch(raw) == 0
    assert "1 projekt" in capsys.readouterr().out
    assert (raw / f"sida-{AS_OF}.html").read_text("utf-8") == HTML
    *_, row = csv.DictReader((raw / "sources.csv").read_text("utf-8").splitlines())
    told = {name: row[name] for name in ("source_id", "publisher_code", "retrieved_on", "media_type", "etag")}
    assert told == {
        "source_id": f"sida-{AS_OF}", "publisher_code": "2513", "retrieved_on": AS_OF, "media_type": "text/html",
        "etag": '"ett"',
    }  # fmt: skip
    (source,) = read_sources(str(raw))
    assert (source.source_id, source.declared_sha256) == (f"sida-{AS_OF}", source.sha256)
    assert source.previous is not None
    assert [path for path, _ in web.asked] == ["/robots.txt", PAGE]


def test_what_is_unchanged_is_not_written(raw: Path, web: Site) -> None:
    assert fetch(raw) == 0
    before = files(raw)
    web.answers[PAGE] = page("", 304)
    assert fetch(raw) == 0
    assert web.asked[-1][1]["If-None-Match"] == '"ett"'
    web.answers[PAGE] = page(HTML)  # a site without tags
    assert fetch(raw) == 0
    assert files(raw) == before
    web.answers[PAGE] = page(HTML.replace("stigar", "broar"))
    assert fetch(raw) == 0
    assert (raw / f"sida-{AS_OF}-1.html").exists(), "a second fetch of one day has a file of its own"


def test_a_busy_site_is_asked_three_times(raw: Path, web: Site) -> None:
    answers = [page("", 503, Retry_After="0"), page("", 429, Retry_After="Thu, 01 Jan 1970 00:00:00 GMT"), page(HTML)]
    web.answers[PAGE] = lambda request: answers[web.times(PAGE) - 1](request)
    assert fetch(raw) == 0
    assert web.times(PAGE) == 3


def drip(request: BaseHTTPRequestHandler) -> None:
    """A byte now and then, without end."""
    request.send_response(200)
    request.send_header("Content-Type", "text/html")
    request.end_headers()
    while True:  # until the other side has gone
        request.wfile.write(b"x")
        request.wfile.flush()
        time.sleep(0.05)


def without_end(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Type", "text/html")
    request.end_headers()
    for _ in range(200):
        request.wfile.write(b"x" * 2**16)


REFUSALS = {
    "half a page by its length": (page(HTML, Content_Length="9999"), "kom inte hel"),
    "half a page by its end": (page(HTML[:-20]), "kom inte hel"),
    "dripping": (drip, "sekunder"),
    "too large by its length": (page("x", Content_Length=str(11 * 2**20)), "större än 10 MB"),
    "too large": (without_end, "större än 10 MB"),
    "gone": (page("", 404), "svarade 404"),
    "busy": (page("", 503, Retry_After="0"), "svarade 503"),
    "busy for long": (page("", 429, Retry_After="3600"), "svarade 429"),
    "no page": (page(b"%PDF", Content_Type="application/pdf"), "ingen webbsida"),
    "packed": (page(HTML, Content_Encoding="gzip"), "ingen webbsida"),
    "no project": (page("<html><body><p>Logga in</p></body></html>"), "inget projekt"),
    "another host": (page("", 302, Location="http://annan.example/"), "inte är samma webbplats"),
    "another port": (page("", 302, Location="http://127.0.0.1:1/"), "inte är samma webbplats"),
    "in a ring": (page("", 301, Location=PAGE), "för många gånger"),
    "a file": (page("", 302, Location="file:///etc/passwd"), "inte är samma webbplats"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_what_is_refused_is_one_line_and_changes_nothing(
    name: str, raw: Path, web: Site, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_fetch, "MOST_SECONDS", 1.0 if name == "dripping" else 30.0)
    web.answers[PAGE], said = REFUSALS[name]
    before = files(raw)
    assert fetch(raw) == 2
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1
    assert files(raw) == before


@pytest.mark.parametrize(
    "robots", [page("User-agent: *\nDisallow: /kommun/", Content_Type="text/plain"), page("", 500, Retry_After="0")]
)
def test_robots_are_heeded(robots: object, raw: Path, web: Site, capsys: pytest.CaptureFixture[str]) -> None:
    web.answers["/robots.txt"] = robots  # type: ignore[assignment]
    assert fetch(raw) == 2
    assert "robots.txt" in capsys.readouterr().err
    assert web.times(PAGE) == 0


def test_only_sites_of_the_list_are_asked(raw: Path, web: Site, capsys: pytest.CaptureFixture[str]) -> None:
    assert fetch(raw, "http://annan.example/projekt") == 2
    assert fetch(raw, "okand-kalla") == 2
    assert fetch(raw, f"{web.address}/nytt/") == 2
    assert web.asked[-1][0] == "/nytt/", "another page of a site that is listed"
    listing = raw / "sources.csv"
    before = listing.read_text("utf-8")
    for address in ("ftp://127.0.0.1/x", "http://nagon:hemligt@127.0.0.1/x"):
        listing.write_text(before.replace(f"{web.address}{PAGE}", address), "utf-8")
        assert fetch(raw) == 2
    assert "utan lösenord" in capsys.readouterr().err
    listing.unlink()
    assert fetch(raw) == 2


def test_without_the_tests_permission_this_computer_is_refused(
    raw: Path, web: Site, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_fetch, "is_public", is_public)
    assert fetch(raw) == 2
    assert "internt nät" in capsys.readouterr().err
    assert not web.asked


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1", "::1",
     "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::"],
)  # fmt: skip
def test_addresses_of_no_open_internet(address: str) -> None:
    assert not is_public(address)


def test_addresses_of_the_open_internet() -> None:
    assert is_public("193.0.6.139")
    assert is_public("2001:67c:2e8:22::c100:68b")


@needs_fork
def test_killed_midway_the_folder_is_old_or_new_and_whole(raw: Path, web: Site) -> None:
    before, seen = files(raw), set[bool]()
    for nth in range(1, 60, 3):
        died = killed_at(nth, raw, lambda: fetch(raw))
        assert fetch(raw, "okand-kalla") == 2, "the next command puts right what a death left"
        (source,) = read_sources(str(raw))
        is_new = source.source_id != "sida"
        seen.add(is_new)
        assert is_new == (source.sha256 == source.declared_sha256)
        assert is_new or {n: d for n, d in files(raw).items() if n in before} == before
        if not died or is_new:
            break
    assert seen == {False, True}
