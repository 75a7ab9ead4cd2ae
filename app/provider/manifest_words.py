"""A finding of the manifest's check as a sentence for the terminal: the field, what is wrong, and the fix."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from app.domain.manifest import VERSION
from app.domain.manifest_checking import Fault, Finding

_WORDS: Final[Mapping[Fault, Callable[[str], str]]] = MappingProxyType(
    {
        Fault.NOT_JSON: lambda at: f"is not JSON{f' (line:column {at})' if at else ''}; correct it there",
        Fault.NOT_AN_OBJECT: lambda _: "is not an object; put its fields between { and }",
        Fault.MISSING: lambda _: "is missing; add it",
        Fault.UNKNOWN_FIELD: lambda _: "is not a field of the manifest; remove it or correct its spelling",
        Fault.REPEATED_FIELD: lambda _: "stands there more than once; keep one",
        Fault.NOT_TEXT: lambda found: f"is {found}, not a text; put it between quotation marks",
        Fault.WRONG_VERSION: lambda found: f'is {found}; the only version is "{VERSION}"',
        Fault.BAD_CLIENT_ID: lambda _: "is empty or holds blanks; copy the client id from Developer Hub",
        Fault.NOT_AN_ADDRESS: lambda found: (
            f"is no web address ({found!r}); begin it with https:// and a host"
        ),
        Fault.NOT_HTTPS: lambda found: f"begins with {found}://; begin it with https:// in small letters",
        Fault.NOT_PUBLIC: lambda found: f"names {found}, which Pipedrive cannot reach; use a public host",
        Fault.NO_PATH: lambda _: "has no path; add one that holds the placeholders",
        Fault.NO_LINK_ID: lambda found: f"lacks {found}; add it as a part of the path",
        Fault.NO_MEETING_ID: lambda found: f"lacks {found}; add it as a part of the path",
        Fault.MEETING_ID_UNUSED: lambda found: f"holds {found}, but there is no meeting yet; remove it",
        Fault.UNKNOWN_PLACEHOLDER: lambda found: (
            f"holds {found}, which Pipedrive does not fill in; remove it"
        ),
        Fault.NOT_A_SEGMENT: lambda found: f"holds {found} inside another word; put it between two slashes",
        Fault.LOGIN_IN_ADDRESS: lambda _: "holds a user name; Pipedrive sends its own credentials, remove it",
        Fault.QUERY_OR_FRAGMENT: lambda _: "has a query or a fragment; remove what follows the path",
        Fault.OTHER_CLIENT: lambda found: f"is {found}, not the client in use; check which one is meant",
    }
)


def sentence(finding: Finding) -> str:
    """One line, for example `error: version: is missing; add it`."""
    kind = "error" if finding.is_error else "warning"
    return f"{kind}: {finding.field or 'the manifest'}: {_WORDS[finding.fault](finding.found)}"
