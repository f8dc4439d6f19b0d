"""A customer's own website on another origin, with the embed snippet in it and nothing else of ours."""

import contextlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>A shop</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body>{first}<main><h1>A shop</h1><p>Blue doors, red doors.</p><a href="/doors">Doors</a></main>
<script async nonce="once" src="{chat}/widget.js" data-site="{key}"{words}></script>{second}
</body>
</html>"""


SECOND = '<script async nonce="once" src="{chat}/widget/invite/{key}.js"></script>'


class HostSite(ThreadingHTTPServer):
    """Serves one page at every address; `embed` puts the snippet into it."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), PageHandler)
        self.page = b"<!DOCTYPE html><title>A shop</title><h1>A shop</h1>"
        self.policy: str | None = None

    @property
    def origin(self) -> str:
        """The origin that visitors see: a host name and a port of its own."""
        return f"http://localhost:{self.server_port}"

    def embed(
        self,
        chat: str,
        key: str,
        policy: str | None = None,
        script: str = "",
        *,
        speaks_first: bool = False,
        words: str = "",
    ) -> None:
        """Puts the snippet into the page; `policy` is the page's own Content-Security-Policy, `script` is one
        of its own, which runs first; `speaks_first`: with the second line; `words` are the launcher's."""
        first = f"<script>{script}</script>" if script else ""
        second = SECOND.format(chat=chat, key=key) if speaks_first else ""
        told = f' data-words="{words}"' if words else ""
        self.page = PAGE.format(chat=chat, key=key, first=first, second=second, words=told).encode()
        self.policy = policy


class PageHandler(BaseHTTPRequestHandler):
    server: HostSite

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(self.server.page)))
        if self.server.policy:
            self.send_header("Content-Security-Policy", self.server.policy)
        self.end_headers()
        self.wfile.write(self.server.page)

    def log_message(self, *_: Any) -> None:
        """Says nothing: pytest shows the browser's side of a failure."""


@contextlib.contextmanager
def hosted_site() -> Iterator[HostSite]:
    """A running website while the block runs."""
    site = HostSite()
    thread = threading.Thread(target=site.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.shutdown()
        thread.join()
        site.server_close()
