"""The forty-two meeting links of the portal: those a rep sees first, then one of every kind there is."""

from datetime import datetime, timedelta
from typing import Final

from app.sandbox.instants import epoch_ms
from app.sandbox.world import consent, fields
from app.sandbox.world.drafts import LinkDraft, group, personal, round_robin
from app.sandbox.world.hours import WeeklyHours, weekdays
from app.sandbox.world.links import LinkSettings, LinkType
from app.sandbox.world.people import AISHA, CARLOS, GRACE, JONAS, MEI, OLIVER, PRIYA, TOM

_HOUR: Final = 3_600_000
_OFFICE: Final = weekdays(9, 17)
_LONG_DAY: Final = weekdays(8, 19)
_ANY_DAYLIGHT: Final = weekdays(7, 21)
_TRANSATLANTIC: Final = weekdays(13, 23)
_ALWAYS: Final = WeeklyHours(((0, 1440),) * 7)
_SATURDAYS: Final = WeeklyHours((*weekdays(9, 17).days[:5], (600, 840), None))
UNICODE_NAME: Final = (
    "Überblick über die Einführung für Vertrieb & Service – 製品紹介と質疑応答 – Знакомство с продуктом – "
    "مكالمة تعريفية – 🚀 Γνωριμία με την ομάδα, einmal ganz in Ruhe und mit allen Beteiligten"
)
HOSTILE_NAME: Final = '<img src="file:///etc/passwd"><b>Budget</b> & "plans" <script>alert(1)</script>'


def minutes(*values: int) -> tuple[int, ...]:
    """Return minutes as milliseconds."""
    return tuple(value * 60_000 for value in values)


def catalogue(today: datetime) -> list[LinkDraft]:
    """Return the default links in listing order; windows are counted from `today`, a UTC midnight."""
    return [
        *_favourites(),
        *_pictured(),
        *_special(today),
        *_refusing(),
        *_asking(),
        *_rasters(),
        *_colleagues(),
    ]


def _mine(name: str | None, tail: str, settings: LinkSettings) -> LinkDraft:
    return personal(name, f"{MEI.page}/{tail}", MEI, settings)


def _favourites() -> list[LinkDraft]:
    return [
        personal(
            "Intro call",
            MEI.page,
            MEI,
            LinkSettings(
                minutes(15, 30),
                _TRANSATLANTIC,
                increment="MEETING_DURATION",
                fields=(fields.company_size(required=True),),
                consent=consent.IMPLICIT,
                max_guests=10,
                welcome=("Meet Mei", "A first look at what you need, and at what we have."),
            ),
            default=True,
        ),
        round_robin(
            "Product demo",
            "sales/product-demo",
            (MEI, AISHA, CARLOS, OLIVER),
            LinkSettings(
                minutes(45),
                _OFFICE,
                increment="FIFTEEN",
                buffer_ms=900_000,
                notice_ms=2 * _HOUR,
                fields=(fields.company(), fields.products()),
                max_guests=5,
                activity_type="Product demo",
                avatar_option="COMPANY_LOGO",
            ),
        ),
        group(
            "Technical scoping",
            "solutions/technical-scoping",
            (MEI, JONAS, AISHA),
            LinkSettings(minutes(60), _LONG_DAY, fields=(fields.preparation(required=True),), max_guests=8),
        ),
    ]


def _pictured() -> list[LinkDraft]:
    return [
        _mine(
            "Quarterly review",
            "quarterly-review",
            LinkSettings(minutes(45), _LONG_DAY, increment="FORTY_FIVE", activity_type="Business review"),
        ),
        group(
            "Onboarding kick-off",
            "solutions/onboarding",
            (MEI, PRIYA),
            LinkSettings(minutes(60), _LONG_DAY, fields=(fields.go_live(), fields.seats()), max_guests=20),
        ),
        _mine(
            "Renewal",
            "renewal",
            LinkSettings(
                minutes(30),
                _LONG_DAY,
                notice_ms=4 * _HOUR,
                fields=(fields.company_size(), fields.preparation()),
                activity_type="Renewal",
            ),
        ),
        round_robin(
            "Partner call",
            "partners/call",
            (MEI, AISHA, TOM, CARLOS, GRACE, OLIVER),
            LinkSettings(minutes(30), _OFFICE, owner_prioritized=True, max_guests=3),
        ),
        group(
            "Security review",
            "solutions/security-review",
            (MEI, JONAS, AISHA, PRIYA),
            LinkSettings(minutes(60), _ANY_DAYLIGHT, increment="FIFTEEN", fields=(fields.job_title(),)),
        ),
    ]


def _special(today: datetime) -> list[LinkDraft]:
    def window(first: int, last: int) -> tuple[int, int]:
        return epoch_ms(today + timedelta(days=first)), epoch_ms(today + timedelta(days=last))

    paid = LinkSettings(
        minutes(60), _OFFICE, location=None, redirect_url="https://northwind-sales.example/thanks"
    )
    return [
        LinkDraft(
            "Paid consulting hour",
            "mei-nelson/consulting",
            LinkType.PERSONAL,
            MEI,
            (MEI,),
            paid,
            payment_link_id="88120441",
        ),
        personal("Coffee with Tom", TOM.page, TOM, LinkSettings(minutes(30), _OFFICE), default=True),
        _mine(
            "Next quarter planning",
            "next-quarter",
            LinkSettings(minutes(60, 90), _LONG_DAY, window=window(44, 110)),
        ),
        _mine(
            "Fair week meetings",
            "fair-week",
            LinkSettings(
                minutes(20),
                _LONG_DAY,
                increment="TWENTY",
                window=window(3, 24),
                location="Hall 4, stand B12, Messedamm 22, 14055 Berlin",
            ),
        ),
        _mine(None, "quick", LinkSettings(minutes(10), _LONG_DAY, increment="TEN")),
        _mine(UNICODE_NAME, "ueberblick", LinkSettings(minutes(30), _OFFICE, language="de")),
        _mine(HOSTILE_NAME, "budget", LinkSettings(minutes(30), _OFFICE)),
        _mine("Any time, day or night", "any-time", LinkSettings(minutes(30, 60), _ALWAYS)),
        _mine("Saturday hours", "saturday", LinkSettings(minutes(30), _SATURDAYS)),
    ]


def _refusing() -> list[LinkDraft]:
    blocked = frozenset({"rival.example", "freemail.example", "imani.yusuf@tailspin.example"})
    return [
        _mine(
            "Private advice",
            "private-advice",
            LinkSettings(minutes(30), _OFFICE, max_guests=0),
        ),
        _mine(
            "Contract talk", "contract", LinkSettings(minutes(45), _OFFICE, max_guests=None, location=None)
        ),
        _mine(
            "Customers only",
            "customers",
            LinkSettings(minutes(30), _OFFICE, max_guests=2, blocked=blocked),
        ),
        _mine(
            "Well ahead",
            "well-ahead",
            LinkSettings(minutes(60), _OFFICE, notice_ms=72 * _HOUR, weeks=4),
        ),
    ]


def _asking() -> list[LinkDraft]:
    return [
        _mine(
            "Full questionnaire",
            "questionnaire",
            LinkSettings(minutes(30, 60), _LONG_DAY, fields=fields.every_field(), max_guests=4),
        ),
        _mine(
            "Newsletter and call",
            "newsletter",
            LinkSettings(minutes(30), _LONG_DAY, consent=consent.CHECKBOXES),
        ),
        _mine(
            "Careful with data",
            "careful",
            LinkSettings(minutes(30), _LONG_DAY, consent=consent.PROCESSING_ONLY, fields=(fields.topic(),)),
        ),
        _mine(
            "Existing customers",
            "existing",
            LinkSettings(
                minutes(30),
                _LONG_DAY,
                consent=consent.LEGITIMATE,
                fields=(fields.phone(), fields.go_live(required=True)),
            ),
        ),
        _mine(
            "Call me back",
            "callback",
            LinkSettings(minutes(15), _LONG_DAY, fields=(fields.phone(required=True),), location="Phone"),
        ),
        _mine(
            "Send us your papers",
            "papers",
            LinkSettings(minutes(30), _LONG_DAY, fields=(fields.attachment(required=True),)),
        ),
        _mine(
            "Recorded session",
            "recorded",
            LinkSettings(minutes(60), _LONG_DAY, fields=(fields.recording(required=True), fields.channel())),
        ),
    ]


def _rasters() -> list[LinkDraft]:
    def raster(name: str, slug: str, increment: str, *lengths: int, buffer: int = 0) -> LinkDraft:
        settings = LinkSettings(
            minutes(*lengths), _LONG_DAY, increment=increment, buffer_ms=buffer * 60_000, max_guests=10
        )
        return _mine(name, slug, settings)

    return [
        raster("Quick question", "question", "FIVE", 5, 15),
        raster("Roadmap talk", "roadmap", "TEN", 20, 40),
        raster("Pricing", "pricing", "FIFTEEN", 15, 30, 45, 60),
        raster("Follow-up", "follow-up", "THIRTY", 30, 60, buffer=10),
        raster("Training", "training", "SIXTY", 60, 120),
        raster("Workshop, half a day", "workshop", "NINETY", 180),
        raster("Site visit", "site-visit", "ONE_HUNDRED_TWENTY", 120, 240, buffer=30),
    ]


def _colleagues() -> list[LinkDraft]:
    plain = LinkSettings(minutes(30), _OFFICE)
    return [
        *(
            personal(f"Meet {user.first_name}", user.page, user, plain, default=True)
            for user in (JONAS, AISHA, CARLOS, GRACE, PRIYA, OLIVER)
        ),
        group("Architecture board", "solutions/board", (JONAS, PRIYA), LinkSettings(minutes(90), _LONG_DAY)),
    ]
