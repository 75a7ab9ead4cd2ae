"""Calendar widgets: week grid, month, columns and list of slots, and the values they are given to show."""

from app.ui.kit.calendar.day_columns import DayColumns
from app.ui.kit.calendar.model import (
    BusyBlock,
    DayColumn,
    EmptyNotice,
    GridSlot,
    ListProps,
    MonthDay,
    MonthProps,
    Ruler,
    SlotGroup,
    SlotState,
    WeekProps,
    month_dates,
)
from app.ui.kit.calendar.month_grid import MonthGrid
from app.ui.kit.calendar.slot_list import SlotList
from app.ui.kit.calendar.week_grid import WeekGrid

__all__ = [
    "BusyBlock",
    "DayColumn",
    "DayColumns",
    "EmptyNotice",
    "GridSlot",
    "ListProps",
    "MonthDay",
    "MonthGrid",
    "MonthProps",
    "Ruler",
    "SlotGroup",
    "SlotList",
    "SlotState",
    "WeekGrid",
    "WeekProps",
    "month_dates",
]
