"""Reading `multipart/form-data` (RFC 7578): a handful of fields and files, held in memory."""

from dataclasses import dataclass
from email.message import Message

from app.sandbox.errors import validation_error


@dataclass(frozen=True, slots=True)
class Part:
    """One part: a file when it has a `file_name`."""

    name: str
    content: bytes
    file_name: str | None

    @property
    def text(self) -> str:
        """The content as text; bytes that are not UTF-8 become replacement characters."""
        return self.content.decode("utf-8", "replace")


def parse_multipart(content_type: str, body: bytes) -> dict[str, Part]:
    """Return the parts by name, the last of a repeated one; HubSpotError 400 when it is no form."""
    head = Message()
    head["content-type"] = content_type
    boundary = head.get_param("boundary")
    if head.get_content_type() != "multipart/form-data" or not isinstance(boundary, str) or not boundary:
        raise validation_error("Send multipart/form-data with a boundary.")
    pieces = (b"\r\n" + body).split(b"\r\n--" + boundary.encode("latin-1", "replace"))
    if len(pieces) < 2 or not pieces[-1].startswith(b"--"):
        raise validation_error("The multipart body does not end with its boundary.")
    parts = [_part(piece) for piece in pieces[1:-1]]
    return {part.name: part for part in parts}


def _part(piece: bytes) -> Part:
    fields, blank, content = piece.removeprefix(b"\r\n").partition(b"\r\n\r\n")
    head = Message()
    for line in fields.decode("utf-8", "replace").split("\r\n"):
        field, _, value = line.partition(":")
        if field.strip().lower() == "content-disposition":
            head["content-disposition"] = value.strip()
    name = head.get_param("name", header="content-disposition")
    if not blank or not isinstance(name, str):
        raise validation_error("A part of the multipart body has no name.")
    return Part(name, content, head.get_filename())
