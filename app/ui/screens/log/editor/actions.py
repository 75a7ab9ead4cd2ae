"""The keys of the editor."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from app.ui.kit.command import Command
from app.ui.screens.log.editor.pane import EditorPane

translate = QCoreApplication.translate


def editor_commands(pane: EditorPane) -> tuple[Command, ...]:
    """What palette and shortcut sheet offer for the open meeting."""
    section = translate("log", "Meeting")

    def is_open() -> bool:
        return pane.viewmodel.inputs.is_open

    def is_stored() -> bool:
        return pane.viewmodel.inputs.meeting_id is not None

    def command(
        name: str, title: str, run: Callable[[], None], keys: str, icon: str, is_enabled: Callable[[], bool]
    ) -> Command:
        return Command(f"log.{name}", title, run, keys, icon, section, is_enabled=is_enabled)

    bin_words = translate("log", "Move the meeting to HubSpot's recycle bin")
    return (
        command(
            "save", translate("log", "Save the meeting"), pane.deeds.save, "Ctrl+Return", "check", is_open
        ),
        command(
            "associate",
            translate("log", "Associate a record"),
            pane.records.search.open,
            "A",
            "plus",
            is_open,
        ),
        command("template", translate("log", "Save as template"), pane.templates.save_as, "", "", is_open),
        command("templates", translate("log", "Manage templates"), pane.templates.manage, "", "", is_open),
        command("attach", translate("log", "Attach a file"), pane.pick_files, "", "paperclip", is_open),
        command(
            "openInHubSpot",
            translate("log", "Open the meeting in HubSpot"),
            pane.open_in_hubspot,
            "O",
            "external-link",
            is_stored,
        ),
        command("delete", bin_words, pane.deeds.delete, "", "trash-2", is_stored),
    )
