"""A new list as one page: each piece with what it was read as, the layouts that competed, a draft of the profile."""

from collections.abc import Sequence

from overkalix_data.base.words import say
from overkalix_data.identity.new_source import ReadPiece
from overkalix_data.outputs.pages.render import render


def lines_html(
    file: str, pieces: Sequence[ReadPiece], layouts: Sequence[str], report: Sequence[str], lang: str = "sv"
) -> str:
    """The page, with people as the source names them: for the internal edition only."""
    keys = ("quality.line", "lines.what", "lines.rule", "lines.project", "quality.quote")
    headings = [say(key, lang) for key in keys]
    return render(
        "lasning.html", lang, file=file, headings=headings, rows=pieces, layouts=layouts,
        report="\n".join(report),
    )  # fmt: skip
