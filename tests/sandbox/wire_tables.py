"""HubSpot's field tables beside the scheduler's: what a reply must and may hold, and of which type."""

import uuid
from typing import Any

from tests.sandbox.scheduler.field_tables import (
    Check,
    date_time,
    digits,
    flag,
    list_of,
    map_of,
    one_of,
    some_text,
    table,
    text,
    whole,
)


def maybe_text(value: Any) -> None:
    assert value is None or type(value) is str


def uuid_text(value: Any) -> None:
    assert str(uuid.UUID(value)) == value


def anything(_: Any) -> None:
    """Accept."""


CONTEXT = map_of(some_text, list_of(text))
DETAIL = table(
    {"message": some_text}, {"code": some_text, "subCategory": some_text, "in": text, "context": CONTEXT}
)
ERROR = table(
    {"status": one_of("error"), "category": some_text, "message": some_text, "correlationId": uuid_text},
    {"subCategory": some_text, "context": CONTEXT, "links": map_of(text, text), "errors": list_of(DETAIL)},
)
LIMIT = table(
    {
        "status": one_of("error"),
        "message": some_text,
        "errorType": one_of("RATE_LIMIT"),
        "correlationId": uuid_text,
        "policyName": one_of("TEN_SECONDLY_ROLLING", "SECONDLY", "DAILY"),
        "requestId": some_text,
        "category": one_of("RATE_LIMITS"),
    }
)
OAUTH_ERROR = table(
    {
        "error": some_text,
        "error_description": some_text,
        "status": some_text,
        "message": some_text,
        "correlationId": uuid_text,
        "category": some_text,
    }
)
STANDARD_ERROR = table(
    {
        "status": one_of("error"),
        "category": some_text,
        "message": some_text,
        "context": CONTEXT,
        "links": map_of(text, text),
        "errors": list_of(DETAIL),
    },
    {"id": text, "subCategory": some_text},
)
PAGING = table({"next": table({"after": some_text}, {"link": some_text})})
HISTORY = table({"value": text, "timestamp": date_time, "sourceType": some_text}, {"sourceId": text})
LINKED = map_of(
    one_of("contacts", "companies", "deals", "tickets", "meetings"),
    table(
        {"results": list_of(table({"id": digits, "type": some_text}))},
        {"paging": table({"next": table({"after": some_text})})},
    ),
)
RECORD_FIELDS: dict[str, Check] = {
    "id": digits,
    "properties": map_of(some_text, maybe_text),
    "createdAt": date_time,
    "updatedAt": date_time,
    "archived": flag,
}
RECORD_EXTRAS: dict[str, Check] = {
    "archivedAt": date_time,
    "propertiesWithHistory": map_of(some_text, list_of(HISTORY)),
    "associations": LINKED,
    "objectWriteTraceId": some_text,
    "url": some_text,
    "new": flag,
}
RECORD = table(RECORD_FIELDS, RECORD_EXTRAS)
RECORD_PAGE = table({"results": list_of(RECORD)}, {"paging": PAGING})
SEARCH_PAGE = table(
    {"total": whole, "results": list_of(RECORD)},
    {"paging": table({"next": table({"after": digits})})},
)


def batch_of(item: Check) -> Check:
    return table(
        {
            "status": one_of("CANCELED", "COMPLETE", "PENDING", "PROCESSING"),
            "startedAt": date_time,
            "completedAt": date_time,
            "results": list_of(item),
        },
        {"requestedAt": date_time, "links": anything, "numErrors": whole, "errors": list_of(STANDARD_ERROR)},
    )


VOID_BATCH = table({"status": one_of("COMPLETE"), "startedAt": date_time, "completedAt": date_time})
CATEGORY = one_of("HUBSPOT_DEFINED", "USER_DEFINED", "INTEGRATOR_DEFINED", "WORK")
LABEL = table({"category": CATEGORY, "typeId": whole, "label": maybe_text})
LABELS = table({"results": list_of(LABEL)})
LABELLED = table({"toObjectId": digits, "associationTypes": list_of(LABEL)})
LABELLED_PAGE = table({"results": list_of(LABELLED)}, {"paging": PAGING})
REFERENCE = table({"id": digits})
DEFAULT_PAIR = table(
    {
        "from": REFERENCE,
        "to": REFERENCE,
        "associationSpec": table({"associationCategory": CATEGORY, "associationTypeId": whole}),
    }
)
LABELLED_PAIR = table(
    {
        "fromObjectId": digits,
        "fromObjectTypeId": some_text,
        "toObjectId": digits,
        "toObjectTypeId": some_text,
        "labels": list_of(some_text),
    }
)
MANY_LABELLED = table({"from": REFERENCE, "to": list_of(LABELLED)}, {"paging": PAGING})
OWNER = table(
    {
        "id": digits,
        "type": one_of("PERSON", "QUEUE"),
        "createdAt": date_time,
        "updatedAt": date_time,
        "archived": flag,
    },
    {
        "email": some_text,
        "firstName": text,
        "lastName": text,
        "userId": whole,
        "userIdIncludingInactive": whole,
        "teams": list_of(table({"id": digits, "name": some_text, "primary": flag})),
    },
)
OWNERS = table({"results": list_of(OWNER)}, {"paging": PAGING})
OPTION = table(
    {"label": some_text, "value": some_text, "hidden": flag}, {"displayOrder": whole, "description": text}
)
PROPERTY = table(
    {
        "name": some_text,
        "label": some_text,
        "type": one_of("string", "number", "bool", "date", "datetime", "enumeration"),
        "fieldType": some_text,
        "groupName": some_text,
        "description": text,
        "options": list_of(OPTION),
    },
    {
        "externalOptions": flag,
        "hidden": flag,
        "calculated": flag,
        "hasUniqueValue": flag,
        "hubspotDefined": flag,
        "displayOrder": whole,
        "dateDisplayHint": text,
        "archived": flag,
        "formField": flag,
        "dataSensitivity": one_of("non_sensitive", "sensitive", "highly_sensitive"),
        "createdAt": date_time,
        "updatedAt": date_time,
        "modificationMetadata": table(
            {"archivable": flag, "readOnlyDefinition": flag, "readOnlyValue": flag},
            {"readOnlyOptions": flag},
        ),
    },
)
PROPERTIES = table({"results": list_of(PROPERTY)})
_ACCOUNT: dict[str, Check] = {
    "portalId": whole,
    "accountType": one_of("APP_DEVELOPER", "DEVELOPER_TEST", "SANDBOX", "STANDARD"),
    "timeZone": some_text,
    "utcOffset": some_text,
    "utcOffsetMilliseconds": whole,
    "companyCurrency": some_text,
    "additionalCurrencies": list_of(some_text),
    "uiDomain": some_text,
    "dataHostingLocation": some_text,
}
ACCOUNT = table(_ACCOUNT)
LATEST_ACCOUNT = table({**_ACCOUNT, "portalName": some_text, "createdAt": whole})
FILE = table(
    {"id": digits, "createdAt": date_time, "updatedAt": date_time, "archived": flag},
    {
        "name": some_text,
        "path": some_text,
        "url": some_text,
        "defaultHostingUrl": some_text,
        "extension": text,
        "type": one_of("IMG", "DOCUMENT", "AUDIO", "MOVIE", "OTHER"),
        "size": whole,
        "encoding": text,
        "access": some_text,
        "parentFolderId": digits,
        "fileMd5": some_text,
        "width": whole,
        "height": whole,
        "expiresAt": whole,
        "isUsableInContent": flag,
        "sourceGroup": text,
        "archivedAt": date_time,
    },
)
FILES = table({"results": list_of(FILE)}, {"paging": PAGING})
SIGNED_URL = table(
    {"url": some_text, "expiresAt": date_time},
    {"name": some_text, "extension": text, "type": some_text, "size": whole, "width": whole, "height": whole},
)
TOKENS = table(
    {
        "access_token": some_text,
        "refresh_token": some_text,
        "expires_in": whole,
        "token_type": one_of("bearer"),
        "token_use": one_of("access_token"),
    },
    {"hub_id": whole, "user_id": whole, "scopes": list_of(some_text), "id_token": some_text},
)
CLIENT_TOKEN = table(
    {
        "access_token": some_text,
        "expires_in": whole,
        "token_type": one_of("bearer"),
        "token_use": one_of("client_credentials"),
    },
    {"hub_id": whole, "user_id": whole, "scopes": list_of(some_text), "id_token": some_text},
)
_SIGNED_TOKEN: dict[str, Check] = {
    "appId": whole,
    "expiresAt": whole,
    "hubId": whole,
    "hublet": some_text,
    "installingUserId": whole,
    "isPrivateDistribution": flag,
    "isServiceAccount": flag,
    "isUserLevel": flag,
    "newSignature": some_text,
    "scopeToScopeGroupPks": some_text,
    "scopes": some_text,
    "signature": some_text,
    "trialScopeToScopeGroupPks": text,
    "trialScopes": text,
    "userId": whole,
}
_ABOUT_TOKEN: dict[str, Check] = {
    "active": flag,
    "token": some_text,
    "token_type": one_of("bearer"),
    "hub_id": whole,
    "user_id": whole,
    "app_id": whole,
    "client_id": some_text,
    "scopes": list_of(some_text),
}
_WHO: dict[str, Check] = {"user": some_text, "hub_domain": some_text}
ACCESS_TOKEN = table(
    {
        **_ABOUT_TOKEN,
        "token_use": one_of("access_token"),
        "expires_in": whole,
        "is_private_distribution": flag,
        "signed_access_token": table({**_SIGNED_TOKEN, "appInstallId": some_text, "audience": some_text}),
    },
    _WHO,
)
REFRESH_TOKEN = table({**_ABOUT_TOKEN, "token_use": one_of("refresh_token")}, _WHO)
LEGACY_ACCESS_TOKEN = table(
    {
        "token": some_text,
        "user_id": whole,
        "hub_id": whole,
        "app_id": whole,
        "expires_in": whole,
        "scopes": list_of(some_text),
        "token_type": one_of("bearer"),
    },
    {**_WHO, "is_private_distribution": flag, "signed_access_token": table(_SIGNED_TOKEN)},
)
LEGACY_REFRESH_TOKEN = table(
    {
        "token": some_text,
        "client_id": some_text,
        "hub_id": whole,
        "user_id": whole,
        "scopes": list_of(some_text),
        "token_type": one_of("bearer"),
    },
    _WHO,
)
