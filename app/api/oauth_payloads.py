"""What the OAuth endpoints answer, as far as it is read (reference 4.5, 4.6)."""

import msgspec

from app.api.decoding import WireId


class TokenPayload(msgspec.Struct, frozen=True):
    """The token endpoint's answer; `expires_in` in seconds."""

    access_token: str
    expires_in: float | None = None
    refresh_token: str | None = None
    hub_id: WireId | None = None
    user_id: WireId | None = None
    scopes: list[str] | None = None

    def __repr__(self) -> str:
        return "TokenPayload(…)"


class IntrospectionPayload(msgspec.Struct, frozen=True):
    """Whom a token stands for: `user` is an e-mail address, `user_id` the scheduler's user id."""

    active: bool
    hub_id: WireId | None = None
    user_id: WireId | None = None
    app_id: WireId | None = None
    user: str | None = None
    hub_domain: str | None = None
    scopes: list[str] = msgspec.field(default_factory=list)
    expires_in: float | None = None
