"""What a service is started with, read from the command line, the environment and files with secrets."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Final

PREFIX: Final = "SLOTDESK_PROVIDER_"
DEFAULT_DATABASE: Final = "sqlite:///slotdesk-provider.db"
DEFAULT_JITSI: Final = "https://meet.jit.si"
PIPEDRIVE_OAUTH: Final = "https://oauth.pipedrive.com"


class BadSetting(Exception):  # noqa: N818
    """A setting that the service cannot start with, in one sentence that holds no secret."""


@dataclass(frozen=True, slots=True)
class ProviderSettings:
    """Everything a worker needs. `base_url` is where Pipedrive reaches the service, without a closing slash.

    `room_url` replaces Jitsi Meet by one fixed room; without `admin_token` the desktop app is shut out.
    """

    client_id: str
    client_secret: str = field(repr=False)
    admin_token: str = field(default="", repr=False)
    database_url: str = field(default=DEFAULT_DATABASE, repr=False)
    base_url: str = "http://localhost:8700"
    oauth_url: str = PIPEDRIVE_OAUTH
    jitsi_url: str = DEFAULT_JITSI
    room_url: str = ""
    room_password: str = field(default="", repr=False)
    repeat_window: timedelta = timedelta(seconds=30)


def read_secret(name: str, environment: Mapping[str, str] | None = None) -> str:
    """The value of SLOTDESK_PROVIDER_<name>, or what the file named by SLOTDESK_PROVIDER_<name>_FILE holds.

    Empty when neither is set. BadSetting when both are, or when the file cannot be read.
    """
    variables = os.environ if environment is None else environment
    variable = PREFIX + name
    value, file = variables.get(variable, ""), variables.get(f"{variable}_FILE", "")
    if value and file:
        raise BadSetting(f"set either {variable} or {variable}_FILE, not both")
    if not file:
        return value
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(f"the file of {variable}_FILE cannot be read ({type(error).__name__})") from error


def needed_secret(name: str, environment: Mapping[str, str] | None = None) -> str:
    """A secret without which nothing works; BadSetting when it is not set."""
    value = read_secret(name, environment)
    if not value:
        raise BadSetting(f"set {PREFIX}{name} or {PREFIX}{name}_FILE")
    return value
