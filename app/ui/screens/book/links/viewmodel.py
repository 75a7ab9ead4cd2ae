"""The links pane's state: search, filters, the rows they leave, and what happens to a link."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, Signal

from app.domain.link_search import LinkFilters, LinkIndex
from app.domain.links import LinkKind, MeetingLink, Slug, UserId
from app.domain.problems import Problem
from app.services.links import LinksState
from app.ui.context import UiContext
from app.ui.kit.publisher import Publisher
from app.ui.kit.tasks import Policy, TaskScope
from app.ui.kit.wording import Words, words_for
from app.ui.screens.book.links.rows import LinkRow, Row, derive_rows, prefilled_url
from app.ui.screens.book.selection import BookSelection

EMPTY_INDEX = LinkIndex((), {}, {})


@dataclass(frozen=True, slots=True)
class LinksInputs:
    """What the pane is derived from; `index` is rebuilt only when links, marks or names change."""

    state: LinksState = field(default_factory=LinksState)
    index: LinkIndex = EMPTY_INDEX
    query: str = ""
    filters: LinkFilters = field(default_factory=LinkFilters)
    own_id: str = ""


@dataclass(frozen=True, slots=True)
class FilterChoices:
    """What the filter menu offers."""

    hosts: tuple[tuple[UserId, str], ...]
    durations_ms: tuple[int, ...]
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LinksProps:
    """What the pane shows; `skipped` links were unreadable, `problem` is said when there is nothing else."""

    rows: tuple[Row, ...]
    query: str
    filters: LinkFilters
    choices: FilterChoices
    is_first_load: bool
    is_refreshing: bool
    is_narrowed: bool
    skipped: int
    problem: Words | None


def derive_links(inputs: LinksInputs) -> LinksProps:
    """The pane from one snapshot."""
    state = inputs.state
    is_narrowed = bool(inputs.query.strip()) or not inputs.filters.is_open
    results = inputs.index.search(inputs.query, inputs.filters)
    return LinksProps(
        rows=derive_rows(results, state.marks, is_narrowed=is_narrowed, own_id=inputs.own_id),
        query=inputs.query,
        filters=inputs.filters,
        choices=FilterChoices(inputs.index.hosts, inputs.index.durations_ms, inputs.index.tags),
        is_first_load=state.is_loading and not state.links,
        is_refreshing=state.is_loading,
        is_narrowed=is_narrowed,
        skipped=state.skipped,
        problem=words_for(state.problem) if state.problem is not None and not state.links else None,
    )


class LinksViewModel(QObject):
    """Folds the links service and the search field into `props`."""

    props_changed = Signal()
    selected_changed = Signal()

    def __init__(self, context: UiContext, selection: BookSelection, tasks: TaskScope) -> None:
        super().__init__()
        self._accounts = context.services.accounts
        self._links = context.services.links
        self._directory = context.services.directory
        self._preferences = context.services.preferences
        self._opener = context.opener
        self._selection = selection
        self._tasks = tasks
        self._names: Mapping[UserId, str] = {}
        self._wanted: Slug | None = None
        self._publisher = Publisher(self, LinksInputs(), derive_links)
        self._links.state.subscribe(self._on_state)
        selection.link_changed.connect(self.selected_changed)
        self._on_state(self._links.state.value)

    @property
    def props(self) -> LinksProps:
        """What the pane shows now."""
        return self._publisher.props

    @property
    def selected(self) -> Slug | None:
        """The slug of the open link."""
        return self._selection.link.slug if self._selection.link else None

    @property
    def host_names(self) -> Mapping[UserId, str]:
        """Names of hosts by HubSpot user id, once the owners are known."""
        return self._names

    def is_own_default(self, link: MeetingLink) -> bool:
        """Whether it is the default link of whoever is signed in."""
        active = self._accounts.state.value.active
        return link.is_default and active is not None and link.organizer_id == active.user_id

    def load(self) -> None:
        """Show the cached links of the active account, then HubSpot's; host names come after."""
        self._tasks.start(self._load(), key="load", policy=Policy.LATEST)

    def refresh(self) -> None:
        """Ask HubSpot for the links again."""
        self._tasks.start(self._links.refresh(), key="load", policy=Policy.ONCE)

    def matches(self, text: str) -> tuple[Row, ...]:
        """The rows that `text` would leave, without touching the list."""
        results = self._publisher.inputs.index.search(text)
        inputs = self._publisher.inputs
        return derive_rows(results, inputs.state.marks, is_narrowed=True, own_id=inputs.own_id)

    def search(self, text: str) -> None:
        """Narrow the list while the rep types."""
        self._publisher.set(replace(self._publisher.inputs, query=text))

    def filter(self, filters: LinkFilters) -> None:
        """Narrow the list by kind, host, duration or tag."""
        self._publisher.set(replace(self._publisher.inputs, filters=filters))

    def toggle_kind(self, kind: LinkKind) -> None:
        """Add the kind to the filter, or take it away."""
        filters = self._publisher.inputs.filters
        self.filter(replace(filters, kinds=filters.kinds ^ {kind}))

    def open(self, link: MeetingLink) -> None:
        """Make it the link on screen, and remember it for the next start."""
        self._selection.choose_link(link)
        self._tasks.start(self._preferences.change(last_link=str(link.slug)), key="last-link")

    def open_slug(self, slug: str) -> None:
        """Make the link of that slug the one on screen, if the list has it."""
        link = self._links.state.value.link(Slug(slug))
        if link is not None:
            self.open(link)

    def prefer(self, slug: Slug) -> None:
        """Begin with this link instead of the last one: something about it is not finished."""
        self._wanted = slug

    def open_first(self) -> bool:
        """Open the best match: Enter in the search field; False when there is none."""
        first = next((row for row in self.props.rows if isinstance(row, LinkRow)), None)
        if first is not None:
            self.open(first.link)
        return first is not None

    def set_favourite(self, link: MeetingLink, is_favourite: bool) -> None:
        """Keep the link on top, or not."""
        self._tasks.start(self._links.set_favourite(link.slug, is_favourite), key="favourite")

    def set_tags(self, link: MeetingLink, tags: tuple[str, ...]) -> None:
        """Replace the link's local tags."""
        self._tasks.start(self._links.set_tags(link.slug, tags), key="tags")

    def open_in_browser(self, link: MeetingLink) -> None:
        """Open the public page."""
        self._opener.open(link.url)

    def prefilled_url(self, link: MeetingLink) -> str:
        """The public page, filled in for the present prospect."""
        prospect = self._selection.prospect
        if prospect is None:
            return link.url
        return prefilled_url(
            link, first_name=prospect.first_name, last_name=prospect.last_name, email=prospect.email
        )

    async def _load(self) -> None:
        await self._links.load()
        try:
            self._names = await self._directory.member_names()
        except Problem:
            return
        self._reindex(self._links.state.value)

    def _on_state(self, state: LinksState) -> None:
        before = self._publisher.inputs.state
        if state.links is not before.links or state.marks is not before.marks:
            self._reindex(state)
        else:
            self._publisher.set(replace(self._publisher.inputs, state=state))
        if self._selection.link is None and state.links:
            self._open_usual(state)
        elif self._selection.link is not None and not state.links and state.fetched_at is None:
            self._selection.choose_link(None)

    def _reindex(self, state: LinksState) -> None:
        index = LinkIndex(state.links, state.marks, self._names, previous=self._publisher.inputs.index)
        active = self._accounts.state.value.active
        own_id = active.user_id if active is not None else ""
        self._publisher.set(replace(self._publisher.inputs, state=state, index=index, own_id=own_id))

    def _open_usual(self, state: LinksState) -> None:
        last = self._wanted or self._preferences.state.value.preferences.last_link
        usual = (
            next((link for link in state.links if link.slug == last), None)
            or next((link for link in state.links if self.is_own_default(link)), None)
            or (None if state.is_loading else state.links[0])
        )
        if usual is not None:
            self._wanted = None
            self._selection.choose_link(usual)
