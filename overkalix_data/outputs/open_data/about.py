"""What a person reads first, in Swedish and English; what changed; and the check sums."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from string import Template

from overkalix_data.analyse import completeness
from overkalix_data.analyse.changes import project_changes
from overkalix_data.analyse.kronor import Total, cost_total, granted_total
from overkalix_data.base.paths import TEMPLATES
from overkalix_data.base.words import kronor, say
from overkalix_data.curation.publication import Publication
from overkalix_data.outputs.open_data.dataset import OPEN_TABLES, Dataset
from overkalix_data.schema.frames import Tables, rows_of

READMES = {"sv": "LAS-MIG.md", "en": "README.en.md"}
CHANGES, CHECKSUMS = "CHANGELOG.md", "SHA256SUMS"


def readme(dataset: Dataset, public: Tables, files: Iterable[str], lang: str) -> str:
    """What the data are, how many, what is unknown, under which licence, and how each program reads them."""
    decided, licence = dataset.publication, dataset.publication.licence_row
    return Template((TEMPLATES / f"open_data.{lang}.md").read_text(encoding="utf-8")).substitute(
        title=say("open.title", lang),
        description=say("open.description", lang, publisher=dataset.publisher or say("unknown", lang)),
        version=dataset.version or say("open.undated", lang),
        licence=f"[{licence['title']}]({licence['url']})" if licence else say("open.no_licence", lang),
        undecided="\n\n" + undecided(decided, lang) if decided.undecided else "",
        tables="\n".join(
            f"| `{name}` | {len(dataset.tables[name])} | {table.title(lang)}: {table.description(lang)} |"
            for name, table in OPEN_TABLES.items()
        ),
        known="\n".join(
            f"| {heading} | {say('open.known', lang, known=row['filled'], of=row['of'])} |"
            for row in rows_of(completeness(public))
            if (heading := _heading(row["field"], lang))
        ),
        cost=_told(cost_total(public), lang),
        granted=_told(granted_total(public), lang),
        files="\n".join(f"- `{file}`" for file in files),
    )  # fmt: skip


def undecided(decided: Publication, lang: str) -> str:
    """Which decisions nobody has made, and where they are made."""
    return say("open.undecided", lang, columns=", ".join(decided.undecided))


def changelog(dataset: Dataset, public: Tables) -> str:
    """What changed on the page since it was fetched before, by project: the table `changes` in words."""
    lines = [f"# {say('changes.title')}", "", f"## {dataset.version or say('open.undated')}", ""]
    rows = rows_of(public["changes"])
    if not rows:
        is_first = public["snapshots"]["previous_id"].isna().all()
        return "\n".join([*lines, say("changes.first" if is_first else "changes.none"), ""])
    for project in project_changes(rows):
        lines += [f"### {project.label}", ""]
        for change in project.changes:
            sides = (("changes.before", change.before), ("changes.after", change.after))
            lines += [f"- {change.what}", *(f"  - {say(key)}: {words}" for key, words in sides if words)]
        lines.append("")
    return "\n".join(lines)


def checksums(folder: Path, files: Iterable[Path]) -> str:
    """The files' SHA-256, as `sha256sum --check SHA256SUMS` reads them."""
    named = sorted((file.relative_to(folder).as_posix(), file) for file in files)
    return "".join(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {name}\n" for name, file in named)


def _heading(field: str, lang: str) -> str:
    """What a field of `completeness` is called: a column's heading or its table's; nothing where it is not open."""
    for table in (OPEN_TABLES["projects"], OPEN_TABLES["project_funders"]):
        for column in table.columns:
            if column.name == field:
                return column.title(lang)
    table_of_field = OPEN_TABLES.get(f"{field}s")
    return table_of_field.title(lang) if table_of_field else ""


def _told(total: Total, lang: str) -> str:
    amount = say("unknown", lang) if total.sek is None else kronor(total.sek, lang)
    return f"{amount} ({say('open.known', lang, known=total.known, of=total.of)})"
