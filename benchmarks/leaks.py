"""Disguised personal data in every place of a list, through the commands that make something public: what of it is told?

Of the corpus (`tests/values/disguises.csv`) every third value stands in the title, goal, purpose, funders, target group
and link of a project, and as a label, a heading and furniture in the site's profile; all of them in what people have
curated, in `sources.csv` and in the source's file name. `report`, `page`, `export --all` and `publish` are run, and every
byte under `reports/public` is read by what is not the package's own scan: the members of archives, the rows of databases,
the text of PDFs. The look-alikes must still be readable, and what one of them holds is no leak.
Run: .venv/bin/python benchmarks/leaks.py [EVERY] (3)
"""

import csv
import html
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote, unquote

import pandas as pd

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
from overkalix_data.identity.read_projects import read_projects  # noqa: E402

FIRST = """Pågående projekt

Bygden
Mål: Att utveckla bygden i Norra Linden med stiftelsen.
Finansiärer: Tillväxtverket, Stiftelsen Ekgrens minne, Norra Lindens byaförening
Kontaktperson: Britta Ekgren, 070-174 06 05, britta.ekgren@exempel.se

Skogen
Mål: Att bruka skogen.
Finansiärer: Leader Polaris
Kontaktperson: Karin Östberg-Nyman, 0926-740 26

Älven
Mål: Att restaurera älven.
Finansiärer: Almi
Kontaktperson: Jan van der Linden, jan@exempel.se

"""
PLAIN = re.compile(
    r"ekgren|ostberg|nyman|van der linden|vanderlinden|jan linden|britta|eva ek\b|zeb ek|sten ask|\bbo al\b"
    r"|70\W{0,3}174\W{0,3}06\W{0,3}05|926\W{0,3}740\W{0,3}26|850504\W{0,3}9992|storgatan 17|@exempel\.se"
)
"""The persons as anybody writes them, without case and accents."""


def rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "tests" / "values" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def plain(text: str) -> str:
    """Lower case without accents, white space as one blank."""
    letters = (c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join("".join(letters).casefold().split())


def texts(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    """What a file says, in each way that it may be read."""
    yield name, name
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for part in archive.namelist():
                yield from texts(f"{name}!{part}", archive.read(part))
    elif data[:4] == b"%PDF":
        yield name, subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True).stdout.decode()
        yield name, subprocess.run(["pdfinfo", "-"], input=data, capture_output=True, check=True).stdout.decode()
    elif data[:6] == b"SQLite":
        with closing(sqlite3.connect(":memory:")) as opened:
            opened.deserialize(data)
            yield from ((name, line) for line in opened.iterdump())
    elif data[:4] == b"PAR1":
        yield name, pd.read_parquet(io.BytesIO(data)).to_csv()
    elif data[:4] != b"\x89PNG":
        text = data.decode("utf-8", "ignore")
        text = re.sub(r"base64,[\w+/=]+|sha256-[\w+/=]+|\bd=\"[^\"]*\"", " ", text)
        for told in (text, re.sub(r"<[^<>]*>", "", text), re.sub(r"<[^<>]*>", " ", text)):
            yield name, unquote(html.unescape(told))


def written(desk: Path, every: int) -> tuple[list[str], list[str]]:
    """The desk with its page and what people have curated; what must not be told, and what must."""
    disguises = [re.sub("[⟦⟧]", "", row["text"]).replace("\n", " ") for row in rows("disguises.csv")]
    hidden = [part for row in rows("disguises.csv") for part in re.findall("⟦(.*?)⟧", row["text"], re.DOTALL)]
    shown = [row["text"] for row in rows("not_personal.csv")]
    page = FIRST + "".join(
        f"Satsning {n} {value}\nMål: Att prova ett {n}; {value}; slut.\nSyfte: {value}\n"
        f"Finansiärer: Tillväxtverket, {value}\nMålgrupp: unga, {value}\n"
        f"Läs mer: https://exempel.se/p/{quote(value)}\n\n"
        for n, value in enumerate(disguises[::every])
    )
    labels = [value for value in disguises[::every] if len(value) < 60]
    page += "".join(f"Ledtext {n}\n{value}: Att prova {n}.\nFinansiärer: Almi\n\n" for n, value in enumerate(labels))
    page += "".join(f"Likhet {n}\nMål: Att visa {value} här.\nFinansiärer: Almi\n\n" for n, value in enumerate(shown))
    (desk / "raw").mkdir(parents=True)
    (desk / "curated").mkdir()
    (desk / "raw" / "britta-ekgren.txt").write_text(page, encoding="utf-8")
    table(desk / "raw" / "sources.csv", "source_id,path,url,licence,note",
          [("britta-ekgren", "britta-ekgren.txt", "https://exempel.se/~bekgren/", "Britta Ekgren", "; ".join(disguises))])  # fmt: skip
    ids = [row["project_id"] for row in read_projects(str(desk / "raw"), desk / "curated").records.table("projects")]
    own = list(zip(ids, disguises, strict=False))
    table(desk / "curated" / "values.csv", "project_id,field,item,value,currency,rate,source,who,date,note",
          [(i, "end", "", "2025", "", "", value, "Britta Ekgren", "2026-01-01", value) for i, value in own])  # fmt: skip
    table(desk / "curated" / "accepted.csv", "rule_id,row_id,reason,who,date",
          [("period-missing", i, value, "Eva Ek", "2026-01-01") for i, value in own])  # fmt: skip
    table(desk / "curated" / "same_projects.csv", "project_id,other_id,is_same,source,who,date,note",
          [(i, j, "nej", value, "Eva Ek", "2026-01-01", value) for (i, value), (j, _) in pairwise(own)])  # fmt: skip
    shutil.copytree(ROOT / "overkalix_data", desk / "overkalix_data")
    (desk / "overkalix_data" / "profiles" / "exempel.se.toml").write_text(
        "".join(
            f'[[labels]]\nwords = {json.dumps(value)}\nfield = "goal"\n'
            f"[[furniture]]\nwords = {json.dumps(f'Sidans {value}')}\n"
            f'[[heading_words]]\nwords = {json.dumps(f"Rubrik {value}")}\nstatus_code = "ongoing"\n'
            for value in labels
        ),
        encoding="utf-8",
    )
    return hidden, shown


def table(file: Path, columns: str, cells: list[tuple[str, ...]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([columns.split(","), *cells])


def main(every: int) -> int:
    with tempfile.TemporaryDirectory(prefix="overkalix-leaks-") as place:
        desk = Path(place)
        hidden, shown = written(desk, every)
        folders = [w for n in ("raw", "curated", "clean", "reports") for w in (f"--{n}", str(desk / n))]
        for command in ("report", "page", "publish", "export"):
            words = [command, *(["--all"] if command == "export" else []), *folders, "--as-of", "2026-11-23"]
            run = [sys.executable, "-m", "overkalix_data", *words]
            ran = subprocess.run(
                run, capture_output=True, text=True, check=False, env=os.environ | {"PYTHONPATH": str(desk)}
            )
            print(command, ran.returncode, ran.stderr.strip()[:300], flush=True)
        files = [path for path in sorted((desk / "reports" / "public").rglob("*")) if path.is_file()]
        told = [(part, plain(text)) for path in files for part, text in texts(path.name, path.read_bytes())]
        secrets = sorted({s for value in hidden if len(s := plain(value)) > 5})
        secret = re.compile("|".join([PLAIN.pattern, *map(re.escape, secrets)]))
        held = sorted({value for value in map(plain, shown) if secret.search(value)}, key=len, reverse=True)
        alike = re.compile("|".join(r"\W{1,3}".join(map(re.escape, re.findall(r"\w+", value))) for value in held))
        leaks = [
            (part, m[0], text[max(m.start() - 60, 0) :][:140])
            for part, whole in told
            for text in [alike.sub(" ", whole)]
            for m in secret.finditer(text)
        ]
        everything = " ".join(text for _, text in told)
        masked = [value for value in shown if plain(f"Att visa {value} här") not in everything]
    for leak in leaks[:400]:
        print("LEAK", *map(ascii, leak))
    for value in masked:
        print("MASKED", ascii(value))
    print(f"{len(hidden)} hidden values ({len(secrets)} different), {len(files)} files, {len(told)} texts: {len(leaks)} leaks; "
          f"{len(shown)} look-alikes: {len(masked)} masked")  # fmt: skip
    return bool(leaks or masked)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 3))
