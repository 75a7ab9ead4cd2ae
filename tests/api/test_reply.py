"""What an answer says of itself."""

from datetime import UTC, datetime

import pytest

from app.api.reply import Reply

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("content_type", "is_json"),
    [
        ("application/json", True),
        ("Application/JSON; charset=utf-8", True),
        ("application/problem+json", True),
        ("text/html", False),
        ("", False),
    ],
)
def test_json_is_told_by_its_content_type(content_type: str, is_json: bool) -> None:
    assert Reply(200, {"content-type": content_type}).is_json is is_json


@pytest.mark.parametrize(("status", "is_success"), [(199, False), (200, True), (207, True), (300, False)])
def test_success_is_2xx(status: int, is_success: bool) -> None:
    assert Reply(status).is_success is is_success


def test_the_date_header_beats_this_computers_clock() -> None:
    dated = Reply(200, {"date": "Thu, 19 Nov 2026 09:00:00 GMT"})
    assert dated.made_at(NOW) == datetime(2026, 11, 19, 9, 0, tzinfo=UTC)
    assert Reply(200, {"date": "yesterday"}).made_at(NOW) == NOW
    assert Reply(200).made_at(NOW) == NOW


def test_a_reply_never_shows_its_body() -> None:
    assert "secret" not in repr(Reply(200, {"set-cookie": "secret"}, b"secret"))
