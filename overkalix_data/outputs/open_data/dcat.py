"""`dcat.rdf`: the catalogue that dataportal.se harvests, as DCAT-AP-SE 3.0.1 asks, in RDF/XML.

One dataset with its formats as distributions. Everything has an address of its own (no blank nodes), every text a
language, and what is named in the EU's lists is told by its label too, so that the file can be read alone.
"""

from collections.abc import Iterable
from typing import NamedTuple
from xml.etree import ElementTree as ET

from overkalix_data.base.codelist import code_label
from overkalix_data.base.words import LANGUAGES, say
from overkalix_data.outputs.open_data.datapackage import STANDARD
from overkalix_data.outputs.open_data.dataset import Dataset, Distribution

PREFIXES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/", "dcatap": "http://data.europa.eu/r5r/", "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#", "skos": "http://www.w3.org/2004/02/skos/core#",
}  # fmt: skip
XML_LANG, XSD = "{http://www.w3.org/XML/1998/namespace}lang", "http://www.w3.org/2001/XMLSchema#"
EU = "http://publications.europa.eu/resource/authority/"
CC0 = "http://creativecommons.org/publicdomain/zero/1.0/"
"""The licence of a catalogue on dataportal.se is always this one; that of its data is the publisher's choice."""
LOCAL_AUTHORITY = "http://purl.org/adms/publishertype/LocalAuthority"
PUBLIC_DOMAIN = "http://purl.org/adms/licencetype/PublicDomain"
PUBLISHER = "http://dataportal.se/organisation/SE"
"""The address of a Swedish authority on dataportal.se, before its organisation number."""
THEMES = ("GOVE", "REGI")
TYPED_DAYS = {4: "gYear", 7: "gYearMonth", 10: "date"}
"""Length of an EDTF day → its type in XML Schema."""


class LangString(NamedTuple):
    """Words in a language."""

    words: str
    lang: str


class Day(NamedTuple):
    """A day, month or year."""

    edtf: str


Value = str | LangString | Day
"""The object of a statement: an address, words or a day."""
Statements = list[tuple[str, Value]]


def catalogue(dataset: Dataset, distributions: Iterable[Distribution]) -> bytes:
    """The catalogue of a dataset whose publisher has decided what it needs (`Publication.has_catalogue`)."""
    for prefix, name in PREFIXES.items():
        ET.register_namespace(prefix, name)
    root = ET.Element(_name("rdf:RDF"))
    for kind, iri, statements in _nodes(dataset, list(distributions)):
        node = ET.SubElement(root, _name(kind), {_name("rdf:about"): iri})
        for name, value in statements:
            _state(node, name, value)
    ET.indent(root, " ")
    return f"{ET.tostring(root, encoding='unicode')}\n".encode()


def _nodes(dataset: Dataset, distributions: list[Distribution]) -> Iterable[tuple[str, str, Statements]]:
    decided, base = dataset.publication, f"{dataset.publication.base_url}dcat.rdf#"
    publisher = PUBLISHER + decided.org_number
    common = _common(dataset, publisher)
    yield "dcat:Catalog", f"{base}katalog", [
        *_texts("dcterms:title", "open.catalogue.title", publisher=dataset.publisher),
        *_texts("dcterms:description", "open.catalogue.description", publisher=dataset.publisher),
        *common, ("dcterms:license", CC0), ("dcat:themeTaxonomy", f"{EU}data-theme"),
        ("dcat:dataset", f"{base}projekt"), *_filled("foaf:homepage", decided.homepage),
    ]  # fmt: skip
    period = _period(dataset)
    yield "dcat:Dataset", f"{base}projekt", [
        *_texts("dcterms:title", "open.title"),
        *_texts("dcterms:description", "open.description", publisher=dataset.publisher),
        *common, ("dcat:contactPoint", f"{base}kontakt"),
        *(("dcat:keyword", LangString(w, lang)) for lang in LANGUAGES for w in say("open.keywords", lang).split("; ")),
        *(("dcat:theme", f"{EU}data-theme/{theme}") for theme in THEMES),
        ("dcterms:accessRights", f"{EU}access-right/PUBLIC"),
        *([("dcterms:temporal", f"{base}period")] if period else []),
        *_filled("dcterms:accrualPeriodicity", decided.frequency and f"{EU}frequency/{decided.frequency}"),
        *(("dcat:distribution", base + part.key) for part in distributions),
    ]  # fmt: skip
    for part in distributions:
        yield "dcat:Distribution", base + part.key, _distribution(part, dataset)
    yield "foaf:Agent", publisher, [
        ("foaf:name", LangString(dataset.publisher, "sv")), ("dcterms:type", LOCAL_AUTHORITY),
    ]  # fmt: skip
    yield "vcard:Organization", f"{base}kontakt", [
        ("vcard:fn", LangString(decided.contact_name, "sv")), ("vcard:hasEmail", f"mailto:{decided.contact_email}"),
    ]  # fmt: skip
    if period:
        yield "dcterms:PeriodOfTime", f"{base}period", period
    yield from _named(dataset, distributions)


def _common(dataset: Dataset, publisher: str) -> Statements:
    """What catalogue and dataset say alike."""
    decided = dataset.publication
    return [
        ("dcterms:publisher", publisher), ("dcterms:language", f"{EU}language/SWE"),
        *_filled("dcterms:spatial", decided.spatial_uri),
        *_filled("dcterms:issued", decided.issued and Day(decided.issued)),
        *_filled("dcterms:modified", dataset.version and Day(dataset.version)),
    ]  # fmt: skip


def _distribution(part: Distribution, dataset: Dataset) -> Statements:
    licence, base = dataset.publication.licence_row, dataset.publication.base_url
    return [
        *_texts("dcterms:title", f"open.format.{part.key}"),
        *_texts("dcterms:description", f"open.format.{part.key}.about"),
        ("dcat:accessURL", base + part.entry), *(("dcat:downloadURL", base + file) for file in part.files),
        ("dcterms:format", part.format_iri), ("dcatap:availability", f"{EU}planned-availability/AVAILABLE"),
        *_filled("dcterms:license", licence["url"] if licence else ""),
        *([("dcterms:conformsTo", STANDARD)] if part.is_package else []),
    ]  # fmt: skip


def _period(dataset: Dataset) -> Statements:
    """From the first start to the last end that a page tells; an end is left out where none is told."""
    projects = dataset.tables["projects"]
    starts, ends = (sorted(projects[column].dropna()) for column in ("start", "end"))
    return [
        *([("dcat:startDate", Day(starts[0]))] if starts else []), *([("dcat:endDate", Day(ends[-1]))] if ends else []),
    ]  # fmt: skip


def _named(dataset: Dataset, distributions: list[Distribution]) -> Iterable[tuple[str, str, Statements]]:
    """What is named above and has its address elsewhere: its kind, and its label where it is of a list."""
    decided, licence = dataset.publication, dataset.publication.licence_row
    yield _concept("dcterms:LinguisticSystem", EU, "language", "SWE", "svenska")
    yield _concept("dcterms:RightsStatement", EU, "access-right", "PUBLIC", "offentlig")
    yield _concept("skos:Concept", EU, "planned-availability", "AVAILABLE", "tillgänglig")
    for theme in THEMES:
        yield _concept("skos:Concept", EU, "data-theme", theme, code_label("data_theme", theme))
    if decided.frequency:
        words = code_label("frequency", decided.frequency)
        yield _concept("dcterms:Frequency", EU, "frequency", decided.frequency, words)
    yield "skos:ConceptScheme", f"{EU}data-theme", [("dcterms:title", LangString("Data theme", "en"))]
    for part in distributions:
        yield "dcterms:MediaTypeOrExtent", part.format_iri, [("skos:prefLabel", LangString(part.format_name, "en"))]
    for url in sorted({CC0, *([licence["url"]] if licence else [])}):
        yield "dcterms:LicenseDocument", url, [("dcterms:type", PUBLIC_DOMAIN)] if url == CC0 else []
    yield "dcterms:Standard", STANDARD, [("dcterms:title", LangString("Data Package", "en"))]
    if decided.spatial_uri:
        yield "dcterms:Location", decided.spatial_uri, []
    if decided.homepage:
        yield "foaf:Document", decided.homepage, []


def _concept(kind: str, base: str, scheme: str, code: str, words: str) -> tuple[str, str, Statements]:
    return kind, f"{base}{scheme}/{code}", [
        *([("rdf:type", PREFIXES["skos"] + "Concept")] if kind != "skos:Concept" else []),
        ("skos:inScheme", base + scheme), ("skos:prefLabel", LangString(words, "sv")),
    ]  # fmt: skip


def _texts(name: str, key: str, **params: str) -> Statements:
    return [(name, LangString(say(key, lang, **params), lang)) for lang in LANGUAGES]


def _filled(name: str, value: Value) -> Statements:
    return [(name, value)] if value else []


def _state(node: ET.Element, name: str, value: Value) -> None:
    element = ET.SubElement(node, _name(name))
    if isinstance(value, LangString):
        element.text = value.words
        element.set(XML_LANG, value.lang)
    elif isinstance(value, Day):
        element.text = value.edtf
        element.set(_name("rdf:datatype"), XSD + TYPED_DAYS[len(value.edtf)])
    else:
        element.set(_name("rdf:resource"), value)


def _name(prefixed: str) -> str:
    prefix, _, local = prefixed.partition(":")
    return f"{{{PREFIXES[prefix]}}}{local}"
