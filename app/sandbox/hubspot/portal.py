"""One HubSpot account as the API sees it: its world, its records, and everything the routes work with."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from starlette.requests import Request

from app.sandbox.crm.object_types import USER
from app.sandbox.crm.properties.account_definitions import AccountDefinitions
from app.sandbox.crm.search.engine import SearchEngine
from app.sandbox.crm.store import RecordStore
from app.sandbox.crm.writer import RecordWriter, RequiredWhen
from app.sandbox.hubspot.file_cabinet import FileCabinet
from app.sandbox.world.people import User
from app.sandbox.world.world import World


@dataclass(slots=True)
class Portal:
    """An account. `clock` returns aware UTC instants; `required` are its required properties by
    type id, `conditional` those that depend on another value."""

    world: World
    store: RecordStore
    clock: Callable[[], datetime]
    engine: SearchEngine
    files: FileCabinet
    required: dict[str, Sequence[str]] = field(default_factory=dict)
    conditional: list[RequiredWhen] = field(default_factory=list)
    definitions: AccountDefinitions = field(default_factory=AccountDefinitions)
    writer: RecordWriter = field(init=False)

    def __post_init__(self) -> None:
        owners = frozenset(str(user.owner_id) for user in self.world.users)
        self.writer = RecordWriter(self.store, owners, self.required, self.conditional, self.definitions)

    @property
    def hub_id(self) -> int:
        """The account's id."""
        return self.world.portal.hub_id


def portal_of(request: Request) -> Portal:
    """Return the account a request is about."""
    portal: Portal = request.app.state.portal
    return portal


def add_user_records(store: RecordStore, users: Sequence[User], created_at: datetime) -> None:
    """Write the CRM users (object 0-115): their zones and working hours."""
    for user in users:
        store.create(USER, _user_values(user), record_id=str(user.record_id), created_at=created_at)


def _user_values(user: User) -> Mapping[str, str | None]:
    return {
        "hs_internal_user_id": str(user.user_id),
        "hs_email": user.email,
        "hs_given_name": user.first_name,
        "hs_family_name": user.last_name,
        "hs_deactivated": "false",
        "hs_standard_time_zone": user.zone_name.lower().replace("/", "_slash_"),
        "hs_working_hours": '[{"days":"MONDAY_TO_FRIDAY","startMinute":540,"endMinute":1020}]',
        "hs_availability_status": "available",
        "hubspot_owner_id": str(user.owner_id),
    }
