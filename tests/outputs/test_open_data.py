"""The open-data kit: what others wrote to read and to judge such files reads and judges these."""

import csv
import hashlib
import json
import re
import shutil
import sqlite3
import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from overkalix_data.analyse.public_edition import MASK
from overkalix_data.base.codelist import codes, decode_csv
from overkalix_data.cli import main
from overkalix_data.outputs.open_data.dataset import OPEN_TABLES
from overkalix_data.schema import TABLES
from tests.conftest import AS_OF, RAW, ROOT
from tests.curation.test_publication import DECIDED, decided
from tests.made.shared import once

pytestmark = pytest.mark.whole

PAGE = """Projekt

Byn vid älven
Målet är att utveckla företag i byn tillsammans med Britta Ekgren.
Projektperiod: 2023-09 till 2025
Finansiärer: Överkalix kommun 100 000 kr, Leader Polaris 250 000 kr
Målgrupp: företagare, ungdomar
Kontaktperson: Britta Ekgren, 070-174 06 05, britta.ekgren@exempel.se

Skogens värde
Syftet är att skogen ska ge mer arbete.
Finansiär: Region Norrbotten
Målgrupp: skogsägare
Kontaktperson: Britta Ekgren, 070-174 06 05
"""
OLDER = PAGE.replace("ge mer arbete", "ge arbete")
URL = "https://www.exempel.se/projekt"


KIT = Path("reports", "public", "oppna-data")


def published(place: Path, curated: Path, raw: Path = RAW, code: int = 0) -> Path:
    words = [word for name in ("clean", "reports") for word in (f"--{name}", str(place / name))]
    asked = ["publish", "--raw", str(raw), "--curated", str(curated), "--as-of", AS_OF, *words]
    assert main(asked) == code
    return place / KIT


@pytest.fixture(scope="session")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of the real page, with all decided."""
    return once(tmp_path_factory, "kit", lambda place: published(place, decided(place / "curated"))) / KIT


@pytest.fixture(scope="session")
def fetched_twice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of an invented page with days, amounts and persons, fetched twice."""
    return once(tmp_path_factory, "kit-twice", twice) / KIT


def twice(place: Path) -> None:
    raw = place / "raw"
    raw.mkdir()
    rows = ["source_id,path,publisher_code,url,retrieved_on,media_type,encoding,sha256,licence,note"]
    for name, text, day in (("a", OLDER, "2025-01-02"), ("b", PAGE, "2026-03-04")):
        (raw / f"{name}.txt").write_text(text, encoding="utf-8")
        rows.append(f"{name},{name}.txt,2513,{URL},{day},text/plain,utf-8,,,")
    (raw / "sources.csv").write_text("\n".join([*rows, ""]), encoding="utf-8")
    published(place, decided(place / "curated"), raw)


@pytest.fixture(params=["kit", "fetched_twice"])
def any_kit(request: pytest.FixtureRequest) -> Path:
    return Path(request.getfixturevalue(request.param))


@pytest.fixture(scope="module")
def without_sums(kit: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The kit without the sums that any change would break: Frictionless finds nothing."""
    folder = Path(shutil.copytree(kit, tmp_path_factory.mktemp("without") / "kit"))
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        del resource["bytes"], resource["hash"]
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    assert faults(folder) == set()
    return folder


@pytest.fixture
def copy(without_sums: Path, tmp_path: Path) -> Path:
    """One to plant a fault in."""
    return Path(shutil.copytree(without_sums, tmp_path / "copy"))


def faults(folder: Path) -> set[str]:
    """The kinds of error that Frictionless finds."""
    limit = csv.field_size_limit()
    with warnings.catch_warnings(action="ignore"):
        from frictionless import validate

        report = validate(str(folder / "datapackage.json"))
    csv.field_size_limit(limit)  # it widens that of the whole process, and our own refusals would not come
    return {kind for (kind,) in report.flatten(["type"])}


def test_frictionless_finds_nothing(any_kit: Path) -> None:
    assert faults(any_kit) == set()


def edited(file: Path, row: int, column: str, value: str) -> None:
    rows = list(csv.reader(file.read_text(encoding="utf-8").splitlines()))
    rows[row][rows[0].index(column)] = value
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(rows)


@pytest.mark.parametrize(("table", "row", "column", "value", "kind"), [
    ("projects", 1, "status_code", "paused", "constraint-error"), ("project_places", 1, "place_id", "mars", "foreign-key"),
    ("projects", 1, "start", "2023-13", "constraint-error"), ("projects", 1, "duplicate_of", "nowhere", "foreign-key"),
    ("funders", 1, "name", "", "constraint-error"), ("places", 0, "name", "namn", "incorrect-label"),
    ("themes", 2, "theme_code", "besoksnaring", "unique-error"), ("sources", 1, "retrieved_on", "i fjol", "type-error"),
])  # fmt: skip
def test_frictionless_finds_each_planted_fault(
    copy: Path, table: str, row: int, column: str, value: str, kind: str
) -> None:
    edited(copy / "data" / f"{table}.csv", row, column, value)
    assert kind in faults(copy)


def test_the_published_profile_of_data_packages_accepts_the_description(any_kit: Path) -> None:
    from jsonschema import Draft7Validator  # takes seconds: not for every worker that collects this file

    profile = json.loads((files("dplib") / "profiles" / "2.0" / "datapackage.json").read_text(encoding="utf-8"))
    package = json.loads((any_kit / "datapackage.json").read_text(encoding="utf-8"))
    validator = Draft7Validator(profile)
    assert [error.message for error in validator.iter_errors(package)] == []
    package["resources"][0]["schema"]["fields"][0]["type"] = "word"
    assert list(validator.iter_errors(package))


def test_every_open_column_is_described_and_no_other(any_kit: Path) -> None:
    package = json.loads((any_kit / "datapackage.json").read_text(encoding="utf-8"))
    described = {r["name"]: [f["name"] for f in r["schema"]["fields"]] for r in package["resources"]}
    assert described == {name: [c.name for c in table.columns] for name, table in OPEN_TABLES.items()}
    for resource in package["resources"]:
        data = (any_kit / resource["path"]).read_bytes()
        assert data.partition(b"\n")[0].decode().split(",") == described[resource["name"]]
        assert (resource["bytes"], resource["hash"]) == (len(data), f"sha256:{hashlib.sha256(data).hexdigest()}")


def test_open_tables_refer_to_open_tables_and_hold_nobody() -> None:
    assert {c.refers_to for table in OPEN_TABLES.values() for c in table.columns} - {""} <= set(OPEN_TABLES)
    assert not {"contacts", "contact_points", "project_contacts", "additions", "findings"} & set(OPEN_TABLES)
    assert "contact_text" not in [c.name for c in OPEN_TABLES["projects"].columns]


@pytest.fixture
def database(any_kit: Path, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A copy: the kit is read by all workers at once."""
    with closing(sqlite3.connect(shutil.copy(any_kit / "projekt.sqlite", tmp_path))) as opened:
        yield opened


def test_the_database_is_whole_and_holds_its_rules(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    strict = {
        name
        for _, name, kind, _, _, is_strict in database.execute("PRAGMA table_list")
        if kind == "table" and is_strict
    }
    assert strict == set(OPEN_TABLES)
    database.execute("PRAGMA foreign_keys = ON")
    for change in (
        "UPDATE projects SET status_code = 'paused'", "UPDATE projects SET duplicate_of = 'nowhere'",
        "UPDATE projects SET first_line = 'one'", "UPDATE funders SET name = NULL",
        "INSERT INTO funders SELECT * FROM funders",
    ):  # fmt: skip
        with pytest.raises(sqlite3.IntegrityError):
            database.execute(change)


def test_the_view_tells_funding_in_words(database: sqlite3.Connection) -> None:
    rows = database.execute("SELECT typ, niva, roll, finansiar, genom FROM finansiering").fetchall()
    (parts,) = database.execute("SELECT count(*) FROM project_funders").fetchone()
    assert len(rows) == parts > 0
    worded = {row["sv"] for name in ("funder_type", "level", "role") for row in codes(name).values()}
    assert {word for row in rows for word in row[:3] if word} <= worded
    chains = database.execute("SELECT count(*) FROM project_funders WHERE via_funder_id IS NOT NULL").fetchone()
    assert (sum(genom is not None for *_, genom in rows),) == chains


def test_datasette_serves_the_database_and_searches_it(kit: Path) -> None:
    def got(address: str) -> Any:
        asked = [
            sys.executable,
            "-m",
            "datasette",
            str(kit / "projekt.sqlite"),
            "-m",
            str(kit / "metadata.json"),
            "--get",
        ]
        ran = subprocess.run([*asked, address], capture_output=True, text=True, check=True)
        return json.loads(ran.stdout)

    found = got("/projekt/projects.json?_search=f%C3%B6retag*&_searchmode=raw&_shape=objects&_size=max")["rows"]
    texts = [" ".join(str(value) for value in row.values()) for row in found]
    assert texts
    assert all(re.search(r"\bföretag", text, re.IGNORECASE) for text in texts)
    frame = pd.read_csv(kit / "data" / "projects.csv", dtype="string")
    searched = (
        frame[[c.name for c in OPEN_TABLES["projects"].columns if c.type == "text"]].fillna("").agg(" ".join, axis=1)
    )
    assert len(found) == searched.str.contains(r"(?i)\bföretag").sum()
    assert got("/-/metadata.json")["databases"]["projekt"]["tables"]["projects"]["title"] == "Projekt"


JOIN = """SELECT p.project_id, p.label, p.start, f.name, pf.role_code, pf.granted_sek, s.sha256
FROM {projects} p JOIN {project_funders} pf USING (project_id) JOIN {funders} f USING (funder_id)
JOIN {sources} s USING (source_id) ORDER BY ALL"""
JOINED = ("projects", "project_funders", "funders", "sources")


def as_text(rows: list[tuple[Any, ...]]) -> list[tuple[str | None, ...]]:
    return [tuple(None if cell is None else str(cell) for cell in row) for row in rows]


def test_csv_parquet_and_sqlite_join_to_the_same_rows(any_kit: Path, database: sqlite3.Connection) -> None:
    of_csv = {n: f"read_csv('{any_kit}/data/{n}.csv', all_varchar=true)" for n in JOINED}
    of_parquet = {n: f"read_parquet('{any_kit}/parquet/{n}.parquet')" for n in JOINED}
    from_csv, from_parquet = (duckdb.sql(JOIN.format(**tables)).fetchall() for tables in (of_csv, of_parquet))
    with duckdb.connect() as memory:
        for name in JOINED:
            rows = database.execute(f"SELECT * FROM {name}").fetchall()
            memory.register(
                name, pd.DataFrame(as_text(rows), columns=[c.name for c in OPEN_TABLES[name].columns], dtype="string")
            )
        from_sqlite = memory.sql(JOIN.format(**{n: n for n in JOINED})).fetchall()
    assert from_csv == as_text(from_parquet) == from_sqlite
    assert len(from_csv) == database.execute("SELECT count(*) FROM project_funders").fetchone()[0] > 0


def test_parquet_tells_what_each_column_is_in_swedish(kit: Path) -> None:
    from pyarrow import parquet

    file = parquet.ParquetFile(kit / "parquet" / "projects.parquet")
    for column in OPEN_TABLES["projects"].columns:
        told = file.schema_arrow.field(column.name).metadata
        assert told[b"title"].decode() == column.title()
        assert told[b"description"].decode() == column.description()
    assert {file.metadata.row_group(0).column(n).compression for n in range(file.metadata.num_columns)} == {"ZSTD"}


def test_each_annotation_points_at_the_characters_of_the_source(kit: Path) -> None:
    page = (RAW / "overkalix-projekt.txt").read_bytes().decode("utf-8-sig")
    projects = json.loads((kit / "projekt.json").read_text(encoding="utf-8"))
    quoted = 0
    for project in projects:
        assert project["evidence"], project["project_id"]
        for cell in project["evidence"]:
            annotation = cell["annotation"]
            assert annotation["@context"] == "http://www.w3.org/ns/anno.jsonld"
            place, *quote = annotation["target"]["selector"]
            exact = page[place["start"] : place["end"]]
            assert [part["exact"] for part in quote] in ([exact], [])
            quoted += bool(quote)
            if cell["table"] == "projects" and cell["column"] in project:
                assert annotation["body"]["value"] == str(project[cell["column"]])
    ids = [cell["annotation"]["id"] for project in projects for cell in project["evidence"]]
    assert quoted > 300
    assert len(ids) == len(set(ids))


def test_an_object_holds_what_is_linked_to_the_project(fetched_twice: Path) -> None:
    by_title = {p["title"]: p for p in json.loads((fetched_twice / "projekt.json").read_text(encoding="utf-8"))}
    village = by_title["Byn vid älven"]
    assert village["period"]["start"] == "2023-09"
    assert [(f["name"], f["granted_sek"]) for f in village["funders"]] == [
        ("Överkalix kommun", 100000), ("Leader Polaris", 250000),
    ]  # fmt: skip
    assert len(village["target_groups"]) == 2
    assert "granted_sek" not in by_title["Skogens värde"]["funders"][0]


def test_version_and_changes_are_those_of_the_newest_source(fetched_twice: Path, kit: Path) -> None:
    package = json.loads((fetched_twice / "datapackage.json").read_text(encoding="utf-8"))
    assert package["version"] == "2026-03-04"
    assert "version" not in json.loads((kit / "datapackage.json").read_text(encoding="utf-8"))
    told = (fetched_twice / "CHANGELOG.md").read_text(encoding="utf-8")
    assert all(words in told for words in ("## 2026-03-04", "### Skogens värde", "ge mer arbete", "ge arbete"))


def test_nobody_is_told_in_any_file(fetched_twice: Path) -> None:
    for file in fetched_twice.rglob("*"):
        assert not file.is_file() or b"ekgren" not in file.read_bytes().lower(), file
    goal = pd.read_csv(fetched_twice / "data" / "projects.csv")["goal"].dropna().iloc[0]
    assert MASK in goal


@pytest.mark.parametrize("name", ["LAS-MIG.md", "README.en.md"])
def test_the_readmes_tell_the_truth_and_their_lines_run(
    name: str, any_kit: Path, database: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = (any_kit / name).read_text(encoding="utf-8")
    for table in OPEN_TABLES:
        (rows,) = re.findall(rf"^\| `{table}` \| (\d+) \|", told, re.MULTILINE)
        assert database.execute(f"SELECT count(*) FROM {table}").fetchone() == (int(rows),)
    (python,) = re.findall(r"^```python\n(.*?)^```", told, re.DOTALL | re.MULTILINE)
    monkeypatch.chdir(any_kit)
    names: dict[str, Any] = {}
    exec(python, names)
    (sql,) = re.findall(r"^```sql\n(.*?)^```", told, re.DOTALL | re.MULTILINE)
    per_funder, found = (database.execute(line).fetchall() for line in sql.strip().splitlines())
    assert dict(per_funder) == dict(names.get("per_finansiar", names.get("per_funder")))
    assert found
    listed = {any_kit / file for file in re.findall(r"^- `([\w./-]+)`$", told, re.MULTILINE)}
    assert {file for file in any_kit.rglob("*") if file.is_file()} - listed == {
        any_kit / "LAS-MIG.md",
        any_kit / "README.en.md",
    }
    assert "CC0" in told
    assert "`=`, `+`, `-`" in told  # what a double-click on a table would let Excel take for a formula


def test_the_sums_are_those_of_the_files(any_kit: Path) -> None:
    lines = (any_kit / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {any_kit / name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    everything = {file for file in any_kit.rglob("*") if file.is_file()}
    assert set(sums) == everything - {any_kit / "SHA256SUMS"}
    assert all(hashlib.sha256(file.read_bytes()).hexdigest() == digest for file, digest in sums.items())


def test_two_runs_give_the_same_bytes(kit: Path, tmp_path: Path) -> None:
    again = published(tmp_path, decided(tmp_path / "curated"))
    names = {file.relative_to(kit) for file in kit.rglob("*") if file.is_file()}
    assert names == {file.relative_to(again) for file in again.rglob("*") if file.is_file()}
    for name in names:
        if name.suffix == ".parquet":
            pd.testing.assert_frame_equal(pd.read_parquet(kit / name), pd.read_parquet(again / name))
        elif name.name != "SHA256SUMS":
            assert (kit / name).read_bytes() == (again / name).read_bytes(), name


def test_what_nobody_decided_is_listed_and_no_licence_is_claimed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "lista.txt").write_text(PAGE, encoding="utf-8")
    row = "source_id,path,publisher_code,url\nlista,lista.txt,2513,https://www.exempel.se/projekt\n"
    (tmp_path / "raw" / "sources.csv").write_text(row, encoding="utf-8")
    first = published(tmp_path, decided(tmp_path / "curated"), tmp_path / "raw")
    (first / "anteckning.txt").write_text("vår egen", encoding="utf-8")
    assert (first / "dcat.rdf").is_file()
    (tmp_path / "curated" / "utgivning.csv").unlink()
    monkeypatch.setattr("overkalix_data.outputs.open_data.kit.has_parquet", lambda: False)
    capsys.readouterr()
    published(tmp_path, tmp_path / "curated", tmp_path / "raw")
    told = capsys.readouterr().out
    assert all(column in told for column in DECIDED)
    assert "overkalix_data[parquet]" in told
    assert not (first / "dcat.rdf").exists()
    assert not list(first.glob("parquet/*"))
    assert (first / "anteckning.txt").is_file()
    package = json.loads((first / "datapackage.json").read_text(encoding="utf-8"))
    assert not {"licenses", "homepage", "version"} & package.keys()
    assert "license" not in json.loads((first / "metadata.json").read_text(encoding="utf-8"))
    readme = (first / "LAS-MIG.md").read_text(encoding="utf-8")
    assert all(column in readme for column in DECIDED)
    assert "CC0" not in readme


VALIDATORS = next((at for place in ROOT.parents if (at := place / "shared" / "validators").is_dir()), None)
needs_validators = pytest.mark.skipif(VALIDATORS is None, reason="shared/validators is not beside the repository")
PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#", "dcterms": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#", "dcatap": "http://data.europa.eu/r5r/",
}  # fmt: skip


def graph_of(kit: Path) -> Any:
    from rdflib import Graph

    return Graph().parse(kit / "dcat.rdf", format="xml")


def iri(prefixed: str) -> Any:
    from rdflib import URIRef

    prefix, _, name = prefixed.partition(":")
    return URIRef(PREFIXES[prefix] + name)


def profile(*levels: str) -> list[tuple[str, str]]:
    """The properties (class, property) of the Swedish profile of those levels."""
    assert VALIDATORS
    rows = decode_csv((VALIDATORS / "dcat-ap-se.csv").read_bytes())
    return [(row["class"], row["property"]) for row in rows if row["level"] in levels]


MANDATORY = profile("M") if VALIDATORS else []


def lacking(graph: Any, *levels: str) -> list[tuple[str, str]]:
    """The properties that some thing of their class lacks."""
    from rdflib import RDF

    lacks = []
    for kind, name in profile(*levels):
        things = list(graph.subjects(RDF.type, iri(kind)))
        if not things or not all(list(graph.objects(thing, iri(name))) for thing in things):
            lacks.append((kind, name))
    return lacks


def conforms(graph: Any, shapes: str) -> bool:
    assert VALIDATORS
    with warnings.catch_warnings(action="ignore"):
        from pyshacl import validate
        from rdflib import Graph

        known = Graph().parse(VALIDATORS / "vocabulary.ttl")
        rules = Graph().parse(VALIDATORS / f"{shapes}.ttl")
        return bool(validate(graph + known, shacl_graph=rules, allow_warnings=True)[0])


@needs_validators
@pytest.mark.parametrize("shapes", ["dcat-ap-shapes", "dcat-ap-range", "dcat-ap-recommended"])
def test_the_catalogue_conforms_to_dcat_ap(shapes: str, any_kit: Path) -> None:
    assert conforms(graph_of(any_kit), shapes)


@needs_validators
def test_the_catalogue_has_all_that_the_swedish_profile_asks(kit: Path, fetched_twice: Path) -> None:
    assert len(MANDATORY) >= 14
    assert lacking(graph_of(kit), "M") == []
    assert lacking(graph_of(kit), "R") == [("dcat:Catalog", "dcterms:modified")]  # the day of the fetch is unknown
    assert lacking(graph_of(fetched_twice), "M", "R") == []


@needs_validators
@pytest.mark.parametrize(("kind", "name"), MANDATORY)
def test_each_mandatory_property_is_missed(kind: str, name: str, kit: Path) -> None:
    from rdflib import RDF

    graph = graph_of(kit)
    for thing in list(graph.subjects(RDF.type, iri(kind))):
        graph.remove((thing, iri(name), None))
    assert lacking(graph, "M") == [(kind, name)]


@needs_validators
@pytest.mark.parametrize("name", ["dcterms:title", "dcat:accessURL", "foaf:name"])
def test_the_shapes_miss_what_is_not_there(name: str, kit: Path) -> None:
    graph = graph_of(kit)
    graph.remove((None, iri(name), None))
    assert not conforms(graph, "dcat-ap-shapes")


def test_the_catalogue_has_no_blank_nodes_and_a_language_on_every_text(any_kit: Path) -> None:
    from rdflib import BNode, Literal, URIRef

    graph = graph_of(any_kit)
    terms = {term for triple in graph for term in triple}
    assert not [term for term in terms if isinstance(term, BNode)]
    assert all(re.match(r"https?://|mailto:", term) for term in terms if isinstance(term, URIRef))
    texts = [term for term in terms if isinstance(term, Literal)]
    assert all(text.language or text.datatype for text in texts)
    titles = list(graph.objects(URIRef(f"{DECIDED['base_url']}/dcat.rdf#projekt"), iri("dcterms:title")))
    assert {title.language for title in titles} == {"sv", "en"}
    assert all(len(title.split()) < 10 and "kommun" not in title for title in titles)
    files = [str(url) for url in graph.objects(None, iri("dcat:downloadURL"))]
    assert all((any_kit / url.removeprefix(DECIDED["base_url"] + "/")).is_file() for url in files)


def test_a_catalogue_needs_a_publisher(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "lista.txt").write_text(PAGE, encoding="utf-8")
    made = published(tmp_path, decided(tmp_path / "curated"), tmp_path / "raw")
    assert "publisher_code" in capsys.readouterr().out
    assert not (made / "dcat.rdf").exists()


def test_every_table_of_the_schema_is_open_or_not_on_purpose() -> None:
    assert set(TABLES) - set(OPEN_TABLES) == {
        "contacts", "contact_points", "project_contacts", "project_details", "identities", "additions", "logotypes", "snapshots",
        "cells", "findings", "checks",
    }  # fmt: skip


def test_a_day_that_is_none_stands_in_csv_and_is_no_version(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text(PAGE, encoding="utf-8")
    (tmp_path / "raw" / "sources.csv").write_text(
        "source_id,path,publisher_code,retrieved_on\na,a.txt,2513,i fjol\n", encoding="utf-8"
    )
    curated = decided(tmp_path / "curated")
    words = [word for name in ("raw", "clean", "reports") for word in (f"--{name}", str(tmp_path / name))]
    assert main(["publish", "--curated", str(curated), "--as-of", AS_OF, *words]) in (0, 1)
    made = tmp_path / "reports" / "public" / "oppna-data"
    assert "i fjol" in (made / "data" / "sources.csv").read_text(encoding="utf-8")
    assert "version" not in json.loads((made / "datapackage.json").read_text(encoding="utf-8"))
    assert pd.read_parquet(made / "parquet" / "sources.parquet")["retrieved_on"].isna().all()


def test_a_bad_decision_is_one_line_and_leaves_what_was_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = tmp_path / "reports" / "public" / "oppna-data"
    made.mkdir(parents=True)
    (made / "LAS-MIG.md").write_text("som det var", encoding="utf-8")
    published(tmp_path, decided(tmp_path / "curated", licence="min egen"), code=2)
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "utgivning.csv, rad 2: licence är min egen" in told
    assert [file.read_text(encoding="utf-8") for file in made.rglob("*")] == ["som det var"]


def test_a_person_in_the_kit_stops_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("overkalix_data.analyse.public_edition.public_tables", lambda tables: tables)
    place = published(tmp_path, decided(tmp_path / "curated"), code=2)
    assert "overkalix-projekt.xlsx" in capsys.readouterr().err
    assert not place.exists()
