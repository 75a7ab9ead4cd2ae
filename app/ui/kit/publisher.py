"""The heart of a view-model: frozen inputs, a pure derivation, and signals for what really changed."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QObject

I = TypeVar("I")  # noqa: E741
P = TypeVar("P")


class Publisher(Generic[I, P]):
    """Keeps the inputs of a view-model and publishes the props derived from them.

    `owner` has one parameterless signal `<field>_changed` for each field of the props dataclass, or a single
    `props_changed`, or both (then `props_changed` fires last); AttributeError when a field has no signal.
    Call `set(replace(publisher.inputs, week=...))`; equal fields stay silent.
    """

    def __init__(self, owner: QObject, inputs: I, derive: Callable[[I], P]) -> None:
        self._owner = owner
        self._inputs = inputs
        self._derive = derive
        self._props = derive(inputs)
        self._names = self._field_names()
        if not hasattr(owner, "props_changed"):
            for name in self._names:
                getattr(owner, f"{name}_changed")

    @property
    def inputs(self) -> I:
        return self._inputs

    @property
    def props(self) -> P:
        return self._props

    def set(self, inputs: I) -> tuple[str, ...]:
        """Take new inputs, derive, and emit; returns the names of the props that changed."""
        self._inputs = inputs
        before, self._props = self._props, self._derive(inputs)
        after = self._props
        changed = tuple(name for name in self._names if getattr(before, name) != getattr(after, name))
        for name in changed:
            signal = getattr(self._owner, f"{name}_changed", None)
            if signal is not None:
                signal.emit()
        if changed and hasattr(self._owner, "props_changed"):
            self._owner.props_changed.emit()
        return changed

    def _field_names(self) -> tuple[str, ...]:
        if not is_dataclass(self._props):
            raise TypeError("props must be a dataclass")
        return tuple(field.name for field in fields(self._props))
