"""Templates → HTML: what comes from a source is escaped, and a value that a template lacks is an error."""

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from overkalix_data.paths import TEMPLATES


def render(template: str, **values: object) -> str:
    """The page that a template of `templates/` makes of these values. Raises jinja2.UndefinedError where one is missing."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=select_autoescape(), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template(template).render(**values)
