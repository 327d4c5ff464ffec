"""A described document → Word: real styles, captions, repeated headings, alt texts, language; the same bytes always."""

import gc
import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from overkalix_data.base.errors import InputError
from overkalix_data.base.files import ZIP_DATE, file_bytes, moment_of
from overkalix_data.base.words import say
from overkalix_data.outputs.council import document as d
from overkalix_data.outputs.council import word_parts

IN_DAY = re.compile(r"(?<=\d)-(?=\d\d(?:\D|$))")
"""The hyphens of `2026-11-29`: a narrow column would break the day at one of them."""
THUMBNAIL = "docProps/thumbnail.jpeg"
OTHERS = {
    "_rels/.rels": re.compile(rb'<Relationship [^>]*"docProps/thumbnail\.jpeg"[^>]*/>'),
    "docProps/app.xml": re.compile(rb"<(Application|AppVersion|Template)>[^<]*</\1>"),
}
"""Part of the archive → what is left out of it."""


def write_letter(letter: d.Document, path: Path, *, as_of: str, lang: str = "sv", template: Path | None = None) -> Path:
    """Writes the document, on the letterhead of `template` where there is one. Gives the path.

    Raises InputError (`bad_letterhead`) where the template is no Word document.
    """
    word = _opened(template)
    _WordWriter(word, lang, ours=template is None).write(letter)
    _properties(word, letter, as_of, lang)
    path.write_bytes(_same_bytes(word))
    del word
    gc.collect(1)  # its parts hold each other, five megabytes a letter, and there is one a contact
    return path


def _opened(template: Path | None) -> WordDocument:
    if template is None:
        return docx.Document()
    try:
        word = docx.Document(BytesIO(file_bytes(template)))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise InputError("bad_letterhead", file=str(template)) from error
    body = word.element.body
    for child in list(body):
        # The letterhead stands in the header and footer, which the last section's properties name.
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    return word


class _WordWriter:
    def __init__(self, word: WordDocument, lang: str, *, ours: bool) -> None:
        self.word, self.lang, self.ours = word, lang, ours
        self.captions = {"table": 0, "figure": 0}
        word_parts.put_styles(word, lang, ours=ours)

    def write(self, letter: d.Document) -> None:
        if letter.is_wide:
            self._lay_down()
        for line in (part for part in letter.parts if isinstance(part, d.LetterLine)):
            self._line(line)
        self.word.add_paragraph(word_parts.worded(letter.title), style="Title")
        if letter.edition:
            self.word.add_paragraph(style="Normal").add_run(word_parts.worded(letter.edition)).bold = True
        put: dict[type, Callable[[Any], object]] = {
            d.LetterHeading: lambda part: self.word.add_heading(word_parts.worded(part.text), level=1),
            d.Paragraph: self._paragraph,
            d.Items: self._items,
            d.LetterTable: self._table,
            d.Picture: self._picture,
            d.Signature: self._signature,
        }
        for part in letter.parts:
            if not isinstance(part, d.LetterLine):
                put[type(part)](part)
        self._page_numbers(letter.publisher)

    def _lay_down(self) -> None:
        for section in self.word.sections:
            sides = sorted((section.page_width or 0, section.page_height or 0))
            section.page_height, section.page_width = map(Emu, sides)
            section.orientation = WD_ORIENT.LANDSCAPE
            if self.ours:
                section.top_margin = section.bottom_margin = Cm(1.6)

    def _line(self, part: d.LetterLine) -> None:
        paragraph = self.word.add_paragraph(style="Normal")
        paragraph.paragraph_format.space_after = Pt(0)
        # What does not fit goes on under the value, not under its name.
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Cm(4), Cm(-4)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(4))
        paragraph.add_run(f"{word_parts.worded(part.name)}:").bold = True
        paragraph.add_run("\t")
        paragraph.add_run(word_parts.worded(part.value)).italic = part.to_fill_in

    def _paragraph(self, part: d.Paragraph) -> None:
        style = word_parts.PROMPT if part.to_fill_in else "Normal"
        paragraph = self.word.add_paragraph(word_parts.worded(part.text), style=style)
        paragraph.paragraph_format.keep_with_next = part.leads or None

    def _items(self, part: d.Items) -> None:
        for words in part.items:
            self.word.add_paragraph(word_parts.worded(words), style=word_parts.BULLET)

    def _room(self) -> Emu:
        """The width between the margins."""
        section = self.word.sections[-1]
        return Emu((section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0))

    def _caption(self, kind: str, text: str) -> WordParagraph:
        """`Tabell 1. …` with a number that Word keeps in step."""
        self.captions[kind] += 1
        label = say(f"letter.{kind}", self.lang)
        paragraph = self.word.add_paragraph(f"{label} ", style=word_parts.CAPTION)
        word_parts.field_start(paragraph, f"SEQ {label} \\* ARABIC")
        paragraph.add_run(str(self.captions[kind]))
        word_parts.field_end(paragraph)
        paragraph.add_run(f". {word_parts.worded(text)}")
        return paragraph

    def _table(self, part: d.LetterTable) -> None:
        self._caption("table", part.caption).paragraph_format.keep_with_next = True
        if not part.rows:
            self.word.add_paragraph(say("book.nothing", self.lang), style="Normal")
            return
        table = self.word.add_table(rows=1, cols=len(part.headings), style=word_parts.GRID)
        table.alignment = WD_TABLE_ALIGNMENT.LEFT
        table.autofit = False
        _describe(table, part.caption)
        room = self._room()
        widths = [Emu(int(room * width / sum(part.widths))) for width in part.widths]
        for cell, words in zip(table.rows[0].cells, part.headings, strict=True):
            _put(cell.paragraphs[0], words, bold=True, keep=True)
            cell._tc.get_or_add_tcPr().append(word_parts.element("w:shd", val="clear", color="auto", fill="DCE6F0"))
        table.rows[0]._tr.get_or_add_trPr().append(word_parts.element("w:tblHeader"))
        for n, texts in enumerate(part.rows, 1):
            keep = part.is_whole and n < len(part.rows)
            # Cells by their own element: python-docx looks a row's cells up by walking the whole table.
            for cell_, text in zip(table.add_row()._tr.tc_lst, texts, strict=True):
                _put(WordParagraph(cell_.p_lst[0], table), text, keep=keep)
        for row in table._tbl.tr_lst:
            row.get_or_add_trPr().append(word_parts.element("w:cantSplit"))
            for cell_, width in zip(row.tc_lst, widths, strict=True):
                cell_.width = width
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        # Word wants a paragraph after a table; one of no height begins no page of its own.
        below = self.word.add_paragraph(style="Normal").paragraph_format
        below.space_after, below.line_spacing = Pt(4), Pt(2)

    def _signature(self, part: d.Signature) -> None:
        paragraph = self.word.add_paragraph(word_parts.worded(part.text), style=word_parts.PROMPT)
        border = word_parts.element("w:pBdr")
        border.append(word_parts.element("w:top", val="single", sz="6", space="4", color="595959"))
        paragraph._p.get_or_add_pPr().append(border)
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.right_indent = Pt(36), Cm(6)

    def _picture(self, part: d.Picture) -> None:
        paragraph = self.word.add_paragraph(style="Normal")
        paragraph.paragraph_format.keep_with_next = True
        shape = paragraph.add_run().add_picture(str(part.path), width=Cm(15.5))
        shape._inline.docPr.set("descr", word_parts.worded(part.alt))
        shape._inline.docPr.set("title", word_parts.worded(part.caption))
        shape._inline.docPr.set("name", f"{say('letter.figure', self.lang)} {self.captions['figure'] + 1}")
        self._caption("figure", part.caption)

    def _page_numbers(self, publisher: str) -> None:
        """`Överkalix kommun · sida x av y` at the foot of every page, below what the letterhead has there."""
        footer = self.word.sections[-1].footer
        empty = len(footer.paragraphs) == 1 and not footer.paragraphs[0].text
        paragraph = footer.paragraphs[0] if empty else footer.add_paragraph()
        paragraph.add_run(f"{word_parts.worded(publisher)} · {say('letter.page', self.lang)} ")
        for n, name in enumerate(("PAGE", "NUMPAGES")):
            if n:
                paragraph.add_run(f" {say('chart.of', self.lang)} ")
            word_parts.field_start(paragraph, name)
            paragraph.add_run("1")
            word_parts.field_end(paragraph)


def _properties(word: WordDocument, letter: d.Document, as_of: str, lang: str) -> None:
    core = word.core_properties
    core.title, core.subject = word_parts.worded(letter.title), word_parts.worded(letter.subject)
    core.author, core.language = word_parts.worded(letter.publisher), word_parts.LANGUAGE[lang]
    core.last_modified_by, core.comments, core.keywords, core.category = word_parts.worded(letter.publisher), "", "", ""
    core.revision, core.created, core.modified = 1, moment_of(as_of), moment_of(as_of)


def _same_bytes(word: WordDocument) -> bytes:
    """The saved document zipped again with one date, without python-docx's own picture and "Word on a Mac"."""
    saved, fixed = BytesIO(), BytesIO()
    word.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != THUMBNAIL:
                part = OTHERS.get(name, re.compile(b"(?!)")).sub(b"", old.read(name))
                new.writestr(zipfile.ZipInfo(name, ZIP_DATE), part, zipfile.ZIP_DEFLATED)
    return fixed.getvalue()


def _put(paragraph: WordParagraph, text: str, *, bold: bool = False, keep: bool = False) -> None:
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(1.5)
    form.line_spacing, form.keep_with_next = 1, keep or None
    first, *rest = IN_DAY.split(word_parts.worded(text))
    run = paragraph.add_run(first)
    for words in rest:
        run._r.append(word_parts.element("w:noBreakHyphen"))
        run.add_text(words)
    run.font.size, run.bold = Pt(9), bold or None


def _describe(table: WordTable, caption: str) -> None:
    properties = table._tbl.tblPr
    properties.append(word_parts.element("w:tblCaption", val=word_parts.worded(caption)))
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        properties.remove(look)
        properties.append(look)
