"""A house whose rep logs meetings."""

import pytest

from tests.journeys.house import House
from tests.journeys.logging.crm import Crm


@pytest.fixture
def crm(house: House) -> Crm:
    """What HubSpot holds, as a colleague would see it."""
    return Crm(house)
