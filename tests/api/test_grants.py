"""What a sign-in yields, and how a later reply changes it."""

from app.api.grants import Grant, TokenReply

KEPT = Grant("R1", hub_id="7", user_id="9", scopes=("oauth", "tickets"))


def test_what_a_reply_leaves_out_stays() -> None:
    assert KEPT.merged(TokenReply("A2", 1800.0)) == KEPT


def test_what_a_reply_names_is_taken() -> None:
    reply = TokenReply("A2", 1800.0, refresh_token="R2", hub_id="8", user_id="10", scopes=())
    assert KEPT.merged(reply) == Grant("R2", hub_id="8", user_id="10", scopes=())


def test_no_token_is_shown() -> None:
    shown = repr(KEPT) + repr(TokenReply("A2", 1800.0, refresh_token="R2"))
    assert "R1" not in shown
    assert "R2" not in shown
    assert "A2" not in shown
