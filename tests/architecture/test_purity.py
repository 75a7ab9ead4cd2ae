"""The inner layers stay pure: the domain has no I/O and no clock, services have no threads of their own."""

import sys
from collections.abc import Iterator

from tests.architecture.source import Source, called_name, findings, imports, sources

TOUCHING = {
    "asyncio",
    "os",
    "io",
    "logging",
    "random",
    "secrets",
    "shutil",
    "socket",
    "sqlite3",
    "subprocess",
}
TOUCHING |= {"sys", "tempfile", "threading", "time", "urllib", "http", "ssl", "concurrent", "multiprocessing"}
CLOCKS = {"now", "utcnow", "today", "monotonic", "perf_counter", "uuid4", "uuid1"}


def foreign_imports(source: Source) -> Iterator[str]:
    """What the domain may not import: other layers, libraries, and the standard library's I/O."""
    for found in imports(source):
        if found.top == "app" and not found.module.startswith("app.domain"):
            yield source.at(found.node, f"imports {found.module}")
        elif found.top != "app" and found.top not in sys.stdlib_module_names:
            yield source.at(found.node, f"imports the library {found.top}")
        elif found.top in TOUCHING:
            yield source.at(found.node, f"imports {found.module}, which touches the world")


def clock_reads(source: Source) -> Iterator[str]:
    """Calls that ask what time it is or draw an identity."""
    for node in source.nodes:
        if called_name(node) in CLOCKS:
            yield source.at(node, f"calls {called_name(node)}()")


def test_the_domain_imports_nothing_that_touches_the_world() -> None:
    found = findings(sources("app/domain"), foreign_imports)
    assert not found, f"take the value as an argument, or a protocol of domain/ports.py:\n{found}"


def test_the_domain_reads_no_clock() -> None:
    found = findings(sources("app/domain"), clock_reads)
    assert not found, f"take `now` as an argument:\n{found}"


def test_services_read_no_clock() -> None:
    found = findings(sources("app/services"), clock_calls_on_modules)
    assert not found, f"ask the Clock port that the service was given:\n{found}"


def clock_calls_on_modules(source: Source) -> Iterator[str]:
    """Imports of the clock itself; a service asks its Clock port."""
    for found in imports(source):
        if found.full in {"time", "time.time", "time.monotonic", "time.perf_counter"}:
            yield source.at(found.node, f"imports {found.full}")
