"""Every pair of colours in use can be read: 4.5:1 for text, 3:1 for the edges of controls and slots."""

import re

import pytest

from app.ui.kit.theme import DARK, DARK_CONTRAST, LIGHT, LIGHT_CONTRAST, Tokens
from app.ui.kit.theme.tokens import COLOUR_NAMES

SCHEMES = (LIGHT, DARK, LIGHT_CONTRAST, DARK_CONTRAST)
GROUNDS = ("win", "surface", "sunken")
TEXT_PAIRS = [
    *(
        (ink, ground)
        for ink in ("text", "muted", "accent", "accent_text", "ok", "warn", "bad")
        for ground in GROUNDS
    ),
    *(
        ("text", ground)
        for ground in ("accent_soft", "accent_soft_hover", "hover", "pressed", "track", "selected", "tag")
    ),
    *(("text", ground) for ground in ("ok_soft", "warn_soft", "bad_soft")),
    *(("muted", ground) for ground in ("accent_soft", "ok_soft", "warn_soft", "hover", "track", "tag")),
    *(("accent_text", ground) for ground in ("accent_soft", "accent_soft_hover")),
    *(("on_accent", ground) for ground in ("accent", "accent_hover", "accent_pressed")),
    *(("on_bad", ground) for ground in ("bad", "bad_hover", "bad_pressed")),
    *(("busy_text", ground) for ground in ("busy", "busy_line", "surface")),
    ("ok", "ok_soft"),
    ("warn", "warn_soft"),
    ("bad", "bad_soft"),
    ("surface", "text"),
]
EDGE_PAIRS = [
    *(("edge", ground) for ground in (*GROUNDS, "track")),
    *(("edge_hover", ground) for ground in GROUNDS),
    *(("accent", ground) for ground in GROUNDS),
    *(("bad", ground) for ground in GROUNDS),
    ("accent_edge", "surface"),
    ("accent_edge", "accent_soft"),
]


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def too_faint(tokens: Tokens, pairs: list[tuple[str, str]], least: float) -> list[str]:
    found = ((ink, ground, contrast(tokens.colour(ink), tokens.colour(ground))) for ink, ground in pairs)
    return [f"{ink} on {ground}: {ratio:.2f}" for ink, ground, ratio in found if ratio < least]


def test_contrast_of_black_on_white_is_the_known_one() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("tokens", SCHEMES, ids=lambda tokens: tokens.name)
def test_text_can_be_read(tokens: Tokens) -> None:
    assert too_faint(tokens, TEXT_PAIRS, 4.5) == []


@pytest.mark.parametrize("tokens", SCHEMES, ids=lambda tokens: tokens.name)
def test_edges_of_controls_can_be_seen(tokens: Tokens) -> None:
    assert too_faint(tokens, EDGE_PAIRS, 3) == []


@pytest.mark.parametrize("tokens", [LIGHT_CONTRAST, DARK_CONTRAST], ids=lambda tokens: tokens.name)
def test_high_contrast_is_higher(tokens: Tokens) -> None:
    pairs = [(ink, ground) for ink in ("text", "muted", "edge", "accent_text") for ground in GROUNDS]
    assert too_faint(tokens, pairs, 7) == []


@pytest.mark.parametrize("tokens", SCHEMES, ids=lambda tokens: tokens.name)
def test_every_token_is_a_plain_colour(tokens: Tokens) -> None:
    wrong = [name for name in COLOUR_NAMES if not re.fullmatch(r"#[0-9A-F]{6}", tokens.colour(name))]
    assert wrong == []


def test_a_name_that_is_no_colour_is_refused() -> None:
    with pytest.raises(AttributeError):
        LIGHT.colour("dark")
