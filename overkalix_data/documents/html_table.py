"""The cells of an HTML table as a grid: one that spans several columns or rows stands in each of them."""

from dataclasses import dataclass, field

from overkalix_data.documents.html_tag_kinds import count_of
from overkalix_data.documents.placed_text import Cell, Writer
from overkalix_data.documents.register_header import MOST_COLUMNS

MOST_SPAN = 100
"""A cell that says it spans more columns or rows than this spans these: the number is the page's, the time is ours."""


@dataclass
class HtmlTable:
    """A table of a page as its cells come."""

    at: int
    """Where in the text it begins."""
    rows: list[list[tuple[int, int, int, int]]] = field(default_factory=list)
    """Of each cell: its first and last character in the text, and how many columns and rows it spans."""
    spans: list[tuple[int, int]] = field(default_factory=list)
    caption: tuple[int, int] = (0, 0)
    """The first and last character of its caption in the text."""

    def caption_cell(self, out: Writer) -> Cell:
        """The caption; empty where there is none."""
        return Cell(
            "".join(out.chars[slice(*self.caption)]), out.starts[slice(*self.caption)], out.ends[slice(*self.caption)]
        )

    def filled(self, out: Writer) -> list[list[Cell]]:
        """The cells as a grid: one that spans several columns or rows stands in each."""
        grid: list[list[Cell]] = []
        carried: dict[int, tuple[int, Cell]] = {}
        for row in self.rows:
            cells: list[Cell] = []
            for start, end, columns, rows in row:
                _carry(cells, carried)
                cell = Cell("".join(out.chars[start:end]), out.starts[start:end], out.ends[start:end])
                for _ in range(min(columns, max(MOST_COLUMNS - len(cells), 1))):
                    if rows > 1:
                        carried[len(cells)] = (rows - 1, cell)
                    cells.append(cell)
            _carry(cells, carried)
            grid.append(cells)
        return grid


def _carry(cells: list[Cell], carried: dict[int, tuple[int, Cell]]) -> None:
    """Puts the cells that reach down from rows above where they stand next."""
    while (n := len(cells)) in carried:
        left, cell = carried.pop(n)
        cells.append(cell)
        if left > 1:
            carried[n] = (left - 1, cell)


def span_of(words: str) -> int:
    """How many columns or rows a cell spans, as its tag says."""
    return count_of(words, MOST_SPAN) or 1
