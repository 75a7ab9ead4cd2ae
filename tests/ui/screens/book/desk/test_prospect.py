"""What the guest field shows: rows, messages, whose contact it is, and who has the address already."""

from dataclasses import replace

import pytest

from app.domain.links import BookingInfo, LinkKind
from app.domain.problems import NotAllowed, Offline
from app.domain.records import Contact, ContactId, OwnerId
from app.ui.screens.book.desk.prospect import NEW_GUEST, ProspectInputs, derive_prospect
from tests.fakes.samples import JONAS, MARIA, sample_contact, sample_info, sample_owner

ADA = replace(sample_contact(), company="Northwind")
JIDE = Contact(ContactId("9002"), "Jide", "Okafor", "jide@litware.example")
OTHER_OWNER = replace(sample_owner("72", "599", "sam@slotdesk.example"), full_name="Sam Reed")


@pytest.mark.parametrize(
    ("inputs", "rows", "message"),
    [
        (ProspectInputs(), [], ""),
        (ProspectInputs(query="a"), [], "Type two letters of a name, company or address"),
        (ProspectInputs(query="  a "), [], "Type two letters of a name, company or address"),
        (ProspectInputs(query="ad", is_searching=True), [], ""),
        (ProspectInputs(query="ad", is_searching=True, found=(ADA,)), ["9001"], ""),
        (ProspectInputs(query="ad", found=(ADA, JIDE)), ["9001", "9002", NEW_GUEST], ""),
        (ProspectInputs(query="zo"), [NEW_GUEST], "Nobody in HubSpot matches"),
        (ProspectInputs(query="zo", problem=Offline()), [NEW_GUEST], "No connection to HubSpot"),
        (
            ProspectInputs(query="zo", problem=NotAllowed(())),
            [NEW_GUEST],
            "Your HubSpot sign-in does not allow this",
        ),
    ],
    ids=[
        "empty",
        "one letter",
        "blanks",
        "searching",
        "still shown",
        "found",
        "nobody",
        "offline",
        "not allowed",
    ],
)
def test_the_list_follows_the_search(inputs: ProspectInputs, rows: list[str], message: str) -> None:
    props = derive_prospect(inputs)
    assert [row.id for row in props.rows] == rows
    assert props.message == message


def test_a_contact_is_a_row_with_company_and_address() -> None:
    row = derive_prospect(ProspectInputs(query="ad", found=(ADA,))).rows[0]
    assert (row.title, row.detail, row.initials) == ("Ada Okafor", "Northwind · ada@northwind.example", "AO")
    bare = derive_prospect(ProspectInputs(query="ji", found=(replace(JIDE, email=""),))).rows[0]
    assert bare.detail == ""


def test_a_new_guest_is_offered_in_the_words_that_were_typed() -> None:
    assert derive_prospect(ProspectInputs(query=" Zoe Cruz ")).rows[-1].title == "New guest: Zoe Cruz"


def test_the_chosen_guest_is_shown_with_the_address() -> None:
    props = derive_prospect(ProspectInputs(chosen=ADA))
    assert (props.chosen_title, props.chosen_detail, props.chosen_initials) == (
        "Ada Okafor",
        "ada@northwind.example",
        "AO",
    )
    assert derive_prospect(ProspectInputs()).chosen_title == ""


ROUND_ROBIN = sample_info(kind=LinkKind.ROUND_ROBIN, members=(MARIA, JONAS))


@pytest.mark.parametrize(
    ("contact", "info", "note"),
    [
        (ADA, sample_info(), ""),
        (
            replace(ADA, owner_id=OwnerId("72")),
            sample_info(),
            "Sam Reed owns this contact, but the meeting is with Maria Nowak.",
        ),
        (
            ADA,
            ROUND_ROBIN,
            "Maria Nowak owns this contact. It may go to another of Maria Nowak, Jonas Weber.",
        ),
        (replace(ADA, owner_id=None), sample_info(), ""),
        (replace(ADA, owner_id=OwnerId("404")), sample_info(), ""),
        (replace(ADA, owner_id=OwnerId("72")), None, ""),
    ],
    ids=["same person", "another", "round robin", "no owner", "unknown owner", "no hosts known"],
)
def test_an_owner_who_is_not_the_host_is_warned_of(
    contact: Contact, info: BookingInfo | None, note: str
) -> None:
    props = derive_prospect(ProspectInputs(chosen=contact, info=info, owners=(sample_owner(), OTHER_OWNER)))
    assert props.note == note
    assert props.note_is_warning is bool(note)


def test_an_address_that_hubspot_knows_offers_its_contact() -> None:
    props = derive_prospect(ProspectInputs(typed_email=ADA.email, known=ADA))
    assert (props.note, props.note_is_warning) == ("This address is Ada Okafor in HubSpot.", False)
    assert props.offer == "Use Ada Okafor"


def test_an_address_that_is_new_says_so() -> None:
    props = derive_prospect(ProspectInputs(typed_email="zoe@x.example", is_new=True))
    assert (props.note, props.offer) == ("New to HubSpot: booking creates the contact.", "")


def test_a_chosen_guest_needs_no_offer() -> None:
    assert derive_prospect(ProspectInputs(chosen=JIDE, known=ADA)).offer == ""
