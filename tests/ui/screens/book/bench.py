"""The view-models of the Book screen without any view, and an ear for their signals."""

from PySide6.QtCore import QMetaMethod, QObject

from app.domain.availability import slot_at
from app.domain.links import MeetingLink, Slug
from app.domain.slots import Slot
from app.ui.screens.book.calendar.viewmodel import CalendarViewModel
from app.ui.screens.book.desk.viewmodel import DeskViewModel
from app.ui.screens.book.links.viewmodel import LinksViewModel
from app.ui.screens.book.selection import BookSelection
from tests.fakes.samples import HALF_HOUR
from tests.ui.screens.book.stage import INTRO, Stage, quiet


class Ear:
    """Counts the signals of an object that end in `_changed`, and keeps the arguments of others."""

    def __init__(self, owner: QObject, *others: str) -> None:
        self.heard: list[str] = []
        self.told: list[tuple[object, ...]] = []
        meta = owner.metaObject()
        names = {
            bytes(meta.method(number).name().data()).decode()
            for number in range(QObject().metaObject().methodCount(), meta.methodCount())
            if meta.method(number).methodType() == QMetaMethod.MethodType.Signal
        }
        for name in names:
            if name.endswith("_changed") and name != "status_changed":
                getattr(owner, name).connect(lambda name=name: self.heard.append(name))
        for name in others:
            getattr(owner, name).connect(lambda *arguments: self.told.append(arguments))

    def take(self) -> set[str]:
        """The names that were heard since the last time."""
        heard, self.heard = set(self.heard), []
        return heard


class Bench:
    """Selection and view-models over one stage."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.selection = BookSelection(stage.manners.zone)
        self.links = LinksViewModel(stage.context, self.selection, stage.tasks)
        self.calendar = CalendarViewModel(stage.context, self.selection, stage.tasks)
        self.desk = DeskViewModel(stage.context, self.selection, stage.tasks)

    def link(self, slug: Slug = INTRO) -> MeetingLink:
        """A link of the list."""
        link = self.stage.services.links.state.value.link(slug)
        assert link is not None
        return link

    def slot(self, start: object, duration_ms: int = HALF_HOUR) -> Slot:
        """A slot that is offered."""
        slots = self.stage.services.availability.state.value.availability.of(duration_ms)
        found = slot_at(slots, start)  # type: ignore[arg-type]
        assert found is not None, f"{start} is not offered"
        return found

    async def open(self, slug: Slug = INTRO) -> None:
        """Load drafts and links, open one link, and let its month arrive."""
        await self.stage.services.drafts.load()
        await self.stage.services.links.load()
        self.selection.choose_link(self.link(slug))
        await quiet()
