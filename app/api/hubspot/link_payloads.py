"""Meeting links, booking info and availability as HubSpot sends them (reference 5.1 to 5.3)."""

from datetime import datetime

import msgspec

from app.api.decoding import Rows, WireId
from app.api.hubspot.instants import WireInstant, instant_of, instant_of_ms
from app.api.hubspot.paging_payloads import PagingPayload


class LinkPayload(msgspec.Struct, frozen=True, rename="camel"):
    """`ExternalLinkMetadata`; `type` stays text, because HubSpot may add kinds."""

    id: WireId
    slug: str
    link: str = ""
    type: str = ""
    organizer_user_id: WireId | None = None
    user_ids_of_link_members: tuple[WireId, ...] = ()
    default_link: bool = False
    name: str | None = None
    payment_link_id: WireId | None = None
    created_at: WireInstant = None
    updated_at: WireInstant = None

    @property
    def created(self) -> datetime | None:
        """The UTC instant of `createdAt`, sent as ISO or as epoch ms."""
        return instant_of(self.created_at)

    @property
    def updated(self) -> datetime | None:
        """The UTC instant of `updatedAt`, sent as ISO or as epoch ms."""
        return instant_of(self.updated_at)


class LinkListPayload(msgspec.Struct, frozen=True, rename="camel"):
    """One page of meeting links."""

    results: tuple[LinkPayload, ...]
    total: int | None = None
    paging: PagingPayload | None = None


class HoursPayload(msgspec.Struct, frozen=True):
    """Opening hours of a day in minutes after midnight; for display only."""

    start: int
    end: int


class ChoicePayload(msgspec.Struct, frozen=True, rename="camel"):
    """One option of a form field."""

    value: str
    label: str = ""
    display_order: int = 0
    hidden: bool = False


class FormFieldPayload(msgspec.Struct, frozen=True, rename="camel"):
    """`ExternalLinkFormField`; `field_type` is the widget, `is_custom` false for a CRM property."""

    name: str
    label: str = ""
    type: str = "string"
    field_type: str = "text"
    is_custom: bool = False
    is_required: bool = False
    options: tuple[ChoicePayload, ...] = ()


class GuestSettingsPayload(msgspec.Struct, frozen=True, rename="camel"):
    """Whether and how many extra guests a booking may name."""

    can_add_guests: bool = False
    max_guest_count: int = 0


class ConsentBoxPayload(msgspec.Struct, frozen=True, rename="camel"):
    """One subscription box."""

    communication_type_id: WireId
    label: str = ""
    required: bool = False


class ConsentPayload(msgspec.Struct, frozen=True, rename="camel"):
    """`legalConsentOptions`; the texts may hold HTML."""

    communication_consent_text: str = ""
    communication_consent_checkboxes: tuple[ConsentBoxPayload, ...] = ()
    processing_consent_type: str = ""
    processing_consent_text: str = ""
    processing_consent_checkbox_label: str = ""
    privacy_policy_text: str = ""


class LinkSettingsPayload(msgspec.Struct, frozen=True, rename="camel"):
    """`customParams`: durations and buffer in ms, hours in minutes, window in epoch ms."""

    durations: tuple[int, ...] = ()
    start_time_increment_minutes: str = ""
    meeting_buffer_time: int = 0
    availability: dict[str, HoursPayload] = msgspec.field(default_factory=dict)
    form_fields: tuple[FormFieldPayload, ...] = ()
    legal_consent_enabled: bool = False
    legal_consent_options: ConsentPayload | None = None
    weeks_to_advertise: int = 0
    custom_availability_start_date: WireInstant = None
    custom_availability_end_date: WireInstant = None
    guest_settings: GuestSettingsPayload | None = None
    locale: str | None = None
    location: str | None = None
    redirect_url: str | None = None

    @property
    def window_start(self) -> datetime | None:
        """The UTC instant at which the fixed booking window opens."""
        return instant_of(self.custom_availability_start_date)

    @property
    def window_end(self) -> datetime | None:
        """The UTC instant at which the fixed booking window closes."""
        return instant_of(self.custom_availability_end_date)


class BusyPayload(msgspec.Struct, frozen=True):
    """A busy time in epoch ms."""

    start: int
    end: int


class ProfilePayload(msgspec.Struct, frozen=True, rename="camel"):
    """A member's name and address."""

    email: str = ""
    first_name: str | None = None
    last_name: str | None = None
    full_name: str | None = None


class MeetingsUserPayload(msgspec.Struct, frozen=True, rename="camel"):
    """A member: `user_id` is the scheduler's user id, `id` is another number that is never sent."""

    user_id: WireId
    id: WireId | None = None
    calendar_provider: str = ""
    user_profile: ProfilePayload = ProfilePayload()


class UserBusyPayload(msgspec.Struct, frozen=True, rename="camel"):
    """A member's busy times; empty when `is_offline`, which does not mean free."""

    meetings_user: MeetingsUserPayload
    is_offline: bool = False
    busy_times: tuple[BusyPayload, ...] = ()


class SlotPayload(msgspec.Struct, frozen=True, rename="camel"):
    """A bookable slot in epoch ms UTC."""

    start_millis_utc: int
    end_millis_utc: int

    @property
    def start(self) -> datetime | None:
        """The UTC instant it starts; None beyond the calendar."""
        return instant_of_ms(self.start_millis_utc)

    @property
    def end(self) -> datetime | None:
        """The UTC instant it ends; None beyond the calendar."""
        return instant_of_ms(self.end_millis_utc)


class DurationSlotsPayload(msgspec.Struct, frozen=True, rename="camel"):
    """The slots of one duration (ms)."""

    meeting_duration_millis: int | None = None
    availabilities: tuple[SlotPayload, ...] = ()


class LinkAvailabilityPayload(msgspec.Struct, frozen=True, rename="camel"):
    """Slots by duration, keyed by ms as text; `has_more` when later months may hold some."""

    has_more: bool = False
    link_availability_by_duration: dict[str, DurationSlotsPayload] = msgspec.field(default_factory=dict)

    @property
    def by_duration_ms(self) -> dict[int, tuple[SlotPayload, ...]]:
        """The slots by duration in ms; a key that is no number counts by the duration inside."""
        found: dict[int, tuple[SlotPayload, ...]] = {}
        for key, slots in self.link_availability_by_duration.items():
            duration = int(key) if key.isascii() and key.isdigit() and len(key) < 12 else None
            duration = duration or slots.meeting_duration_millis
            if duration:
                found[duration] = found.get(duration, ()) + slots.availabilities
        return found


class BookingInfoPayload(msgspec.Struct, frozen=True, rename="camel"):
    """`ExternalBookingInfo`, with the slots of the present month."""

    custom_params: LinkSettingsPayload
    link_id: WireId | None = None
    link_type: str = ""
    is_offline: bool = False
    all_users_busy_times: tuple[UserBusyPayload, ...] = ()
    link_availability: LinkAvailabilityPayload | None = None


class AvailabilityPagePayload(msgspec.Struct, frozen=True, rename="camel"):
    """`ExternalLinkAvailabilityAndBusyTimes`: one month."""

    link_availability: LinkAvailabilityPayload | None = None
    all_users_busy_times: tuple[UserBusyPayload, ...] = ()


AVAILABILITY_ROWS = (
    Rows(("linkAvailability", "linkAvailabilityByDuration", "*", "availabilities"), SlotPayload),
    Rows(("allUsersBusyTimes", "*", "busyTimes"), BusyPayload),
    Rows(("allUsersBusyTimes",), UserBusyPayload),
)
LINK_ROWS = (Rows(("results",), LinkPayload),)
BOOKING_INFO_ROWS = (
    *AVAILABILITY_ROWS,
    Rows(("customParams", "formFields", "*", "options"), ChoicePayload),
    Rows(("customParams", "formFields"), FormFieldPayload),
    Rows(("customParams", "legalConsentOptions", "communicationConsentCheckboxes"), ConsentBoxPayload),
)
