"""What the values of the domain say of themselves."""

from dataclasses import replace
from datetime import timedelta

from app.domain.accounts import (
    REQUIRED_SCOPES,
    AccountId,
    Feature,
    Workspace,
    account_id,
    is_granted,
    missing_scopes,
)
from tests.fakes.samples import (
    HALF_HOUR,
    MARIA,
    OFFLINE_JONAS,
    at,
    sample_contact,
    sample_info,
    sample_link,
    slot,
)


def test_an_account_has_the_same_id_at_every_sign_in() -> None:
    assert account_id(Workspace.LIVE, 4711, "501") == AccountId("live-4711-501")
    others = {account_id(Workspace.PRACTICE, 4711, "501"), account_id(Workspace.LIVE, 4711, "502")}
    assert account_id(Workspace.LIVE, 4711, "501") not in others


def test_features_stand_behind_their_scopes() -> None:
    scopes = frozenset(REQUIRED_SCOPES)
    assert is_granted(scopes, Feature.BOOKING)
    assert missing_scopes(scopes, Feature.DEALS) == ("crm.objects.deals.read",)
    assert missing_scopes(frozenset(), Feature.BOOKING) == (
        "scheduler.meetings.meeting-link.read",
        "crm.objects.contacts.write",
    )


def test_a_link_is_called_by_its_name_or_its_slug() -> None:
    assert sample_link(name="Intro call").title == "Intro call"
    assert sample_link("team/intro", name="").title == "team/intro"


def test_a_link_with_a_payment_is_paid() -> None:
    assert not sample_link().is_paid
    assert replace(sample_link(), payment_link_id="1").is_paid


def test_offline_members_are_those_whose_calendar_is_disconnected() -> None:
    assert sample_info(members=(MARIA, OFFLINE_JONAS)).offline_members == (OFFLINE_JONAS,)


def test_a_contact_is_called_by_its_name_or_its_address() -> None:
    assert sample_contact().full_name == "Ada Okafor"
    assert replace(sample_contact(), first_name="").full_name == "Okafor"
    assert replace(sample_contact(), first_name="", last_name="").full_name == "ada@northwind.example"


def test_a_slot_knows_its_length() -> None:
    assert slot(at(24, 9), HALF_HOUR).duration == timedelta(minutes=30)
