"""Secrets in a key store that may be missing, locked, slow, forgetful or broken."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import CancelledError
from importlib import import_module

import pytest

from app.domain.problems import StorageFailed, StorageTrouble
from app.storage import key_stores
from app.storage.key_stores import KeyStore, find_key_store, is_locked
from app.storage.secrets import KeyringSecretStore
from app.storage.workers import DaemonWorker


class FakeKeyStore:
    """Items of one service in memory; a name may stand for several items, as in the Secret Service."""

    name = "Fake store"

    def __init__(self) -> None:
        self.items: dict[tuple[str, str], list[str]] = {}
        self.before: Callable[[], None] = lambda: None

    def get_password(self, service: str, username: str) -> str | None:
        self.before()
        found = self.items.get((service, username))
        return found[0] if found else None

    def set_password(self, service: str, username: str, password: str) -> None:
        self.before()
        self.items.setdefault((service, username), []).insert(0, password)

    def delete_password(self, service: str, username: str) -> None:
        self.before()
        self.items[service, username].pop(0)


@pytest.fixture
def fake() -> FakeKeyStore:
    return FakeKeyStore()


@pytest.fixture
async def vault(fake: FakeKeyStore) -> AsyncIterator[KeyringSecretStore]:
    store = KeyringSecretStore("Slotdesk test", find=lambda: fake)
    yield store
    store.close()


@pytest.fixture
async def session_only() -> AsyncIterator[KeyringSecretStore]:
    store = KeyringSecretStore(find=lambda: None)
    yield store
    store.close()


async def test_secrets_come_back_one_item_each(vault: KeyringSecretStore, fake: FakeKeyStore) -> None:
    assert await vault.read("one") is None
    await vault.write("one", "first")
    await vault.write("two", "second")
    await vault.write("one", "third")
    assert (await vault.read("one"), await vault.read("two")) == ("third", "second")
    assert set(fake.items) == {("Slotdesk test", "one"), ("Slotdesk test", "two")}
    assert vault.is_durable


async def test_deleting_takes_every_item_of_the_name_and_forgives_none(
    vault: KeyringSecretStore, fake: FakeKeyStore
) -> None:
    await vault.write("one", "first")
    await vault.write("one", "second")
    await vault.delete("one")
    await vault.delete("one")
    assert await vault.read("one") is None
    assert fake.items["Slotdesk test", "one"] == []


async def test_without_a_key_store_secrets_live_for_the_session(session_only: KeyringSecretStore) -> None:
    assert session_only.is_durable
    assert not await session_only.prepare()
    assert not session_only.is_durable
    await session_only.write("one", "first")
    assert await session_only.read("one") == "first"
    await session_only.delete("one")
    await session_only.delete("one")
    assert await session_only.read("one") is None
    await session_only.write("one", "first")
    session_only.close()
    assert session_only._memory == {}


async def test_the_key_store_is_looked_for_once(fake: FakeKeyStore) -> None:
    looks: list[str] = []

    def find() -> KeyStore:
        looks.append(threading.current_thread().name)
        return fake

    vault = KeyringSecretStore(find=find)
    await vault.prepare()
    await vault.write("one", "first")
    assert await vault.prepare()
    vault.close()
    assert looks == ["key store"]


async def test_two_who_look_at_once_find_the_same(fake: FakeKeyStore) -> None:
    found = iter([fake, FakeKeyStore()])
    vault = KeyringSecretStore(find=lambda: next(found))
    assert list(await asyncio.gather(vault.prepare(), vault.prepare())) == [True, True]
    await vault.write("one", "first")
    assert fake.items
    vault.close()


async def test_a_secret_that_does_not_come_back_is_not_kept(
    vault: KeyringSecretStore, fake: FakeKeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fake, "set_password", lambda *_: None)
    with pytest.raises(StorageFailed) as caught:
        await vault.write("one", "first")
    assert caught.value.trouble is StorageTrouble.READ_ONLY
    assert caught.value.path == "Fake store"


async def test_a_secret_that_cannot_be_forgotten_is_told(
    vault: KeyringSecretStore, fake: FakeKeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    await vault.write("one", "first")
    monkeypatch.setattr(fake, "delete_password", lambda *_: None)
    with pytest.raises(StorageFailed) as caught:
        await vault.delete("one")
    assert caught.value.trouble is StorageTrouble.READ_ONLY


class KeyringLocked(Exception):
    """Named as keyring's own."""


@pytest.mark.parametrize(
    ("reason", "reading", "writing"),
    [
        (KeyringLocked(), StorageTrouble.LOCKED, StorageTrouble.LOCKED),
        (TimeoutError(), StorageTrouble.LOCKED, StorageTrouble.LOCKED),
        (RuntimeError("secret"), StorageTrouble.UNREADABLE, StorageTrouble.READ_ONLY),
        (ConnectionResetError(), StorageTrouble.UNREADABLE, StorageTrouble.READ_ONLY),
        (UnicodeDecodeError("utf-8", b"", 0, 1, "no"), StorageTrouble.UNREADABLE, StorageTrouble.READ_ONLY),
    ],
)
async def test_whatever_a_key_store_raises_is_a_clear_state(
    vault: KeyringSecretStore,
    fake: FakeKeyStore,
    reason: Exception,
    reading: StorageTrouble,
    writing: StorageTrouble,
) -> None:
    def fail() -> None:
        raise reason

    fake.before = fail
    for work, trouble in (
        (vault.read("one"), reading),
        (vault.write("one", "first"), writing),
        (vault.delete("one"), writing),
    ):
        with pytest.raises(StorageFailed) as caught:
            await work
        assert caught.value.trouble is trouble
    assert vault.is_durable
    fake.before = lambda: None
    await vault.write("one", "first")
    assert await vault.read("one") == "first"


async def test_a_key_store_that_waits_for_its_person_times_out_and_can_be_asked_again(
    fake: FakeKeyStore,
) -> None:
    unlocked = threading.Event()

    def wait() -> None:
        unlocked.wait(30)

    fake.before = wait
    vault = KeyringSecretStore(find=lambda: fake, timeout_s=0.05)
    for _ in range(2):
        with pytest.raises(StorageFailed) as caught:
            await vault.read("one")
        assert caught.value.trouble is StorageTrouble.LOCKED
    unlocked.set()
    patient = KeyringSecretStore(find=lambda: fake)
    await patient.write("one", "first")
    assert await patient.read("one") == "first"
    vault.close()
    patient.close()


async def test_a_search_for_the_key_store_that_fails_is_told_and_repeated() -> None:
    answers: Iterator[Exception | None] = iter([RuntimeError(), None])

    def find() -> None:
        if (answer := next(answers)) is not None:
            raise answer

    vault = KeyringSecretStore(find=find)
    with pytest.raises(StorageFailed) as caught:
        await vault.prepare()
    assert caught.value.trouble is StorageTrouble.UNREADABLE
    assert caught.value.path == "key store"
    assert not await vault.prepare()
    vault.close()


def test_a_worker_runs_calls_in_order_on_one_daemon_thread() -> None:
    worker = DaemonWorker("test worker")
    gate = threading.Event()
    seen: list[int] = []

    def see_thread() -> threading.Thread:
        seen.append(2)
        return threading.current_thread()

    first = worker.submit(lambda: gate.wait(30))
    skipped = worker.submit(lambda: seen.append(1))
    last = worker.submit(see_thread)
    assert skipped.cancel()
    gate.set()
    thread = last.result(30)
    assert first.result(30)
    assert seen == [2]
    assert isinstance(thread, threading.Thread)
    assert thread.daemon
    with pytest.raises(CancelledError):
        skipped.result(30)
    worker.stop()
    thread.join(30)
    assert not thread.is_alive()


def _backend(priority: float, *, viable: bool = True) -> type[FakeKeyStore]:
    return type("Backend", (FakeKeyStore,), {"priority": priority, "viable": viable})


@pytest.mark.parametrize(
    ("platform", "modules"),
    [
        ("linux", {"SecretService", "libsecret", "kwallet"}),
        ("freebsd14", {"SecretService", "libsecret", "kwallet"}),
        ("darwin", {"macOS"}),
        ("win32", {"Windows"}),
    ],
)
def test_only_real_key_stores_of_the_platform_are_asked(
    monkeypatch: pytest.MonkeyPatch, platform: str, modules: set[str]
) -> None:
    asked: set[str] = set()

    def load(name: str) -> object:
        asked.add(name.rpartition(".")[2])
        kinds = {
            "SecretService": _backend(5),
            "libsecret": _backend(4.8),
            "kwallet": _backend(9, viable=False),
        }
        backend = kinds.get(name.rpartition(".")[2], _backend(1))
        return type("Module", (), dict.fromkeys(("Keyring", "DBusKeyring", "WinVaultKeyring"), backend))

    monkeypatch.setattr(key_stores, "import_module", load)
    found = find_key_store(platform)
    assert asked == modules
    assert found is not None
    assert getattr(found, "priority", None) == (5 if len(modules) > 1 else 1)


def test_a_computer_without_a_key_store_has_none() -> None:
    assert find_key_store("linux") is None


def test_the_backends_exist_under_the_names_that_are_asked_for() -> None:
    names = [
        *key_stores._FREEDESKTOP,
        *(pair for pairs in key_stores._BY_PLATFORM.values() for pair in pairs),
    ]
    for module, name in names:
        assert hasattr(import_module(module), name)


def test_locked_is_told_from_broken() -> None:
    assert is_locked(KeyringLocked())
    assert not is_locked(RuntimeError())
