"""The publisher derives props from inputs and tells only what changed; loadables and commands as values."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QObject, Signal

from app.domain.problems import Offline
from app.ui.kit.command import Command, CommandRegistry
from app.ui.kit.loadable import Failed, Idle, Loaded, Loading, value_of
from app.ui.kit.publisher import Publisher


@dataclass(frozen=True, slots=True)
class Inputs:
    first: str = ""
    last: str = ""
    noise: int = 0


@dataclass(frozen=True, slots=True)
class Props:
    name: str
    can_book: bool


def derive(inputs: Inputs) -> Props:
    name = f"{inputs.first} {inputs.last}".strip()
    return Props(name=name, can_book=bool(name))


class Model(QObject):
    name_changed = Signal()
    can_book_changed = Signal()


class Whole(QObject):
    props_changed = Signal()


class Mute(QObject):
    name_changed = Signal()


def fired(model: QObject, *names: str) -> list[str]:
    log: list[str] = []

    def record(name: str) -> None:
        getattr(model, name).connect(lambda: log.append(name))

    for name in names:
        record(name)
    return log


def test_only_changed_props_fire() -> None:
    model = Model()
    publisher = Publisher(model, Inputs(), derive)
    log = fired(model, "name_changed", "can_book_changed")
    assert publisher.set(replace(publisher.inputs, first="Ada")) == ("name", "can_book")
    assert publisher.set(replace(publisher.inputs, last="Okafor")) == ("name",)
    assert publisher.set(replace(publisher.inputs, noise=1)) == ()
    assert log == ["name_changed", "can_book_changed", "name_changed"]
    assert publisher.props == Props(name="Ada Okafor", can_book=True)


def test_a_single_signal_fires_once_for_all_changes() -> None:
    model = Whole()
    publisher = Publisher(model, Inputs(), derive)
    log = fired(model, "props_changed")
    publisher.set(replace(publisher.inputs, first="Ada"))
    publisher.set(replace(publisher.inputs, noise=1))
    assert log == ["props_changed"]


def test_a_handler_that_sets_again_sees_the_newest_props() -> None:
    model = Model()
    publisher = Publisher(model, Inputs(), derive)
    seen: list[str] = []

    def add_last() -> None:
        seen.append(publisher.props.name)
        if not publisher.inputs.last:
            publisher.set(replace(publisher.inputs, last="Okafor"))

    model.name_changed.connect(add_last)
    publisher.set(replace(publisher.inputs, first="Ada"))
    assert seen == ["Ada", "Ada Okafor"]
    assert publisher.props.name == "Ada Okafor"


def test_a_prop_without_a_signal_is_a_mistake_found_at_once() -> None:
    with pytest.raises(AttributeError, match="can_book_changed"):
        Publisher(Mute(), Inputs(), derive)


def test_props_must_be_a_dataclass() -> None:
    with pytest.raises(TypeError):
        Publisher(Model(), Inputs(), lambda inputs: inputs.first)


def test_only_a_loaded_value_has_a_value() -> None:
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert value_of(Loaded("x", now)) == "x"
    assert [value_of(each) for each in (Idle(), Loading(), Failed(Offline()))] == [None, None, None]


class Counter:
    def __init__(self) -> None:
        self.runs = 0
        self.enabled = True

    def run(self) -> None:
        self.runs += 1

    def is_enabled(self) -> bool:
        return self.enabled


def commands(counter: Counter) -> CommandRegistry:
    registry = CommandRegistry()
    registry.add(
        Command("share", "Share times", counter.run, shortcut="S", keywords=("offer",)),
        Command("palette", "Open the command palette", counter.run, shortcut="Ctrl+K"),
        Command("book", "Book meeting", counter.run, shortcut="Ctrl+Return", is_enabled=counter.is_enabled),
    )
    return registry


def test_commands_are_found_by_the_beginnings_of_words() -> None:
    registry = commands(Counter())
    assert [command.id for command in registry.find("ti sh")] == ["share"]
    assert [command.id for command in registry.find("off")] == ["share"]
    assert [command.id for command in registry.find("m")] == ["book"]
    assert registry.find("zzz") == ()
    assert len(registry.find("")) == 3


def test_titles_that_begin_with_the_query_come_first() -> None:
    registry = CommandRegistry()
    counter = Counter()
    registry.add(Command("a", "Open today", counter.run), Command("b", "Today", counter.run))
    assert [command.id for command in registry.find("today")] == ["b", "a"]


def test_a_disabled_command_is_neither_found_nor_run() -> None:
    counter = Counter()
    registry = commands(counter)
    counter.enabled = False
    assert registry.find("book") == ()
    assert not registry.run("book")
    counter.enabled = True
    assert registry.run("book")
    assert not registry.run("unknown")
    assert counter.runs == 1


def test_ids_and_shortcuts_are_unique() -> None:
    registry = commands(Counter())
    with pytest.raises(ValueError, match="twice"):
        registry.add(Command("share", "Again", Counter().run))
    with pytest.raises(ValueError, match="Ctrl"):
        registry.add(Command("other", "Other", Counter().run, shortcut="Ctrl+K"))


def test_commands_come_and_go_with_a_signal() -> None:
    registry = commands(Counter())
    log = fired(registry, "commands_changed")
    registry.remove(["share", "never there"])
    assert [command.id for command in registry.commands] == ["palette", "book"]
    assert registry.by_shortcut("S") is None
    assert log == ["commands_changed"]


@pytest.mark.parametrize(
    ("shortcut", "bare"),
    [("P", True), ("?", True), ("Shift+N", True), ("/", True), ("Ctrl+K", False), ("F5", False), ("", False)],
)
def test_bare_keys_are_told_apart(shortcut: str, bare: bool) -> None:
    assert Command("x", "X", Counter().run, shortcut=shortcut).is_bare_key is bare


def test_shortcuts_are_written_for_the_platform() -> None:
    assert Command("x", "X", Counter().run, shortcut="Ctrl+K").keys
    assert Command("x", "X", Counter().run).keys == ""
