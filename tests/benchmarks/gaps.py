"""How late the event loop comes to a timer of one millisecond, and what it was doing."""

import time

from PySide6.QtCore import QObject, Qt, QTimer

EVERY_MS = 1


class GapProbe(QObject):
    """A precise timer of 1 ms that notes how much later than that it came, in which step of the job."""

    def __init__(self) -> None:
        super().__init__()
        self.step = "start"
        self.gaps: list[tuple[float, str]] = []
        self.cpu: list[tuple[float, str]] = []
        self._last = self._last_cpu = 0.0
        self._timer = QTimer(self, interval=EVERY_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timeout)

    def start(self) -> None:
        """Begin with the next turn of the loop."""
        self._last, self._last_cpu = time.perf_counter(), time.thread_time()
        self._timer.start()

    def _on_timeout(self) -> None:
        now, cpu = time.perf_counter(), time.thread_time()
        self.gaps.append(((now - self._last) * 1000 - EVERY_MS, self.step))
        self.cpu.append(((cpu - self._last_cpu) * 1000, self.step))
        self._last, self._last_cpu = now, cpu
