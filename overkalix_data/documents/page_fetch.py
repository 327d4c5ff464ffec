"""A page fetched anew from its own site: the only module that uses the network.

http(s) only, one host, public addresses only, 10 MB and 30 s in all, robots.txt, three tries. Standard library.
"""

import socket
import ssl
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection, IncompleteRead
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, quote, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from overkalix_data.base.errors import InputError

AGENT = "overkalix"
MOST_BYTES, MOST_SECONDS = 10 * 2**20, 30.0
TRIES, MOST_REDIRECTS = 3, 5
BUSY = frozenset({429, 500, 502, 503, 504})
"""Answers after which a later try may do better."""
REDIRECTS = frozenset({301, 302, 303, 307, 308})
MEDIA = {"text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt"}
"""Media types of pages, and the ending of their files."""
PORTS = {"http": 80, "https": 443}
_NAT64 = IPv6Network("64:ff9b::/96")
_PIECE = 2**16


@dataclass(frozen=True)
class Fetched:
    """A page's bytes as they came, what to ask by next time, and the ending of its file."""

    data: bytes
    etag: str
    suffix: str


@dataclass(frozen=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


def fetch_page(url: str, etag: str = "") -> Fetched | None:
    """The page; None where it is as it was when it had that tag.

    Raises InputError (`fetch_…`) where the address may not be asked, or no whole page comes in time.
    """
    return _Visit(url).page(etag)


def is_public(address: str) -> bool:
    """Whether an address is one of the open internet, and so is each that it stands for."""
    number = ip_address(address.partition("%")[0])
    meant: list[IPv4Address | IPv6Address | None] = [number]
    if isinstance(number, IPv6Address):
        meant += [number.ipv4_mapped, number.sixtofour, *(number.teredo or ())]
        meant += [IPv4Address(int(number) & 0xFFFFFFFF)] if number in _NAT64 else []
    return all(n.is_global and not n.is_multicast for n in meant if n)


@dataclass
class _Visit:
    """One page's fetch, with the time that is left for all of it."""

    url: str
    until: float = field(default_factory=lambda: time.monotonic() + MOST_SECONDS)

    def page(self, etag: str) -> Fetched | None:
        if not self._robots_allow():
            raise self._refused("robots")
        answer = self._tried(self.url, {"If-None-Match": etag} if etag else {})
        if answer.status == 304 and etag:
            return None
        if answer.status != 200:
            raise self._refused("status", status=answer.status)
        kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind not in MEDIA or answer.headers.get("Content-Encoding", "identity") != "identity":
            raise self._refused("kind", kind=kind or "?")
        if MEDIA[kind] == ".html" and b"</html" not in answer.body[-_PIECE:].lower():
            raise self._refused("half")
        return Fetched(answer.body, answer.headers.get("ETag", ""), MEDIA[kind])

    def _robots_allow(self) -> bool:
        """What robots.txt says of the page; a site without one allows all, one that is down nothing (RFC 9309)."""
        answer = self._tried(urljoin(self.url, "/robots.txt"), {})
        if 400 <= answer.status < 500:
            return True
        rules = RobotFileParser()
        rules.parse(answer.body.decode("utf-8", errors="replace").splitlines())
        return answer.status == 200 and rules.can_fetch(AGENT, self.url)

    def _tried(self, url: str, headers: Mapping[str, str]) -> _Answer:
        """The answer, after redirects on the host; asked again where the site is busy and there is time."""
        for n in range(1, TRIES + 1):
            answer = self._followed(url, headers)
            wait = _wait(answer.headers.get("Retry-After", ""), 2.0**n / 2)
            if answer.status not in BUSY or n == TRIES or time.monotonic() + wait > self.until:
                break
            time.sleep(wait)
        return answer

    def _followed(self, url: str, headers: Mapping[str, str]) -> _Answer:
        for _ in range(MOST_REDIRECTS):
            answer = self._asked(url, headers)
            target = answer.headers.get("Location", "")
            if answer.status not in REDIRECTS or not target:
                return answer
            before, url = urlsplit(url), urljoin(url, target)
            after = urlsplit(url)
            is_safer = (before.scheme, after.scheme) == ("http", "https")
            if after.hostname != before.hostname or not (is_safer or _origin(before) == _origin(after)):
                raise self._refused("redirect", target=url)
        raise self._refused("redirect", target=url)

    def _asked(self, url: str, headers: Mapping[str, str]) -> _Answer:
        parts = urlsplit(url)
        connection = self._connection(parts)
        # Closes the socket when the time is out, however slowly the bytes drip; the connection forgets a socket that
        # the answer's end will close.
        held: list[socket.socket] = []
        watch = threading.Timer(self.until - time.monotonic(), lambda: _shut(held[0] if held else connection.sock))
        try:
            watch.start()
            connection.connect()
            held.append(connection.sock)
            path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~") + (f"?{parts.query}" if parts.query else "")
            sent = {"User-Agent": AGENT, "Accept": ", ".join(MEDIA), "Accept-Encoding": "identity", **headers}
            connection.request("GET", path, headers=sent)
            response = connection.getresponse()
            return _Answer(response.status, dict(response.headers), self._body(response))
        except (OSError, HTTPException, ValueError) as error:
            late = time.monotonic() >= self.until or isinstance(error, TimeoutError)
            half = isinstance(error, IncompleteRead)
            key = "time" if late else "half" if half else "unreachable"
            raise self._refused(key, reason=str(error) or type(error).__name__) from error
        finally:
            watch.cancel()
            connection.close()

    def _body(self, response: HTTPResponse) -> bytes:
        """The whole body. Raises InputError where it is too much, too slow, or ends too early."""
        stated, body = response.headers.get("Content-Length", ""), b""
        if stated.isdecimal() and int(stated) > MOST_BYTES:
            raise self._refused("size", limit=MOST_BYTES // 2**20)
        while piece := response.read1(_PIECE):
            body += piece
            if len(body) > MOST_BYTES:
                raise self._refused("size", limit=MOST_BYTES // 2**20)
        if time.monotonic() >= self.until:
            raise self._refused("time")
        if stated.isdecimal() and len(body) < int(stated) and response.status == 200:
            raise self._refused("half")
        return body

    def _connection(self, parts: SplitResult) -> HTTPConnection:
        """A connection to the very address that was judged, so that no second look-up can name another."""
        if parts.scheme not in PORTS or not parts.hostname or parts.username is not None:
            raise self._refused("address")
        left = self.until - time.monotonic()
        if left <= 0:
            raise self._refused("time")
        try:
            places = socket.getaddrinfo(parts.hostname, parts.port or PORTS[parts.scheme], type=socket.SOCK_STREAM)
        except (OSError, UnicodeError, ValueError) as error:
            raise self._refused("unreachable", reason=str(error)) from error
        if not all(is_public(str(place[0])) for *_, place in places):
            raise self._refused("private")
        host, port = places[0][4][:2]
        if parts.scheme == "http":
            connection = HTTPConnection(parts.hostname, parts.port, timeout=left)
        else:
            connection = HTTPSConnection(parts.hostname, parts.port, timeout=left, context=ssl.create_default_context())
        connection._create_connection = lambda *_: socket.create_connection((str(host), int(port)), left)  # type: ignore[attr-defined]
        return connection

    def _refused(self, key: str, **more: object) -> InputError:
        facts = {"url": self.url, "seconds": int(MOST_SECONDS), "reason": "", **more}
        return InputError(f"fetch_{key}", **facts)


def _shut(stream: socket.socket | None) -> None:
    with suppress(OSError):
        if stream:
            stream.shutdown(socket.SHUT_RDWR)


def _origin(parts: SplitResult) -> tuple[str, str | None, int]:
    return parts.scheme, parts.hostname, parts.port or PORTS.get(parts.scheme, 0)


def _wait(said: str, default: float) -> float:
    """The seconds that a site asks one to wait: a number, or the moment to come back."""
    if said.strip().isdecimal():
        return float(said)
    with suppress(ValueError, TypeError):
        return max((parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds(), 0.0)
    return default
