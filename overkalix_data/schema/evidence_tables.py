"""The tables of how it is known: identities, additions, changes, sources, evidence, findings and checks."""

from dataclasses import replace

from overkalix_data.schema.column import Column as C
from overkalix_data.schema.column import Table
from overkalix_data.schema.shared_columns import PROJECT, SOURCE, code, line, own, published, text

KEY_SOURCE = replace(SOURCE, key=True)
START = C("start", "int", "Från tecken|Start", "Från 0 i den avkodade texten.|From 0 in the decoded text.", key=True,
          required=True)  # fmt: skip
END = C("end", "int", "Till tecken|End", "Första tecknet efter.|The first character after.", required=True)

IDENTITIES = Table("identities", "Projektens identitet|Identity of projects",
                   "Hur projektet kändes igen.|How the project was recognised.", (
    PROJECT,
    code("match_code", "match", "Igenkänt|Recognised", "Hur texten fick sitt id.|How the text got its id.",
         required=True),
    C("likeness", "int", "Likhet|Likeness",
      "Av 100, mot den närmaste äldre texten.|Of 100, to the nearest older text."),
    text("candidates", "Möjliga projekt|Possible projects",
         "Id:n som frågan gäller, skilda med semikolon.|Ids in question, separated by semicolons."),
))  # fmt: skip

CHANGES = Table("changes", "Förändringar|Changes",
                "En förändring sedan förra hämtningen av sidan.|A change since the page was last fetched.", (
    own(PROJECT),
    code("change_code", "change", "Förändring|Change", "Vad som hände.|What happened.", key=True, required=True),
    C("position", "int", "Ordning|Position", "Från 1 inom projekt och slag.|From 1 within project and kind.",
      key=True, required=True),
    text("label", "Benämning|Label", "Projektets titel eller första ord.|The project's title or first words."),
    text("column", "Kolumn|Column", "Kolumnen som ändrades.|The column that changed."),
    text("old_text", "Före|Before", "Som det stod.|As it stood.", personal=True),
    text("new_text", "Efter|After", "Som det står.|As it stands.", personal=True),
    line("old_line", "Rad före|Line before", "Rad i den äldre källan.|Line of the older source."),
    line("new_line", "Rad efter|Line after", "Rad i den nyare källan.|Line of the newer source."),
), is_open=True)  # fmt: skip

ADDITIONS = Table("additions", "Tillägg|Additions",
                  "Ett värde som en person lagt till eller rättat.|A value that a person added or corrected.", (
    text("file", "Fil|File", "Filen i data/curated.|The file in data/curated.", key=True, required=True),
    text("place", "Plats|Place", "Raden, eller bladet och cellen.|The line, or the sheet and cell.", key=True,
         required=True),
    code("outcome_code", "outcome", "Utfall|Outcome",
         "Om det gäller, annars varför inte.|Whether it holds, else why not.", required=True, width=22),
    C("project_id", "id", PROJECT.heading, "Så som personen angav det.|As the person gave it."),
    text("field", "Uppgift|Field", "Vad som lagts till.|What was added.", width=24),
    text("item", "Gäller|Item", "Finansiären, målgruppen eller temat.|The funder, target group or theme."),
    text("value", "Värde|Value", "Det som angavs.|What was given.", personal=True, width=40),
    text("replaced_text", "Ersatte|Replaced", "Det som stod där.|What stood there.", personal=True),
    text("table", "Tabell|Table", "Tabellen värdet gick till.|The table it went to."),
    text("row_id", "Radnyckel|Row key", "Raden det gick till.|The row it went to."),
    text("column", "Kolumn|Column", "Kolumnen det gick till.|The column it went to."),
    text("source", "Källa|Source", "Adress eller handling.|Address or document.", width=42),
    text("who", "Av|By", "Vem som lade till det.|Who added it.", personal=True, width=18),
    text("date", "Datum|Date", "När det lades till, som personen skrev.|When it was added, as the person wrote.",
         width=14),
    text("note", "Anmärkning|Note", "Fritext.|Free text.", personal=True, width=24),
))  # fmt: skip

LOGOTYPES = Table("logotypes", "Logotyper|Logotypes",
                  "Bildtext på sidan; hör till inget projekt.|Alt text; belongs to no project.", (
    KEY_SOURCE,
    C("line", "int", "Rad|Line", "Rad i källan.|Line of the source.", key=True, required=True),
    published(),
    text("name", "Avsändare|Owner", "Namnet, om listan känner det.|The name, where the list knows it."),
))  # fmt: skip

SOURCES = Table("sources", "Källor|Sources", "En fil som lästs.|A file that was read.", (
    own(SOURCE),
    text("path", "Fil|File", "Filens namn i råmappen.|The file's name in the raw folder.", width=34),
    C("publisher_code", "id", "Kommunkod|Municipality code", "Avsändaren.|The publisher."),
    C("url", "url", "Adress|Address", "Sidans adress.|The page's address.", width=50),
    C("retrieved_on", "date", "Hämtad|Retrieved", "Tomt = okänt.|Empty = unknown."),
    text("media_type", "Filtyp|Media type", "MIME-typ.|MIME type."),
    text("encoding", "Teckenkodning|Encoding", "Så som filen lästes.|As the file was read.", width=14),
    C("sha256", "hash", "Kontrollsumma|Checksum", "Över filens byte.|Over the file's bytes.", required=True, width=70),
    C("declared_sha256", "hash", "Uppgiven summa|Declared checksum", "Ur sources.csv.|From sources.csv."),
    text("licence", "Licens|Licence", "Tomt = okänt.|Empty = unknown.", width=18),
    text("note", "Anmärkning|Note", "Fritext.|Free text."),
), is_open=True)  # fmt: skip

SNAPSHOTS = Table("snapshots", "Hämtningar|Snapshots",
                  "En hämtning av en sida: den nya, och den före.|A fetch of a page: the new, and the one before.", (
    own(SOURCE),
    C("previous_id", "id", "Föregående|Previous", "Hämtningen före; tomt = ingen.|The fetch before; empty = none.",
      refers_to="snapshots"),
    C("retrieved_on", "date", "Hämtad|Retrieved", "Tomt = okänt.|Empty = unknown."),
    C("projects", "int", "Antal projekt|Projects", "Så många som lästes.|As many as were read.", required=True),
    C("titles", "int", "Med titel|With a title", "Projekt som sidan ger en titel.|Projects the page gives a title."),
    C("periods", "int", "Med period|With a period", "Projekt med start eller slut.|Projects with a start or an end."),
    C("amounts", "int", "Med belopp|With an amount", "Projekt med något belopp.|Projects with any amount."),
    C("contacts", "int", "Med kontakt|With a contact", "Projekt med någon att fråga.|Projects with someone to ask."),
    text("label_text", "Ledtexter|Labels",
         "De som står på sidan, skilda med semikolon.|Those on the page, separated by semicolons."),
))  # fmt: skip

EVIDENCE = Table("evidence", "Belägg|Evidence",
                 "Tecken i källan och värdet de gav.|Characters of a source and the value they gave.", (
    KEY_SOURCE, START, replace(END, key=True),
    code("use_code", "use", "Användning|Use", "Värde, ledtext, rubrik …|Value, label, heading …", key=True,
         required=True),
    text("table", "Tabell|Table", "Tabellen värdet står i.|The table that holds the value.", key=True),
    text("row_id", "Radnyckel|Row key", "Nyckelvärden skilda med lodstreck.|Key values joined by a bar.", key=True),
    text("column", "Kolumn|Column", "Kolumnen värdet står i.|The column that holds it.", key=True),
    line("line", "Rad|Line", "Raden där tecknen börjar.|The line where they start.", width=9),
    text("quote", "Citat|Quote", "Exakt de tecknen.|Exactly those characters.", personal=True),
    code("rule_id", "reading_rule", "Läsregel|Reading rule", "Regeln som läste tecknen.|The rule that read them."),
), is_open=True)  # fmt: skip

CELLS = Table("cells", "Celler|Cells",
              "En cell i en arbetsbok, och var den står i den avkodade texten.|"
              "A cell of a workbook, and where it stands in the decoded text.", (
    KEY_SOURCE, START, END,
    text("sheet", "Blad|Sheet", "Bladets namn.|The sheet's name."),
    text("address", "Cell|Cell", "Cellens adress på bladet.|The cell's address on the sheet."),
))  # fmt: skip

FINDINGS = Table("findings", "Iakttagelser|Findings", "Något att åtgärda.|Something to correct.", (
    C("rule_id", "id", "Regel|Rule", "Regeln som slog till.|The rule that fired.", key=True, required=True, width=26),
    text("table", "Tabell|Table", "Tabellen det gäller.|The table it concerns.", key=True),
    text("row_id", "Radnyckel|Row key", "Raden det gäller; tomt = hela listan.|The row; empty = the whole list.",
         key=True),
    text("column", "Kolumn|Column", "Kolumnen det gäller.|The column.", key=True),
    C("source_id", "id", SOURCE.heading, SOURCE.about, key=True),
    C("line", "int", "Rad|Line", "Rad i källan.|Line of the source.", key=True, width=8),
    code("severity", "severity", "Allvar|Severity", "Hur bråttom det är.|How urgent it is.", required=True, width=13),
    text("message", "Iakttagelse|Finding", "Vad, och vad man gör åt det.|What, and what to do.", required=True,
         personal=True, width=80),
    text("value", "Värde|Value", "Värdet eller citatet.|The value or quote.", personal=True, width=44),
    text("suggestion", "Förslag|Suggestion", "Ordalydelse som skulle gå igenom.|A wording that would pass.",
         personal=True, width=36),
    text("accepted_text", "Godtagen|Accepted", "Skälet, ur data/curated.|The reason, from data/curated.",
         personal=True, width=24),
))  # fmt: skip

CHECKS = Table("checks", "Kontroller|Checks", "En regel och hur det gick.|A rule and how it went.", (
    C("rule_id", "id", "Regel|Rule", "Regelns nyckel.|The rule's key.", key=True, required=True, width=26),
    code("dimension", "dimension", "Dimension|Dimension", "Vad regeln mäter.|What the rule measures."),
    code("severity", "severity", "Allvar|Severity", "Hur bråttom ett fel är.|How urgent a failure is.", width=13),
    C("applicable", "int", "Gäller|Applicable", "Så många den gäller.|How many it applies to.", required=True, width=9),
    C("failed", "int", "Fel|Failed", "Så många som faller.|How many fail.", required=True, width=9),
    C("not_applicable", "int", "Gäller ej|Not applicable", "Så många den inte gäller.|How many it does not apply to.",
      required=True, width=9),
    text("title", "Kontroll|Check", "Regeln i en mening.|The rule in a sentence.", required=True, width=44),
    text("why", "Varför|Why", "Varför det spelar roll, och för vem.|Why it matters, and to whom.", width=60),
    text("remedy", "Åtgärd|Remedy", "Vad man gör.|What to do.", width=60),
))  # fmt: skip

EVIDENCE_TABLES = (
    IDENTITIES, ADDITIONS, CHANGES, LOGOTYPES, SOURCES, SNAPSHOTS, EVIDENCE, CELLS, FINDINGS, CHECKS,
)  # fmt: skip
