"""One port on both loopback addresses."""

import errno
import socket

import pytest

from app.api import loopback_sockets
from app.api.loopback_sockets import NoPortFree, bind_first_free


def close(sockets: list[socket.socket]) -> None:
    for each in sockets:
        each.close()


def free_port() -> int:
    port, bound = bind_first_free((0, 0, 0))
    close(bound)
    return port


def hold(family: socket.AddressFamily, address: str, port: int) -> socket.socket:
    held = socket.socket(family)
    held.bind((address, port))
    held.listen()
    return held


def test_both_loopback_addresses_and_no_other_are_bound() -> None:
    port, bound = bind_first_free((0, 0, 0))
    assert [each.getsockname()[:2] for each in bound] == [("127.0.0.1", port), ("::1", port)]
    close(bound)


@pytest.mark.parametrize(("family", "address"), [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")])
def test_a_port_held_on_either_address_is_passed_over(family: socket.AddressFamily, address: str) -> None:
    taken, spare = free_port(), free_port()
    with hold(family, address, taken):
        port, bound = bind_first_free((taken, spare))
        assert port == spare
        close(bound)
        with pytest.raises(NoPortFree) as refusal:
            bind_first_free((taken, taken))
    assert refusal.value.ports == (taken, taken)
    assert str(taken) in str(refusal.value)
    port, bound = bind_first_free((taken,))
    assert port == taken
    close(bound)


def test_a_port_is_taken_from_the_moment_it_is_bound() -> None:
    port, bound = bind_first_free((0, 0, 0))
    with pytest.raises(NoPortFree):
        bind_first_free((port,))
    close(bound)


def test_a_port_that_was_just_used_can_be_used_again() -> None:
    port = free_port()
    for _ in range(20):
        _, bound = bind_first_free((port,))
        close(bound)


@pytest.mark.parametrize("missing", ["::1", "127.0.0.1"])
@pytest.mark.parametrize("code", [errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT])
def test_a_computer_with_one_kind_of_address_uses_that(
    missing: str, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = loopback_sockets._bind

    def bind(family: socket.AddressFamily, address: str, port: int) -> socket.socket:
        if address == missing:
            raise OSError(code, "no such address here")
        return real(family, address, port)

    monkeypatch.setattr(loopback_sockets, "_bind", bind)
    _, bound = bind_first_free((0,))
    assert [each.getsockname()[0] == missing for each in bound] == [False]
    close(bound)


def test_a_computer_without_loopback_has_no_port(monkeypatch: pytest.MonkeyPatch) -> None:
    def bind(family: socket.AddressFamily, address: str, port: int) -> socket.socket:
        raise OSError(errno.EADDRNOTAVAIL, "nothing here")

    monkeypatch.setattr(loopback_sockets, "_bind", bind)
    with pytest.raises(NoPortFree):
        bind_first_free((0,))
