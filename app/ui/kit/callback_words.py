"""What the rep's browser says after a sign-in, in the language of the window."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QLocale

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class CallbackWords:
    """Title and text of the three pages, and their language as a BCP 47 tag."""

    received: tuple[str, str]
    refused: tuple[str, str]
    stray: tuple[str, str]
    language: str


def callback_words(locale: QLocale) -> CallbackWords:
    """The words of the pages: the answer arrived, access was not given, nothing was waited for."""
    return CallbackWords(
        received=(
            translate("callback", "You can go back to Slotdesk"),
            translate("callback", "Your answer has arrived. This page can be closed."),
        ),
        refused=(
            translate("callback", "Slotdesk was not connected"),
            translate("callback", "Go back to Slotdesk to try again. This page can be closed."),
        ),
        stray=(
            translate("callback", "Nothing to see here"),
            translate("callback", "Go back to Slotdesk to sign in."),
        ),
        language="en" if locale.language() == QLocale.Language.C else locale.bcp47Name(),
    )
