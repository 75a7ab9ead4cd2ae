"""Sends one request to a scripted service in virtual time."""

import asyncio
from dataclasses import dataclass, field

import httpx
import msgspec

from app.api.decoding import Decoder
from app.api.errors import (
    ApiError,
)
from app.api.request import ApiRequest, delete, get, post
from app.api.retry import RequestClass
from tests.api.virtual_time import run_virtual
from tests.api.wire import Handler, script, session_on


class Payload(msgspec.Struct):
    a: int


DECODER = Decoder(Payload)
READ = get("/thing")
BOOK = post("/book", {"x": 1}, request_class=RequestClass.AMBIGUOUS)
REMOVE = delete("/thing/1")
GOOD = {"a": 5}
Step = httpx.Response | Exception | Handler


@dataclass
class Outcome:
    """What became of a call: its result or error, the requests, and when each was sent."""

    result: object = None
    error: ApiError | None = None
    seen: list[httpx.Request] = field(default_factory=list)
    times: list[float] = field(default_factory=list)


def call(request: ApiRequest, *steps: Step, tokens: object = None) -> Outcome:
    """Send one request to a scripted service in virtual time."""

    async def work() -> Outcome:
        handler, seen = script(*steps)
        outcome = Outcome(seen=seen)

        async def timed(each: httpx.Request) -> httpx.Response:
            outcome.times.append(asyncio.get_running_loop().time())
            return await handler(each)

        session = session_on(timed, tokens=tokens)  # type: ignore[arg-type]
        try:
            outcome.result = await session.fetch(request, DECODER)
        except ApiError as error:
            outcome.error = error
        return outcome

    return run_virtual(work())
