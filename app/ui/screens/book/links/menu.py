"""What can be done with a link, and how the list is narrowed: the two menus of the links pane."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.link_search import LinkFilters
from app.domain.links import LinkKind, LinkMarks, MeetingLink
from app.ui.kit.text import clean, without_mnemonic
from app.ui.kit.times import TimeWords
from app.ui.screens.book.links.rows import kind_words
from app.ui.screens.book.links.viewmodel import LinksProps, LinksViewModel

translate = QCoreApplication.translate
T = TypeVar("T")
KINDS = (LinkKind.PERSONAL, LinkKind.GROUP, LinkKind.ROUND_ROBIN)


def link_menu(
    parent: QWidget,
    viewmodel: LinksViewModel,
    link: MeetingLink,
    marks: LinkMarks,
    *,
    copy: Callable[[str], None],
    edit_tags: Callable[[], None],
) -> QMenu:
    """The context menu of a link."""
    menu = QMenu(parent)
    menu.addAction(translate("links", "Copy link"), lambda: copy(link.url))
    menu.addAction(
        translate("links", "Copy link filled in for the guest"), lambda: copy(viewmodel.prefilled_url(link))
    )
    menu.addAction(translate("links", "Open in browser"), lambda: viewmodel.open_in_browser(link))
    menu.addSeparator()
    if marks.is_favourite:
        label = translate("links", "Remove from favourites")
    else:
        label = translate("links", "Add to favourites")
    menu.addAction(label, lambda: viewmodel.set_favourite(link, not marks.is_favourite))
    menu.addAction(translate("links", "Edit tags…"), edit_tags)
    return menu


def filter_menu(parent: QWidget, viewmodel: LinksViewModel, props: LinksProps, words: TimeWords) -> QMenu:
    """The filter menu: kind, host, duration, tag, and a way back to all."""
    menu = QMenu(parent)
    filters = props.filters
    clear = menu.addAction(translate("links", "Show all links"), lambda: viewmodel.filter(LinkFilters()))
    clear.setEnabled(not filters.is_open)
    menu.addSeparator()
    for kind in KINDS:
        action = QAction(kind_words(kind), menu)
        action.setCheckable(True)
        action.setChecked(kind in filters.kinds)
        action.triggered.connect(lambda _checked, kind=kind: viewmodel.toggle_kind(kind))
        menu.addAction(action)
    choices = props.choices
    _exclusive(
        menu,
        translate("links", "Duration"),
        [(words.minutes(ms), ms) for ms in choices.durations_ms],
        filters.duration_ms,
        lambda value: viewmodel.filter(replace(filters, duration_ms=value)),
    )
    _exclusive(
        menu,
        translate("links", "Host"),
        [(name, user_id) for user_id, name in choices.hosts],
        filters.host,
        lambda value: viewmodel.filter(replace(filters, host=value)),
    )
    _exclusive(
        menu,
        translate("links", "Tag"),
        [(tag, tag) for tag in choices.tags],
        filters.tag,
        lambda value: viewmodel.filter(replace(filters, tag=value)),
    )
    return menu


def _exclusive(
    menu: QMenu,
    title: str,
    choices: list[tuple[str, T]],
    chosen: T | None,
    choose: Callable[[T | None], None],
) -> None:
    if not choices:
        return
    part = menu.addMenu(title)
    group = QActionGroup(part)
    for label, value in [(translate("links", "Any"), None), *choices]:
        action = QAction(without_mnemonic(clean(label)), part)
        action.setCheckable(True)
        action.setChecked(value == chosen)
        action.triggered.connect(lambda _checked, value=value: choose(value))
        group.addAction(action)
        part.addAction(action)
