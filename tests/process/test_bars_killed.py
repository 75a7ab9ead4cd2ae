"""An app that is killed while it logs, edits, links and pins: HubSpot has everything, and once."""

import contextlib
import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from app.sandbox.crm.object_types import COMPANY, CONTACT, MEETING
from app.sandbox.crm.store import Record
from app.sandbox.sandbox import SandboxOptions
from app.sandbox.server import SandboxServer
from tests.guards.figures import Count, Report
from tests.process.log_worker import Orders
from tests.process.program import PATIENCE_S, ROOT, environment

TOKEN = "every-scope"
SPEED = 60.0
"""Looks at 2, 10, 60 and 121 s after a lost answer come after 0.03, 0.17, 1 and 2 s."""


@dataclass
class Promised:
    """What the rep was told is kept (`sure`), and what came after that (a killed gesture may hold or not)."""

    sure: Any = None
    later: list[Any] = field(default_factory=list)

    def note(self, value: object, *, is_sure: bool) -> None:
        """One more gesture on the same thing."""
        if is_sure:
            self.sure, self.later = value, []
        else:
            self.later.append(value)

    def allows(self, value: object) -> bool:
        """Whether HubSpot may hold that."""
        return value in (self.sure, *self.later)


@dataclass
class Diary:
    """Everything the lives said they do, and whether they lived to say that it is kept."""

    logs: dict[str, tuple[dict[str, Any], bool]] = field(default_factory=dict)
    places: dict[str, Promised] = field(default_factory=dict)
    pins: dict[str, Promised] = field(default_factory=dict)
    links: set[tuple[str, str]] = field(default_factory=set)
    steady: list[float] = field(default_factory=list)
    corrupt: list[str] = field(default_factory=list)

    def note(self, told: dict[str, Any], *, is_sure: bool) -> None:
        """A gesture that was begun."""
        title = told["title"]
        match told["act"]:
            case "log":
                self.logs[title] = (told, is_sure)
                if told["is_pinned"]:
                    self._pin(told["contact"], title, is_sure=is_sure)
            case "edit":
                self.places.setdefault(title, Promised("")).note(told["value"], is_sure=is_sure)
            case "pin":
                self._pin(told["contact"], title, is_sure=is_sure)
            case _ if is_sure:
                self.links.add((title, told["company"]))

    def _pin(self, contact: str, title: str, *, is_sure: bool) -> None:
        self.pins.setdefault(contact, Promised("")).note(title, is_sure=is_sure)

    def read(self, lines: list[str]) -> None:
        """Everything one life said; a line cut by the kill is none."""
        begun: dict[str, Any] | None = None
        for line in lines:
            if not line.endswith("\n"):
                break
            told = json.loads(line)
            match told["what"]:
                case "do":
                    begun = told
                case "done" if begun:
                    self.note(begun, is_sure=True)
                    begun = None
                case "steady":
                    self.corrupt += told["notices"] + told["stuck"] + ["unreadable"] * told["unreadable"]
        if begun:
            self.note(begun, is_sure=False)


@contextlib.contextmanager
def living(orders: Orders) -> Iterator[subprocess.Popen[str]]:
    """One life of the worker."""
    command = [sys.executable, "-m", "tests.process.log_worker", orders.text()]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment({}), stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def live_until_killed(orders: Orders, rng: random.Random, diary: Diary) -> None:
    """Start a life on what the one before left; kill it at a random moment after some gestures."""
    begun = time.monotonic()
    with living(orders) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline()]
        assert lines[0], "the worker fell over"
        diary.steady.append(time.monotonic() - begun)
        if not orders.only_sends:
            lines += [process.stdout.readline() for _ in range(rng.randint(1, 24))]
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(rng.uniform(0, 0.04))
            process.kill()
        lines += list(process.stdout)
        diary.read(lines)
        code = process.wait(PATIENCE_S)
    assert code == (0 if orders.only_sends else -9), f"the worker ended by itself with {code}"


@dataclass
class Verdict:
    """What is wrong in HubSpot."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    corrupt: list[str] = field(default_factory=list)


def judged(server: SandboxServer, diary: Diary) -> Verdict:
    """Hold what HubSpot has against what was promised."""
    found: dict[str, list[Record]] = {}
    for meeting in server.store.all(MEETING):
        found.setdefault(meeting.properties["hs_meeting_title"] or "", []).append(meeting)
    verdict = Verdict(corrupt=list(diary.corrupt))
    titles = {meeting.id: title for title, meetings in found.items() for meeting in meetings}
    for title, (told, is_sure) in diary.logs.items():
        meetings = found.get(title, [])
        if len(meetings) > 1:
            verdict.doubled.append(title)
        if is_sure and not meetings:
            verdict.lost.append(title)
        for meeting in meetings[:1]:
            text = meeting.properties["hs_internal_meeting_notes"] or ""
            if not text.replace("<br>", "\n").startswith(told["notes"]) or told[
                "contact"
            ] not in server.store.associated(MEETING, meeting.id, CONTACT):
                verdict.corrupt.append(title)
            place = diary.places.get(title, Promised(""))
            if not place.allows(meeting.properties.get("hs_meeting_location") or ""):
                verdict.lost.append(f"{title} at {place}")
    for title, company in sorted(diary.links):
        if company not in server.store.associated(MEETING, found[title][0].id, COMPANY):
            verdict.lost.append(f"{title} on {company}")
    for contact, pin in diary.pins.items():
        record = server.store.get(CONTACT, contact)
        assert record is not None
        pinned = record.properties.get("hs_pinned_engagement_id") or ""
        if not pin.allows(titles.get(pinned, pinned)):
            verdict.lost.append(f"pin on {contact}: {titles.get(pinned, pinned)} instead of {pin}")
    return verdict


@pytest.mark.bar
@pytest.mark.timeout(3000)
def test_a_killed_app_loses_nothing_and_doubles_nothing(
    tmp_path: Path, rng: random.Random, seed: int, count: Count, figure: Report
) -> None:
    kills, diary = count(10, 500), Diary()
    with SandboxServer(SandboxOptions(meetings=5, token=TOKEN)) as server:
        contacts = tuple(one.id for one in server.store.all(CONTACT))[:4]
        companies = tuple(one.id for one in server.store.all(COMPANY))[:4]
        orders = Orders(str(tmp_path), server.hubspot_url, TOKEN, 0, time.time(), SPEED, contacts, companies)
        for life in range(kills):
            live_until_killed(replace(orders, seed=seed * 1000 + life), rng, diary)
        live_until_killed(replace(orders, only_sends=True), rng, diary)
        verdict = judged(server, diary)
    said = f"in {kills} kills, {len(diary.logs)} logs (seed {seed})"
    figure("meetings, edits, links and pins lost by a killed app", f"{len(verdict.lost)} {said}", 0)
    figure("meetings doubled by a killed app", f"{len(verdict.doubled)} {said}", 0)
    figure("corrupt rows or files after a killed app", f"{len(verdict.corrupt)} {said}", 0)
    slowest = max(diary.steady[1:])
    figure("a killed app is steady again (waits 60 times as short)", f"{slowest:.1f} s at most", "5 s")
    assert verdict == Verdict()
    assert diary.logs
