"""How words are compared: without case and without accents."""

import unicodedata
from typing import Final

_ACCENTS: Final = (range(0x300, 0x370), range(0x591, 0x5C8), range(0x64B, 0x660), range(0x1AB0, 0x1B00))
_PLAIN: Final[dict[int, str | None]] = {
    **{accent: None for accents in _ACCENTS for accent in accents},
    **{ord(odd): plain for odd, plain in zip("łøđæœı", ("l", "o", "d", "ae", "oe", "i"), strict=True)},
}


def folded(text: str) -> str:
    """The text without case and accents, for comparing; it may be longer or shorter than the text."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKD", text.casefold()).translate(_PLAIN)
