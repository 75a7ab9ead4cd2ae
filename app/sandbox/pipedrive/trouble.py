"""Scripted trouble in Pipedrive's words: a server_error 402 is the closed account, 403 the block."""

from starlette.responses import Response

from app.sandbox.faults import Fault, FaultKind
from app.sandbox.pipedrive.errors import (
    PipedriveError,
    blocked,
    generic,
    link_refusal,
    not_open,
    refusal,
    scope_mismatch,
    too_many,
    unauthorized,
)
from app.sandbox.trouble import retry_after


def pipedrive_trouble(fault: Fault, path: str) -> Response | None:
    """Return the reply for a fault that refuses; None for the kinds that damage connections or bodies."""
    if fault.kind is FaultKind.SERVER_ERROR and fault.status == 403:
        return blocked()
    problem = _problem(fault)
    if problem is None:
        return None
    if "/meetings/" in path and problem.status in (401, 403):
        problem = link_refusal(problem.status, str(problem))
    if problem.status in (429, fault.status):
        problem.headers.update(retry_after(fault))
    return refusal(problem)


def _problem(fault: Fault) -> PipedriveError | None:
    match fault.kind:
        case FaultKind.UNAUTHORIZED | FaultKind.EXPIRED:
            return unauthorized()
        case FaultKind.MISSING_SCOPE:
            return scope_mismatch()
        case FaultKind.RATE_LIMITED:
            return too_many()
        case FaultKind.SERVER_ERROR if fault.status == 402:
            return not_open()
        case FaultKind.SERVER_ERROR:
            return generic(fault.status, "Server error", "Please try again later.")
        case FaultKind.CONFLICT:
            return generic(409, "Conflict", "The item was changed at the same time.")
        case _:
            return None
