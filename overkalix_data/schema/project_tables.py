"""The tables of what the page is about: projects, who pays, for whom, on what, where, and whom to ask."""

from overkalix_data.schema.column import Column as C
from overkalix_data.schema.column import Table
from overkalix_data.schema.shared_columns import (
    CONTACT,
    FUNDER,
    POSITION,
    PROJECT,
    SOURCE,
    basis,
    code,
    line,
    money,
    own,
    published,
    text,
)

PROJECTS = Table("projects", "Projekt|Projects", "Ett projekt på sidan.|A project on the page.", (
    own(PROJECT),
    text("title", "Titel|Title", "Projektets namn, där sidan ger ett.|The project's name, where the page gives one.",
         filled_by="title", basis="title_basis", shown="sheet show form new_source evaluate", width=18, form_width=34),
    basis("title_basis", "Titelns grund|Basis of title"),
    text("label", "Benämning|Label", "Titeln, eller textens första ord.|The title, or the first words of the text.",
         shown=""),
    code("status_code", "status", "Status|Status", "Pågående, avslutat …|Ongoing, completed …", required=True,
         filled_by="status", basis="status_basis", shown="sheet report show form evaluate", width=14),
    basis("status_basis", "Statusens grund|Basis of status"),
    text("unit", "Enhet|Unit", "Enheten som rubriken nämner.|The unit that the heading names.",
         shown="sheet report show form", width=20),
    text("section_text", "Rubrik på sidan|Section", "Rubriken projektet står under.|The heading it stands under.",
         shown=""),
    code("project_type_code", "project_type", "Projekttyp|Project type", "Förstudie, evenemang …|Pre-study, event …",
         shown="sheet show form"),
    text("goal", "Mål|Goal", "Vad projektet ska nå.|What the project is to reach.", filled_by="goal",
         shown="sheet report show form page new_source evaluate", width=60, form_width=50),
    text("purpose", "Syfte|Purpose", "Varför projektet görs.|Why the project is done.", filled_by="purpose",
         shown="sheet report show form page new_source evaluate", width=50, form_width=50),
    text("results", "Resultat|Results", "Vad projektet ledde till.|What the project led to.", filled_by="results",
         shown="sheet report show form page", width=50, form_width=40),
    text("description", "Beskrivning|Description", "Övrig text om projektet.|Other text of the project.",
         filled_by="description prose late note private volunteer", shown="sheet report show form page", width=60,
         form_width=50),
    text("target_group_text", "Målgrupp|Target group", "Fältet som det står.|The field as it stands.",
         filled_by="target_group", shown="sheet report show new_source", width=30),
    text("funder_text", "Finansiering|Funding",
         "Fältet eller meningen som det står.|The field or sentence as it stands.",
         filled_by="funder", shown="show new_source"),
    text("publicity_text", "EU-information|EU publicity", "Fondens stödmening.|The fund's publicity line.",
         shown="report show"),
    text("contact_text", "Kontaktperson|Contact", "Fältet som det står.|The field as it stands.", personal=True,
         filled_by="contact leader", shown="sheet report show new_source", width=40),
    C("start", "edtf", "Start|Start", "EDTF, som källan säger.|EDTF, as the source says.", basis="period_basis",
      shown="sheet show form new_source evaluate", width=18),
    C("end", "edtf", "Slut|End", "EDTF, som källan säger.|EDTF, as the source says.", basis="period_basis",
      shown="sheet show form new_source evaluate", width=18),
    basis("period_basis", "Periodens grund|Basis of period"),
    money("total_cost_sek", "Total kostnad (kr)|Total cost (SEK)", "Ideell tid ej inräknad.|Without voluntary time.",
          filled_by="total", basis="total_cost_basis", shown="sheet report show form new_source evaluate", width=18,
          form_width=16),
    basis("total_cost_basis", "Kostnadens grund|Basis of cost"),
    C("eu_rate_percent", "percent", "EU-stödsats (%)|EU rate (%)",
      "EU-fondens andel av stödberättigad kostnad.|The EU fund's share of eligible cost.", filled_by="eu_rate",
      shown="sheet form evaluate"),
    C("duplicate_of", "id", "Dubblett av|Duplicate of", "Tidigare projekt med samma text.|Earlier project, same text.",
      refers_to="projects", shown="sheet", width=30),
    C("publisher_code", "id", "Kommunkod|Municipality code", "Avsändaren, SCB:s kommunkod.|The publisher's SCB code.",
      shown=""),
    SOURCE,
    line("first_line", "Första rad|First line", "Rad i källan, från 1.|Line of the source, from 1.", width=9),
    line("last_line", "Sista rad|Last line", "Rad i källan, från 1.|Line of the source, from 1.", width=9),
), is_open=True)  # fmt: skip

FUNDERS = Table("funders", "Finansiärer|Funders", "En organisation eller EU-fond.|An organisation or EU fund.", (
    own(FUNDER),
    text("name", "Namn|Name", "Officiellt namn.|Official name.", required=True, width=46),
    text("name_en", "Engelskt namn|English name", "Där en källa ger det.|Where a source gives it.", width=44),
    text("abbreviation", "Förkortning|Abbreviation", "Vedertagen kortform.|Usual short form.", width=14),
    C("org_number", "id", "Organisationsnummer|Organisation number", "Bara ur belagd källa.|From a cited source only.",
      width=20),
    code("funder_type_code", "funder_type", "Typ|Type", "Tomt = okänd.|Empty = unknown.", width=18),
    code("level_code", "level", "Nivå|Level",
         "Lokal, regional, nationell, EU, privat.|Local, regional, national, EU, private.",
         width=14),
), is_open=True)  # fmt: skip

PROJECT_FUNDERS = Table("project_funders", "Finansiering|Funding", "En finansiär i ett projekt.|A funder of a project.",
                        (
    PROJECT, FUNDER,
    code("role_code", "role", "Roll|Role",
         "Egen, EU-fond, förmedlare, medfinansiär.|Own, EU fund, intermediary, co-funder.",
         key=True, required=True, shown="", width=26),
    C("via_funder_id", "id", "Genom|Via",
      "Förmedlaren EU-fondens pengar går genom.|The body an EU fund's money passes through.",
      refers_to="funders", shown="", width=26),
    published(width=40), POSITION,
    money("granted_sek", "Beviljat (kr)|Granted (SEK)",
          "Finansiärens beslut, hela projektet.|The funder's decision, whole project.",
          basis="amount_basis"),
    money("cash_sek", "Varav kontant (kr)|Of it cash (SEK)", "Pengar.|Money.", basis="amount_basis"),
    money("in_kind_sek", "Varav annat än pengar (kr)|Of it in kind (SEK)",
          "Arbete, lokaler, material.|Work, premises, material.",
          basis="amount_basis"),
    money("voluntary_time_sek", "Ideell tid (kr)|Voluntary time (SEK)", "Utanför totalen.|Outside the total.",
          basis="amount_basis"),
    code("contribution_code", "contribution", "Slag|Kind",
         "Kontant, i annat än pengar, ideell tid.|Cash, in kind, voluntary.",
         width=18),
    basis("amount_basis", "Beloppets grund|Basis of amount"),
    C("decision_date", "date", "Beslutsdag|Decided on",
      "Dagen för finansiärens beslut.|The day of the funder's decision.", width=14),
    text("reference_number", "Diarie- eller journalnummer|Reference number",
         "Finansiärens nummer på ärendet.|The funder's number of the case.", width=20),
), is_open=True)  # fmt: skip

CONTACTS = Table("contacts", "Kontakter|Contacts", "En person eller ett kontor.|A person or an office.", (
    own(CONTACT),
    text("name", "Namn|Name", "Den namnform som används mest.|The form used most.", personal=True, width=26),
    text("other_names", "Andra namnformer|Other names", "Skilda med semikolon.|Separated by semicolons.", personal=True,
         width=22),
    text("role_title", "Befattning|Role", "Som det står.|As it stands.", personal=True, width=22),
    text("organisation", "Organisation|Organisation", "Organisation eller enhet.|Organisation or unit.", personal=True,
         width=26),
))  # fmt: skip

CONTACT_POINTS = Table("contact_points", "Kontaktuppgifter|Contact points",
                       "Ett nummer eller en adress.|A number or address.", (
    CONTACT,
    code("kind_code", "contact_point", "Slag|Kind", "Telefon eller e-post.|Phone or e-mail.", key=True, required=True),
    text("value", "Värde|Value", "E.164 eller små bokstäver.|E.164 or lower case.", key=True, required=True,
         personal=True),
    published(personal=True),
))  # fmt: skip

PROJECT_CONTACTS = Table("project_contacts", "Projektens kontakter|Project contacts",
                         "Kontakt i ett projekt.|Contact of a project.", (
    PROJECT, CONTACT,
    code("role_code", "contact_role", "Roll|Role", "Vad fältet kallar kontakten.|What the field calls the contact."),
    published(personal=True), POSITION,
))  # fmt: skip

TARGET_GROUP = C("target_group_id", "id", "Målgrupps-id|Target group id",
                 "Nyckel för målgruppen.|Key of the target group.",
                 key=True, required=True, refers_to="target_groups")  # fmt: skip
TARGET_GROUPS = Table("target_groups", "Målgrupper|Target groups", "En grupp som sidan nämner.|A group the page names.",
                      (
    own(TARGET_GROUP),
    text("name", "Målgrupp|Target group", "Gruppens namn.|The group's name.", required=True, width=44),
    code("category_code", "target_group_category", "Kategori|Category", "Tomt = ingen rad passar.|Empty = no row fits.",
         width=34, form_width=28),
), is_open=True)  # fmt: skip

PROJECT_TARGET_GROUPS = Table("project_target_groups", "Projektens målgrupper|Project target groups",
                              "En målgrupp i ett projekt.|A target group of a project.", (
    PROJECT, TARGET_GROUP, published(key=True, width=44), POSITION,
), is_open=True)  # fmt: skip

THEME = C("theme_code", "id", "Tema|Theme", "Nyckel för temat.|Key of the theme.", key=True, required=True,
          refers_to="themes")  # fmt: skip
THEMES = Table("themes", "Teman|Themes", "Ett lokalt tema.|A local theme.", (
    own(THEME),
    code("scheme_code", "theme_scheme", "Indelning|Scheme", "Vilken temalista.|Which list of themes.", required=True),
    text("name", "Tema|Theme", "Svenskt namn.|Swedish name.", required=True),
    text("name_en", "Tema på engelska|Theme in English", "Vår översättning.|Our translation."),
    text("rus_area", "RUS Norrbotten 2030|RUS Norrbotten 2030", "Insatsområde.|Priority area.", width=40),
    text("leader_polaris_area", "Leader Polaris 2016–2022|Leader Polaris 2016–2022", "Insatsområde.|Priority area.",
         width=40),
    text("agenda_2030_goals", "Agenda 2030|Agenda 2030", "Mål, skilda med semikolon.|Goals, separated by semicolons.",
         width=20),
    text("cofog", "COFOG|COFOG", "Ändamål, tvåställigt.|Function of government, two digits.", width=10),
), is_open=True)  # fmt: skip

PROJECT_THEMES = Table("project_themes", "Projektens teman|Project themes",
                       "Ett tema i ett projekt.|A theme of a project.", (
    PROJECT, THEME,
    code("scheme_code", "theme_scheme", "Indelning|Scheme", "Vilken temalista.|Which list of themes.", required=True),
    text("matched_text", "Ord som gav temat|Matched words", "Ur projektets text.|From the project's text.", width=30),
    basis("basis", "Grund|Basis", width=22), POSITION,
), is_open=True)  # fmt: skip

PLACE = C("place_id", "id", "Plats-id|Place id", "Nyckel för platsen.|Key of the place.", key=True, required=True,
          refers_to="places")  # fmt: skip
PLACES = Table("places", "Platser|Places", "En plats som texten nämner.|A place the text names.", (
    own(PLACE),
    text("name", "Plats|Place", "Platsens namn.|The place's name.", required=True),
    code("kind_code", "place_kind", "Slag|Kind", "Kommun, län, ort …|Municipality, county, locality …", required=True),
    C("municipality_code", "id", "Kommunkod|Municipality code",
      "SCB, där platsen är eller ligger i en kommun.|SCB, where known."),
), is_open=True)  # fmt: skip

PROJECT_PLACES = Table("project_places", "Projektens platser|Project places",
                       "En plats i ett projekt.|A place of a project.", (
    PROJECT, PLACE, published(),
), is_open=True)  # fmt: skip

PROJECT_DETAILS = Table("project_details", "Uppgifter till finansiärer|Facts for funders",
                        "Det en finansiär frågar efter och sidan inte har, ifyllt av en person.|"
                        "What a funder asks for and the page lacks, filled in by a person.", (
    PROJECT,
    code("detail_code", "detail", "Uppgift|Fact", "Vad det är.|What it is.", key=True, required=True),
    text("item", "Gäller|Item", "Kostnadsslag, indikator eller finansiär, där uppgiften är en sådans.|"
         "Cost type, indicator or funder, where it is of one.", key=True),
    text("value", "Värde|Value", "Som text; belopp i hela kronor, dagar enligt ISO.|"
         "As text; amounts in whole kronor, days in ISO form.", required=True),
    basis("basis", "Grund|Basis"),
))  # fmt: skip

PROJECT_LINKS = Table("project_links", "Projektens länkar|Project links",
                      "Följdprojekt, dokument, dubbletter.|Follow-ups, documents, duplicates.", (
    PROJECT,
    code("relation_code", "relation", "Samband|Relation", "Vad målet är för projektet.|What the target is to it.",
         key=True, required=True),
    text("target", "Mål|Target", "Projekt-id eller det nämnda.|A project id, or what is named.", key=True,
         required=True),
), is_open=True)  # fmt: skip

PROJECT_TABLES = (
    PROJECTS, FUNDERS, PROJECT_FUNDERS, CONTACTS, CONTACT_POINTS, PROJECT_CONTACTS, TARGET_GROUPS,
    PROJECT_TARGET_GROUPS,
    THEMES, PROJECT_THEMES, PLACES, PROJECT_PLACES, PROJECT_LINKS, PROJECT_DETAILS,
)  # fmt: skip
