"""`GET /users/me` and `GET /users` of API v1."""

import uuid
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from starlette.responses import Response

from app.sandbox.pipedrive.company import Company, PipedriveUser, Record, stamp
from app.sandbox.pipedrive.operations import Call, Operation
from app.sandbox.pipedrive.wire import answer

_APPS: Final = ("sales", "global", "account_settings")
_BIRTH: Final = timedelta(days=700)


async def read_me(call: Call) -> Response:
    """Tell who the token's user is, and their company."""
    company = call.company
    language = "de" if call.user.locale.startswith("de") else "en"
    return answer(
        {
            **user_payload(call, call.user),
            "company_id": company.company_id,
            "company_name": company.name,
            "company_domain": company.domain,
            "company_country": company.country,
            "company_industry": "IT Services",
            "language": {"language_code": language, "country_code": company.country},
        }
    )


async def list_users(call: Call) -> Response:
    """List the company's users."""
    return answer([user_payload(call, user) for user in call.company.users])


def user_payload(call: Call, user: PipedriveUser) -> Record:
    """Return a user in the API's shape."""
    now = call.now()
    return {
        "id": user.user_id,
        "name": user.name,
        "default_currency": call.company.currency,
        "locale": user.locale,
        "lang": 1,
        "email": user.email,
        "phone": None,
        "activated": True,
        "last_login": stamp(now - timedelta(hours=2)),
        "created": stamp(now - _BIRTH),
        "modified": stamp(now - timedelta(hours=2)),
        "has_created_company": user.user_id == call.company.users[0].user_id,
        "access": [
            {
                "app": app,
                "admin": user.is_admin,
                "permission_set_id": _permission_set(call.company, app, admin=user.is_admin),
            }
            for app in _APPS
        ],
        "active_flag": True,
        "timezone_name": user.zone,
        "timezone_offset": now.astimezone(ZoneInfo(user.zone)).strftime("%z")[:3]
        + ":"
        + now.astimezone(ZoneInfo(user.zone)).strftime("%z")[3:5],
        "role_id": 1,
        "icon_url": None,
        "is_you": user.user_id == call.user.user_id,
        "is_deleted": False,
    }


def _permission_set(company: Company, app: str, *, admin: bool) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{company.company_id}/{app}/{admin}"))


def user_operations() -> list[Operation]:
    """Return the operations."""
    return [
        Operation(1, "GET", "/users/me", 2, frozenset({"base"}), read_me),
        Operation(1, "GET", "/users", 20, frozenset({"users:read"}), list_users),
    ]
