"""The file that is attached to the first meeting of the pictures: a small, real PDF."""

from datetime import datetime
from typing import Final

from app.sandbox.crm.object_types import MEETING
from app.sandbox.crm.store import RecordStore
from app.sandbox.hubspot.file_cabinet import FileCabinet

_TITLE: Final = "Intro call with Ada Okafor"
_SIZE: Final = 84 * 1024
_LINES: Final = (
    "Notes of the intro call with Northwind",
    "Present: Ada Okafor, Sam Keller, Mei Nelson",
    "Next step: technical scoping with Sam.",
)


def add_attachment(store: RecordStore, files: FileCabinet, *, now: datetime) -> None:
    """Put `call-notes.pdf` (84 kB, private) into the account and on the meeting it is about."""
    for meeting in store.all(MEETING):
        if meeting.properties.get("hs_meeting_title") == _TITLE:
            file = files.add(
                "call-notes.pdf", note_pages(), folder_path="/slotdesk", access="PRIVATE", now=now
            )
            meeting.properties["hs_attachment_ids"] = file.id
            return


def note_pages() -> bytes:
    """Return a PDF of one page with the notes, filled up with a comment to the size of the pictured file."""
    text = " T* ".join(f"({line}) Tj" for line in _LINES)
    stream = f"BT /F1 12 Tf 16 TL 72 760 Td {text} ET".encode()
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    body, places = bytearray(b"%PDF-1.4\n"), []
    for number, one in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    line = b"% " + b"." * 77 + b"\n"
    tail_length = 20 * (len(objects) + 1) + 80
    body += line * ((_SIZE - len(body) - tail_length) // len(line))
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % place for place in places)
    body += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(body)
