"""What the disk complains about, as the one problem the rep has to know."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from app.domain.problems import StorageFailed, StorageTrouble

_FULL: Final = frozenset({errno.ENOSPC, errno.EFBIG, errno.EDQUOT})
_NOT_WRITABLE: Final = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


def of_file(reason: OSError, path: Path, *, writing: bool) -> StorageFailed:
    """The problem behind a failed file operation."""
    if reason.errno in _FULL:
        return StorageFailed(StorageTrouble.FULL, str(path))
    if writing and reason.errno in _NOT_WRITABLE:
        return StorageFailed(StorageTrouble.READ_ONLY, str(path))
    return StorageFailed(StorageTrouble.UNREADABLE, str(path))


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn an OSError inside into StorageFailed(UNREADABLE, ...)."""
    try:
        yield
    except OSError as reason:
        raise of_file(reason, path, writing=False) from reason


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn an OSError inside into StorageFailed(READ_ONLY or FULL, ...)."""
    try:
        yield
    except OSError as reason:
        raise of_file(reason, path, writing=True) from reason
