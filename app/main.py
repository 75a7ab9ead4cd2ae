"""The process: arguments, logging, crash hooks, QApplication, the qasync loop and the exit code."""

import asyncio
import faulthandler
import importlib
import logging
import os
import signal
import socket
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from types import FrameType, TracebackType

os.environ["QT_API"] = "pyside6"

from PySide6.QtCore import QMessageLogContext, QSocketNotifier, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from app import __version__
from app.arguments import Arguments, parse
from app.compose import Options, RunningApp, compose
from app.domain.problems import StorageFailed
from app.ui.kit.wording import words_for

APPLICATION_ID = "io.github.slotdesk.Slotdesk"
SERVE_SANDBOX = "--serve-sandbox"
EXIT_FAILED, EXIT_CRASHED = 1, 70

logger = logging.getLogger("app")


def main(argv: Sequence[str] | None = None) -> int:
    """Run Slotdesk until its window is closed; the process's exit code (0 fine, 1 refused, 70 crashed)."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == [SERVE_SANDBOX]:
        serve = importlib.import_module("app.sandbox.__main__")
        return int(serve.main(words[1:]))
    arguments = parse(words)
    application = _application()
    executor = ThreadPoolExecutor(max_workers=4, thread_name_prefix="slotdesk")
    try:
        with asyncio.Runner(loop_factory=lambda: QEventLoop(application)) as runner:
            runner.get_loop().set_default_executor(executor)
            return runner.run(_run(application, arguments, executor))
    except StorageFailed as problem:
        sys.stderr.write(f"slotdesk: {words_for(problem).sentence}\n")
        return EXIT_FAILED
    except Exception:
        logger.exception("Slotdesk stopped because of a fault of its own")
        sys.excepthook(*sys.exc_info())
        return EXIT_CRASHED
    finally:
        executor.shutdown(wait=False, cancel_futures=True)


def _application() -> QApplication:
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(["slotdesk"])
    application.setApplicationName("slotdesk")
    application.setApplicationDisplayName("Slotdesk")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName(APPLICATION_ID)
    application.setQuitOnLastWindowClosed(False)
    return application


async def _run(application: QApplication, arguments: Arguments, executor: ThreadPoolExecutor) -> int:
    options = Options(
        data_dir=arguments.data_dir,
        debug=arguments.debug,
        practice=arguments.sandbox,
        practice_links=arguments.links,
    )
    if arguments.tour is not None or arguments.check:
        tour = importlib.import_module("app.tour")
        return int(await tour.play(application, executor, pictures=arguments.tour))
    async with compose(application, executor, options) as running:
        with _crash_hooks(running), _signals_close(running):
            await running.closed()
    return 0


@contextmanager
def _crash_hooks(running: RunningApp) -> Iterator[None]:
    """Send Python's, Qt's and the C runtime's last words to the log, and Python's to the crash dialog too."""
    with running.crash_file.open("a", encoding="utf-8") as crash_file:
        faulthandler.enable(crash_file)
        previous_hook = sys.excepthook
        sys.excepthook = _excepthook(running)
        previous_handler = qInstallMessageHandler(_log_qt_message)
        try:
            yield
        finally:
            qInstallMessageHandler(previous_handler)
            sys.excepthook = previous_hook
            faulthandler.disable()


class _excepthook:  # noqa: N801 - it stands in for a function
    def __init__(self, running: RunningApp) -> None:
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


@contextmanager
def _signals_close(running: RunningApp) -> Iterator[None]:
    """Close the window in good order on SIGINT and SIGTERM, also while Qt's loop sleeps."""
    reader, writer = socket.socketpair()
    reader.setblocking(False)
    writer.setblocking(False)
    notifier = QSocketNotifier(reader.fileno(), QSocketNotifier.Type.Read)
    closer = _SignalCloser(reader, running)
    notifier.activated.connect(closer.on_activated)
    previous_fd = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
    previous = {number: signal.signal(number, _ignore) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(previous_fd)
        notifier.setEnabled(False)
        reader.close()
        writer.close()


def _ignore(_number: int, _frame: FrameType | None) -> None:
    """The wake-up socket does the work; Python only needs a handler to be there."""


class _SignalCloser:
    def __init__(self, reader: socket.socket, running: RunningApp) -> None:
        self._reader = reader
        self._running = running

    def on_activated(self) -> None:
        self._reader.recv(16)
        self._running.request_close()
