"""`python -m app.sandbox`: arguments, the ready line, and every way it is told to stop."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from app.sandbox.__main__ import main, parse_arguments
from app.sandbox.sockets import loopback_sockets

COMMAND = [sys.executable, "-m", "app.sandbox"]
ANY_PORT = ["--hubspot-port", "0", "--pipedrive-port", "0", "--meetings", "5"]


@contextmanager
def running(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [*COMMAND, *ANY_PORT, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def first_line(process: subprocess.Popen[str]) -> dict[str, str]:
    assert process.stdout is not None
    line: dict[str, str] = json.loads(process.stdout.readline())
    return line


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_ready_line_then_clean_exit_on_a_signal(number: signal.Signals) -> None:
    with running("--token", "T", "--links", "3", "--now", "2026-11-23T08:00:00Z") as process:
        line = first_line(process)
        assert set(line) == {"hubspot", "pipedrive"}
        reply = httpx.get(
            f"{line['hubspot']}/scheduler/v3/meetings/meeting-links",
            headers={"Authorization": "Bearer T"},
            trust_env=False,
        )
        assert reply.json()["total"] == 3
        about = httpx.get(f"{line['hubspot']}/__sandbox__", trust_env=False).json()
        assert about["now"].startswith("2026-11-23T08:")
        process.send_signal(number)
        out, err = process.communicate(timeout=30)
        assert (process.returncode, out, err) == (0, "", "")


def test_the_parent_pipe_ends_it() -> None:
    with running("--parent-pipe") as process:
        first_line(process)
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(timeout=30) == 0


def test_without_the_pipe_a_closed_input_means_nothing() -> None:
    with running() as process:
        line = first_line(process)
        assert process.stdin is not None
        process.stdin.close()
        assert httpx.get(f"{line['hubspot']}/__sandbox__", trust_env=False).status_code == 200


def test_a_port_in_use_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    bound = loopback_sockets(0)
    port = bound[0].getsockname()[1]
    try:
        assert main(["--hubspot-port", str(port), "--pipedrive-port", "0", "--meetings", "0"]) == 1
    finally:
        for one in bound:
            one.close()
    said = capsys.readouterr().err
    assert said == f"sandbox: Port {port} is in use by another program; choose another one, or 0 for any.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--hubspot-port", "70000"], "not a whole number from 0 to 65535"),
        (["--links", "many"], "not a whole number"),
        (["--meetings", "-1"], "not a whole number"),
        (["--seed", "-5"], "not a whole number"),
        (["--now", "yesterday"], "is not an instant"),
        (["--now", "2026-11-23T08:00:00"], "is not an instant"),
        (["--token", "two words"], "printable ASCII"),
        (["--token", ""], "printable ASCII"),
        (["--redirect", "http://evil.example/cb"], "must begin with"),
        (["--colour"], "unrecognized arguments"),
    ],
)
def test_a_wrong_argument_is_one_sentence(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        parse_arguments(arguments)
    assert stopped.value.code == 2
    text = capsys.readouterr().err
    assert text.startswith("sandbox: ")
    assert said in text
    assert text.count("\n") == 1


def test_defaults() -> None:
    chosen = parse_arguments([])
    assert (chosen.hubspot_port, chosen.pipedrive_port, chosen.token) == (8787, 8788, None)
    assert (chosen.links, chosen.meetings, chosen.limits, chosen.redirect) == (42, 400, False, [])
