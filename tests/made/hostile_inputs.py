"""Hostile inputs, each with where it is put and the commands that meet it: run by `benchmarks/hostile.py`."""

import io
import json
import os
import random
import resource
import shutil
import sys
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook

from tests.cli.test_hostile import READ, REFUSED, book, html, listed, nothing, register
from tests.conftest import RAW

PAGE = RAW / "overkalix-projekt.txt"
MB = 2**20
Words = list[str]


@dataclass(frozen=True)
class Case:
    """A name, what is put on the desk, the commands, and what happens in the process before the command.

    `spared`: the promise that the case itself makes impossible. `told`: nobody hears; `whole`: it takes the folder away;
    `seconds`: a list of 10,000 projects or more, read at a millisecond each.
    """

    name: str
    arrange: Callable[[Path], object]
    commands: Sequence[Words]
    before: Callable[[], object] = int
    spared: str = ""


LONG_LISTS = ("rader-i-tabell.html", "olika-rader.csv", "många.json")


def source(name: str, data: bytes, *more: str) -> Case:
    """A file read by all that read one: alone, in a folder, and by further commands."""

    def arrange(desk: Path) -> None:
        (desk / "raw" / "readme").unlink()
        (desk / "raw" / name).write_bytes(data)

    commands = [["new-source", f"raw/{name}"], ["check", "--raw", "raw"], *([c, "--raw", "raw"] for c in more)]
    return Case(f"source {name}", arrange, commands, spared="seconds" if name in LONG_LISTS else "")


def project(*lines: str) -> bytes:
    return "\n".join(("Pågående projekt", "", "Provprojektet", "Mål: Att prova.", *lines, "")).encode()


def many(count: int, one: str) -> bytes:
    return ("Pågående projekt\n\n" + "".join(one.replace("#", str(n)) for n in range(count))).encode()


ONE = "Projekt nummer #\nMål: Att prova # saker.\nFinansiärer: Tillväxtverket, Förening #\nProjektperiod: 2023–2025\nKontaktperson: Eva Ek#, 070-174 06 05\n\n"
SIGNS = {"blank": " ", "hård blank": "\u00a0", "streck": "-", "tankstreck": "–", "siffra": "1", "bokstav": "a", "stor": "Aa", "070": "070-", "komma": ", ",
         "parentes": "(", "citat": '"', "punkt": ". ", "snabel": "a@", "kr": "1 000 kr ", "namn": "Eva Ek, ", "år": "2023-", "procent": "%41", "referens": "&#65;",
         "kolon": "Mål: ", "och": "och ", "kombinerande": "\u0301", "bredd": "\u200b", "semikolon": "a;", "tabb": "a\t", "lodstreck": "a|", "bindestreck": "\u00ad", "å": "å"}  # fmt: skip


def texts() -> Iterator[Case]:
    yield from (source(name, data) for name, data in READ.items())
    yield from (source(name, data) for name, (data, _) in REFUSED.items())
    for name, sign in SIGNS.items():
        for kind, length in (("lång", MB), ("nästan-för-lång", 2**18)):
            text = "Syfte: " + sign * (length // len(sign) - 100)
            yield source(f"{kind}-{name.replace(' ', '-')}.txt", project(text))
    yield source("blanka.txt", project(*[""] * 100_000, "Syfte: x"))
    yield source("rad-50-mb.txt", project("a" * 50 * MB))
    yield source("rad-15-mb.txt", project("a" * 15 * MB))
    yield source("många.txt", many(3000, ONE))
    yield source("lika.txt", many(500, ONE.replace("#", "7")))
    yield source(
        "namn.txt", many(1000, "Projekt #\nMål: Ek# och Ek# möts.\nKontaktperson: Eva Ek#, Bo Al#, 070-174 06 05\n\n")
    )
    yield source("finansiärer.txt", project("Finansiärer: " + ", ".join(f"Förening {n}" for n in range(3000))))
    yield source("utf-16.txt", project().decode().encode("utf-16"))
    yield source(
        "utf-16-halv.txt",
        b"\xff\xfe" + "Projekt\n\nA\nMål: x".encode("utf-16-le") + b"\x00\xd8" + "y\n".encode("utf-16-le"),
    )
    yield source("utf-16-udda.txt", project().decode().encode("utf-16")[:-1])
    yield source("utf-32.txt", project().decode().encode("utf-32"))
    yield source("ebcdic.txt", project().decode().encode("cp500", "replace"))
    yield source("mac.txt", project().decode().encode("mac-roman"))
    yield source("cp437.txt", project().decode().encode("cp437"))
    yield source("utf-7.txt", project().decode().encode("utf-7"))
    yield source("nollor-emellan.txt", project().replace(b" ", b"\0"))
    yield source("bara-bom.txt", b"\xef\xbb\xbf")
    yield source("bom-mitt-i.txt", project("\ufeffSyfte: x\ufeff"))
    yield source("surrogat-i-utf-8.txt", project() + b"Syfte: \xed\xa0\x80\xed\xb0\x80\n")
    yield source("överlångt.txt", project() + b"Syfte: \xc0\xaf \xf8\x88\x80\x80\x80\n")
    yield source("radslut.txt", project().replace(b"\n", b"\r") + b"Syfte: a\x0bb\x0cc\x85d\xe2\x80\xa8e\r\n\r")
    yield source("turkiska.txt", project("Syfte: İİİİ ẞ ŉ ﬃ ǰ ΐ", "Finansiärer: İSTANBUL, STRAẞE AB"))
    yield source("zalgo.txt", project("Syfte: " + ("a" + "\u0301\u0489\u20dd" * 300 + " ") * 100))
    yield source(
        "siffror.txt",
        project("Budget: ١٢٣٤٥ kr", "Projektperiod: ٢٠٢٣–٢٠٢٤", "Total kostnad: ½ mkr", "Finansiering: Almi ²³ kr"),
    )
    yield source(
        "tal.txt",
        project(
            "Budget: 1e999 kr",
            "Total kostnad: -1 kr",
            "Finansiering: Almi NaN kr, Region ∞ kr, X 0x10 kr, Y 1.000.000.000.000.000.000.000.000 kr",
        ),
    )
    yield source(
        "datum.txt",
        project(
            "Projektperiod: 2024-13-45 – 0000-00-00",
            "Start: 31 februari 2023",
            "Slut: 99999",
            "Projekttid: 9999-12-31 till 0001-01-01",
        ),
    )
    yield source("fritext.txt", project(*(f"\nFritext nummer {n} som inte hör någonstans." for n in range(10_000))))
    yield source("och.txt", project("Målgrupp: " + "unga och " * 15_000), "report")
    yield source("baklänges.txt", project("Projektperiod: 2030–2020", "Projekttid: 2020–3020"))
    yield source(
        "mallar.txt",
        "Pågående projekt\n\n{{ 7*7 }} {0} {x!r} %s %(a)s ${x} {% raw %}\nMål: {count} {} }{ %n %\nFinansiärer: {name}, %s AB, {{x}} kommun\nMålgrupp: {x}; %d\nKontaktperson: {Eva} Ek, {x}@{y}.se\n".encode(),
    )
    yield source(
        "uttryck.txt",
        project(
            "Finansiärer: (.*)+ AB, \\1 kommun, [a-, (?P<x>",
            "Kontaktperson: (.*)+ Ek, $& Ask, \\d{9}",
            "Målgrupp: [, (, \\",
        ),
    )
    yield source(
        "sökvägar.txt",
        f"Pågående projekt\n\n../../etc/passwd\nMål: x\nFinansiärer: ../../x, CON, NUL., a/b\\c, .., {'Ö' * 300}, [a]:*?/\\\nKontaktperson: Eva ../Ek, 070-174 06 05\n\nCON\nMål: y\nFinansiärer: con, NUL\n".encode(),
    )
    yield source(
        "långa-namn.txt",
        project(
            f"Finansiärer: {'Ab' * 5000} AB, {'x ' * 500}kommun",
            f"Kontaktperson: Eva {'Ek' * 3000}, 070-174 06 05",
            f"Målgrupp: {'unga ' * 2000}",
        )
        + b"\n\n"
        + b"T" * 10_000
        + b"\nM\xc3\xa5l: x\n",
    )
    yield source("bara-etiketter.txt", "Mål:\nSyfte:\nFinansiärer:\nKontaktperson:\n".encode() * 2000)
    yield source(
        "tecken-som-titel.txt",
        "Pågående projekt\n\n–––\nMål: x\n\n***\nMål: y\n\n😀\nMål: z\n\n\u202e\nMål: q\n".encode(),
    )
    for name in (
        "=1+1.txt",
        "<script>.txt",
        "a\nb.txt",
        "ö" * 120 + ".txt",
        "{count}.txt",
        "-h.txt",
        "CON.TXT",
        "två..punkter.txt",
        "\u202etxt.exe.txt",
        "% s.txt",
    ):
        yield source(name, project())
    yield Case(
        "source ogiltigt namn",
        lambda desk: Path(os.fsdecode(os.fsencode(desk / "raw") + b"/a\xff.txt")).write_bytes(project()),
        [["check", "--raw", "raw"], ["new-source", os.fsdecode(b"raw/a\xff.txt")]],
    )


def pages() -> Iterator[Case]:
    deep = {
        "div": 5000,
        "table": 5000,
        "b": 5000,
        "ul": 5000,
        "blockquote": 5000,
        "span": 50_000,
        "font": 50_000,
        "a": 5000,
        "svg": 5000,
        "template": 5000,
    }
    for tag, count in deep.items():
        yield source(f"djup-{tag}.html", html(f"<{tag}>" * count + "x" + f"</{tag}>" * count))
    yield source("div-djup-med-text.html", html("<div>x" * 5000))
    yield source("stycken.html", html("<p>x" * 150_000))
    yield source("attribut.html", html("<p " + " ".join(f"a{n}='x'" for n in range(100_000)) + ">x</p>"))
    yield source("långt-attribut.html", html("<p class='" + "a " * 400_000 + "'>x</p>"))
    yield source("bild.html", html("<img src='data:image/png;base64," + "A" * 8 * MB + "'>"))
    yield source("kommentar.html", html("<!--" + "x" * 8 * MB))
    yield source("skript.html", html("<script>" + "a<b;" * 500_000))
    yield source("textarea.html", html("<textarea><p>Mål: x"))
    yield source("plaintext.html", html("<plaintext><p>Mål: x"))
    yield source("ramar.html", b"<frameset><frame src=x><noframes>Projekt</noframes></frameset>")
    for charset in ("utf-16", "utf-7", "x-finns-inte", "iso-2022-jp", "undefined", "idna", "zip", "\x00"):
        yield source(
            f"charset-{charset.strip(chr(0)) or 'noll'}.html", f'<meta charset="{charset}">'.encode() + html("")
        )
    yield source(
        "entiteter.html",
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">'
        + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
        + b"]><html><body><p>M\xc3\xa5l: &a9;</p></body></html>",
    )
    yield source("utan-slut.html", html("<p>&" * 100_000))
    yield source("halva-referenser.html", html("<p>" + "&amp" * 100_000 + "&#" * 100_000))
    yield source(
        "minus-spann.html",
        html("<table><tr><td rowspan=-1 colspan=-5>x<td rowspan=0 colspan=0>y<td colspan=99999999999999>z</table>"),
    )
    yield source(
        "rader-i-tabell.html",
        html("<table><tr><th>Projekt<th>Mål<th>Finansiär" + "<tr><td>A<td>b<td>Almi" * 20_000 + "</table>"),
    )
    yield source("val.html", html("<select>" + "<option>Almi" * 100_000 + "</select>"))
    yield source(
        "styrtecken.html",
        html(
            "".join(
                f"<p>Syfte: a&#{n};b</p>" for n in (*range(32), 127, 128, 159, 0xD800, 0xFFFE, 0xFFFF, 0x110000, 0x202E)
            )
        ),
        "report",
        "publish",
    )
    yield source("rubriker.html", html("<h2>x</h2><p>Mål: y</p>" * 3000))
    yield source("dl.html", html("<dl>" + "<dt>Mål<dd>x" * 50_000 + "</dl>"))
    yield source("json-ld.html", html('<script type="application/ld+json">' + "[" * 50_000 + "</script>"))
    yield source(
        "json-ld-tal.html",
        html(
            '<script type="application/ld+json">{"@type":"Project","name":"'
            + "\\ud800"
            + '","funding":'
            + "9" * 5000
            + "}</script>"
        ),
    )
    for host in (
        "javascript:alert(1)",
        "http://a:b@c.se/",
        "http://[::1]:99999/",
        "http://xn--/",
        "//",
        "http://" + "a." * 2000,
        "file:///etc/passwd",
        "http://\u202e.se/",
        "data:,x",
    ):
        yield source(
            f"adress-{abs(hash(host)) % 0 if False else len(host)}-{host[:4].strip(':/')}.html",
            f'<base href="{host}"><link rel="canonical" href="{host}">'.encode() + html(f'<a href="{host}">{host}</a>'),
        )


def tables() -> Iterator[Case]:
    head = "Projektnamn;Mål;Finansiär;Budget\n"
    yield source("kolumner.csv", (";".join(f"k{n}" for n in range(100_000)) + "\nA;b\n").encode())
    yield source("breda-rader.csv", (head + "A;b;Almi;1" + ";x" * 100_000 + "\n").encode())
    yield source("citat.csv", (head + '"' * 8 * MB).encode())
    yield source("citat-udda.csv", (head + '"' * 1_000_001).encode())
    yield source("öppet-citat.csv", (head + 'A;"' + "x\n" * 150_000).encode())
    yield source("stor-cell.csv", (head + "A;" + "x" * 1_000_000 + ";Almi;1\n").encode())
    yield source("bara-rubrik.csv", head.encode())
    yield source("två-rubriker.csv", (head + head + "A;b;Almi;1\n").encode())
    yield source("lika-rubriker.csv", b"Projektnamn;Projektnamn;M\xc3\xa5l;M\xc3\xa5l\nA;B;c;d\n")
    yield source("sep.csv", ("sep=;\n" + head + "A;b;Almi;1\n").encode())
    yield source("cr.csv", (head + "A;b;Almi;1\nB;c;Almi;2\n").replace("\n", "\r").encode())
    yield source("nollor.csv", (head + "A;b\0c;Almi;1\n").encode())
    yield source("blandade.csv", (head + "A,b,Almi,1\nB\tc\tAlmi\t2\nC|d|Almi|3\n").encode())
    yield source("lång-rubrik.csv", ("P" * 500_000 + ";Mål\nA;b\n").encode())
    yield source("många-rader.csv", (head + "A;b;Almi;1\n" * 40_000).encode())
    yield source(
        "olika-rader.csv", (head + "".join(f"Projekt {n};Mål {n};Förening {n};{n}\n" for n in range(10_000))).encode()
    )
    for n, odd in enumerate(
        (
            "0" * 30,
            "-" + "9" * 30,
            "1,5e30",
            "NaN",
            "Infinity",
            "1_000",
            "１２３",
            "0x1F",
            "1/0",
            "²",
            "--5",
            "9" * 400 + ".5",
            "1e-400",
            "+46",
        )
    ):
        yield source(f"tal-{n}.csv", register(odd))
        yield source(f"tal-{n}.json", listed(json.dumps(odd)))
    row = {"Projektnamn": "A", "Mål": "b", "Finansiär": "Almi"}
    for name, data in {
        "skalär": b"1", "sträng": b'"Projekt"', "null": b"null", "tom-lista": b"[]", "tomt-objekt": b"{}", "bom": b"\xef\xbb\xbf" + json.dumps([row]).encode(), "komma": b'[{"Projektnamn":"A"},]',
        "nan": b'[{"Projektnamn":"A","Budget":NaN},{"Projektnamn":"B","Budget":-Infinity}]', "dubbla": b'[{"Projektnamn":"A","Projektnamn":"B"}]', "tom-nyckel": b'[{"":"A","Projektnamn":"B"}]',
        "nolltecken": b'[{"Projektnamn":"A\\u0000B","M\\u00e5l":"\\u001b[31m"}]', "surrogater": b'[{"\\ud800":"\\udfff","Projektnamn":"\\ud83d\\ude00 \\ud83d"}]', "rader": (json.dumps(row) + "\n").encode() * 3,
        "djup-900": b'[{"Projektnamn":"A","x":' + b"[" * 900 + b"]" * 900 + b"}]", "djupa-objekt-900": b'{"a":' * 900 + b"1" + b"}" * 900, "många": json.dumps([row | {"Projektnamn": f"P{n}"} for n in range(10_000)]).encode(),
        "tal-i-listor": json.dumps({"projekt": [[1, [2, [3]]], None, True, "x", row]}).encode(), "lång-sträng": json.dumps([row | {"Mål": "x " * 400_000}]).encode(), "många-nycklar": json.dumps([{f"k{n}": n for n in range(100_000)} | row]).encode(),
        "geo": json.dumps({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": row, "geometry": {"type": "Point", "coordinates": [1e308, -1e308]}}]}).encode(),
        "graf": json.dumps({"@context": "x", "@graph": [{"@id": "a", "name": {"@id": "a"}}, {"@type": "Project", "name": {"@value": "A"}, "funder": [{"@id": "a"}]}]}).encode(), "avbruten": json.dumps([row]).encode()[:-3],
        "flyt": b'[{"Projektnamn":"A","Budget":' + b"1" * 5000 + b"." + b"1" * 5000 + b"}]", "negativ-noll": b'[{"Projektnamn":"A","Budget":-0.0,"Start":-1}]',
    }.items():  # fmt: skip
        yield source(f"{name}.json", data)


def part(name: str, content: bytes, old: bytes = b"") -> bytes:
    """A workbook of which one part is another."""
    made, out = book(nothing), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for p in parts.namelist():
            if p != name:
                copy.writestr(p, parts.read(p))
        kept = parts.read(name) if name in parts.namelist() else b""
        copy.writestr(name, kept.replace(old, content) if old else content)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def large(rows: int, columns: int) -> bytes:
    made, out = Workbook(write_only=True), io.BytesIO()
    sheet = made.create_sheet("Projekt")
    sheet.append(["Projektnamn", "Mål", "Finansiär"] + [f"k{n}" for n in range(columns - 3)])
    for n in range(rows):
        sheet.append([f"Projekt {n}", f"Att prova {n}", "Almi"] + [n] * (columns - 3))
    made.save(out)
    return out.getvalue()


def sheets(count: int) -> Callable[[Workbook], None]:
    def edit(made: Workbook) -> None:
        for n in range(count):
            made.create_sheet(f"Blad {n}").append(["Projektnamn", "Mål"])

    return edit


def cell(**cells: object) -> Callable[[Workbook], None]:
    def edit(made: Workbook) -> None:
        for address, value in cells.items():
            made.active[address] = value

    return edit


def workbooks() -> Iterator[Case]:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 300 * MB)
    crowd = io.BytesIO()
    with zipfile.ZipFile(crowd, "w") as archive:
        for n in range(70_000):
            archive.writestr(f"xl/{n}", b"")
    locked = bytearray(book(nothing))
    at = bytes(locked).index(b"PK\x01\x02")
    locked[at + 8] |= 1
    bombs = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(
            b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) if n else b'<!ENTITY a0 "&a;">' for n in range(10)
        )
        + b'<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    )
    for name, data in {
        "bomb": bomb.getvalue(), "trängsel": crowd.getvalue(), "krypterad": bytes(locked), "tom": b"", "halv": book(nothing)[:-40], "mitten-borta": book(nothing)[:900] + book(nothing)[1400:],
        "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "text": project(), "zip": part("x", b"x")[:30] + b"x" * 100, "tom-zip": b"PK\x05\x06" + bytes(18),
        "ut-ur": part("../../ut.txt", b"x"), "entiteter": part("xl/sharedStrings.xml", bombs + b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&a9;&f;</t></si></sst>'),
        "utan-strängar": part("xl/sharedStrings.xml", b""), "fel-index": part(SHEET, b"<v>99999999</v>", b"<v>0</v>"), "minus-index": part(SHEET, b"<v>-1</v>", b"<v>0</v>"),
        "utan-blad": part(SHEET, b""), "utan-bok": part("xl/workbook.xml", b"<x/>"), "utan-stilar": part("xl/styles.xml", b""), "fel-stil": part(SHEET, b's="9999" r="A1"', b'r="A1"'),
        "rad-noll": part(SHEET, b'r="A0"', b'r="A1"'), "utan-adress": part(SHEET, b"", b'r="A1"'), "tom-adress": part(SHEET, b'r=""', b'r="A1"'), "lång-adress": part(SHEET, b'r="ZZZZZZZ99999999999"', b'r="A1"'),
        "liten-adress": part(SHEET, b'r="xfd1048576"', b'r="A2"'), "citerad-adress": part(SHEET, b"r='XFD1048576'", b'r="A2"'), "blank-adress": part(SHEET, b'r = "XFD1048576"', b'r="A2"'),
        "rad-långt-ned": part(SHEET, b'<row r="1048576"', b'<row r="2"'), "rad-tal": part(SHEET, b'<row r="99999999999999999999"', b'<row r="2"'),
        "dimension": part(SHEET, b'ref="A1:XFD1048576"', b'ref="A1:D2"'), "sammanslagna": book(nothing, b"</sheetData>", b"</sheetData><mergeCells>" + b'<mergeCell ref="A1:B2"/>' * 50_000 + b"</mergeCells>"),
        "sammanslagna-fel": book(nothing, b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="B2:A1"/><mergeCell ref="x"/><mergeCell/></mergeCells>'),
        "långt-ned": book(cell(A1048576="x")), "långt-ut": book(cell(XFD1="x")), "glest": book(cell(A100000="x", J1="y")), "fel": book(cell(A2="#REF!", B2="=1/0", C2="#N/A")),
        "länk": book(cell(B2='=HYPERLINK("http://x","y")', C2="=[1]Blad!A1")), "blad": book(sheets(300)), "minus-datum": part(SHEET, b"<v>-1</v>", b"<v>1000</v>"),
        "stort-tal": part(SHEET, b"<v>" + b"9" * 400 + b"</v>", b"<v>1000</v>"), "nan": part(SHEET, b"<v>NaN</v>", b"<v>1000</v>"), "inf": part(SHEET, b"<v>1e999</v>", b"<v>1000</v>"), "typ": part(SHEET, b't="zz"><v>1000</v>', b't="n"><v>1000</v>'),
        "tom-typ": part(SHEET, b't="b"><v>1000</v>', b't="n"><v>1000</v>'), "ordbok": part("[Content_Types].xml", b""), "100-000-rader": large(100_000, 5), "16-384-kolumner": large(2, 16_384), "styrtecken": part("xl/sharedStrings.xml", b"_x0000_ &#27;", b"Prov"),
        "långa-ord": book(cell(B2="x" * 32_767, C2="Almi, " * 5000)), "slump": bytes(random.Random(3).randbytes(20_000)), "zip-kommentar": book(nothing) + b"x" * 70_000,
    }.items():  # fmt: skip
        yield source(f"{name}.xlsx", data)
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    yield source("ods.xlsx", other.getvalue())


def listing(name: str, content: bytes, raw: Words = ["raw"]) -> Case:  # noqa: B006
    def arrange(desk: Path) -> None:
        (desk / "raw" / "a.txt").write_bytes(project())
        (desk / "raw" / "b.txt").write_bytes(project("Syfte: x"))
        (desk / "raw" / "sources.csv").write_bytes(content)

    return Case(f"sources.csv {name}", arrange, [["check", "--raw", "raw"], ["show", "--raw", "raw"]])


def listings() -> Iterator[Case]:
    columns = "source_id,path,publisher_code,url,retrieved_on,media_type,encoding,sha256,licence,note\n"

    def row(**cells: str) -> bytes:
        base = dict.fromkeys(columns.strip().split(","), "") | {"source_id": "s", "path": "a.txt"} | cells
        return (columns + ",".join('"' + v.replace('"', '""') + '"' for v in base.values()) + "\n").encode(
            "utf-8", "surrogatepass"
        )

    for name, cells in {
        "okänd kommun": {"publisher_code": "9999"}, "kommun som ord": {"publisher_code": "Överkalix"}, "dag": {"retrieved_on": "i går"}, "dag som inte finns": {"retrieved_on": "2026-02-30"}, "framtid": {"retrieved_on": "9999-12-31"},
        "medium": {"media_type": "application/x-finns-inte"}, "fel medium": {"media_type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}, "json": {"media_type": "application/json"}, "html": {"media_type": "text/html"},
        "kodning": {"encoding": "utf-9"}, "summa": {"sha256": "0" * 64}, "summa som ord": {"sha256": "<b>"}, "licens": {"licence": "x" * 100_000}, "anteckning": {"note": "a\n\"b\";\x1b[31m\u202e{x} %s"}, "javascript": {"url": "javascript:alert(1)"},
        "lösenord": {"url": "https://a:b@c.se/"}, "port": {"url": "http://c.se:99999999/"}, "idn": {"url": "http://överkalix.se/ö?å=ä#ö"}, "punycode": {"url": "http://xn--a/"}, "hakparentes": {"url": "http://["}, "värd 300": {"url": f"http://{'a' * 300}.se/"},
        "etiketter": {"url": "http://" + "a." * 150 + "se/"}, "id med streck": {"source_id": "a|b/c\\d"}, "id med rad": {"source_id": "a\nb"}, "id tomt": {"source_id": ""}, "id långt": {"source_id": "x" * 100_000}, "id formel": {"source_id": "=1+1"},
        "id punkter": {"source_id": "../../x"}, "mapp": {"path": "."}, "mapp uppåt": {"path": ".."}, "blank sist": {"path": "a.txt "}, "sig själv": {"path": "sources.csv"}, "ström": {"path": "a.txt:x"}, "baklänges": {"path": "..\\a.txt"}, "rot": {"path": "/etc/passwd"},
        "hemma": {"path": "~/a.txt"}, "prickar": {"path": "./././a.txt"}, "runt": {"path": "../raw/a.txt"}, "surrogat": {"path": "\ud800.txt"}, "annan typ": {"path": "readme"}, "adress som id": {"url": "http://" + "\u202e" + ".se"}, "styrtecken": {"source_id": "\x1b[2J"},
    }.items():  # fmt: skip
        yield listing(name, row(**cells))
    for name, content in {
        "tom": b"", "bara radslut": b"\n\n\n", "bara rubrik": columns.encode(), "utf-16": (columns + "s,a.txt,,,,,,,,\n").encode("utf-16"), "cp1252": (columns + "s,å.txt,,,,,,,,\n").encode("cp1252"), "nollor": bytes(1000),
        "bild": b"\x89PNG\r\n\x1a\n" + bytes(100), "korta rader": b"source_id,path\ns\n", "långa rader": b"source_id,path\ns,a.txt,x,y,z\n", "dubbla rubriker": b"path,path\na.txt,b.txt\n", "utan path": b"source_id,fil\ns,a.txt\n",
        "oslagen": b"<<<<<<< HEAD\nsource_id,path\n=======\n", "mark mitt i": columns.encode() + b"<<<<<<< HEAD\ns,a.txt,,,,,,,,\n=======\ns,b.txt,,,,,,,,\n>>>>>>> x\n", "samma fil två id": b"source_id,path\na,a.txt\nb,a.txt\n",
        "samma id": b"source_id,path\na,a.txt\na,b.txt\n", "samma id i olika skrift": b"source_id,path\na,a.txt\nA,b.txt\n", "två hämtningar": b"source_id,path,url,retrieved_on\na,a.txt,http://x.se/,2026-01-01\nb,b.txt,http://x.se/,\n", "10 000 rader": b"source_id,path\n" + b"".join(b"s%d,a.txt\n" % n for n in range(10_000)),
        "50 MB": columns.encode() + b"x" * 50 * MB, "många kolumner": b",".join(b"k%d" % n for n in range(200_000)) + b"\n", "öppet citat": b'source_id,path\n"a,a.txt\n', "cr": b"source_id,path\rs,a.txt\r", "en kolumn": b"path\na.txt\n", "utan rubrik": b"s,a.txt\n",
    }.items():  # fmt: skip
        yield listing(name, content)


def curated(name: str, content: bytes | Callable[[Path], object], what: str, *commands: Words) -> Case:
    def arrange(desk: Path) -> None:
        (desk / "raw" / "a.txt").write_bytes(PAGE.read_bytes())
        if callable(content):
            content(desk / "curated" / name)
        else:
            (desk / "curated" / name).write_bytes(content)

    return Case(f"curated {name} {what}", arrange, commands or [["build", "--raw", "raw/a.txt"]])


def curations() -> Iterator[Case]:
    from overkalix_data.schema.curated_files import COLUMNS

    for name, columns in COLUMNS.items():
        head = ",".join(columns).encode() + b"\n"
        rows = {
            "binär": b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "utf-16": head.decode().encode("utf-16"), "annan rubrik": b"a,b\n1,2\n", "oslagen": head + b"<<<<<<< HEAD\n", "5 000 siffror": head + b",".join([b"9" * 5000] * len(columns)) + b"\n",
            "okänt": head + b",".join([b"finns-inte"] * len(columns)) + b"\n", "tecken": head + ",".join(['"\x1b\u202e{x}%s\n="'] * len(columns)).encode() + b"\n", "tomma": head + b"," * (len(columns) - 1) + b"\n", "långa": head + b"x," * 5000 + b"\n",
            "stor cell": head + b'"' + b"x" * 200_000, "20 000 rader": head + b",".join([b"x"] * len(columns)) .join([b"", b"\n"]) * 20_000,
        }  # fmt: skip
        for what, data in rows.items():
            yield curated(
                f"{name}.csv",
                data,
                what,
                ["build", "--raw", "raw/a.txt"],
                *([["review", "--raw", "raw/a.txt"]] if name == "candidates" else []),
            )
    values = "project_id,field,item,value,currency,rate,source,who,date,note\n"
    for what, row in {
        "kurs noll": "move-on-up,total_cost_sek,,100,EUR,0,x,y,2026-01-01,", "kurs minus": "move-on-up,total_cost_sek,,100,EUR,-1,x,y,2026-01-01,", "kurs nan": "move-on-up,total_cost_sek,,100,EUR,NaN,x,y,2026-01-01,",
        "kurs stor": "move-on-up,total_cost_sek,,100,EUR,1e400,x,y,2026-01-01,", "kurs liten": "move-on-up,total_cost_sek,,100,EUR,1e-400,x,y,2026-01-01,", "valuta": "move-on-up,total_cost_sek,,100,XXX,1,x,y,2026-01-01,", "30 siffror": f"move-on-up,total_cost_sek,,{'9' * 30},,,x,y,2026-01-01,",
        "inf": "move-on-up,total_cost_sek,,Infinity,,,x,y,2026-01-01,", "minus": "move-on-up,total_cost_sek,,-5,,,x,y,2026-01-01,", "dag": "move-on-up,start,,2026-02-30,,,x,y,2026-01-01,", "av dag": "move-on-up,start,,2026,,,x,y,i går,", "fält": "move-on-up,finns_inte,,1,,,x,y,2026-01-01,",
        "lång titel": f"move-on-up,title,,{'x' * 50_000},,,x,y,2026-01-01,", "titel": "move-on-up,title,,\x01\u202e{{x}},,,x,y,2026-01-01,", "dubbel": "move-on-up,start,,2021,,,x,y,2026-01-01,\nmove-on-up,start,,2022,,,x,z,2026-01-01,", "finansiär": "move-on-up,granted_sek,Finns inte AB,100,,,x,y,2026-01-01,",
    }.items():  # fmt: skip
        yield curated("values.csv", (values + row + "\n").encode(), what, ["build", "--raw", "raw/a.txt"])
    same = "project_id,other_id,is_same,source,who,date,note\n"
    for what, rows_ in {
        "sig själv": "move-on-up,move-on-up,ja,x,y,2026-01-01,",
        "ring": "a,b,ja,x,y,,\nb,c,ja,x,y,,\nc,a,ja,x,y,,",
        "fel svar": "a,b,kanske,x,y,,",
    }.items():
        yield curated("same_projects.csv", (same + rows_ + "\n").encode(), what)
    broken = {
        "trasig": b"x",
        "tom": b"",
        "register": book(nothing),
        "stor": large(20_000, 5),
        "länkar": part(
            SHEET,
            b"<hyperlinks>" + b'<hyperlink ref="A1:XFD1048576"/>' * 9 + b"</hyperlinks></worksheet>",
            b"</worksheet>",
        ),
        "bomb": next(c for c in [b"PK\x03\x04" + bytes(1000)]),
    }
    for what, data in broken.items():
        yield curated(
            "komplettering.xlsx", data, what, ["build", "--raw", "raw/a.txt"], ["template", "--raw", "raw/a.txt"]
        )
        yield curated("brevmall.docx", data, what, ["report", "--raw", "raw/a.txt"])
    yield curated(
        "komplettering.xlsx", os.mkfifo, "rör", ["build", "--raw", "raw/a.txt"], ["template", "--raw", "raw/a.txt"]
    )
    yield curated("brevmall.docx", os.mkfifo, "rör", ["report", "--raw", "raw/a.txt"])
    yield curated("brevmall.docx", Path.mkdir, "mapp", ["report", "--raw", "raw/a.txt"])
    yield curated(
        "~$komplettering.xlsx",
        b"\x03Eva" + bytes(160),
        "lås",
        ["template", "--raw", "raw/a.txt"],
        ["build", "--raw", "raw/a.txt"],
    )
    yield curated("kopior", b"x", "fil", ["build", "--raw", "raw/a.txt"], ["template", "--raw", "raw/a.txt"])
    yield curated(".staging", b"x", "fil", ["build", "--raw", "raw/a.txt"])
    yield curated("values.csv", lambda p: p.symlink_to(p), "ring av länkar")
    yield curated("values.csv", lambda p: p.symlink_to("/dev/zero"), "länk till enhet")
    yield curated("ledger.csv", lambda p: p.symlink_to("borta.csv"), "länk till intet")
    yield curated(
        "x",
        lambda p: (p.parent.rmdir(), p.parent.write_text("x")),
        "mappen är en fil",
        ["build", "--raw", "raw/a.txt"],
        ["template", "--raw", "raw/a.txt"],
    )


def limit(kind: int, most: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(kind, (most, most))


def onto(number: int, place: str, flags: int = os.O_WRONLY) -> Callable[[], object]:
    return lambda: os.dup2(os.open(place, flags), number)


def silent() -> None:
    os.close(2)
    sys.stderr = None  # as Python has it where it starts so


def nobody() -> None:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)


def opened(desk: Path) -> None:
    """All may read and write there, and come to it."""
    for place in (desk.parent.parent, desk.parent, desk, *desk.rglob("*")):
        if not place.is_symlink():
            place.chmod(0o777)


def gone() -> None:
    shutil.rmtree(Path.cwd())


def places() -> Iterator[Case]:
    def with_page(desk: Path) -> None:
        (desk / "raw" / "a.txt").write_bytes(PAGE.read_bytes())
        (desk / "tom").mkdir()
        (desk / "fil").write_text("x", encoding="utf-8")
        (desk / "borta-länk").symlink_to("borta")
        (desk / "ring").symlink_to("ring")
        os.mkfifo(desk / "rör")

    def case(
        name: str,
        *commands: Words,
        before: Callable[[], object] = int,
        arrange: Callable[[Path], object] = int,
        spared: str = "",
    ) -> Case:
        return Case(
            f"place {name}",
            lambda desk: (with_page(desk), arrange(desk) if arrange is not int else None),
            commands,
            before,
            spared,
        )

    raw = ["--raw", "raw/a.txt"]
    for option in ("--clean", "--reports", "--curated"):
        command = "report" if option == "--reports" else "build"
        for at in (
            "fil",
            "ring",
            "borta-länk",
            "rör",
            "raw",
            "x" * 300,
            "x/" * 3000,
            "",
            "fil/under",
            "/dev/full",
            "/proc/x",
            "a\nb",
            "\udcff",
        ):
            yield case(f"{option} {at[:12]!a}", [command, *raw, option, at])
    for at in (
        "",
        "/dev/zero",
        "/dev/null",
        "/proc/self/mem",
        "rör",
        "ring",
        "borta-länk",
        "tom",
        "fil",
        "x" * 300,
        "\udcff",
        "/proc/kmsg",
        "-",
        "/dev/stdin",
        "raw/a.txt/",
    ):
        yield case(
            f"--raw {at[:12]!a}", ["check", "--raw", at], ["new-source", at], before=onto(0, "/dev/null", os.O_RDONLY)
        )
    yield case("standard input random", ["check", "--raw", "-"], before=onto(0, "/dev/urandom", os.O_RDONLY))
    yield case("standard input zero", ["check", "--raw", "-"], before=onto(0, "/dev/zero", os.O_RDONLY))
    yield case("standard input folder", ["check", "--raw", "-"], before=onto(0, "/", os.O_RDONLY))
    yield case("standard input closed", ["check", "--raw", "-"], before=lambda: os.close(0))
    full = onto(1, "/dev/full")
    for command in (
        ["check", *raw],
        ["build", *raw],
        ["show", *raw],
        ["template", *raw],
        ["new-source", "raw/a.txt"],
        ["diff", "raw/a.txt", "raw/a.txt"],
        ["review", *raw],
        ["page", *raw],
    ):
        yield case(f"{command[0]} full stdout", command, before=full)
        yield case(f"{command[0]} closed stdout", command, before=lambda: os.close(1))
        yield case(f"{command[0]} closed stderr", [*command, "--lang", "en"], before=silent, spared="told")
    for size in (0, 1000, 10_000, 100_000):
        yield case(
            f"files of at most {size}",
            ["build", *raw],
            ["template", *raw],
            before=lambda size=size: (
                __import__("signal").signal(__import__("signal").SIGXFSZ, __import__("signal").SIG_IGN),
                resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
            ),
            spared="" if size else "told",
        )
    for count in (8, 12, 16):
        yield case(f"{count} open files", ["build", *raw], before=limit(resource.RLIMIT_NOFILE, count))
    yield case("folder gone", ["build", *raw], ["show", *raw], before=gone, spared="whole")
    yield case("another user, read only", ["build", *raw], ["report", *raw], before=nobody)
    for place in ("raw/a.txt", "raw", "curated", "clean"):
        yield case(
            f"another user, {place} closed",
            ["build", *raw],
            ["check", *raw],
            before=nobody,
            arrange=lambda desk, place=place: (opened(desk), Path(desk / place).chmod(0)),
        )
    for words in (
        ["check", "--as-of", "0001-01-01", *raw], ["check", "--as-of", "9999-12-31", *raw], ["report", "--as-of", "0001-01-01", *raw], ["check", "--as-of", "2026-W01-1", *raw], ["check", "--as-of", "20260101", *raw], ["check", "--as-of", "\udcff", *raw],
        ["show", "\x1b[31m", *raw], ["show", "", *raw], ["show", "\udcff", *raw], ["show", "--text", "(((", *raw], ["show", "--funder", "[", *raw], ["show", "--status", "\x01", *raw], ["export", "(((", *raw], ["export", "", *raw], ["export", "../../x", *raw],
        ["match", "tom", *raw], ["match", "rör", *raw], ["match", "fil", *raw], ["match", "raw/a.txt", *raw], ["match", "", *raw], ["match", "/dev/zero", *raw], ["diff", "tom", "tom"], ["diff", "rör", "raw/a.txt"], ["diff", "raw/a.txt", "raw/a.txt", "--output", "tom"],
        ["diff", "raw/a.txt", "raw/a.txt", "--output", "fil/x"], ["diff", "raw/a.txt", "raw/a.txt", "--output", "/dev/full"], ["diff", "raw/a.txt", "raw/a.txt", "--output", ""], ["new-source", "raw/a.txt", "--output", "tom"], ["new-source", "raw/a.txt", "--output", "ring"],
        ["evaluate", "tom"], ["evaluate", "fil"], ["evaluate", "rör"], ["evaluate", ""], ["lake", "tom", "ut"], ["lake", "fil", "ut"], ["lake", "raw", "fil"], ["lake", "raw", "raw/ut"], ["lake", "", ""], ["review", "--accept", "", *raw], ["review", "--accept", "x", "--who", "\x1b", *raw],
        ["review", "--accept-exact", *raw], ["check", "--rule", "x", *raw], ["check", "--explain", "\udcff", *raw], ["page", "--contact", "x", *raw], ["fetch", "x"], ["fetch", "javascript:alert(1)"], ["--lang"], ["check", "--lang", ""], ["\x01"], ["check", "--raw"],
    ):  # fmt: skip
        yield case(f"words {' '.join(words)[:40]!a}", words)


def cases() -> Iterator[Case]:
    """All of them, each made as it is asked for: together they fill hundreds of megabytes."""
    for some in (places, curations, listings, texts, pages, tables, workbooks):
        yield from some()
