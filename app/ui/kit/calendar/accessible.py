"""What screen readers see of the painted calendars: days and slots with names, states and a press action.

Qt asks a factory for the accessible interface of a widget. The interfaces below the widget's own stay
registered with Qt until the widget is destroyed, so the factory, which Qt keeps for the life of the process,
owns them. `interface_cast` must not be overridden in Python (it crashes); items get their press action by
being a QAccessibleWidget.
"""

import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface, QWindow
from PySide6.QtWidgets import QAccessibleWidget, QWidget

_INSTALLED = "calendarAccessibility"


@dataclass(frozen=True, slots=True)
class Node:
    """A day or a slot: `key` is unique in its widget, `children` are the items of a day."""

    key: str
    name: str
    selected: bool = False
    pressable: bool = False
    children: tuple["Node", ...] = ()


class AccessibleCanvas(Protocol):
    """A painted widget that describes itself to screen readers; rectangles are on the screen."""

    def accessible_name(self) -> str: ...
    def accessible_nodes(self) -> Sequence[Node]: ...
    def accessible_rect(self, key: str) -> QRect: ...
    def accessible_focus(self) -> str | None: ...
    def press_node(self, key: str) -> None: ...
    def focus_node(self, key: str) -> None: ...


class NodeTree:
    """The interfaces of one widget, by key; they look everything up in the widget when asked."""

    def __init__(self, widget: QWidget, canvas: AccessibleCanvas) -> None:
        self._widget = weakref.ref(widget)
        self._canvas = weakref.ref(canvas)
        self.root: _RootInterface | None = None
        self._items: dict[str, _NodeInterface] = {}
        self._indexed: Sequence[Node] = ()
        self._index: dict[str, tuple[Node, Node | None]] = {}

    def canvas(self) -> AccessibleCanvas | None:
        """The widget, unless it is gone."""
        widget = self._widget()
        return self._canvas() if widget is not None and shiboken6.isValid(widget) else None

    @property
    def has_items(self) -> bool:
        return bool(self._items)

    def nodes(self) -> Sequence[Node]:
        canvas = self.canvas()
        return () if canvas is None else canvas.accessible_nodes()

    def find(self, key: str) -> tuple[Node, Node | None] | None:
        """A node and the one above it."""
        nodes = self.nodes()
        if nodes is not self._indexed:
            self._indexed = nodes
            self._index = {node.key: (node, None) for node in nodes}
            self._index.update({child.key: (child, node) for node in nodes for child in node.children})
        return self._index.get(key)

    def item(self, key: str) -> "_NodeInterface | None":
        """The interface of a node, made when it is first asked for."""
        widget = self._widget()
        if widget is None or not shiboken6.isValid(widget):
            return None
        if key not in self._items:
            self._items[key] = _NodeInterface(widget, key, self)
        return self._items[key]

    def forget(self, *, keep: frozenset[str] = frozenset()) -> None:
        """Take the interfaces of nodes that are gone from Qt."""
        for key in [key for key in self._items if key not in keep]:
            interface = self._items.pop(key)
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(interface))


class _RootInterface(QAccessibleWidget):
    def __init__(self, widget: QWidget, tree: NodeTree) -> None:
        super().__init__(widget, QAccessible.Role.List, "")
        self._tree = tree

    def text(self, kind: QAccessible.Text) -> str:
        canvas = self._tree.canvas()
        return canvas.accessible_name() if canvas and kind is QAccessible.Text.Name else ""

    def childCount(self) -> int:
        return len(self._tree.nodes())

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        nodes = self._tree.nodes()
        return self._tree.item(nodes[index].key) if 0 <= index < len(nodes) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        keys = [node.key for node in self._tree.nodes()]
        return keys.index(child.key) if isinstance(child, _NodeInterface) and child.key in keys else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        return _at(self._tree, self._tree.nodes(), x, y)

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        canvas = self._tree.canvas()
        key = canvas.accessible_focus() if canvas else None
        return None if key is None else self._tree.item(key)


class _NodeInterface(QAccessibleWidget):
    def __init__(self, widget: QWidget, key: str, tree: NodeTree) -> None:
        super().__init__(widget, QAccessible.Role.ListItem, "")
        self.key = key
        self._tree = tree

    def _found(self) -> tuple[Node, Node | None] | None:
        return self._tree.find(self.key)

    def _children(self) -> Sequence[Node]:
        found = self._found()
        return found[0].children if found else ()

    def isValid(self) -> bool:
        return self._found() is not None

    def object(self) -> QObject | None:  # type: ignore[override]
        return None

    def window(self) -> QWindow | None:  # type: ignore[override]
        return self._tree.root.window() if self._tree.root else None

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]
        found = self._found()
        return self._tree.item(found[1].key) if found and found[1] else self._tree.root

    def childCount(self) -> int:
        return len(self._children())

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        children = self._children()
        return self._tree.item(children[index].key) if 0 <= index < len(children) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        keys = [node.key for node in self._children()]
        return keys.index(child.key) if isinstance(child, _NodeInterface) and child.key in keys else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        return _at(self._tree, self._children(), x, y)

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    def relations(self, _match: Any = None) -> list[Any]:
        return []

    def role(self) -> QAccessible.Role:
        found = self._found()
        return QAccessible.Role.List if found and not found[0].pressable else QAccessible.Role.ListItem

    def text(self, kind: QAccessible.Text) -> str:
        found = self._found()
        return found[0].name if found and kind is QAccessible.Text.Name else ""

    def rect(self) -> QRect:
        canvas = self._tree.canvas()
        return canvas.accessible_rect(self.key) if canvas else QRect()

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        found, canvas = self._found(), self._tree.canvas()
        if found is None or canvas is None:
            state.invalid = True
            return state
        state.focusable = state.selectable = found[0].pressable
        state.selected = found[0].selected
        state.focused = canvas.accessible_focus() == self.key
        return state

    def actionNames(self) -> list[str]:
        found = self._found()
        return [self.pressAction(), self.setFocusAction()] if found and found[0].pressable else []

    def doAction(self, name: str) -> None:
        canvas = self._tree.canvas()
        if canvas is not None and name in self.actionNames():
            (canvas.press_node if name == self.pressAction() else canvas.focus_node)(self.key)

    def keyBindingsForAction(self, _name: str) -> list[str]:
        return []


def _at(tree: NodeTree, nodes: Sequence[Node], x: int, y: int) -> QAccessibleInterface | None:
    canvas = tree.canvas()
    if canvas is None:
        return None
    return next(
        (tree.item(node.key) for node in nodes if canvas.accessible_rect(node.key).contains(x, y)), None
    )


class CanvasAccessibility(QObject):
    """Belongs to one painted widget: offers its tree to Qt and tells screen readers what changed."""

    def __init__(self, widget: QWidget, canvas: AccessibleCanvas) -> None:
        super().__init__(widget)
        self.tree = NodeTree(widget, canvas)
        _install_factory()

    def focus_moved(self, key: str) -> None:
        """Let a screen reader read the item that has the keyboard now."""
        if QAccessible.isActive():
            item = self.tree.item(key)
            if item is not None:
                QAccessible.updateAccessibility(QAccessibleEvent(item, QAccessible.Event.Focus))

    def nodes_changed(self) -> None:
        """Forget the interfaces of items that are no longer shown; free while no screen reader asks."""
        if not self.tree.has_items:
            return
        nodes = self.tree.nodes()
        keys = {node.key for node in nodes} | {child.key for node in nodes for child in node.children}
        self.tree.forget(keep=frozenset(keys))


class _Factory:
    """Hands Qt the interface of each widget with a CanvasAccessibility, keeps it until the widget goes."""

    def __init__(self) -> None:
        self._trees: dict[int, NodeTree] = {}

    def __call__(self, _class_name: str, target: QObject | None) -> QAccessibleInterface | None:
        if not isinstance(target, QWidget):
            return None
        own = target.findChild(CanvasAccessibility, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if own is None:
            return None
        return self._root(target, own.tree)

    def _root(self, widget: QWidget, tree: NodeTree) -> QAccessibleInterface:
        if tree.root is None:
            number = id(tree)
            tree.root = _RootInterface(widget, tree)
            self._trees[number] = tree
            widget.destroyed.connect(lambda: self._drop(number))
        return tree.root

    def _drop(self, number: int) -> None:
        self._trees.pop(number).forget()


def _install_factory() -> None:
    application = QCoreApplication.instance()
    if application is not None and not application.property(_INSTALLED):
        application.setProperty(_INSTALLED, True)
        QAccessible.installFactory(_Factory())
