"""Toasts pass, banners stay while they are true."""

from app.ui.kit.notices import Action, Notices, Toast, Tone


class Watch:
    def __init__(self, notices: Notices) -> None:
        self.added: list[Toast] = []
        self.removed: list[int] = []
        self.banner_changes = 0
        notices.toast_added.connect(self.added.append)
        notices.toast_removed.connect(self.removed.append)
        notices.banners_changed.connect(self._count)

    def _count(self) -> None:
        self.banner_changes += 1


def test_a_toast_comes_and_goes_once() -> None:
    notices = Notices()
    watch = Watch(notices)
    first = notices.say("Copied")
    second = notices.say("Booked", tone=Tone.OK)
    assert [toast.text for toast in notices.toasts] == ["Copied", "Booked"]
    notices.dismiss(first)
    notices.dismiss(first)
    assert watch.removed == [first]
    assert [toast.id for toast in notices.toasts] == [second]
    assert [toast.tone for toast in watch.added] == [Tone.INFO, Tone.OK]


def test_acting_runs_the_action_once_and_takes_the_toast_away() -> None:
    notices = Notices()
    runs: list[str] = []
    toast_id = notices.say("Deleted", action=Action("Undo", lambda: runs.append("undo")))
    notices.act(toast_id)
    notices.act(toast_id)
    assert runs == ["undo"]
    assert notices.toasts == ()


def test_a_toast_without_an_action_can_be_acted_on_safely() -> None:
    notices = Notices()
    notices.act(notices.say("Copied"))
    assert notices.toasts == ()


def test_time_on_screen() -> None:
    notices = Notices()
    undo = Action("Undo", lambda: None)
    for seconds, action in ((6.0, None), (6.0, undo), (0.0, undo)):
        notices.say("x", action=action, seconds=seconds)
    assert [toast.seconds for toast in notices.toasts] == [6.0, 10.0, 0.0]


def test_banners_stay_in_the_order_they_became_true() -> None:
    notices = Notices()
    watch = Watch(notices)
    notices.hold("offline", "Offline since 14:02.", icon="wifi-off")
    notices.hold("sign-in", "Signed out.", tone=Tone.BAD)
    notices.hold("offline", "Offline since 14:02.", icon="wifi-off")
    notices.hold("offline", "Offline since 14:03.", icon="wifi-off")
    assert [(banner.key, banner.icon) for banner in notices.banners] == [
        ("offline", "wifi-off"),
        ("sign-in", "triangle-alert"),
    ]
    assert watch.banner_changes == 3
    notices.release("offline")
    notices.release("offline")
    assert [banner.key for banner in notices.banners] == ["sign-in"]
    assert watch.banner_changes == 4
