"""Everything that is kept on this computer, opened in order and closed in reverse."""

from concurrent.futures import Executor
from contextlib import AsyncExitStack
from dataclasses import dataclass

from app.compose.opening import Opened, ReadPreferences
from app.compose.options import Options
from app.compose.zones import LazyZoneIndex
from app.domain.ports import Clock
from app.domain.problems import StorageFailed
from app.storage.accounts import SqliteAccountStore
from app.storage.backups import BackupKeeper
from app.storage.cache import SqliteLinkCacheStore
from app.storage.calendar_files import IcsCalendarWriter
from app.storage.credentials import ProvisionedCredentialStore
from app.storage.drafts import SqliteDraftStore
from app.storage.logs import open_logs
from app.storage.marks import SqliteLinkMarkStore
from app.storage.meeting_cache import SqliteMeetingCacheStore
from app.storage.outbox import SqliteOutboxStore
from app.storage.paths import AppPaths
from app.storage.schemas import open_cache, open_outbox
from app.storage.secrets import KeyringSecretStore
from app.storage.spool import FileSpool
from app.storage.templates import SqliteTemplateStore

SERVICE = "Slotdesk"


@dataclass(frozen=True, slots=True)
class Stores:
    """What the services and the window need of this computer; `troubles` were mended and are to be told."""

    paths: AppPaths
    accounts: SqliteAccountStore
    vault: KeyringSecretStore
    credentials: ProvisionedCredentialStore
    cache: SqliteLinkCacheStore
    marks: SqliteLinkMarkStore
    drafts: SqliteDraftStore
    outbox: SqliteOutboxStore
    meetings: SqliteMeetingCacheStore
    templates: SqliteTemplateStore
    spool: FileSpool
    preferences: ReadPreferences
    calendar_writer: IcsCalendarWriter
    backups: BackupKeeper
    zones: LazyZoneIndex
    troubles: tuple[StorageFailed, ...]


async def open_stores(
    stack: AsyncExitStack, opened: Opened, options: Options, executor: Executor, clock: Clock
) -> Stores:
    """Open logs, databases and the key store; they close with `stack`. Raises StorageFailed."""
    paths = opened.paths
    stack.enter_context(open_logs(paths.log_dir, debug=options.debug))
    vault = _vault(options)
    stack.callback(vault.close)
    cache = await stack.enter_async_context(open_cache(paths.cache_file))
    outbox = await stack.enter_async_context(open_outbox(paths.outbox_file, paths.backup_dir, now=clock.now))
    backups = BackupKeeper(outbox, paths.backup_dir, clock)
    return Stores(
        paths=paths,
        accounts=SqliteAccountStore(outbox, cache, backups),
        vault=vault,
        credentials=ProvisionedCredentialStore(paths.administrator_file, vault, executor),
        cache=SqliteLinkCacheStore(cache),
        marks=SqliteLinkMarkStore(outbox),
        drafts=SqliteDraftStore(outbox),
        outbox=SqliteOutboxStore(outbox),
        meetings=SqliteMeetingCacheStore(cache),
        templates=SqliteTemplateStore(outbox),
        spool=FileSpool(paths.spool_dir, executor),
        preferences=opened.preferences,
        calendar_writer=IcsCalendarWriter(clock.now, executor),
        backups=backups,
        zones=LazyZoneIndex(clock.now),
        troubles=tuple(notice for notice in (cache.notice, outbox.notice) if notice is not None),
    )


def _vault(options: Options) -> KeyringSecretStore:
    if not options.keeps_secrets:
        return KeyringSecretStore(find=lambda: None)
    service = SERVICE if options.data_dir is None else f"{SERVICE} {options.data_dir.absolute()}"
    if options.key_store is not None:
        return KeyringSecretStore(service, find=options.key_store)
    return KeyringSecretStore(service)
