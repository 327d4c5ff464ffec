"""`overkalix fetch`: the pages of `sources.csv` anew, each as a dated file with a row of its own."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from overkalix_data.base.codelist import Row, csv_text, read_csv
from overkalix_data.base.commit import Commit, atomic
from overkalix_data.base.errors import InputError
from overkalix_data.base.files import is_there, written
from overkalix_data.base.page_names import host_of
from overkalix_data.base.paths import SOURCES_FILE
from overkalix_data.base.words import say
from overkalix_data.documents.page_fetch import Fetched, fetch_page
from overkalix_data.documents.source import read_sources
from overkalix_data.identity.read_projects import read_pages


def fetch_sources(raw: Path, day: str, asked: str = "", lang: str = "sv") -> list[str]:
    """Fetches every page, or the one of an id or address; what has changed is written, all of it or nothing.

    Raises InputError where the folder has no list, or not the host, a fetch is refused, or what came holds no project.
    """
    listing = raw / SOURCES_FILE
    if not is_there(listing):
        raise InputError("fetch_no_list", file=str(listing))
    rows, lines = read_csv(listing), list[str]()
    with atomic() as commit:
        added = list[Row]()
        for page in _asked(rows, asked, str(listing)):
            fetched = fetch_page(page["url"], page.get("etag", ""))
            if fetched is None or hashlib.sha256(fetched.data).hexdigest() == page.get("sha256"):
                lines.append(say("fetch.unchanged", lang, url=page["url"]))
                continue
            row = _row([*rows, *added], page, fetched, day)
            projects = _put(commit, raw, row, fetched)
            added.append(row)
            lines.append(say("fetch.new", lang, url=page["url"], file=raw / row["path"], count=projects))
        if added:
            staged, listed = commit.folder(raw, keeps_copies=True) / SOURCES_FILE, [*rows, *added]
            text = csv_text(listed, dict.fromkeys(name for row in listed for name in row))
            written(staged, text)
    return lines


def _asked(rows: Sequence[Row], asked: str, file: str) -> list[Row]:
    """The newest row of each address; of one that is asked for and new, a row of its site's publisher."""
    newest = {row["url"]: row for row in sorted(rows, key=lambda row: row.get("retrieved_on", "")) if row.get("url")}
    if not asked:
        pages = list(newest.values())
    elif host_of(asked):
        same_host = [row for row in newest.values() if host_of(row["url"]) == host_of(asked)]
        new = [{"url": asked, "publisher_code": row.get("publisher_code", "")} for row in same_host[:1]]
        pages = [newest[asked]] if asked in newest else new
    else:
        pages = [newest[row["url"]] for row in rows if row.get("source_id") == asked and row.get("url")]
    if not pages:
        raise InputError("fetch_not_listed", file=file, value=asked or SOURCES_FILE)
    return pages


def _row(rows: Sequence[Row], page: Row, fetched: Fetched, day: str) -> Row:
    """The new row of the list, under an id and a file's name that none has."""
    first = next((row for row in rows if row.get("url") == page["url"]), None)
    base = (first or {}).get("source_id") or host_of(page["url"]).removeprefix("www.").replace(".", "-")
    taken = {row.get("source_id") for row in rows} | {Path(row["path"]).stem for row in rows}
    names = (f"{base}-{day}" + (f"-{n}" if n else "") for n in range(len(rows) + 2))
    name = next(name for name in names if name not in taken)
    return {
        "source_id": name,
        "path": f"{name}{fetched.suffix}",
        "publisher_code": page.get("publisher_code", ""),
        "url": page["url"],
        "retrieved_on": day,
        "media_type": "text/html" if fetched.suffix == ".html" else "text/plain",
        "sha256": hashlib.sha256(fetched.data).hexdigest(),
        "licence": page.get("licence", ""),
        "etag": fetched.etag,
    }


def _put(commit: Commit, raw: Path, row: Row, fetched: Fetched) -> int:
    """The file among those to be, its encoding in its row; gives how many projects it holds."""
    if is_there(raw / row["path"]):
        raise InputError("fetch_file", file=str(raw / row["path"]))
    staged = commit.folder(raw, keeps_copies=True) / row["path"]
    staged.write_bytes(fetched.data)
    (source,) = read_sources(str(staged))
    row["encoding"] = source.encoding
    if not (projects := len(read_pages([source], []).records.rows["projects"])):
        raise InputError("fetch_no_projects", url=row["url"])
    return projects
