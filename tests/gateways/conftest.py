"""Fixtures of the gateway tests."""

import pytest

from tests.gateways.service import FakeEndpoints, FakeHubSpot, FakeVault, JumpingTime


@pytest.fixture
def hubspot() -> FakeHubSpot:
    """A HubSpot that answers nothing yet."""
    return FakeHubSpot()


@pytest.fixture
def time() -> JumpingTime:
    """Time that passes by sleeping."""
    return JumpingTime()


@pytest.fixture
def vault() -> FakeVault:
    """An empty key store."""
    return FakeVault()


@pytest.fixture
def endpoints(hubspot: FakeHubSpot) -> FakeEndpoints:
    """Endpoints that lead to `hubspot`."""
    return FakeEndpoints(hubspot)
