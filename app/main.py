"""The process: arguments, logging, crash hooks, QApplication, the qasync loop and the exit code."""

import asyncio
import faulthandler
import importlib
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager, suppress
from types import FrameType, ModuleType, TracebackType
from typing import TYPE_CHECKING

os.environ["QT_API"] = "pyside6"

from PySide6.QtCore import QMessageLogContext, QSocketNotifier, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from app import __version__
from app.arguments import Arguments, parse
from app.compose import Options, compose
from app.domain.problems import StorageFailed
from app.stopping import UnawaitedExecutor, asking_signals

if TYPE_CHECKING:
    from app.compose.running import RunningApp
    from app.ui.kit.wording import Words

APPLICATION_ID = "io.github.slotdesk.Slotdesk"
SERVE_SANDBOX = "--serve-sandbox"
EXIT_FAILED, EXIT_CRASHED = 1, 70
UNSEEN = frozenset({"offscreen", "minimal"})
"""Qt's platforms on which nobody could press Close."""

logger = logging.getLogger("app")


def main(argv: Sequence[str] | None = None) -> int:
    """Run Slotdesk until its window is closed; the process's exit code (0 fine, 1 refused, 70 crashed)."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == [SERVE_SANDBOX]:
        serve = importlib.import_module("app.sandbox.__main__")
        return int(serve.main(words[1:]))
    arguments = parse(words)
    if _lacks_display():
        if not arguments.plays_tour:
            _say(_failures().no_display_words())
            return EXIT_FAILED
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with _qt_may_give_up():
        application = _application()
    executor = UnawaitedExecutor(max_workers=4, thread_name_prefix="slotdesk")
    with asyncio.Runner(loop_factory=lambda: QEventLoop(application)) as runner:
        runner.get_loop().set_default_executor(executor)
        return runner.run(_run(application, arguments, executor))


def _lacks_display() -> bool:
    chosen = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    return sys.platform.startswith("linux") and not any(os.environ.get(name) for name in chosen)


def _application() -> QApplication:
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(["slotdesk"])
    application.setApplicationName("slotdesk")
    application.setApplicationDisplayName("Slotdesk")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName(APPLICATION_ID)
    application.setQuitOnLastWindowClosed(False)
    return application


@contextmanager
def _qt_may_give_up() -> Iterator[None]:
    """Inside, Qt's last words become a sentence; it would abort the process with a dump of its plug-ins."""
    heard: list[str] = []

    def listen(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        if kind is not QtMsgType.QtFatalMsg:
            heard.append(" ".join(message.split()))
            return
        _say(_failures().no_display_words(), *heard)
        sys.stderr.flush()
        os._exit(EXIT_FAILED)

    previous = qInstallMessageHandler(listen)
    try:
        yield
    finally:
        qInstallMessageHandler(previous)


def _say(words: "Words", *details: str) -> None:
    """Tell it on standard error, which a program without a terminal may not have."""
    if sys.stderr is not None:
        with suppress(OSError):
            sys.stderr.write("".join(f"slotdesk: {line}\n" for line in (words.sentence, *details)))


async def _run(application: QApplication, arguments: Arguments, executor: Executor) -> int:
    """Start, run and end, and say what came in the way."""
    current = asyncio.current_task()
    assert current is not None
    with _signals_end(current.cancel) as ending:
        try:
            if arguments.plays_tour:
                tour = importlib.import_module("app.tour")
                return int(await tour.play(application, executor, pictures=arguments.tour))
            await _live(application, arguments, executor, ending)
        except asyncio.CancelledError:
            if not ending.was_asked:
                raise
            return EXIT_FAILED if arguments.plays_tour else 0
        except StorageFailed as problem:
            words, code = _failures().words_for(problem), EXIT_FAILED
            _say(words)
        except Exception:
            # The log is closed by now: this goes to standard error.
            logger.exception("Slotdesk stopped because of a fault of its own")
            words, code = _failures().fault_words(), EXIT_CRASHED
        else:
            return 0
        is_seen = not arguments.plays_tour and application.platformName() not in UNSEEN
        if is_seen and not ending.was_asked:
            await _failures().show_failure(application, words, ending.becomes)
    return code


async def _live(
    application: QApplication, arguments: Arguments, executor: Executor, ending: "_Ending"
) -> None:
    """From the first file to the last, with the window in between. Raises StorageFailed."""
    options = Options(
        data_dir=arguments.data_dir,
        debug=arguments.debug,
        practice=arguments.sandbox,
        practice_links=arguments.links,
    )
    async with compose(application, executor, options) as running:
        ending.becomes(running.request_close)
        logger.info("Slotdesk %s is open, on %s %s", __version__, sys.platform, application.platformName())
        with _crash_hooks(running):
            await running.closed()
        logger.info("Slotdesk closes")


def _failures() -> ModuleType:
    """Loaded only when the start has failed: it takes time that the first frame needs."""
    return importlib.import_module("app.ui.shell.start_failure")


@contextmanager
def _crash_hooks(running: "RunningApp") -> Iterator[None]:
    """Send Python's, Qt's and the C runtime's last words to the log, and Python's to the crash dialog too."""
    with ExitStack() as stack:
        with suppress(OSError):
            crash_file = stack.enter_context(running.crash_file.open("a", encoding="utf-8"))
            faulthandler.enable(crash_file)
            stack.callback(faulthandler.disable)
        previous_hook = sys.excepthook
        sys.excepthook = _excepthook(running)
        previous_handler = qInstallMessageHandler(_log_qt_message)
        try:
            yield
        finally:
            qInstallMessageHandler(previous_handler)
            sys.excepthook = previous_hook


class _excepthook:  # noqa: N801 - it stands in for a function
    def __init__(self, running: "RunningApp") -> None:
        self._running = running

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._running.request_close()
            return
        logger.critical("Unhandled fault", exc_info=(kind, error, trace))
        self._running.report_crash(error)


_QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def _log_qt_message(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    logging.getLogger("qt").log(_QT_LEVELS.get(kind, logging.WARNING), "%s", message)


class _Ending:
    """What a signal ends: the start while it lasts, then whatever is on screen; only the first one counts."""

    def __init__(self, reader: socket.socket, end: Callable[[], object]) -> None:
        self._reader = reader
        self._end = end
        self.was_asked = False

    def becomes(self, end: Callable[[], object]) -> None:
        """Do this from now on."""
        self._end = end

    def on_activated(self) -> None:
        with suppress(BlockingIOError):
            self._reader.recv(16)
        if not self.was_asked:
            self.was_asked = True
            self._end()


@contextmanager
def _signals_end(end: Callable[[], object]) -> Iterator[_Ending]:
    """Call `end` on SIGINT, SIGTERM and SIGHUP, also while Qt's loop sleeps."""
    reader, writer = socket.socketpair()
    reader.setblocking(False)
    writer.setblocking(False)
    notifier = QSocketNotifier(reader.fileno(), QSocketNotifier.Type.Read)
    ending = _Ending(reader, end)
    notifier.activated.connect(ending.on_activated)
    previous_fd = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
    previous = {number: signal.signal(number, _ignore) for number in asking_signals()}
    try:
        yield ending
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(previous_fd)
        notifier.setEnabled(False)
        reader.close()
        writer.close()


def _ignore(_number: int, _frame: FrameType | None) -> None:
    """The wake-up socket does the work; Python only needs a handler to be there."""
