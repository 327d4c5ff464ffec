"""Templates → HTML: what comes from a source is escaped, and a value that a template lacks is an error."""

import hashlib
import re
from base64 import b64encode
from functools import cache, partial

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from overkalix_data.base.cell_text import plain
from overkalix_data.base.paths import TEMPLATES
from overkalix_data.base.words import say

POLICY = "default-src 'none'; img-src data:"
"""What a page may do by `grund.html`: nothing. Its own styles and scripts are added by checksum, and run alone."""
STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)
DAY = re.compile(
    r"(?P<other><(?P<tag>script|style|svg|title|option)\b.*?</(?P=tag)>|<[^<>]*+>)|\b(?:19|20)\d\d-\d\d(?:-\d\d)?\b",
    re.DOTALL,
)
"""A day or a month among the words of a page; `other`: what is no words, or can hold no element."""
SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def render(template: str, lang: str, **values: object) -> str:
    """The page that a template of `templates/` makes of these values, in a language. Raises jinja2.UndefinedError."""
    made = _environment().get_template(template).render(lang=lang, say=partial(say, lang=lang), **values)
    page = with_whole_days(made)
    return page.replace(POLICY, f"{POLICY}; style-src{_hashes(STYLE, page)}; script-src{_hashes(SCRIPT, page)}", 1)


def with_whole_days(page: str) -> str:
    """The page with each day and month in an element of its own, `.day`, that no line is broken in."""
    return DAY.sub(lambda match: match["other"] or f'<span class="day">{match[0]}</span>', page)


def _hashes(element: re.Pattern[str], page: str) -> str:
    """The checksums of what stands in such elements, as a page's policy names them; `'none'` where none does."""
    digests = dict.fromkeys(hashlib.sha256(content.encode()).digest() for content in element.findall(page))
    return "".join(f" 'sha256-{b64encode(digest).decode()}'" for digest in digests) or " 'none'"


def _shown(value: object) -> object:
    """What is put into a page: characters that turn its direction are shown as what they are."""
    if not isinstance(value, str):
        return value
    return Markup(plain(value)) if isinstance(value, Markup) else plain(value)


@cache
def _environment() -> Environment:
    """Made once: a template is compiled for the internal edition and serves the public one too."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
