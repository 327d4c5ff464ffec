"""`overkalix match`: what a funder's register says of our projects, entered as candidates; and what nearly fitted."""

from collections import defaultdict
from datetime import date
from pathlib import Path

from overkalix_data.base.codelist import Row as CodeRow
from overkalix_data.base.codelist import code_label
from overkalix_data.base.commit import atomic
from overkalix_data.base.words import counted, counts, decimal, say
from overkalix_data.curation.candidates import CANDIDATES, candidates, proposals
from overkalix_data.curation.matching import Matches, RegisterMatch, known_projects, matched
from overkalix_data.curation.register_rows import Said, register_rows
from overkalix_data.identity.read_projects import read_projects
from overkalix_data.outputs.terminal.lines import unbroken
from overkalix_data.outputs.terminal.review import value_line
from overkalix_data.schema.curated_files import csv_bytes


def match_register(file: str, raw: str, curated: Path, *, giver: str = "", lang: str = "sv") -> list[str]:
    """Enters the candidates of a register, all or none, and tells what was found and what was not, with why.

    Raises InputError where a page, the register or a curated file cannot be read.
    """
    records = read_projects(raw, curated).records
    rows, listed, path = register_rows(file, giver), candidates(curated), Path(file)
    result = matched(rows, known_projects(records))
    day = date.fromtimestamp(path.stat().st_mtime).isoformat()
    added, homeless = proposals(records, result.found, listed, path.name, day)
    if added:
        with atomic() as commit:
            stage = commit.folder(curated, keeps_copies=True)
            (stage / f"{CANDIDATES}.csv").write_bytes(csv_bytes(CANDIDATES, [*listed, *added]))
    lines = [say("match.head", lang, file=path.name, found=len(result.found), **counts(lang, rows=len(rows)))]
    of_project, nowhere = defaultdict[str, list[CodeRow]](list), defaultdict[int, list[Said]](list)
    for row in added:
        of_project[row["project_id"]].append(row)
    for match, said in homeless:
        nowhere[id(match)].append(said)
    for match in result.found:
        new = of_project[match.project.project_id]
        lines += ["", *unbroken(_head(match, code_label("match_basis", match.rank, lang)), "")]
        lines += [line for row in new for line in unbroken(f"{row['candidate_id']} {value_line(row, lang)}")]
        lines += [] if new else unbroken(say("match.nothing_new", lang))
        lines += [
            line
            for said in nowhere[id(match)]
            for line in unbroken(say("match.homeless", lang, value=said.value, funder=said.item, place=said.place))
        ]
    return [*lines, *_refused(result, lang), "", counted("match.entered", len(added), lang)]


def _head(match: RegisterMatch, why: str) -> str:
    return f"{match.row.place} {match.row.title} → {match.project.label}: {why}"


def _refused(result: Matches, lang: str) -> list[str]:
    """The rows that nearly are a project, each with why it is not; the others are counted."""
    lines = ["", say("match.refused", lang)] if result.refused else []
    for match in result.refused:
        lines += unbroken(_head(match, code_label("no_match", match.why, lang)))
    return [*lines, "", say("match.others", lang, count=decimal(result.others, lang))]
