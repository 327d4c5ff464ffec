"""How a person calls a page in a few words: `gallivare.se`."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

LONGEST_HOST = 253
"""Characters of a host's name (RFC 1035)."""


def host_of(url: str) -> str:
    """The host of an address, lower case; empty where the text is no address of one."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:  # `http://[`
        return ""
    return host if len(host) <= LONGEST_HOST else ""


def labels_beside(sources: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """What stands beside a line: `source_labels` of several pages; nothing of one, where the line says enough."""
    labels = source_labels(sources)
    return labels if len(labels) > 1 else {}


def source_labels(sources: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """source_id → its address's host; whole where another page has that host; its file where it has none."""
    rows = list(sources)
    addresses = [str(row.get("url") or "").partition("://")[2].removeprefix("www.").rstrip("/") for row in rows]
    hosts = [host_of(str(row.get("url") or "")).removeprefix("www.") for row in rows]
    times = Counter(hosts)
    names = [host if times[host] == 1 else address for host, address in zip(hosts, addresses, strict=True)]
    return {
        str(row["source_id"]): name or str(row.get("path") or row["source_id"])
        for row, name in zip(rows, names, strict=True)
    }
