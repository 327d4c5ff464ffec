"""Files → sources whose every line knows its character offsets. What cannot be read is refused by name."""

import hashlib
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from overkalix_data.base.codelist import Row, read_csv
from overkalix_data.base.errors import InputError
from overkalix_data.base.files import file_bytes, files_like, is_there
from overkalix_data.base.lists import Lists, lists_for
from overkalix_data.base.page_names import host_of
from overkalix_data.base.paths import SOURCES_FILE
from overkalix_data.base.site_profile import NO_PROFILE, Profile, profile_of
from overkalix_data.base.wording import slug
from overkalix_data.documents.csv_text import render_columns, render_csv
from overkalix_data.documents.decoding import decode
from overkalix_data.documents.html import render_html
from overkalix_data.documents.json import render_json
from overkalix_data.documents.line_facts import bullet_of, facts_in
from overkalix_data.documents.markdown import is_markdown, render_markdown
from overkalix_data.documents.placed_text import PLAIN, Mark, Rendered
from overkalix_data.documents.register_legend import unit_in
from overkalix_data.documents.whole_text import WholeText, line_spans
from overkalix_data.documents.xlsx import Placed, read_workbook
from overkalix_data.values.phone_email import country_of

MAX_BYTES = 16 * 2**20
"""The largest source that is read, far above any page by a person."""
MOST_LINES, LONGEST_LINE = 120_000, 2**18
"""Lines of a source's text (a register has one a filled cell), and characters of one. Up to all these bounds what is
read takes time in proportion to its size, and less than 1 GB."""
MOST_CELLS = 1_000_000
"""Cells, tags or values of a source."""

TEXT, HTML, CSV, JSON = "text/plain", "text/html", "text/csv", "application/json"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA_TYPES = {".txt": TEXT, ".html": HTML, ".htm": HTML, ".csv": CSV, ".json": JSON, ".xlsx": XLSX}
PARTS = {HTML: "<", CSV: ";,\t|", JSON: ",[{"}
"""What stands at each cell, tag or value of a kind of source."""
STANDARD_INPUT = "-"


@dataclass(frozen=True)
class Line:
    """A line of a source: its number from 1, its text without the line end, the offset of its first character."""

    number: int
    start: int
    text: str
    mark: Mark = PLAIN

    @property
    def level(self) -> int:
        """The level of the heading that the source marks the line as; 0 for none."""
        return self.mark.level

    @property
    def part(self) -> str:
        """What the source marks the line as (`placed_text`); else empty."""
        return self.mark.part

    @property
    def end(self) -> int:
        """The offset after the last character."""
        return self.start + len(self.text)

    def is_apart(self, above: "Line") -> bool:
        """Whether an empty line stands between the line above and this one."""
        return self.number > above.number + 1


@dataclass(frozen=True)
class Source:
    """One file as fetched. Offsets while it is read count characters of `text`, from 0, end exclusive.

    `text` is what a reader of the page sees. Where it is not the decoded source itself (HTML, registers), `rendered`
    knows where each of its characters stands there; evidence counts the decoded source's characters. Of a workbook
    that is a line a row (`workbook`).
    """

    source_id: str
    text: str
    sha256: str
    encoding: str
    path: str = ""
    publisher_code: str = ""
    url: str = ""
    retrieved_on: str = ""
    media_type: str = ""
    licence: str = ""
    note: str = ""
    declared_sha256: str = ""
    """What `sources.csv` says the checksum is; empty for a loose file."""
    decoded: str = ""
    """The decoded source, where `text` is made of it."""
    rendered: Rendered | None = None
    wrong: tuple[int, ...] = ()
    """Where in the decoded source a character stands whose byte is not of the file's encoding."""
    cells: tuple[Placed, ...] = ()
    """Of a workbook, where each cell stands in the decoded source."""
    profile: Profile = NO_PROFILE
    """What is known of the site that cannot be told from the page."""
    previous: "Source | None" = None
    """The snapshot of the same page before this one: what its projects and labels are held against."""

    @cached_property
    def lists(self) -> Lists:
        """The lists as they are for the page's site."""
        return lists_for(self.profile)

    @property
    def whole(self) -> str:
        """The decoded source: what evidence points into."""
        return self.decoded if self.rendered else self.text

    @cached_property
    def unit(self) -> str:
        """The unit of amounts that have none of their own, where the page says it once (`Belopp i tkr`)."""
        return unit_in(self.text)

    @cached_property
    def country(self) -> str:
        """The country in which the page's numbers are dialled."""
        return country_of(self.text)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """All lines of the text, blank ones too. Line ends are LF, CR or CRLF, as editors count them.

        A line with several labelled facts is one a fact, all of that number.
        """
        marks = self.rendered.marks if self.rendered else {}
        pieces = ((n, a, b) for n, cuts in enumerate(self._cuts, start=1) for (_, a), (b, _) in pairwise(cuts))
        return tuple(Line(n, a, self.text[a:b], marks.get(a, PLAIN)) for n, a, b in pieces)

    @cached_property
    def separators(self) -> tuple[tuple[int, int], ...]:
        """The bullet before a line's facts, and the characters between them where it has several."""
        return tuple((a, b) for cuts in self._cuts for a, b in cuts if a < b)

    @cached_property
    def _cuts(self) -> list[list[tuple[int, int]]]:
        """Of each line its bullet, the separators between its facts, and its end: empty ones where it has none."""
        found = []
        for start, end in line_spans(self.text):
            line = self.text[start:end]
            facts = [(start + a, start + b) for a, b in facts_in(line, self.lists)]
            found.append([(start, start + bullet_of(line, self.lists)), *facts, (end, end)])
        return found

    @cached_property
    def whole_text(self) -> WholeText:
        """The decoded source, without what was made of it."""
        return WholeText(self.source_id, self.whole, self.cells)

    def places(self, start: int, end: int) -> list[tuple[int, int]]:
        """Where these characters of the text stand in the decoded source, run by run."""
        return self.rendered.places(start, end) if self.rendered else [(start, end)]

    def line_at(self, offset: int) -> int:
        """The number of the decoded source's line that holds the character of the text at `offset`."""
        return self.whole_text.line_of(self.rendered.offset(offset) if self.rendered else offset)


def read_sources(raw: str) -> list[Source]:
    """The current sources of a folder, a single file, or standard input (`-`), in the order of their ids."""
    return sorted((waiting.read() for waiting in waiting_sources(raw)), key=lambda source: source.source_id)


@dataclass(frozen=True)
class WaitingSource:
    """A source that is not yet read: the rows of its fetches in their folder, oldest first."""

    folder: Path | None
    """None: standard input."""
    fetches: Sequence[Row]

    @property
    def size(self) -> int:
        """Bytes of its newest fetch."""
        return Path(self.folder / self.fetches[-1]["path"]).stat().st_size if self.folder else 0

    def read(self) -> Source:
        """The newest fetch, with the one before it. Raises InputError where one cannot be read."""
        if self.folder is None:
            return _source(sys.stdin.buffer.read(MAX_BYTES + 1), "standard-input", self.fetches[-1])
        newest, *earlier = (_read(self.folder / row["path"], row) for row in reversed(self.fetches[-2:]))
        return replace(newest, previous=earlier[0]) if earlier else newest


def waiting_sources(raw: str) -> list[WaitingSource]:
    """The same before they are read. Of several snapshots of one address the newest is current.

    Raises InputError, here or when one is read, where a file is missing, empty, binary, too large, of a kind that is
    not read, or listed outside the folder.
    """
    if raw == STANDARD_INPUT:
        if sys.stdin is None:
            raise InputError("missing", file=STANDARD_INPUT)
        return [WaitingSource(None, [{"path": STANDARD_INPUT}])]
    path = Path(raw)
    try:
        is_folder, exists = path.is_dir(), path.exists()
    except OSError as error:  # a name too long, a loop of links
        raise InputError("unreadable", file=raw, reason=error.strerror or str(error)) from error
    if is_folder:
        listing = path / SOURCES_FILE
        rows = _listed(listing) if is_there(listing) else _loose(path)
        return [WaitingSource(path, snapshots) for snapshots in _by_page(rows)]
    if not exists:
        raise InputError("missing", file=raw)
    return [WaitingSource(path.parent, [{"path": path.name}])]


def _read(path: Path, row: Row) -> Source:
    if path.suffix.lower() not in MEDIA_TYPES:
        raise InputError("unread_kind", file=str(path), kinds=", ".join(sorted(MEDIA_TYPES)))
    return _source(file_bytes(path, MAX_BYTES + 1), slug(path.stem) or "source", row, str(path))


def _source(data: bytes, source_id: str, row: Row, file: str = STANDARD_INPUT) -> Source:
    if len(data) > MAX_BYTES:
        raise InputError("too_large", file=file, limit=MAX_BYTES // 2**20)
    media_type = row.get("media_type") or MEDIA_TYPES.get(Path(row["path"]).suffix.lower(), TEXT)
    cells, rendered, profile, wrong = tuple[Placed, ...](), None, profile_of(row.get("url", "")), tuple[int, ...]()
    lists = lists_for(profile)
    if media_type == XLSX:
        book = read_workbook(data, file, lists)
        text, encoding, rendered, cells = book.decoded, "", book.rendered, book.cells
    else:
        text, encoding, wrong = decode(data, file)
        quotes = text.count('"') // 2 if media_type == CSV else 0
        if max(quotes, *(text.count(part) for part in PARTS.get(media_type, "\t|"))) > MOST_CELLS:
            raise InputError("too_many_cells", file=file, limit=MOST_CELLS)
        rendered = _rendered(text, media_type, file, lists)
    _refuse_long(rendered.text if rendered else text, file)
    return Source(
        source_id=row.get("source_id") or source_id,
        text=rendered.text if rendered else text,
        decoded=text if rendered else "",
        rendered=rendered,
        cells=cells,
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=encoding,
        path=row["path"],
        publisher_code=row.get("publisher_code") or profile.publisher_code,
        profile=profile,
        url=row.get("url", ""),
        retrieved_on=row.get("retrieved_on", ""),
        media_type=media_type,
        licence=row.get("licence", ""),
        note=row.get("note", ""),
        declared_sha256=row.get("sha256", ""),
        wrong=wrong,
    )


def _refuse_long(text: str, file: str) -> None:
    """Raises InputError where the text has more lines, or a longer one, than is read."""
    lines = line_spans(text)
    if len(lines) > MOST_LINES:
        raise InputError("too_many_lines", file=file, limit=MOST_LINES)
    for number, (start, end) in enumerate(lines, start=1):
        if end - start > LONGEST_LINE:
            raise InputError("line_length", file=file, line=number, limit=LONGEST_LINE)


def _rendered(text: str, media_type: str, file: str, lists: Lists) -> Rendered | None:
    """What a reader sees of a text that is no plain prose; None where the text is that itself."""
    if media_type == HTML:
        return render_html(text, lists)
    if media_type == CSV:
        return render_csv(text, lists)
    if media_type == JSON:
        return render_json(text, file, lists)
    return render_markdown(text, lists) if is_markdown(text) else render_columns(text, lists)


def _listed(listing: Path) -> list[Row]:
    rows, ids = read_csv(listing), set[str]()
    for number, row in enumerate(rows, start=2):
        try:
            inside = (listing.parent / row.get("path", "")).resolve()
            is_file = inside.exists()
        except (OSError, ValueError) as error:  # no name a file can have
            raise InputError("listed_path", file=str(listing), line=number) from error
        if not row.get("path") or not inside.is_relative_to(listing.parent.resolve()):
            raise InputError("listed_path", file=str(listing), line=number)
        if not is_file:
            raise InputError("listed_missing", file=str(listing), line=number, path=row["path"])
        if row.get("url") and not host_of(row["url"]):
            raise InputError("listed_url", file=str(listing), line=number)
        if row.get("source_id") in ids:
            raise InputError("listed_twice", file=str(listing), line=number, value=row["source_id"])
        ids |= {row["source_id"]} if row.get("source_id") else set()
    if not rows:
        raise InputError("empty", file=str(listing))
    return rows


def _loose(folder: Path) -> list[Row]:
    """The files of a folder without a list. Two with one id (`a.txt`, `a.csv`) get their endings with it."""
    files = [p for p in files_like(folder) if p.suffix.lower() in MEDIA_TYPES]
    times = Counter(slug(p.stem) for p in files)
    ids = [slug(p.stem) if times[slug(p.stem)] == 1 else slug(p.name) for p in files]
    rows = [
        {"path": p.name, "source_id": key if ids.count(key) == 1 else f"{key}-{n}"}
        for n, (p, key) in enumerate(zip(files, ids, strict=True), start=1)
    ]
    for row in rows:
        if not (folder / row["path"]).resolve().is_relative_to(folder.resolve()):
            raise InputError("outside", file=str(folder / row["path"]))
    if not rows:
        raise InputError("no_source", file=str(folder), kinds=", ".join(sorted(MEDIA_TYPES)))
    return rows


def _by_page(rows: list[Row]) -> list[list[Row]]:
    """The rows of each address, oldest first; of two fetched on one day the later row is the newer."""
    pages: dict[str, list[Row]] = {}
    for row in rows:
        pages.setdefault(row.get("url") or row["path"], []).append(row)
    return [sorted(snapshots, key=lambda row: row.get("retrieved_on", "")) for snapshots in pages.values()]
