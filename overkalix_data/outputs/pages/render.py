"""Templates → HTML: what comes from a source is escaped, and a value that a template lacks is an error."""

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from overkalix_data.base.paths import TEMPLATES


def render(template: str, **values: object) -> str:
    """The page that a template of `templates/` makes of these values. Raises jinja2.UndefinedError where one lacks."""
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    """Made once: a template is compiled for the internal edition and serves the public one too."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
