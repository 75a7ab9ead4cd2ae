"""Banners: a coloured strip that stays while something is true, over the work or inside a pane."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui.kit.icons import IconView
from app.ui.kit.labels import Paragraph
from app.ui.kit.notices import BannerNotice, Notices, Tone
from app.ui.kit.paint import box, painter_on
from app.ui.kit.text import clean
from app.ui.kit.theme import MEASURES, Tokens, line_height, tokens_of
from app.ui.kit.widgets.buttons import LinkButton

TEXT_TONES = {Tone.INFO: "accent_text", Tone.OK: "ok", Tone.WARN: "warn", Tone.BAD: "bad"}
_FILLS = {Tone.INFO: "accent_soft", Tone.OK: "ok_soft", Tone.WARN: "warn_soft", Tone.BAD: "bad_soft"}


def notice_fill(tone: Tone, tokens: Tokens) -> str:
    """The soft background of a notice."""
    return tokens.colour(_FILLS[tone])


class Banner(QWidget):
    """Icon, text and at most one action. Square over a whole pane, `rounded` inside one."""

    def __init__(
        self,
        text: str,
        *,
        tone: Tone = Tone.WARN,
        icon: str = "triangle-alert",
        action: str = "",
        rounded: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        self._rounded = rounded
        colour = TEXT_TONES[tone]
        self.text = Paragraph(text, tone=colour)
        self.action = LinkButton(action, tone=colour)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, MEASURES.s, 14, MEASURES.s)
        row.setSpacing(MEASURES.s)
        sign = IconView(icon, tone=colour)
        sign.setFixedHeight(line_height("base"))
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.text, 1)
        row.addWidget(self.action, 0, Qt.AlignmentFlag.AlignTop)
        self.action.setVisible(bool(action))
        # Only now: what has no parent yet would be shown as a window of its own.
        self.setAccessibleName(clean(text))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def paintEvent(self, _event: QPaintEvent) -> None:
        fill = notice_fill(self._tone, tokens_of(self))
        radius = MEASURES.radius if self._rounded else 0
        box(painter_on(self), QRectF(self.rect()), radius=radius, fill=fill)


class _HeldBanner(Banner):
    def __init__(self, notice: BannerNotice) -> None:
        label = notice.action.label if notice.action is not None else ""
        super().__init__(notice.text, tone=notice.tone, icon=notice.icon, action=label)
        self.notice = notice
        self._run: Callable[[], None] | None = notice.action.run if notice.action is not None else None
        self.action.clicked.connect(self._on_clicked)

    @Slot()
    def _on_clicked(self) -> None:
        if self._run is not None:
            self._run()


class BannerStrip(QWidget):
    """All banners that are true now, one under the other; no height when there are none."""

    def __init__(self, notices: Notices, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notices = notices
        self._shown: dict[str, _HeldBanner] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        notices.banners_changed.connect(self._on_banners_changed)
        self._on_banners_changed()

    @property
    def banners(self) -> tuple[Banner, ...]:
        return tuple(self._shown.values())

    @Slot()
    def _on_banners_changed(self) -> None:
        wanted = {notice.key: notice for notice in self._notices.banners}
        for key, banner in list(self._shown.items()):
            if wanted.get(key) != banner.notice:
                self._column.removeWidget(banner)
                banner.hide()
                banner.deleteLater()
                del self._shown[key]
        for place, notice in enumerate(wanted.values()):
            if notice.key not in self._shown:
                banner = _HeldBanner(notice)
                self._column.insertWidget(place, banner)
                self._shown[notice.key] = banner
                QAccessible.updateAccessibility(QAccessibleEvent(banner, QAccessible.Event.Alert))
        self._shown = {key: self._shown[key] for key in wanted}
        self.setVisible(bool(wanted))
