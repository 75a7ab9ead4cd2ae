"""The colours and measures of the visual design, as frozen values for light, dark and high contrast."""

from dataclasses import dataclass, fields, replace


@dataclass(frozen=True, slots=True)
class Tokens:
    """One colour scheme; every colour is '#rrggbb'.

    `edge` and `accent_edge` are the 3:1 borders of controls and free slots: `line` and `accent_line` stay for
    separators and decoration, where no contrast is asked. `busy_text` is text that sits on the busy hatch.
    """

    name: str
    dark: bool

    win: str
    surface: str
    sunken: str
    line: str
    line2: str
    text: str
    muted: str
    faint: str

    accent: str
    on_accent: str
    accent_soft: str
    accent_line: str
    accent_text: str
    accent_hover: str
    accent_pressed: str

    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    on_bad: str
    bad_hover: str
    bad_pressed: str

    busy: str
    busy_line: str
    busy_text: str

    edge: str
    edge_hover: str
    accent_edge: str
    accent_soft_hover: str
    hover: str
    pressed: str
    track: str
    selected: str
    tag: str
    disabled: str
    scrim: str

    def colour(self, token: str) -> str:
        """The '#rrggbb' of the token called `token`; AttributeError for a name that is not a token."""
        value = getattr(self, token)
        if not isinstance(value, str):
            raise AttributeError(token)
        return value


LIGHT = Tokens(
    name="light",
    dark=False,
    win="#F5F5F7",
    surface="#FFFFFF",
    sunken="#FAFAFA",
    line="#E4E4E7",
    line2="#EFEFF1",
    text="#18181B",
    muted="#6B6B76",
    faint="#A1A1AA",
    accent="#4F46E5",
    on_accent="#FFFFFF",
    accent_soft="#EEF2FF",
    accent_line="#C7D2FE",
    accent_text="#3730A3",
    accent_hover="#4338CA",
    accent_pressed="#3730A3",
    ok="#15803D",
    ok_soft="#DCFCE7",
    warn="#B45309",
    warn_soft="#FEF3C7",
    bad="#B91C1C",
    bad_soft="#FEE2E2",
    on_bad="#FFFFFF",
    bad_hover="#991B1B",
    bad_pressed="#7F1D1D",
    busy="#ECEEF2",
    busy_line="#D7DAE0",
    busy_text="#5C5C66",
    edge="#888892",
    edge_hover="#6B6B76",
    accent_edge="#7C80EE",
    accent_soft_hover="#E0E7FF",
    hover="#F0F0F2",
    pressed="#E7E7EA",
    track="#EEEEF1",
    selected="#FFFFFF",
    tag="#EEEEF1",
    disabled="#A1A1AA",
    scrim="#18181B",
)

DARK = Tokens(
    name="dark",
    dark=True,
    win="#101013",
    surface="#17171B",
    sunken="#131316",
    line="#2C2C33",
    line2="#222228",
    text="#F4F4F5",
    muted="#A1A1AA",
    faint="#6B6B76",
    accent="#818CF8",
    on_accent="#101013",
    accent_soft="#1E1F3D",
    accent_line="#3A3C7A",
    accent_text="#C7D2FE",
    accent_hover="#A5B4FC",
    accent_pressed="#C7D2FE",
    ok="#4ADE80",
    ok_soft="#12241A",
    warn="#FBBF24",
    warn_soft="#292010",
    bad="#F87171",
    bad_soft="#2B1719",
    on_bad="#101013",
    bad_hover="#FCA5A5",
    bad_pressed="#FECACA",
    busy="#212127",
    busy_line="#303039",
    busy_text="#A1A1AA",
    edge="#6C6C77",
    edge_hover="#A1A1AA",
    accent_edge="#6064C8",
    accent_soft_hover="#282A52",
    hover="#222228",
    pressed="#2C2C33",
    track="#222228",
    selected="#17171B",
    tag="#2A2A31",
    disabled="#6B6B76",
    scrim="#000000",
)

LIGHT_CONTRAST = replace(
    LIGHT,
    name="light-contrast",
    line="#18181B",
    line2="#6B6B76",
    text="#000000",
    muted="#3F3F46",
    faint="#6B6B76",
    accent="#3730A3",
    accent_text="#2B2585",
    accent_line="#3730A3",
    edge="#18181B",
    edge_hover="#000000",
    accent_edge="#3730A3",
    accent_hover="#2B2585",
    accent_pressed="#1E1A5E",
    ok="#14532D",
    warn="#7C2D12",
    bad="#7F1D1D",
    busy_text="#18181B",
    busy_line="#A1A1AA",
    disabled="#6B6B76",
)

DARK_CONTRAST = replace(
    DARK,
    name="dark-contrast",
    win="#000000",
    surface="#000000",
    sunken="#000000",
    line="#F4F4F5",
    line2="#A1A1AA",
    text="#FFFFFF",
    muted="#E4E4E7",
    faint="#A1A1AA",
    accent="#A5B4FC",
    on_accent="#000000",
    accent_text="#E0E7FF",
    accent_line="#A5B4FC",
    edge="#F4F4F5",
    edge_hover="#FFFFFF",
    accent_edge="#A5B4FC",
    accent_hover="#C7D2FE",
    accent_pressed="#E0E7FF",
    busy_text="#FFFFFF",
    busy_line="#6B6B76",
    selected="#000000",
    disabled="#A1A1AA",
)

SCHEMES = (LIGHT, DARK, LIGHT_CONTRAST, DARK_CONTRAST)

COLOUR_NAMES = tuple(field.name for field in fields(Tokens) if field.name not in {"name", "dark"})


@dataclass(frozen=True, slots=True)
class Measures:
    """Sizes in logical pixels."""

    rail: int = 72
    rail_item_width: int = 58
    rail_item_height: int = 50
    left_pane: int = 256
    left_pane_min: int = 200
    log_list: int = 430
    desk: int = 340
    desk_min: int = 300
    bar: int = 52
    bar_secondary: int = 44
    status: int = 26
    control: int = 32
    chip: int = 28
    radius: int = 7
    radius_small: int = 5
    radius_card: int = 10
    hour: int = 72
    day_header: int = 50
    ruler: int = 46
    slot_inset: int = 5
    slot_gap: int = 2
    xs: int = 4
    s: int = 8
    m: int = 12
    l: int = 16  # noqa: E741
    xl: int = 24
    icon: int = 15
    icon_rail: int = 18
    icon_stroke: float = 1.75
    focus_width: int = 2
    focus_gap: int = 2
    hatch_on: int = 5
    hatch_off: int = 5
    scrim_alpha: int = 90


MEASURES = Measures()
