"""A week as screen readers hear it: a list of days, each a list of its slots."""

from app.ui.kit.calendar.accessible import Node
from app.ui.kit.calendar.layout import WeekLayout
from app.ui.kit.calendar.model import DayColumn, SlotState, WeekProps
from app.ui.kit.calendar.steps import heads


def day_key(day: DayColumn) -> str:
    """The key of a day among the nodes."""
    return f"day {day.date.isoformat()}"


def week_nodes(props: WeekProps, layout: WeekLayout) -> tuple[Node, ...]:
    """One node per day with its slots in order of time."""
    slots = heads(layout)
    return tuple(
        Node(
            key=day_key(day),
            name=day.accessible_name or f"{day.title} {day.number}",
            children=tuple(
                Node(
                    key=placed.slot.key,
                    name=placed.slot.accessible_name,
                    selected=placed.slot.state is not SlotState.FREE,
                    pressable=True,
                )
                for placed in slots
                if placed.column == number
            ),
        )
        for number, day in enumerate(props.days)
    )
