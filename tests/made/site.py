"""A website on 127.0.0.1, for the tests of fetching: what it answers is a function a path."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[[BaseHTTPRequestHandler], None]


class Site:
    """Path → what it answers; the requests that came, as (path, headers)."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    def times(self, path: str) -> int:
        return sum(asked == path for asked, _ in self.asked)


def page(body: str | bytes, status: int = 200, **headers: str) -> Answer:
    """A whole answer; headers by their names with `_` for `-`."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        data = body if isinstance(body, bytes) else body.encode()
        told = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(data))}
        told |= {name.replace("_", "-"): value for name, value in headers.items()}
        request.send_response(status)
        for name, value in told.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(data)

    return answer


@contextmanager
def site() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append((self.path, dict(self.headers)))
            made.answers.get(self.path, page("borta", 404))(self)

        def log_message(self, format: str, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """Who asked has gone: that is what the test is of."""

    server = Server(("127.0.0.1", 0), Handler)
    made = Site(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
