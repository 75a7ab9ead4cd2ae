"""What the command palette finds on the Book screen: people in the CRM, and meeting links."""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication

from app.domain.links import MeetingLink
from app.domain.ports import Clock
from app.domain.problems import Problem
from app.domain.records import Contact
from app.services.directory import DirectoryService
from app.ui.kit.widgets.avatar import initials_of
from app.ui.kit.widgets.rows import ListRow
from app.ui.screen import Finder
from app.ui.screens.book.desk.prospect import ProspectViewModel
from app.ui.screens.book.links.rows import LinkRow, kind_words
from app.ui.screens.book.links.viewmodel import LinksViewModel

translate = QCoreApplication.translate
TYPING_PAUSE_S = 0.15
AT_MOST = 5


@dataclass(slots=True)
class PeopleFinder:
    """Contacts by free text; picking one makes it the guest and tells `chosen`."""

    directory: DirectoryService
    prospect: ProspectViewModel
    clock: Clock
    chosen: Callable[[], None]
    _found: dict[str, Contact] = field(default_factory=dict)

    async def find(self, text: str) -> tuple[ListRow, ...]:
        """The best contacts, after a short pause of typing."""
        await self.clock.sleep(TYPING_PAUSE_S)
        try:
            found = await self.directory.search_contacts(text, limit=AT_MOST)
        except Problem:
            return ()
        self._found = {contact.id: contact for contact in found}
        section, book = translate("palette", "People"), translate("palette", "Book ↵")
        return tuple(
            ListRow(
                id=contact.id,
                title=contact.full_name,
                detail=" · ".join(part for part in (contact.company, contact.email) if part),
                initials=initials_of(contact.full_name),
                trailing=book,
                section=section,
            )
            for contact in found
        )

    def pick(self, row_id: str) -> None:
        """Book for this contact."""
        if row_id in self._found:
            self.prospect.choose(self._found[row_id])
            self.chosen()

    def finder(self) -> Finder:
        """This as the palette takes it."""
        return Finder(self.find, self.pick)


@dataclass(slots=True)
class LinkFinder:
    """Meeting links by the same search as the list's; picking one opens it and tells `opened`."""

    links: LinksViewModel
    opened: Callable[[], None]
    _found: dict[str, MeetingLink] = field(default_factory=dict)

    async def find(self, text: str) -> tuple[ListRow, ...]:
        """The best links."""
        found = [row for row in self.links.matches(text) if isinstance(row, LinkRow)][:AT_MOST]
        self._found = {row.link.slug: row.link for row in found}
        section = translate("palette", "Meeting links")
        return tuple(
            ListRow(
                id=row.link.slug,
                title=row.link.title,
                detail=kind_words(row.link.kind),
                icon="link",
                section=section,
            )
            for row in found
        )

    def pick(self, row_id: str) -> None:
        """Open the link."""
        if row_id in self._found:
            self.links.open(self._found[row_id])
            self.opened()

    def finder(self) -> Finder:
        """This as the palette takes it."""
        return Finder(self.find, self.pick)
