"""Every table and column, declared once (contract §3).

Dtypes, checks, Excel headings, the README's data dictionary and the redaction of personal data all come from
here. Suffixes have a fixed meaning: `_id` a key, `_code` a code of a codelist, `_sek` whole kronor, `_date` an ISO
day, `_url` an address, `_text` words exactly as they stand on the page but for white space.
"""

from overkalix_data.model import Column as C
from overkalix_data.model import Table

PROJECT = C("project_id", "id", "Projekt-id|Project id",
            "Läsbar och bestående nyckel för projektet.|Readable, lasting key of the project.",
            key=True, required=True, refers_to="projects")  # fmt: skip
FUNDER = C("funder_id", "id", "Finansiär-id|Funder id", "Nyckel för finansiären.|Key of the funder.",
           key=True, required=True, refers_to="funders")  # fmt: skip
CONTACT = C("contact_id", "id", "Kontakt-id|Contact id",
            "Nyckel för kontakten; säger inget om personen.|Key of the contact; tells nothing of the person.",
            key=True, required=True, refers_to="contacts")  # fmt: skip
SOURCE = C("source_id", "id", "Källa|Source", "Källan som värdet lästes ur.|The source the value was read from.",
           required=True, refers_to="sources")  # fmt: skip
POSITION = C("position", "int", "Ordning|Position", "Ordningen på sidan, från 1.|The order on the page, from 1.")
BASIS = "published: sidan säger det · heading: rubriken · derived: uträknat · curated: tillagt · assumed: antaget"
BASIS_EN = "published: the page says it · heading: its section does · derived: computed · curated: added · assumed"


def _own(column: C) -> C:
    """The same column as the key of its own table, where it refers to nothing."""
    return C(column.name, column.type, column.heading, column.about, key=True, required=True)


def _published(heading: str = "Så står det|As published", *, key: bool = False, personal: bool = False) -> C:
    return C("as_published", "text", heading, "Orden på sidan.|The words on the page.", key=key, personal=personal)


def _line(name: str, heading: str, about: str) -> C:
    return C(name, "int", heading, about)


def _basis(name: str, heading: str) -> C:
    return C(name, "code", heading, f"{BASIS}|{BASIS_EN}", codelist="basis")


def _code(name: str, codelist: str, heading: str, about: str, *, key: bool = False, required: bool = False) -> C:
    return C(name, "code", heading, about, key=key, required=required, codelist=codelist)


def _money(name: str, heading: str, about: str) -> C:
    sv, en = about.split("|")
    return C(name, "money", heading, f"{sv} Tomt = okänt, aldrig 0.|{en} Empty = unknown, never 0.")


def _text(name: str, heading: str, about: str, *, personal: bool = False) -> C:
    return C(name, "text", heading, about, personal=personal)


PROJECTS = Table("projects", "Projekt|Projects", "Ett projekt på sidan.|A project on the page.", (
    _own(PROJECT),
    _text("title", "Titel|Title", "Projektets namn, där sidan ger ett.|The project's name, where the page gives one."),
    _basis("title_basis", "Titelns grund|Basis of title"),
    _text("label", "Benämning|Label", "Titeln, eller textens första ord.|The title, or the first words of the text."),
    _code("status_code", "status", "Status|Status", "Pågående, avslutat …|Ongoing, completed …", required=True),
    _basis("status_basis", "Statusens grund|Basis of status"),
    _text("unit", "Enhet|Unit", "Enheten som rubriken nämner.|The unit that the heading names."),
    _text("section_text", "Rubrik på sidan|Section", "Rubriken projektet står under.|The heading it stands under."),
    _code("project_type_code", "project_type", "Projekttyp|Project type", "Förstudie, evenemang …|Pre-study, event …"),
    _text("goal", "Mål|Goal", "Vad projektet ska nå.|What the project is to reach."),
    _text("purpose", "Syfte|Purpose", "Varför projektet görs.|Why the project is done."),
    _text("results", "Resultat|Results", "Vad projektet ledde till.|What the project led to."),
    _text("description", "Beskrivning|Description", "Övrig text om projektet.|Other text of the project."),
    _text("target_group_text", "Målgrupp|Target group", "Fältet som det står.|The field as it stands."),
    _text("funder_text", "Finansiering|Funding", "Fältet eller meningen som det står.|The field or sentence as it stands."),
    _text("publicity_text", "EU-information|EU publicity", "Fondens stödmening.|The fund's publicity line."),
    _text("contact_text", "Kontaktperson|Contact", "Fältet som det står.|The field as it stands.", personal=True),
    C("start", "edtf", "Start|Start", "EDTF, som källan säger.|EDTF, as the source says."),
    C("end", "edtf", "Slut|End", "EDTF, som källan säger.|EDTF, as the source says."),
    _basis("period_basis", "Periodens grund|Basis of period"),
    _money("total_cost_sek", "Total kostnad (kr)|Total cost (SEK)", "Ideell tid ej inräknad.|Without voluntary time."),
    _basis("total_cost_basis", "Kostnadens grund|Basis of cost"),
    C("eu_rate_percent", "percent", "EU-stödsats (%)|EU rate (%)", "EU-fondens andel av stödberättigad kostnad.|The EU fund's share of eligible cost."),
    C("duplicate_of", "id", "Dubblett av|Duplicate of", "Tidigare projekt med samma text.|Earlier project, same text.",
      refers_to="projects"),
    C("publisher_code", "id", "Kommunkod|Municipality code", "Avsändaren, SCB:s kommunkod.|The publisher's SCB code."),
    SOURCE,
    _line("first_line", "Första rad|First line", "Rad i källan, från 1.|Line of the source, from 1."),
    _line("last_line", "Sista rad|Last line", "Rad i källan, från 1.|Line of the source, from 1."),
))  # fmt: skip

FUNDERS = Table("funders", "Finansiärer|Funders", "En organisation eller EU-fond.|An organisation or EU fund.", (
    _own(FUNDER),
    C("name", "text", "Namn|Name", "Officiellt namn.|Official name.", required=True),
    _text("name_en", "Engelskt namn|English name", "Där en källa ger det.|Where a source gives it."),
    _text("abbreviation", "Förkortning|Abbreviation", "Vedertagen kortform.|Usual short form."),
    C("org_number", "id", "Organisationsnummer|Organisation number", "Bara ur belagd källa.|From a cited source only."),
    _code("funder_type_code", "funder_type", "Typ|Type", "Tomt = okänd.|Empty = unknown."),
    _code("level_code", "level", "Nivå|Level", "Lokal, regional, nationell, EU, privat.|Local, regional, national, EU, private."),
))  # fmt: skip

PROJECT_FUNDERS = Table("project_funders", "Finansiering|Funding", "En finansiär i ett projekt.|A funder of a project.", (
    PROJECT, FUNDER,
    _code("role_code", "role", "Roll|Role", "Egen, EU-fond, förmedlare, medfinansiär.|Own, EU fund, intermediary, co-funder.",
          key=True, required=True),
    C("via_funder_id", "id", "Genom|Via", "Förmedlaren EU-fondens pengar går genom.|The body an EU fund's money passes through.",
      refers_to="funders"),
    _published(), POSITION,
    _money("granted_sek", "Beviljat (kr)|Granted (SEK)", "Finansiärens beslut, hela projektet.|The funder's decision, whole project."),
    _money("cash_sek", "Varav kontant (kr)|Of it cash (SEK)", "Pengar.|Money."),
    _money("in_kind_sek", "Varav annat än pengar (kr)|Of it in kind (SEK)", "Arbete, lokaler, material.|Work, premises, material."),
    _money("voluntary_time_sek", "Ideell tid (kr)|Voluntary time (SEK)", "Utanför totalen.|Outside the total."),
    _code("contribution_code", "contribution", "Slag|Kind", "Kontant, i annat än pengar, ideell tid.|Cash, in kind, voluntary."),
    _basis("amount_basis", "Beloppets grund|Basis of amount"),
    C("decision_date", "date", "Beslutsdag|Decided on", "Dagen för finansiärens beslut.|The day of the funder's decision."),
    _text("reference_number", "Diarie- eller journalnummer|Reference number", "Finansiärens nummer på ärendet.|The funder's number of the case."),
))  # fmt: skip

CONTACTS = Table("contacts", "Kontakter|Contacts", "En person eller ett kontor.|A person or an office.", (
    _own(CONTACT),
    _text("name", "Namn|Name", "Den namnform som används mest.|The form used most.", personal=True),
    _text("other_names", "Andra namnformer|Other names", "Skilda med semikolon.|Separated by semicolons.", personal=True),
    _text("role_title", "Befattning|Role", "Som det står.|As it stands.", personal=True),
    _text("organisation", "Organisation|Organisation", "Organisation eller enhet.|Organisation or unit.", personal=True),
))  # fmt: skip

CONTACT_POINTS = Table("contact_points", "Kontaktuppgifter|Contact points", "Ett nummer eller en adress.|A number or address.", (
    CONTACT,
    _code("kind_code", "contact_point", "Slag|Kind", "Telefon eller e-post.|Phone or e-mail.", key=True, required=True),
    C("value", "text", "Värde|Value", "E.164 eller små bokstäver.|E.164 or lower case.", key=True, required=True, personal=True),
    _published(personal=True),
))  # fmt: skip

PROJECT_CONTACTS = Table("project_contacts", "Projektens kontakter|Project contacts", "Kontakt i ett projekt.|Contact of a project.", (
    PROJECT, CONTACT,
    _code("role_code", "contact_role", "Roll|Role", "Vad fältet kallar kontakten.|What the field calls the contact."),
    _published(personal=True), POSITION,
))  # fmt: skip

TARGET_GROUP = C("target_group_id", "id", "Målgrupps-id|Target group id", "Nyckel för målgruppen.|Key of the target group.",
                 key=True, required=True, refers_to="target_groups")  # fmt: skip
TARGET_GROUPS = Table("target_groups", "Målgrupper|Target groups", "En grupp som sidan nämner.|A group the page names.", (
    _own(TARGET_GROUP),
    C("name", "text", "Målgrupp|Target group", "Gruppens namn.|The group's name.", required=True),
    _code("category_code", "target_group_category", "Kategori|Category", "Tomt = ingen rad passar.|Empty = no row fits."),
))  # fmt: skip

PROJECT_TARGET_GROUPS = Table("project_target_groups", "Projektens målgrupper|Project target groups",
                              "En målgrupp i ett projekt.|A target group of a project.", (
    PROJECT, TARGET_GROUP, _published(key=True), POSITION,
))  # fmt: skip

THEME = C("theme_code", "id", "Tema|Theme", "Nyckel för temat.|Key of the theme.", key=True, required=True, refers_to="themes")
THEMES = Table("themes", "Teman|Themes", "Ett lokalt tema.|A local theme.", (
    _own(THEME),
    _code("scheme_code", "theme_scheme", "Indelning|Scheme", "Vilken temalista.|Which list of themes.", required=True),
    C("name", "text", "Tema|Theme", "Svenskt namn.|Swedish name.", required=True),
    _text("name_en", "Tema på engelska|Theme in English", "Vår översättning.|Our translation."),
    _text("rus_area", "RUS Norrbotten 2030|RUS Norrbotten 2030", "Insatsområde.|Priority area."),
    _text("leader_polaris_area", "Leader Polaris 2016–2022|Leader Polaris 2016–2022", "Insatsområde.|Priority area."),
    _text("agenda_2030_goals", "Agenda 2030|Agenda 2030", "Mål, skilda med semikolon.|Goals, separated by semicolons."),
    _text("cofog", "COFOG|COFOG", "Ändamål, tvåställigt.|Function of government, two digits."),
))  # fmt: skip

PROJECT_THEMES = Table("project_themes", "Projektens teman|Project themes", "Ett tema i ett projekt.|A theme of a project.", (
    PROJECT, THEME,
    _code("scheme_code", "theme_scheme", "Indelning|Scheme", "Vilken temalista.|Which list of themes.", required=True),
    _text("matched_text", "Ord som gav temat|Matched words", "Ur projektets text.|From the project's text."),
    _basis("basis", "Grund|Basis"), POSITION,
))  # fmt: skip

PLACE = C("place_id", "id", "Plats-id|Place id", "Nyckel för platsen.|Key of the place.", key=True, required=True, refers_to="places")
PLACES = Table("places", "Platser|Places", "En plats som texten nämner.|A place the text names.", (
    _own(PLACE),
    C("name", "text", "Plats|Place", "Platsens namn.|The place's name.", required=True),
    _code("kind_code", "place_kind", "Slag|Kind", "Kommun, län, ort …|Municipality, county, locality …", required=True),
    C("municipality_code", "id", "Kommunkod|Municipality code", "SCB, där platsen är eller ligger i en kommun.|SCB, where known."),
))  # fmt: skip

PROJECT_PLACES = Table("project_places", "Projektens platser|Project places", "En plats i ett projekt.|A place of a project.", (
    PROJECT, PLACE, _published(),
))  # fmt: skip

PROJECT_LINKS = Table("project_links", "Projektens länkar|Project links",
                      "Följdprojekt, dokument, dubbletter.|Follow-ups, documents, duplicates.", (
    PROJECT,
    _code("relation_code", "relation", "Samband|Relation", "Vad målet är för projektet.|What the target is to it.", key=True, required=True),
    C("target", "text", "Mål|Target", "Projekt-id eller det nämnda.|A project id, or what is named.", key=True, required=True),
))  # fmt: skip

LOGOTYPES = Table("logotypes", "Logotyper|Logotypes", "Bildtext på sidan; hör till inget projekt.|Alt text; belongs to no project.", (
    C("source_id", "id", SOURCE.heading, SOURCE.about, key=True, required=True, refers_to="sources"),
    C("line", "int", "Rad|Line", "Rad i källan.|Line of the source.", key=True, required=True),
    _published(),
    _text("name", "Avsändare|Owner", "Namnet, om listan känner det.|The name, where the list knows it."),
))  # fmt: skip

SOURCES = Table("sources", "Källor|Sources", "En fil som lästs.|A file that was read.", (
    _own(SOURCE),
    _text("path", "Fil|File", "Filens namn i råmappen.|The file's name in the raw folder."),
    C("publisher_code", "id", "Kommunkod|Municipality code", "Avsändaren.|The publisher."),
    C("url", "url", "Adress|Address", "Sidans adress.|The page's address."),
    C("retrieved_on", "date", "Hämtad|Retrieved", "Tomt = okänt.|Empty = unknown."),
    _text("media_type", "Filtyp|Media type", "MIME-typ.|MIME type."),
    _text("encoding", "Teckenkodning|Encoding", "Så som filen lästes.|As the file was read."),
    C("sha256", "hash", "Kontrollsumma|Checksum", "Över filens byte.|Over the file's bytes.", required=True),
    C("declared_sha256", "hash", "Uppgiven summa|Declared checksum", "Ur sources.csv.|From sources.csv."),
    _text("licence", "Licens|Licence", "Tomt = okänt.|Empty = unknown."),
    _text("note", "Anmärkning|Note", "Fritext.|Free text."),
))  # fmt: skip

SNAPSHOTS = Table("snapshots", "Hämtningar|Snapshots", "En hämtning av en sida: den nya, och den före.|A fetch of a page: the new, and the one before.", (
    C("source_id", "id", SOURCE.heading, SOURCE.about, key=True, required=True),
    C("previous_id", "id", "Föregående|Previous", "Hämtningen före; tomt = ingen.|The fetch before; empty = none.", refers_to="snapshots"),
    C("retrieved_on", "date", "Hämtad|Retrieved", "Tomt = okänt.|Empty = unknown."),
    C("projects", "int", "Antal projekt|Projects", "Så många som lästes.|As many as were read.", required=True),
    _text("label_text", "Ledtexter|Labels", "De som står på sidan, skilda med semikolon.|Those on the page, separated by semicolons."),
))  # fmt: skip

EVIDENCE = Table("evidence", "Belägg|Evidence", "Tecken i källan och värdet de gav.|Characters of a source and the value they gave.", (
    C("source_id", "id", SOURCE.heading, SOURCE.about, key=True, required=True, refers_to="sources"),
    C("start", "int", "Från tecken|Start", "Från 0 i den avkodade texten.|From 0 in the decoded text.", key=True, required=True),
    C("end", "int", "Till tecken|End", "Första tecknet efter.|The first character after.", key=True, required=True),
    _code("use_code", "use", "Användning|Use", "Värde, ledtext, rubrik …|Value, label, heading …", key=True, required=True),
    C("table", "text", "Tabell|Table", "Tabellen värdet står i.|The table that holds the value.", key=True),
    C("row_id", "text", "Radnyckel|Row key", "Nyckelvärden skilda med lodstreck.|Key values joined by a bar.", key=True),
    C("column", "text", "Kolumn|Column", "Kolumnen värdet står i.|The column that holds it.", key=True),
    _line("line", "Rad|Line", "Raden där tecknen börjar.|The line where they start."),
    _text("quote", "Citat|Quote", "Exakt de tecknen.|Exactly those characters.", personal=True),
    _code("rule_id", "reading_rule", "Läsregel|Reading rule", "Regeln som läste tecknen.|The rule that read them."),
))  # fmt: skip

FINDINGS = Table("findings", "Iakttagelser|Findings", "Något att åtgärda.|Something to mend.", (
    C("rule_id", "id", "Regel|Rule", "Regeln som slog till.|The rule that fired.", key=True, required=True),
    C("table", "text", "Tabell|Table", "Tabellen det gäller.|The table it concerns.", key=True),
    C("row_id", "text", "Radnyckel|Row key", "Raden det gäller; tomt = hela listan.|The row; empty = the whole list.", key=True),
    C("column", "text", "Kolumn|Column", "Kolumnen det gäller.|The column.", key=True),
    C("source_id", "id", SOURCE.heading, SOURCE.about, key=True),
    C("line", "int", "Rad|Line", "Rad i källan.|Line of the source.", key=True),
    _code("severity", "severity", "Allvar|Severity", "Hur bråttom det är.|How urgent it is.", required=True),
    C("message", "text", "Iakttagelse|Finding", "Vad, och vad man gör åt det.|What, and what to do.", required=True, personal=True),
    _text("value", "Värde|Value", "Värdet eller citatet.|The value or quote.", personal=True),
    _text("suggestion", "Förslag|Suggestion", "Ordalydelse som skulle gå igenom.|A wording that would pass.", personal=True),
    _text("accepted_text", "Godtagen|Accepted", "Skälet, ur data/curated.|The reason, from data/curated.", personal=True),
))  # fmt: skip

CHECKS = Table("checks", "Kontroller|Checks", "En regel och hur det gick.|A rule and how it went.", (
    C("rule_id", "id", "Regel|Rule", "Regelns nyckel.|The rule's key.", key=True, required=True),
    _code("dimension", "dimension", "Dimension|Dimension", "Vad regeln mäter.|What the rule measures."),
    _code("severity", "severity", "Allvar|Severity", "Hur bråttom ett fel är.|How urgent a failure is."),
    C("applicable", "int", "Gäller|Applicable", "Så många den gäller.|How many it applies to.", required=True),
    C("failed", "int", "Fel|Failed", "Så många som faller.|How many fail.", required=True),
    C("not_applicable", "int", "Gäller ej|Not applicable", "Så många den inte gäller.|How many it does not apply to.", required=True),
    C("title", "text", "Kontroll|Check", "Regeln i en mening.|The rule in a sentence.", required=True),
    _text("why", "Varför|Why", "Varför det spelar roll, och för vem.|Why it matters, and to whom."),
    _text("remedy", "Åtgärd|Remedy", "Vad man gör.|What to do."),
))  # fmt: skip

TABLES: dict[str, Table] = {t.name: t for t in (
    PROJECTS, FUNDERS, PROJECT_FUNDERS, CONTACTS, CONTACT_POINTS, PROJECT_CONTACTS, TARGET_GROUPS, PROJECT_TARGET_GROUPS,
    THEMES, PROJECT_THEMES, PLACES, PROJECT_PLACES, PROJECT_LINKS, LOGOTYPES, SOURCES, SNAPSHOTS, EVIDENCE, FINDINGS, CHECKS,
)}  # fmt: skip
"""All tables in reading order; each is one CSV file in `data/clean`."""
