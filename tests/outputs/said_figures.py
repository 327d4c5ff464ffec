"""How products say a figure: patterns of their sentences, in both languages."""

N = r"(\d[\d ]*)"
M = r"(\d[\d,]*)"
SAID = {
    "sv": [
        (
            "status",
            rf"listar {N} projekt: {N} pågående \(antaget: sidan säger det inte\) och {N} avslutade",
            "radsrapport rapport",
        ),
        ("status", rf"{N} projekt: {N} pågående, {N} avslutade \(status", "terminal"),
        ("assumed", rf"status antagen för {N}", "terminal"),
        ("texts", rf"{N} olika texter", "terminal"),
        ("ongoing", rf"{N} av {N} projekt är pågående", "bilaga-1"),
        ("completed", rf"{N} av {N} projekt är avslutade", "bilaga-1"),
        ("granted", rf"har beviljat {N} kr \(känt för {N} av {N} finansieringar\)", "radsrapport bilaga-1 rapport"),
        ("own", rf"medfinansiering är {N} kr \(känt för {N} av {N} projekt", "radsrapport rapport"),
        ("eu", rf"EU-medel är {N} kr av det beviljade \(känt för {N} av {N} finans", "radsrapport rapport"),
        ("cost", rf"kostnader är {N} kr \(känt för {N} av {N} projekt\)", "radsrapport"),
        ("amounts", rf"[Bb]elopp är kända för {N} av {N} projekt", "radsrapport bilaga-1 rapport"),
        ("amounts", rf"belopp för {N} av {N}\b", "rapport bilaga-1 terminal"),
        ("periods", rf"[Pp]erioden är känd för {N} av {N} projekt", "radsrapport bilaga-1 rapport"),
        ("titles", rf"[Tt]iteln är känd för {N} av {N} projekt", "radsrapport bilaga-1 rapport"),
        ("contacts", rf"kontakt finns för {N} av {N} projekt", "radsrapport bilaga-1 rapport"),
        ("eu_projects", rf"{N} av {N} projekt nämner en EU-fond, {N} till genom", "radsrapport"),
        ("changes", rf"{N} projekt har ändrats sedan förra", "radsrapport rapport"),
        ("changes", rf"{N} förändringar sedan förra", "terminal"),
        ("ended", rf"{N} pågående projekt har passerat", "radsrapport bilaga-1 rapport"),
        ("fundings", rf"{N} finansiärer i {N} finansieringar", "terminal"),
        ("parts", rf"av {N} finansieringar räknas {N} i summorna", "bilaga-1"),
    ],
    "en": [
        (
            "status",
            rf"lists {M} projects: {M} ongoing \(assumed: the page does not say so\) and {M} completed",
            "radsrapport rapport",
        ),
        ("status", rf"{M} projects: {M} ongoing, {M} completed \(status", "terminal"),
        ("ongoing", rf"{M} of {M} projects are ongoing", "bilaga-1"),
        ("completed", rf"{M} of {M} projects are completed", "bilaga-1"),
        ("granted", rf"have granted SEK {M} \(known for {M} of {M} parts", "radsrapport bilaga-1 rapport"),
        ("own", rf"co-funding is SEK {M} \(known for {M} of {M} projects", "radsrapport rapport"),
        ("eu", rf"EU money is SEK {M} of what is granted \(known for {M} of {M} parts", "radsrapport rapport"),
        ("cost", rf"known costs are SEK {M} \(known for {M} of {M} projects\)", "radsrapport"),
        ("amounts", rf"Amounts are known for {M} of {M} projects", "radsrapport bilaga-1 rapport"),
        ("periods", rf"period is known for {M} of {M} projects", "radsrapport bilaga-1 rapport"),
        ("titles", rf"title is known for {M} of {M} projects", "radsrapport bilaga-1 rapport"),
        ("contacts", rf"is a contact for {M} of {M} projects", "radsrapport bilaga-1 rapport"),
        (
            "eu_projects",
            rf"fund is named in {M} of {M} projects, and EU money comes to {M} more through",
            "radsrapport",
        ),
        ("changes", rf"{M} projects have changed since the last", "radsrapport rapport"),
        ("ended", rf"{M} ongoing projects have passed", "radsrapport bilaga-1 rapport"),
        ("fundings", rf"{M} funders in {M} parts", "terminal"),
        ("parts", rf"of {M} parts of the funding {M} count in the sums", "bilaga-1"),
    ],
}
"""Language → figure, how it is said and the products in which it must stand. Wherever else it is said, it is the same."""
