"""What is chosen on the Book screen: every change is announced once, and what depends on it follows."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from app.ui.screens.book.selection import BookSelection
from tests.fakes.samples import HALF_HOUR, QUARTER, at, sample_link, slot
from tests.ui.screens.book.bench import Ear
from tests.ui.screens.book.stage import ADA, JIDE, NEW_YORK

BERLIN = "Europe/Berlin"


@pytest.fixture
def selection(qapp: QApplication) -> BookSelection:
    made = BookSelection(BERLIN)
    made.choose_link(sample_link())
    made.choose_duration(HALF_HOUR)
    made.choose_slot(slot(at(24, 9)))
    return made


def test_another_link_lets_slot_and_duration_go(selection: BookSelection) -> None:
    ear = Ear(selection)
    selection.choose_link(sample_link("demo"))
    assert (selection.slot, selection.duration_ms) == (None, 0)
    assert ear.take() == {"slot_changed", "duration_changed", "link_changed"}


def test_the_same_link_with_another_name_keeps_the_slot(selection: BookSelection) -> None:
    ear = Ear(selection)
    selection.choose_link(replace(sample_link(), name="New"))
    assert selection.slot == slot(at(24, 9))
    assert ear.take() == {"link_changed"}
    selection.choose_link(replace(sample_link(), name="New"))
    assert ear.take() == set()


def test_another_duration_lets_a_slot_of_another_length_go(selection: BookSelection) -> None:
    ear = Ear(selection)
    selection.choose_duration(QUARTER)
    assert selection.slot is None
    assert ear.take() == {"slot_changed", "duration_changed"}
    selection.choose_duration(QUARTER)
    assert ear.take() == set()


def test_a_slot_of_the_same_length_stays(selection: BookSelection) -> None:
    selection.choose_duration(0)
    selection.choose_slot(slot(at(24, 9)))
    ear = Ear(selection)
    selection.choose_duration(HALF_HOUR)
    assert selection.slot == slot(at(24, 9))
    assert ear.take() == {"duration_changed"}


def test_no_link_leaves_nothing_chosen(selection: BookSelection) -> None:
    selection.choose_link(None)
    assert (selection.link, selection.slot, selection.duration_ms) == (None, None, 0)


def test_a_guest_brings_the_zone_of_the_record(selection: BookSelection) -> None:
    ear = Ear(selection)
    selection.choose_prospect(ADA)
    assert selection.guest_zone == NEW_YORK
    assert ear.take() == {"prospect_changed", "guest_zone_changed"}
    selection.choose_prospect(ADA)
    assert ear.take() == set()


def test_the_same_guest_read_again_leaves_the_zone_alone(selection: BookSelection) -> None:
    selection.choose_prospect(ADA)
    selection.choose_guest_zone(BERLIN)
    selection.choose_prospect(replace(ADA, phone="1"))
    assert selection.guest_zone == BERLIN


def test_a_guest_without_a_zone_keeps_the_present_one(selection: BookSelection) -> None:
    selection.choose_prospect(ADA)
    selection.choose_prospect(JIDE)
    selection.choose_prospect(None)
    assert selection.guest_zone == NEW_YORK


def test_a_guest_may_come_without_taking_the_zone(selection: BookSelection) -> None:
    selection.choose_prospect(ADA, takes_zone=False)
    assert selection.guest_zone == BERLIN


def test_the_picked_slot_is_the_same_instant_in_any_zone(selection: BookSelection) -> None:
    ear = Ear(selection)
    selection.choose_guest_zone(NEW_YORK)
    assert selection.slot == slot(at(24, 9))
    assert ear.take() == {"guest_zone_changed"}
