"""What Word needs and python-docx has no call for: styles of ours, fields, elements and the language."""

from itertools import chain
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from overkalix_data.base.cell_text import ILLEGAL

LANGUAGE = {"sv": "sv-SE", "en": "en-GB"}
INK, MUTED, HEAD = RGBColor(0x1A, 0x1A, 0x1A), RGBColor(0x4D, 0x4D, 0x4D), RGBColor(0x1F, 0x4E, 0x78)
"""At least 8:1 on white (WCAG 2.1 asks 4.5:1)."""
PROMPT = "Overkalix Prompt"
CAPTION, BULLET, GRID = "Caption", "List Bullet", "Table Grid"
SIZES = {"Normal": 10.5, "Title": 18, "Heading 1": 13, CAPTION: 9.5}
"""Points, where the document has no letterhead of its own."""


def put_styles(word: WordDocument, lang: str, *, ours: bool) -> None:
    """The styles that the document uses; `ours` sets their looks and the page, which a letterhead else decides."""
    made = {style.name for style in word.styles}
    for name in (*SIZES, BULLET, PROMPT):
        if name not in made:
            word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = word.styles["Normal"]
    if GRID not in made:
        word.styles.add_style(GRID, WD_STYLE_TYPE.TABLE)
    prompt = word.styles[PROMPT]
    prompt.font.italic, prompt.font.color.rgb = True, MUTED
    if ours:
        for name, size in SIZES.items():
            style = word.styles[name]
            style.font.name, style.font.size = "Calibri", Pt(size)
            style.font.color.rgb = HEAD if name.startswith("Heading") else INK
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for key in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{key}"), None)
        word.styles[CAPTION].font.bold = False
        word.styles["Title"].paragraph_format.space_before = Pt(14)
        word.styles["Heading 1"].paragraph_format.space_before = Pt(10)
        word.styles["Normal"].paragraph_format.space_after = Pt(6)
    for section in word.sections:
        if ours:
            section.page_width, section.page_height = Cm(21), Cm(29.7)
            section.left_margin = section.right_margin = Cm(2.3)
            section.top_margin = section.bottom_margin = Cm(2.2)
    languages = word.styles.element.iter(qn("w:lang")), word.settings.element.iter(qn("w:themeFontLang"))
    for language in chain(*languages):
        language.set(qn("w:val"), LANGUAGE[lang])


def field_start(paragraph: WordParagraph, instruction: str) -> None:
    """Begins a field of Word's: what follows, until `field_end`, is what it says until Word computes it anew."""
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="begin"))
    code = element("w:instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = f" {instruction} "
    paragraph.add_run()._r.append(code)
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="separate"))


def field_end(paragraph: WordParagraph) -> None:
    """Ends the field that `field_start` began."""
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="end"))


def element(tag: str, **attributes: str) -> Any:
    """An element of Word's own namespace with these attributes."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def worded(text: str) -> str:
    """Words without the characters that no XML file can hold; an ellipsis never begins a line."""
    return ILLEGAL.sub("", text).replace(" …", "\u00a0…")
