"""The rep's templates for titles and notes."""

from typing import Final

from app.domain.accounts import AccountId
from app.domain.ports_meetings import TextTemplate
from app.storage.codec import Codec
from app.storage.database import Database

_TEMPLATE: Final = Codec(TextTemplate)


class SqliteTemplateStore:
    """Fulfils `TemplateStore` on the outbox database: a saved template survives a crash and a power cut."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def templates(self, account_id: AccountId) -> tuple[TextTemplate, ...]:
        """All of them by name, without regard to case; one that cannot be read is left out."""
        rows = await self._database.read(
            lambda connection: connection.execute(
                "SELECT body FROM templates WHERE account_id = ?", (account_id,)
            ).fetchall()
        )
        decoded = (_TEMPLATE.decode(body) for (body,) in rows)
        found = [template for template in decoded if template is not None]
        return tuple(sorted(found, key=lambda template: (template.name.casefold(), template.id)))

    async def save(self, account_id: AccountId, template: TextTemplate) -> None:
        """Add or replace."""
        row = (account_id, template.id, _TEMPLATE.encode_text(template))
        await self._database.write(
            lambda connection: connection.execute("REPLACE INTO templates VALUES (?, ?, ?)", row)
        )

    async def remove(self, account_id: AccountId, template_id: str) -> None:
        """Forget it."""
        await self._database.write(
            lambda connection: connection.execute(
                "DELETE FROM templates WHERE account_id = ? AND template_id = ?", (account_id, template_id)
            )
        )
