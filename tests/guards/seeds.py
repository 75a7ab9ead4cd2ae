"""One seed per run, printed in the header and beside every failure, for tests that draw at random."""

import random
from collections.abc import Generator

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "check",
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("check")


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    """The seed of this run: repeat it with `--randomly-seed=N`."""
    value = request.config.getoption("randomly_seed", default=0)
    return value if isinstance(value, int) else 0


@pytest.fixture
def rng(seed: int) -> random.Random:
    """A private random source that starts from the seed of this run."""
    return random.Random(seed)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Print the seed beside a failure of a test that used it."""
    report = yield
    if report.failed and "seed" in getattr(item, "fixturenames", ()):
        value = item.config.getoption("randomly_seed", default=0)
        report.sections.append(("seed", f"repeat with --randomly-seed={value}"))
    return report
