"""A Pipedrive on loopback that answers an install with what a test tells it to."""

import contextlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = tuple[int, Any]
TOKEN, ME, LINK = "/oauth/token", "/api/v1/users/me", "/api/v1/meetings/userProviderLinks"


class PretendPipedrive:
    """`replies` by path: a status with JSON, or bytes as they are; status 0 hangs up."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.asked: list[tuple[str, dict[str, str], bytes]] = []
        me = {"id": 7, "company_id": 9, "timezone_name": "Europe/Berlin", "language": {"language_code": "de"}}
        self.replies: dict[str, Reply] = {
            TOKEN: (200, {"access_token": "at-1", "token_type": "bearer", "api_domain": url}),
            ME: (200, {"success": True, "data": me}),
            LINK: (200, {"success": True, "data": {"message": "The user was added successfully"}}),
        }


@contextlib.contextmanager
def pretend_pipedrive() -> Iterator[PretendPipedrive]:
    """A server that ends with the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            pretend.asked.append((self.path, dict(self.headers.items()), body))
            status, content = pretend.replies.get(self.path, (404, {}))
            if status == 0:
                self.close_connection = True
                return
            said = content if isinstance(content, bytes) else json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        do_POST = do_GET

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    pretend = PretendPipedrive(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield pretend
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
