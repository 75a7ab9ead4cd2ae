"""What comes first in the palette: what says the words that were typed, before what was found otherwise."""

from collections.abc import AsyncIterator

import pytest
from PySide6.QtWidgets import QWidget

from app.ui.kit.command import Command, CommandRegistry
from app.ui.kit.tasks import TaskScope
from app.ui.kit.widgets.rows import ListRow, ResultList
from app.ui.kit.widgets.text_fields import LineEdit
from app.ui.screen import Finder
from app.ui.shell.palette import Palette
from tests.fakes.clock import settle

pytestmark = pytest.mark.qt_loop
ADA = ListRow("ada", "Ada Okafor", detail="Northwind", section="People")
LIN = ListRow("lin", "Lin Chen", detail="Fabrikam", section="People")
DEMO = ListRow("demo", "Product demo", detail="Round robin", section="Meeting links")


class Finds:
    """A finder that always answers with these rows."""

    def __init__(self, *rows: ListRow) -> None:
        self.rows = rows
        self.picked: list[str] = []

    async def find(self, _text: str) -> tuple[ListRow, ...]:
        return self.rows

    def finder(self) -> Finder:
        return Finder(self.find, self.picked.append)


class Board:
    """A palette over two finders and two commands."""

    def __init__(self, people: Finds, links: Finds) -> None:
        self.errors: list[Exception] = []
        self.tasks = TaskScope("palette", self.errors.append)
        self.window = QWidget()
        self.window.resize(900, 700)
        registry = CommandRegistry(self.window)
        self.ran: list[str] = []
        for name in ("Refresh", "Week"):
            registry.add(Command(name, name, lambda name=name: self.ran.append(name)))  # type: ignore[misc]
        self.palette = Palette(self.window, registry, self.tasks, lambda: (people.finder(), links.finder()))
        self.window.show()
        self.palette.show_palette()

    async def type(self, text: str) -> list[str]:
        """The titles on screen after the answers to `text`."""
        field = self.palette.findChild(LineEdit, "palette.input")
        assert isinstance(field, LineEdit)
        field.setText(text)
        field.textEdited.emit(text)
        await settle()
        return [row.title for row in self.list.rows]

    @property
    def list(self) -> ResultList:
        found = self.palette.findChild(ResultList, "palette.list")
        assert isinstance(found, ResultList)
        return found


@pytest.fixture
async def people() -> Finds:
    return Finds(LIN, ADA)


@pytest.fixture
async def board(people: Finds) -> AsyncIterator[Board]:
    made = Board(people, Finds(DEMO))
    yield made
    await made.tasks.close()
    made.window.close()
    made.window.deleteLater()
    await settle()
    assert made.errors == []


async def test_who_says_the_words_stands_before_who_was_found_otherwise(board: Board) -> None:
    assert await board.type("okafor") == ["Ada Okafor", "Lin Chen", "Product demo"]


async def test_a_section_of_loose_matches_comes_last(board: Board) -> None:
    assert await board.type("refresh") == ["Refresh", "Lin Chen", "Ada Okafor", "Product demo"]
    assert await board.type("demo") == ["Product demo", "Lin Chen", "Ada Okafor"]


async def test_enter_takes_the_command_that_says_it_and_not_the_stranger(board: Board, people: Finds) -> None:
    await board.type("refresh")
    assert board.list.activate()
    assert board.ran == ["Refresh"]
    assert people.picked == []


async def test_what_was_found_for_other_letters_goes_with_them(board: Board, people: Finds) -> None:
    await board.type("ada")
    people.rows = ()
    assert await board.type("adam") == ["Product demo"]


async def test_equal_matches_keep_the_order_of_people_links_and_commands(board: Board) -> None:
    assert await board.type("r") == ["Lin Chen", "Ada Okafor", "Product demo", "Refresh"]


async def test_an_empty_field_lists_commands_only(board: Board) -> None:
    await board.type("ada")
    assert await board.type("") == ["Refresh", "Week"]
