"""What the editor shows, derived from its inputs."""

from dataclasses import dataclass

from app.domain.changes import PendingChange
from app.services.meetings.state import MeetingRow
from app.ui.screens.log.editor.inputs import EditorInputs
from app.ui.screens.log.editor.props import EditorProps, derive_editor
from app.ui.screens.log.editor.record_rows import SideProps, derive_side


@dataclass(frozen=True, slots=True)
class EditorShown:
    """The parts of the editor, each with a signal of its own."""

    form: EditorProps
    side: SideProps
    duplicates: tuple[MeetingRow, ...]
    changes: tuple[PendingChange, ...]


def derive_shown(inputs: EditorInputs) -> EditorShown:
    """All parts from one snapshot."""
    return EditorShown(derive_editor(inputs), derive_side(inputs), inputs.duplicates, inputs.changes)
