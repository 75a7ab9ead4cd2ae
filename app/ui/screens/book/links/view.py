"""The left pane: search, filter, the list of links, and what can be done with one."""

from PySide6.QtCore import QCoreApplication, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.links import LinkMarks, MeetingLink
from app.ui.context import Manners
from app.ui.kit.labels import ElidedLabel, Paragraph, heading
from app.ui.kit.notices import Notices, Tone
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.buttons import Button, IconButton
from app.ui.kit.widgets.card import Hairline
from app.ui.kit.widgets.progress import ThinProgress
from app.ui.kit.widgets.search import SearchField
from app.ui.kit.widgets.skeleton import SkeletonRows
from app.ui.kit.wording import Remedy
from app.ui.screens.book.links.delegate import LinkDelegate
from app.ui.screens.book.links.list_view import LinkList, Place
from app.ui.screens.book.links.menu import filter_menu, link_menu
from app.ui.screens.book.links.model import ROW, LinksModel
from app.ui.screens.book.links.rows import LinkRow
from app.ui.screens.book.links.tags_popup import TagsPopup
from app.ui.screens.book.links.viewmodel import LinksProps, LinksViewModel

translate = QCoreApplication.translate
COPIED_FOR_S = 2.0


class LinksView(QWidget):
    """Binds `LinksViewModel` to widgets.

    `opened(by key)` fires when the rep opens a link, `reconnect_wanted` when the sign-in was lost.
    """

    opened = Signal(bool)
    reconnect_wanted = Signal()

    def __init__(self, viewmodel: LinksViewModel, manners: Manners, notices: Notices) -> None:
        super().__init__()
        self._viewmodel = viewmodel
        self._manners = manners
        self._notices = notices
        self._model = LinksModel(manners.words, self)
        self._narrowing: tuple[object, ...] = ()
        self._build()
        viewmodel.props_changed.connect(self._show)
        viewmodel.selected_changed.connect(self._show_selected)
        manners.changed.connect(self._on_manners)
        self._show()

    def focus_search(self) -> None:
        """Put the keyboard into the search field."""
        self._search.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.edit.selectAll()

    def copy_link(self) -> None:
        """Copy the open link's address."""
        link = self._current()
        if link is not None:
            self._copy(link.url)

    def copy_prefilled(self) -> None:
        """Copy the open link's address, filled in for the prospect."""
        link = self._current()
        if link is not None:
            self._copy(self._viewmodel.prefilled_url(link))

    def _build(self) -> None:
        self._refresh = IconButton("refresh-cw", translate("links", "Refresh links"), keys="F5")
        self._refresh.setObjectName("links.refresh")
        self._refresh.clicked.connect(self._viewmodel.refresh)
        bar = QHBoxLayout()
        bar.setContentsMargins(14, 0, MEASURES.m, 0)
        bar.addWidget(heading(translate("links", "Meeting links")), 1)
        bar.addWidget(self._refresh)
        holder = QWidget()
        holder.setLayout(bar)
        holder.setFixedHeight(MEASURES.bar - 1)
        self._search = SearchField(translate("links", "Search links"), keys="/")
        self._search.edit.setObjectName("links.search")
        self._search.query_changed.connect(self._viewmodel.search)
        self._search.entered.connect(self._on_entered)
        self._search.stepped.connect(self._on_stepped)
        self._filter = IconButton("sliders-horizontal", translate("links", "Filter links"))
        self._filter.setObjectName("links.filter")
        self._filter.clicked.connect(self._open_filters)
        tools = QHBoxLayout()
        tools.setContentsMargins(13, 10, MEASURES.s, 6)
        tools.setSpacing(MEASURES.xs)
        tools.addWidget(self._search, 1)
        tools.addWidget(self._filter)
        self._message = Paragraph(tone="muted")
        self._again = Button(translate("links", "Try again"), compact=True)
        self._again.setObjectName("links.again")
        self._again.clicked.connect(self._on_again)
        self._skipped = ElidedLabel(role="small", tone="warn")
        self._progress = ThinProgress(translate("links", "Loading links"))
        self._skeleton = SkeletonRows(translate("links", "Loading links"), rows=8)
        self._list = self._make_list()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(holder)
        column.addWidget(Hairline())
        column.addWidget(self._progress)
        column.addLayout(tools)
        column.addLayout(self._message_box())
        column.addWidget(self._skeleton)
        column.addWidget(self._list, 1)
        column.addWidget(self._skipped)
        self._column = column

    def _message_box(self) -> QVBoxLayout:
        box = QVBoxLayout()
        box.setContentsMargins(MEASURES.l, 0, MEASURES.l, 0)
        box.setSpacing(MEASURES.s)
        box.addWidget(self._message)
        box.addWidget(self._again, 0, Qt.AlignmentFlag.AlignLeft)
        return box

    def _make_list(self) -> LinkList:
        view = LinkList(self._model)
        view.setObjectName("links.list")
        view.setAccessibleName(translate("links", "Meeting links"))
        view.setItemDelegate(self._delegate())
        view.customContextMenuRequested.connect(self._open_menu)
        view.opened.connect(self._on_opened)
        view.left.connect(self.focus_search)
        return view

    def _delegate(self) -> LinkDelegate:
        self._kept_delegate = LinkDelegate(self._model, translate("links", "Default"))
        return self._kept_delegate

    def _show(self) -> None:
        props = self._viewmodel.props
        self._show_rows(props)
        self._skeleton.setVisible(props.is_first_load)
        self._list.setVisible(bool(props.rows))
        self._progress.set_busy(props.is_refreshing and not props.is_first_load)
        self._refresh.set_busy(props.is_refreshing)
        self._message.setText(self._message_text())
        self._message.setVisible(bool(self._message.text()))
        self._again.set_label(
            translate("links", "Reconnect") if _is_lost(props) else translate("links", "Try again")
        )
        self._again.setVisible(props.problem is not None)
        self._skipped.setText(
            translate("links", "{n} links could not be read").format(n=props.skipped) if props.skipped else ""
        )
        self._skipped.setVisible(bool(props.skipped))
        active = not props.filters.is_open
        name = (
            translate("links", "Filter links, some are hidden")
            if active
            else translate("links", "Filter links")
        )
        self._filter.set_icon("filter" if active else "sliders-horizontal", name)

    def _show_rows(self, props: LinksProps) -> None:
        """A refresh leaves the list where it stands; another search begins at its best match."""
        place, narrowing = self._list.place(), (props.query, props.filters)
        is_same = self._model.set_rows(props.rows, self._viewmodel.host_names)
        if narrowing != self._narrowing:
            self._list.return_to(Place(None, 0, None), self._viewmodel.selected)
            self._list.scrollToTop()
        elif not is_same:
            self._list.return_to(place, self._viewmodel.selected)
        self._narrowing = narrowing

    def _message_text(self) -> str:
        props = self._viewmodel.props
        if props.rows or props.is_first_load:
            return ""
        if props.problem is not None:
            return props.problem.sentence
        if props.is_narrowed:
            return translate("links", "No link matches. Clear the search or the filter to see all links.")
        return translate("links", "There are no meeting links in this account yet. Make one in HubSpot.")

    def _show_selected(self) -> None:
        self._list.select(self._viewmodel.selected)

    def _current(self) -> MeetingLink | None:
        index = self._list.currentIndex()
        return self._model.link_at(
            index if index.isValid() else self._model.place_of(self._viewmodel.selected)
        )

    def _on_opened(self, index: QModelIndex, by_key: bool) -> None:
        link = self._model.link_at(index)
        if link is not None:
            self._viewmodel.open(link)
            self.opened.emit(by_key)

    def _on_again(self) -> None:
        if _is_lost(self._viewmodel.props):
            self.reconnect_wanted.emit()
        else:
            self._viewmodel.refresh()

    def _on_entered(self) -> None:
        if self._viewmodel.open_first():
            self.opened.emit(True)

    def _on_stepped(self, by: int) -> None:
        place = self._list.currentIndex().row()
        rows = self._model.rows
        while 0 <= (place := place + by) < len(rows):
            if isinstance(rows[place], LinkRow):
                self._list.setCurrentIndex(self._model.index(place))
                self._list.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def _on_manners(self) -> None:
        self._model.set_words(self._manners.words)

    def _open_menu(self, place: QPoint) -> None:
        row = (
            self._model.data(self._list.indexAt(place), ROW) if self._list.indexAt(place).isValid() else None
        )
        if isinstance(row, LinkRow):
            menu = link_menu(
                self,
                self._viewmodel,
                row.link,
                row.marks,
                copy=self._copy,
                edit_tags=lambda: self._edit_tags(row.link, row.marks),
            )
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self._list.viewport().mapToGlobal(place))

    def _open_filters(self) -> None:
        menu = filter_menu(self, self._viewmodel, self._viewmodel.props, self._manners.words)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._filter.mapToGlobal(QPoint(0, self._filter.height())))

    def _edit_tags(self, link: MeetingLink, marks: LinkMarks) -> None:
        popup = TagsPopup(self, marks.tags, lambda tags: self._viewmodel.set_tags(link, tags))
        popup.open_at(self._list.mapToGlobal(QPoint(MEASURES.l, MEASURES.l)))

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._notices.say(translate("links", "Copied"), tone=Tone.OK, seconds=COPIED_FOR_S)


def _is_lost(props: LinksProps) -> bool:
    return props.problem is not None and props.problem.remedy is Remedy.RECONNECT
