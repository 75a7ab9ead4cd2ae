"""The pages after a sign-in speak the window's language, and say what to do."""

import pytest
from PySide6.QtCore import QLocale

from app.ui.kit.callback_words import callback_words


@pytest.mark.parametrize(
    ("locale", "language"),
    [(QLocale.c(), "en"), (QLocale("en_GB"), "en-GB"), (QLocale("de_DE"), "de"), (QLocale("pt_BR"), "pt")],
)
def test_the_language_of_the_page_is_the_locales(locale: QLocale, language: str) -> None:
    assert callback_words(locale).language == language


def test_every_page_leads_back_to_slotdesk() -> None:
    words = callback_words(QLocale("en_GB"))
    for title, text in (words.received, words.refused, words.stray):
        assert title
        assert "Slotdesk" in f"{title} {text}"
