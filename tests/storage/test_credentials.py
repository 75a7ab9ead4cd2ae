"""Client id and secret: typed by the rep, or provisioned by an administrator."""

from concurrent.futures import Executor
from pathlib import Path

import pytest

from app.domain.accounts import AppCredentials
from app.domain.problems import StorageFailed, StorageTrouble
from app.storage.credentials import ProvisionedCredentialStore
from app.storage.secrets import KeyringSecretStore

TYPED = AppCredentials("typed-id", "typed-secret")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "slotdesk.toml"


@pytest.fixture
def store(file: Path, executor: Executor) -> ProvisionedCredentialStore:
    return ProvisionedCredentialStore(file, KeyringSecretStore(find=lambda: None), executor)


async def test_nothing_is_known_at_first(store: ProvisionedCredentialStore) -> None:
    assert await store.credentials() is None
    assert not await store.is_provisioned()


async def test_what_was_typed_is_kept_and_forgotten(store: ProvisionedCredentialStore) -> None:
    await store.save(TYPED)
    assert await store.credentials() == TYPED
    await store.save(None)
    assert await store.credentials() is None


async def test_half_of_it_is_nothing(store: ProvisionedCredentialStore) -> None:
    await store.save(AppCredentials("typed-id", ""))
    assert await store.credentials() is None


async def test_the_administrator_s_file_wins(store: ProvisionedCredentialStore, file: Path) -> None:
    await store.save(TYPED)
    file.write_text(
        '\ufeff[hubspot]\nclient_id = "given-id"\nclient_secret = "given-secret"\nother = 1\n', "utf-8"
    )
    assert await store.credentials() == AppCredentials("given-id", "given-secret")
    assert await store.is_provisioned()


@pytest.mark.parametrize("content", ["", "[other]\nclient_id = 'x'\n", "hubspot = 3\n", "[hubspot]\nx = 1\n"])
async def test_a_file_without_credentials_leaves_them_to_the_rep(
    store: ProvisionedCredentialStore, file: Path, content: str
) -> None:
    file.write_text(content)
    await store.save(TYPED)
    assert await store.credentials() == TYPED
    assert not await store.is_provisioned()


@pytest.mark.parametrize(
    "content",
    [
        "[hubspot\n",
        "[hubspot]\nclient_id = 'x'\n",
        "[hubspot]\nclient_id = 1\nclient_secret = 'y'\n",
        "[hubspot]\nclient_id = 'x'\nclient_secret = ''\n",
    ],
)
async def test_a_broken_file_is_told_and_not_passed_over(
    store: ProvisionedCredentialStore, file: Path, content: str
) -> None:
    file.write_text(content)
    await store.save(TYPED)
    with pytest.raises(StorageFailed) as caught:
        await store.credentials()
    assert caught.value.trouble is StorageTrouble.NOT_UNDERSTOOD
    assert caught.value.path == str(file)


async def test_a_file_that_cannot_be_read_is_told(store: ProvisionedCredentialStore, file: Path) -> None:
    file.mkdir()
    with pytest.raises(StorageFailed) as caught:
        await store.is_provisioned()
    assert caught.value.trouble is StorageTrouble.UNREADABLE


async def test_a_secret_does_not_show_in_a_repr(store: ProvisionedCredentialStore) -> None:
    await store.save(TYPED)
    assert "typed-secret" not in repr(await store.credentials())
