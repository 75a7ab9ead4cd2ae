"""Every zone by city and country."""

from zoneinfo import ZoneInfo

from app.storage.zone_table import zone_table


def test_cities_are_written_as_people_write_them_with_their_countries() -> None:
    table = {entry.zone: entry for entry in zone_table()}
    assert table["America/New_York"].city == "New York"
    assert table["America/Argentina/Buenos_Aires"].city == "Buenos Aires"
    assert table["Asia/Kolkata"].countries == ("India",)
    assert table["Europe/Stockholm"].countries == ("Sweden",)
    assert table["Europe/Berlin"].countries[0] == "Germany"
    assert "Norway" in table["Europe/Berlin"].countries
    assert table["UTC"].countries == ()


def test_each_zone_stands_there_once_in_order_and_exists() -> None:
    table = zone_table()
    assert len({entry.zone for entry in table}) == len(table) > 400
    assert [entry.city for entry in table[:-1]] == sorted(entry.city for entry in table[:-1])
    for entry in table:
        assert ZoneInfo(entry.zone).key == entry.zone
