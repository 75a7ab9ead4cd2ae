"""Walking through pages that are watched, whatever kind of iterator brings them."""

from collections.abc import AsyncIterator
from contextlib import aclosing

from app.domain.ports_meetings import MeetingPage
from app.services.meetings.active import ActiveAccount
from tests.services.meetings.rig import Rig


class TwoPages:
    """An iterator that is no generator and has nothing to close."""

    def __init__(self) -> None:
        self.left = 2

    def __aiter__(self) -> AsyncIterator[MeetingPage]:
        return self

    async def __anext__(self) -> MeetingPage:
        if self.left == 0:
            raise StopAsyncIteration
        self.left -= 1
        return MeetingPage((), self.left)


async def test_any_iterator_of_pages_is_walked_to_its_end() -> None:
    rig = await Rig().start()
    async with aclosing(ActiveAccount(rig.accounts, rig.connectivity).walk(TwoPages())) as walk:
        assert [page.total async for page in walk] == [1, 0]
