"""The whole app is killed while HubSpot works on a log, and opened again: there is exactly one meeting."""

import sys
from pathlib import Path

import pytest

from app.sandbox.crm.object_types import MEETING
from app.sandbox.faults import Fault, FaultKind
from app.sandbox.sandbox import SandboxOptions
from app.sandbox.server import SandboxServer
from tests.process.program import started, until

pytestmark = [pytest.mark.journey, pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")]

TITLE = "Call that was cut off"
WORKER = "import sys; from tests.process.window_worker import main; main(*sys.argv[1:])"
CREATE = ("POST", "/crm/*/meetings")
LONG = Fault(FaultKind.LATENCY, *CREATE, seconds=1.5)
LOST = Fault(FaultKind.SERVER_ERROR, *CREATE)


def titled(server: SandboxServer) -> int:
    """How many meetings of that title HubSpot has."""
    return sum(one.properties["hs_meeting_title"] == TITLE for one in server.store.all(MEETING))


@pytest.mark.parametrize("faults", [(LONG,), (LONG, LOST)], ids=["carried out", "never carried out"])
def test_a_log_that_is_cut_off_by_the_end_of_the_app_is_there_once(
    tmp_path: Path, faults: tuple[Fault, ...]
) -> None:
    folder = tmp_path / "data"
    with SandboxServer(SandboxOptions(links=4, meetings=5)) as server:
        for fault in faults:
            server.faults.add(fault)
        with started(str(folder), server.hubspot_url, TITLE, code=WORKER) as first:
            until(
                lambda: server.faults.rows()[0]["struck"] == 1 or first.process.poll() is not None,
                "the log to arrive",
            )
            first.process.kill()
            assert first.process.wait() == -9, first.said
        with started(str(folder), server.hubspot_url, code=WORKER) as second:
            second.until_said("sent")
        assert titled(server) == 1, second.said
