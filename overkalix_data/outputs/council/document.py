"""What a document holds, described before it is written: headings, paragraphs, prompts, tables and pictures."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class LetterHeading:
    """A heading of a section."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """Text of ours: every figure in it is one of `facts`. What `leads` stands on the page of what it leads to.

    A prompt (`to_fill_in`) is what the officer must write: the package has nothing to say there.
    """

    text: str
    leads: bool = False
    to_fill_in: bool = False


@dataclass(frozen=True)
class LetterLine:
    """A line of the letter's head: what it is, and its value or the prompt to fill it in."""

    name: str
    value: str
    to_fill_in: bool = False


@dataclass(frozen=True)
class Items:
    """A list with bullets."""

    items: Sequence[str]


@dataclass(frozen=True)
class LetterTable:
    """A table whose first column names the row; the columns' widths are parts of the page's.

    One that `is_whole` stands on one page; it is short.
    """

    caption: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]
    is_whole: bool = True


@dataclass(frozen=True)
class Signature:
    """A line to sign on, and under it who signs."""

    text: str


@dataclass(frozen=True)
class Picture:
    """A picture of a file, with its caption and the words for those who do not see it."""

    path: Path
    caption: str
    alt: str

    @property
    def address(self) -> str:
        """The picture itself as an address: where the file lies tells nothing of the document."""
        return f"data:image/{self.path.suffix[1:]};base64,{b64encode(self.path.read_bytes()).decode()}"


LetterPart = LetterHeading | Paragraph | LetterLine | Items | LetterTable | Picture | Signature


@dataclass(frozen=True)
class Document:
    """A document: title, who publishes it, subject, where it may go (`edition` in words), and its parts in order.

    Its pages lie where `is_wide`, for tables of many columns; else they stand.
    """

    title: str
    publisher: str
    subject: str
    edition: str
    parts: Sequence[LetterPart]
    is_wide: bool = False
