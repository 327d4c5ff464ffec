"""Tables written as text: a CSV file, or rows of columns in a text (tabs, bars, wide gaps, a paragraph a cell)."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from operator import itemgetter

from overkalix_data.base.lists import Lists
from overkalix_data.base.wording import ACCENT, DASHES, INVISIBLE
from overkalix_data.documents.aligned_columns import aligned_rows
from overkalix_data.documents.column_meaning import is_label
from overkalix_data.documents.pair_table import is_pairs, write_pairs
from overkalix_data.documents.placed_text import Cell, Rendered, Rows, Writer, cell_of
from overkalix_data.documents.register import write_table
from overkalix_data.documents.register_header import MOST_COLUMNS, header_of
from overkalix_data.documents.register_legend import Legend, unit_in
from overkalix_data.values.amount import stated_amount
from overkalix_data.values.period import parse_period

DELIMITERS = (";", ",", "\t", "|")
SAMPLE = 64
"""Rows by which a file's delimiter is judged."""
_BAR = re.compile(r"(?:(?<![ \u00a0])[ \u00a0]++)?+\|[ \u00a0]*")
_GAPS = re.compile(r"[ \u00a0]{3,}")
_COLUMNS = (re.compile(r"\t+"), _BAR, _GAPS)
_APART = re.compile(r"[\t|]|[ \u00a0]{3}")
"""What parts columns, of any kind: most lines have none of it."""
_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_PARAGRAPH = re.compile(r"[^\r\n]*\S[^\r\n]*")
_CUT_WORD = re.compile(r"(?<=[a-zåäö]{2})-(?:\r\n|\r|\n)[ \t]{0,20}(?=[a-zåäö])(?!(?:och|eller|samt|respektive)\b)")
"""Where the end of a printed line has cut a word; what goes on with `och` is half of two (`små- och`)."""
_QUOTED = re.compile(r'""|.', re.DOTALL)
"""A character of a quoted cell; two quotes stand for one."""
_FIGURES = re.compile(rf"[\d\s.,{DASHES}]+(?:[a-zåäö.]+[\d\s.,{DASHES}]+)*")
"""Figures or a dash where a date or an amount is asked for, though nothing here reads them: `980 resp. 1 420`."""
LEAST_COLUMNS = 3
MOST_CELLS = 10
"""A row whose every cell is a paragraph has fewer."""
_BARRED = re.compile(r"[|\s]{0,3}(?P<label>[^|\s][^|]{0,80}?)\s?\|\s?(?P<value>[^|]*?)\s?\|\s{0,3}")


def render_csv(source: str, lists: Lists) -> Rendered:
    """A CSV register as text. Where it holds no list of projects nothing is read, and all of it is told so."""
    best = max(DELIMITERS, key=lambda d: _worth(list(_csv_rows(source, d, SAMPLE)), lists))
    rows = list(_csv_rows(source, best))
    out = Writer()
    if not write_table(rows, out, lists, titled=True):
        for cell in (cell for row in rows for cell in row):
            out.hide(cell, "unread_table")
    return out.rendered(source)


def render_columns(source: str, lists: Lists) -> Rendered | None:
    """The text to read columns in, its words whole and without characters that nobody sees; None where it is the text
    as it stands."""
    legend = Legend(unit_in(source))
    runs = list(_tables(source, legend, lists))
    tables = sorted([*runs, *_paragraph_tables(source, runs, legend, lists)], key=itemgetter(0))
    if not (tables or any(form.search(source) for form in (INVISIBLE, ACCENT, _CUT_WORD))):
        return None
    out, at = Writer(), 0
    for start, end, made in tables:
        _copy(source, at, start, out)
        out.add(made)
        out.line()
        at = end
    _copy(source, at, len(source), out)
    return out.rendered(source)


def _copy(source: str, start: int, end: int, out: Writer) -> None:
    for m in _CUT_WORD.finditer(source, start, end):
        _copy_all(source, start, m.start(), out)
        start = m.end()
    _copy_all(source, start, end, out)


def _copy_all(source: str, start: int, end: int, out: Writer) -> None:
    for n in range(start, end):
        out.put(source[n], n, n + 1)


def _worth(rows: Rows, lists: Lists) -> tuple[int, int]:
    """How much of a register the rows are, cut in this way: known columns of the header, and the cells in a row."""
    header = header_of([row for row in rows if any(c.words for c in row)], lists)
    return (
        sum(bool(c.label or c.funder) for c in header.columns) if header else 0,
        max((len(row) for row in rows), default=0),
    )


def _csv_rows(source: str, delimiter: str, most: int = 0) -> Iterator[list[Cell]]:
    """The rows, every character with its place; quotes as in RFC 4180. One that never closes ends with its line."""
    at, row, rows = 0, list[Cell](), 0
    while at <= len(source):
        cell, at = _csv_cell(source, at, delimiter)
        row.append(cell)
        if at < len(source) and source[at] == delimiter and len(row) < MOST_COLUMNS:
            at += 1
            continue
        yield row
        rows, row = rows + 1, []
        if at >= len(source) or (most and rows >= most):
            return
        at += 2 if source.startswith("\r\n", at) else 1


def _csv_cell(source: str, at: int, delimiter: str) -> tuple[Cell, int]:
    if source.startswith('"', at) and (closed := _closing_quote(source, at, delimiter)):
        places = [m.span() for m in _QUOTED.finditer(source, at + 1, closed)]
        chars = source[at + 1 : closed].replace('""', '"')
        return Cell(chars, [start for start, _ in places], [end for _, end in places]), closed + 1
    end = _unquoted(delimiter).match(source, at).end()  # type: ignore[union-attr]
    return cell_of(source, at, end), end


@cache
def _unquoted(delimiter: str) -> re.Pattern[str]:
    return re.compile(rf"[^\r\n{re.escape(delimiter)}]*")


def _closing_quote(source: str, at: int, delimiter: str) -> int:
    """The place of the quote that closes the cell; 0 where none does."""
    end = at + 1
    while (end := source.find('"', end)) >= 0:
        if source[end + 1 : end + 2] == '"':
            end += 2
            continue
        return end if source[end + 1 : end + 2] in (delimiter, "\n", "\r", "") else 0
    return 0


def _tables(source: str, legend: Legend, lists: Lists) -> Iterator[tuple[int, int, Writer]]:
    """Each run of lines that is a register of columns, with the text it becomes."""
    lines = [(m.start(), m.start(1) + len(m[1])) for m in _LINE.finditer(source) if m[1].strip() or m[2]]
    at, barred, seen = 0, 0, 0
    while at < len(lines):
        if not _APART.search(source, *lines[at]):
            at += 1
            continue
        taken = 0
        pairs = _barred_pairs(source, lines, at) if at >= barred else []
        barred = max(barred, at + len(pairs))  # lines in the midst of a run are not tried again, here and below
        if is_pairs(pairs, lists):
            made = Writer()
            for name, value in pairs:
                if not value.words:
                    made.hide(name, "column")  # a label without a value says nothing
            write_pairs([row for row in pairs if row[1].words], made, lists)
            yield lines[at][0], lines[at + len(pairs) - 1][1], made
            at += len(pairs)
            continue
        for columns in (columns for columns in _COLUMNS if _is_header(_cut(source, *lines[at], columns), lists)):
            aligned, scanned = aligned_rows(source, lines, at) if columns is _GAPS and at >= seen else ([], 0)
            seen = max(seen, at + scanned)
            run = _run(source, lines, at, columns)
            for rows, count in ((aligned, scanned), (run, len(run))):
                made = Writer()
                if not taken and rows and write_table([row for row in rows if row], made, lists, legend=legend):
                    yield lines[at][0], lines[at + count - 1][1], made
                    taken = count
            if taken:
                break
        at += taken or 1


def _barred_pairs(source: str, lines: Sequence[tuple[int, int]], at: int) -> list[list[Cell]]:
    """The rows from that line on that are a label and a value between bars (`Status | Avslutat |`), if any."""
    pairs: list[list[Cell]] = []
    while at < len(lines) and (m := _BARRED.fullmatch(source, *lines[at])):
        pairs.append([cell_of(source, *m.span("label")), cell_of(source, *m.span("value"))])
        at += 1
    return pairs


def _run(source: str, lines: Sequence[tuple[int, int]], at: int, columns: re.Pattern[str]) -> list[list[Cell]]:
    """The rows from a header on, while they are cut in columns as it is; none where there is nothing under it."""
    rows = [_cut(source, *lines[at], columns)]
    for start, end in islice(lines, at + 1, None):
        cells = _cut(source, start, end, columns)
        if len(cells) < 2 and source[start:end].strip(" |:-\t"):
            break
        rows.append(cells if len(cells) >= 2 else [])
    while rows and not rows[-1]:
        rows.pop()
    return rows if len(rows) > 1 else []


def _is_header(head: Sequence[Cell], lists: Lists) -> bool:
    """Whether a line is the headings of a register."""
    is_pair = any(cell.words.endswith(":") for cell in head[:-1])  # a label, and its value in the next column
    return len(head) >= LEAST_COLUMNS - 1 and not is_pair and header_of([head, head], lists) is not None


def _cut(source: str, start: int, end: int, columns: re.Pattern[str]) -> list[Cell]:
    cells, at = [], start
    for m in columns.finditer(source, start, end):
        cells.append(cell_of(source, at, m.start()))
        # Each tab parts two cells: an empty one stands between two tabs.
        cells += [Cell()] * (len(m[0]) - 1 if "\t" in m[0] else 0)
        at = m.end()
    cells.append(cell_of(source, at, end))
    if columns is _BAR:
        cells = cells[1:] if cells and not cells[0].words else cells
        cells = cells[:-1] if cells and not cells[-1].words else cells
        if all(not c.text.strip(" :-") for c in cells):
            return []
    return cells if len(cells) > 1 else []


def _paragraph_tables(
    source: str, runs: Sequence[tuple[int, int, Writer]], legend: Legend, lists: Lists
) -> Iterator[tuple[int, int, Writer]]:
    """A table whose every cell is a paragraph: the headings one by one or side by side, then the cells, as many to a
    project; of those `runs` none is a part, and nothing goes on past them."""
    starts, ends = [start for start, *_ in runs], [end for _, end, _ in runs]
    cells = (m.span() for m in _PARAGRAPH.finditer(source))
    free = ((a, b) for a, b in cells if bisect_right(starts, a) == bisect_right(ends, a))
    spans = sorted([*free, *((end, end) for end in ends)])
    named = [":" not in source[a:b] and is_label(source[a:b].strip(), lists) for a, b in spans]
    at = 0
    while at < len(spans):
        side = _cut(source, *spans[at], _COLUMNS[0]) if source.find("\t", *spans[at]) >= 0 else []
        labels = sum(":" not in cell.words and is_label(cell.words, lists) for cell in side)
        # One heading may be of the page's own.
        widths = (w for w in range(LEAST_COLUMNS, MOST_CELLS) if named[at] and sum(named[at : at + w]) >= w - 1)
        heads = [(width, [cell_of(source, *span) for span in spans[at : at + width]]) for width in widths]
        heads += [(1, side)] if labels >= LEAST_COLUMNS and 2 * labels > len(side) else []
        tried = ((_rows_of(source, spans, at + n, head, lists, is_sure=n == 1), n) for n, head in heads)
        rows, taken = max(tried, key=lambda table: len(table[0]), default=([], 0))
        made = Writer()
        if len(rows) > 1 and write_table(rows, made, lists, legend=legend):
            taken += (len(rows) - 1) * len(rows[0])
            yield spans[at][0], spans[at + taken - 1][1], made
            at += taken
        else:
            at += 1


def _rows_of(
    source: str, spans: Sequence[tuple[int, int]], at: int, header: list[Cell], lists: Lists, *, is_sure: bool
) -> list[list[Cell]]:
    """The header and the rows that the cells from that place on make, as far as they are what it says.

    `is_sure`: of how many a row is made is known."""
    rows, width = [header], len(header)
    for start in range(at, len(spans) - width + 1, width):
        row = [cell_of(source, *span) for span in spans[start : start + width]]
        if not _fits(row, header, lists, is_sure=is_sure):
            break
        rows.append(row)
    return rows


def _fits(row: Sequence[Cell], header: Sequence[Cell], lists: Lists, *, is_sure: bool) -> bool:
    """Whether the cells are what the headings say: a heading that asks for a date or an amount has one under it."""
    heads = header_of([header, row], lists)
    if heads is None or any(not cell.words or is_label(cell.words, lists) for cell in row):
        return False
    for column, cell in zip(heads.columns, row, strict=True):
        said = (cell.words, f"Slut: {cell.words}")
        is_date = column.field not in ("period", "start", "end") or any(parse_period(words) for words in said)
        is_amount = column.field not in ("total", "granted") or stated_amount(cell.words, lists)
        if not (is_date and is_amount) and not (is_sure and _FIGURES.fullmatch(cell.words)):
            return False
    return any(column.field in ("period", "start", "end", "total", "granted") for column in heads.columns)
