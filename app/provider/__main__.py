"""`python -m app.provider`: make or check a manifest, or run the service."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from app.domain.manifest import manifest_for, manifest_schema, manifest_text
from app.domain.manifest_checking import check_manifest
from app.provider.arguments import parse_arguments
from app.provider.manifest_words import sentence


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; return the exit code."""
    chosen = parse_arguments(sys.argv[1:] if arguments is None else arguments)
    match chosen.command:
        case "manifest":
            return _make(chosen)
        case "check":
            return _check(chosen)
        case "schema":
            sys.stdout.write(json.dumps(manifest_schema(), indent=2) + "\n")
            return 0
        case _:
            return _serve(chosen)


def _make(chosen: argparse.Namespace) -> int:
    """Print the manifest even with findings: they go to standard error."""
    text = manifest_text(manifest_for(base_url=chosen.base_url, client_id=chosen.client_id))
    code = _report(text, None)
    sys.stdout.write(text)
    return code


def _check(chosen: argparse.Namespace) -> int:
    try:
        raw = sys.stdin.buffer.read() if chosen.file == "-" else Path(chosen.file).read_bytes()
        text = raw.decode("utf-8")
    except OSError as error:
        return _complain(f"{chosen.file} cannot be read: {error.strerror}")
    except UnicodeDecodeError:
        return _complain(f"{chosen.file} is not written in UTF-8")
    code = _report(text, chosen.client_id)
    if code == 0:
        sys.stdout.write("The manifest is valid.\n")
    return code


def _report(text: str, client_id: str | None) -> int:
    findings = check_manifest(text, client_id=client_id)
    for finding in findings:
        sys.stderr.write(sentence(finding) + "\n")
    return int(any(finding.is_error for finding in findings))


def _serve(chosen: argparse.Namespace) -> int:
    # Imported where used: a manifest needs no web server and no database.
    from app.provider.serving import Listening, serve
    from app.provider.settings import (
        DEFAULT_DATABASE,
        BadSetting,
        ProviderSettings,
        needed_secret,
        read_secret,
    )
    from app.provider.store.troubles import StoreTrouble

    try:
        settings = ProviderSettings(
            client_id=needed_secret("CLIENT_ID"),
            client_secret=needed_secret("CLIENT_SECRET"),
            admin_token=read_secret("ADMIN_TOKEN"),
            database_url=chosen.database_url or read_secret("DATABASE_URL") or DEFAULT_DATABASE,
            oauth_url=chosen.oauth_url,
            jitsi_url=chosen.jitsi_url,
            room_url=chosen.room_url or "",
            room_password=read_secret("ROOM_PASSWORD"),
            repeat_window=chosen.repeat_window,
        )
        listening = Listening(chosen.host, chosen.port, chosen.workers)
        return serve(settings, listening, base_url=chosen.base_url or "")
    except (BadSetting, StoreTrouble) as trouble:
        return _complain(str(trouble))


def _complain(trouble: str) -> int:
    sys.stderr.write(f"provider: {trouble}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
