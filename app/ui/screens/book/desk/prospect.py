"""Finding who the meeting is for: type-ahead in the CRM, new guests, and whose contact it is."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.domain.guests import is_email
from app.domain.links import BookingInfo
from app.domain.ownership import owner_note
from app.domain.prefill import properties_for
from app.domain.problems import Problem
from app.domain.records import Contact, ContactId, Owner
from app.services.directory import MIN_QUERY
from app.ui.context import UiContext
from app.ui.kit.publisher import Publisher
from app.ui.kit.tasks import Policy, TaskScope
from app.ui.kit.widgets.avatar import initials_of
from app.ui.kit.widgets.rows import ListRow
from app.ui.kit.wording import words_for

translate = QCoreApplication.translate
NEW_GUEST = "new-guest"
TYPING_PAUSE_S = 0.2


@dataclass(frozen=True, slots=True)
class ProspectInputs:
    """The search and what it found; `known` is the contact that already has the typed address."""

    query: str = ""
    found: tuple[Contact, ...] = ()
    is_searching: bool = False
    problem: Problem | None = None
    chosen: Contact | None = None
    info: BookingInfo | None = None
    owners: tuple[Owner, ...] = ()
    typed_email: str = ""
    known: Contact | None = None
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class ProspectProps:
    """What the guest field shows; `note` is the line under it, `note_is_warning` colours it."""

    rows: tuple[ListRow, ...]
    is_searching: bool
    message: str
    chosen_title: str
    chosen_detail: str
    chosen_initials: str
    note: str
    note_is_warning: bool
    offer: str


def derive_prospect(inputs: ProspectInputs) -> ProspectProps:
    """The guest field from one snapshot."""
    chosen = inputs.chosen
    note, is_warning = _note(inputs)
    offer = ""
    if inputs.known is not None and chosen is None:
        offer = translate("desk", "Use {name}").format(name=inputs.known.full_name)
    return ProspectProps(
        rows=_rows(inputs),
        is_searching=inputs.is_searching,
        message=_message(inputs),
        chosen_title=chosen.full_name if chosen else "",
        chosen_detail=chosen.email if chosen else "",
        chosen_initials=initials_of(chosen.full_name) if chosen else "",
        note=note,
        note_is_warning=is_warning,
        offer=offer,
    )


def _rows(inputs: ProspectInputs) -> tuple[ListRow, ...]:
    rows = [
        ListRow(
            id=contact.id,
            title=contact.full_name,
            detail=" · ".join(part for part in (contact.company, contact.email) if part),
            initials=initials_of(contact.full_name),
        )
        for contact in inputs.found
    ]
    query = inputs.query.strip()
    if len(query) >= MIN_QUERY and not inputs.is_searching:
        title = translate("desk", "New guest: {name}").format(name=query)
        rows.append(ListRow(id=NEW_GUEST, title=title, icon="plus"))
    return tuple(rows)


def _message(inputs: ProspectInputs) -> str:
    query = inputs.query.strip()
    if inputs.problem is not None:
        return words_for(inputs.problem).title
    if len(query) < MIN_QUERY:
        return translate("desk", "Type two letters of a name, company or address") if query else ""
    if not inputs.found and not inputs.is_searching:
        return translate("desk", "Nobody in HubSpot matches")
    return ""


def _note(inputs: ProspectInputs) -> tuple[str, bool]:
    chosen = inputs.chosen
    if chosen is not None and inputs.info is not None:
        note = owner_note(chosen, inputs.owners, inputs.info)
        if note is None:
            return "", False
        hosts = ", ".join(member.full_name or member.email for member in note.hosts)
        if note.is_certain:
            text = translate("desk", "{owner} owns this contact, but the meeting is with {hosts}.")
        else:
            text = translate("desk", "{owner} owns this contact. It may go to another of {hosts}.")
        return text.format(owner=note.owner.full_name, hosts=hosts), True
    if inputs.known is not None:
        text = translate("desk", "This address is {name} in HubSpot.")
        return text.format(name=inputs.known.full_name), False
    if inputs.is_new:
        return translate("desk", "New to HubSpot: booking creates the contact."), False
    return "", False


def _searched(contact: Contact) -> str:
    return f"{contact.full_name} {contact.company} {contact.email}".casefold()


class ProspectViewModel(QObject):
    """Searches while the rep types, then reads the chosen contact with what the form asks for."""

    props_changed = Signal()
    chosen = Signal(object)
    new_guest = Signal(str)

    def __init__(self, context: UiContext, tasks: TaskScope) -> None:
        super().__init__()
        self._directory = context.services.directory
        self._clock = context.clock
        self._tasks = tasks
        self._publisher = Publisher(self, ProspectInputs(), derive_prospect)

    @property
    def props(self) -> ProspectProps:
        """What the field shows now."""
        return self._publisher.props

    @property
    def contact(self) -> Contact | None:
        """Who is chosen."""
        return self._publisher.inputs.chosen

    def set_info(self, info: BookingInfo | None) -> None:
        """Another link is open: its form may ask for other properties, its hosts may be others."""
        before = self._publisher.inputs.info
        self._set(info=info)
        if info is None or (before is not None and before.slug == info.slug):
            return
        self._tasks.start(self._load_owners(), key="owners", policy=Policy.ONCE)
        if self.contact is not None:
            self._tasks.start(self._read(self.contact), key="read", policy=Policy.LATEST)

    def restore(self, contact_id: ContactId) -> None:
        """Book for the contact of a kept draft, as soon as it was read again; what fails leaves it out."""
        self._tasks.start(self._read_again(contact_id), key="read", policy=Policy.LATEST)

    def search(self, text: str) -> None:
        """Look for contacts, after a short pause of typing; an older search is cancelled."""
        query = text.strip()
        is_searching = len(query) >= MIN_QUERY
        self._set(query=text, is_searching=is_searching, problem=None, found=self._still_found(query))
        if is_searching:
            self._tasks.start(self._search(query), key="search", policy=Policy.LATEST)
        else:
            self._tasks.cancel("search")

    def pick(self, row_id: str) -> None:
        """Take a row of the list: a contact, or a new guest with what was typed."""
        if row_id == NEW_GUEST:
            typed = self._publisher.inputs.query.strip()
            self._set(query="", found=(), is_searching=False)
            self.new_guest.emit(typed)
            return
        found = next((contact for contact in self._publisher.inputs.found if contact.id == row_id), None)
        if found is not None:
            self.choose(found)

    def choose(self, contact: Contact) -> None:
        """Book for this contact."""
        self._tasks.cancel("search")
        self._set(query="", found=(), is_searching=False, chosen=contact, known=None, is_new=False)
        self.chosen.emit(contact)
        self._tasks.start(self._read(contact), key="read", policy=Policy.LATEST)

    def take_offer(self) -> None:
        """Use the contact that already has the typed address."""
        if self._publisher.inputs.known is not None:
            self.choose(self._publisher.inputs.known)

    def clear(self) -> None:
        """Nobody is chosen any more."""
        for key in ("search", "read", "email"):
            self._tasks.cancel(key)
        self._set(query="", found=(), is_searching=False, chosen=None, known=None, is_new=False)
        self.chosen.emit(None)

    def check_email(self, email: str) -> None:
        """Say whether a typed address is new to the CRM."""
        self._set(typed_email=email, known=None, is_new=False)
        if self.contact is None and is_email(email):
            self._tasks.start(self._look_up(email), key="email", policy=Policy.LATEST)

    async def _search(self, query: str) -> None:
        await self._clock.sleep(TYPING_PAUSE_S)
        try:
            found = await self._directory.search_contacts(query)
        except Problem as problem:
            self._set(is_searching=False, problem=problem, found=())
            return
        self._set(is_searching=False, found=found)

    async def _read(self, contact: Contact) -> None:
        if self._publisher.inputs.info is not None:
            await self._read_again(contact.id)

    async def _read_again(self, contact_id: ContactId) -> None:
        info = self._publisher.inputs.info
        try:
            full = await self._directory.contact(
                contact_id, properties=properties_for(info) if info is not None else ()
            )
        except Problem:
            return
        self._set(chosen=full)
        self.chosen.emit(full)

    async def _look_up(self, email: str) -> None:
        await self._clock.sleep(TYPING_PAUSE_S)
        try:
            known = await self._directory.contact_by_email(email)
        except Problem:
            return
        if self._publisher.inputs.typed_email == email:
            self._set(known=known, is_new=known is None)

    async def _load_owners(self) -> None:
        try:
            self._set(owners=await self._directory.owners())
        except Problem:
            return

    def _still_found(self, query: str) -> tuple[Contact, ...]:
        """What was found for other letters and still answers these: Enter never takes a stranger."""
        words = query.casefold().split()
        return tuple(
            contact
            for contact in self._publisher.inputs.found
            if words and all(word in _searched(contact) for word in words)
        )

    def _set(self, **changes: object) -> None:
        self._publisher.set(replace(self._publisher.inputs, **changes))  # type: ignore[arg-type]
