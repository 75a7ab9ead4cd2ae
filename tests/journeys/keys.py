"""A key store that tests can look into; it outlives a restart of the app, as the system's does."""


class OpenKeyStore:
    """Fulfils `KeyStore`."""

    name = "tests' key store"

    def __init__(self) -> None:
        self.items: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        """The secret, or None."""
        return self.items.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Add or replace."""
        self.items[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        """Remove one item."""
        del self.items[service, username]
