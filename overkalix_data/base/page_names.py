"""How a person calls a page in a few words: `gallivare.se`."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit


def source_labels(sources: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """source_id → the host of its address; the whole address where another page has the same host; its file where it has none."""
    rows = list(sources)
    hosts = [urlsplit(str(row.get("url") or "")).netloc.removeprefix("www.") for row in rows]
    times = Counter(hosts)
    labels = {}
    for row, host in zip(rows, hosts, strict=True):
        address = str(row.get("url") or "").partition("://")[2].removeprefix("www.").rstrip("/")
        labels[str(row["source_id"])] = (host if times[host] == 1 else address) or str(
            row.get("path") or row["source_id"]
        )
    return labels
