"""Loads the guards that hold for every test of the project."""

pytest_plugins = [
    "tests.guards.environment",
    "tests.guards.network",
    "tests.guards.logs",
    "tests.guards.tasks",
    "tests.guards.qt_loop",
    "tests.guards.seeds",
    "tests.guards.figures",
    "tests.guards.garbage",
    "tests.guards.reports",
]
