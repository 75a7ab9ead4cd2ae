"""A provider of video calls for the tests: a plain HTTP server that answers as it is told and remembers."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MADE = {
    "success": True,
    "data": {"meeting_id": "room/1", "join_url": "https://meet.example/1", "invitation": "Join us"},
}


@dataclass
class Provider:
    """`answers` are used up first to last; then the right ones follow. `seen` are the requests."""

    url: str = ""
    answers: list[tuple[int, bytes]] = field(default_factory=list)
    seen: list[tuple[str, str, str, Any]] = field(default_factory=list)

    def answer(self, method: str) -> tuple[int, bytes]:
        if self.answers:
            return self.answers.pop(0)
        return (201, json.dumps(MADE).encode()) if method == "POST" else (204, b"")

    def manifest(self, **changes: Any) -> dict[str, Any]:
        return {
            "version": "v202049",
            "clientId": "a2f09c41d7e35b18",
            "endpoints": {
                "postMeeting": f"{self.url}/p/:linkId/meetings",
                "patchUpdateMeeting": f"{self.url}/p/:linkId/meetings/:meetingId",
                "deleteMeeting": f"{self.url}/p/:linkId/meetings/:meetingId",
            },
            **changes,
        }


@contextmanager
def providing() -> Iterator[Provider]:
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def _take(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            auth = self.headers.get("Authorization", "")
            provider.seen.append((self.command, self.path, auth, json.loads(body) if body else None))
            status, content = provider.answer(self.command)
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_PATCH = do_DELETE = _take

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        provider.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()
