"""Time zones: names as the zone files spell them, and the nearest name for any other."""

from __future__ import annotations

import zoneinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from values_kit import anything, hold_to_the_rules, slips

from coordlint.values import Refusal, parse_zone
from coordlint.values import zone as zone_module

NAMES = tuple(sorted(zoneinfo.available_timezones() - {"localtime", "Factory", "posixrules"}))


def test_every_zone_is_read():
    assert [name for name in NAMES if parse_zone(name) != name] == []


@pytest.mark.parametrize(
    ("text", "tip"),
    [
        ("europe/berlin", "did you mean `Europe/Berlin`?"),
        ("Europe/Berln", "did you mean `Europe/Berlin`?"),
        ("Berlin", "did you mean `Europe/Berlin`?"),
        ("New York", "did you mean `America/New_York`?"),
        ("PST", "did you mean `America/Los_Angeles`?"),
        ("ET", "did you mean `America/New_York`?"),
        ("Atlantis/Poseidonis", "write a zone by its place, such as Europe/Berlin or America/New_York"),
    ],
)
def test_a_name_that_is_none_gets_the_nearest(text, tip):
    answer = parse_zone(text)
    assert isinstance(answer, Refusal)
    assert answer.tip == tip


@pytest.mark.parametrize("text", ["+01:00", "-0500", "UTC+1", "GMT-3", "Z"])
def test_an_offset_is_no_zone(text):
    assert parse_zone(text).message == f"`{text}` is an offset, which does not know when the clocks change"


@pytest.mark.parametrize(
    "text",
    [
        "/etc/localtime",
        "/usr/share/zoneinfo/UTC",
        "../UTC",
        "Europe/../UTC",
        "Europe",
        "Europe/",
        "Europe//Berlin",
        "posix/UTC",
        "right/UTC",
        "localtime",
        "posixrules",
        "zone.tab",
        "tzdata.zi",
        "UTC\n",
        "UTC\x00",
        "a/" * 40,
    ],
)
def test_nothing_but_a_name_reaches_the_disk_or_is_believed(text):
    assert isinstance(parse_zone(text), Refusal)


def test_a_disk_that_is_blind_to_case_makes_no_zone(tmp_path, monkeypatch):
    (tmp_path / "Europe").mkdir()
    (tmp_path / "Europe" / "Berlin").touch()
    monkeypatch.setattr(zoneinfo, "TZPATH", (str(tmp_path),))
    monkeypatch.setattr(zoneinfo, "available_timezones", set)
    assert zone_module._spelt_so("Europe/Berlin")
    assert not zone_module._spelt_so("Europe/berlin")
    assert not zone_module._spelt_so("europe/Berlin")


def test_without_zone_files_of_the_system_the_package_has_them(monkeypatch):
    monkeypatch.setattr(zone_module, "_CASE_BLIND_SYSTEMS", (__import__("sys").platform,))
    zoneinfo.reset_tzpath(to=())
    try:
        zoneinfo.ZoneInfo.clear_cache()
        zone_module._zone.cache_clear()
        assert parse_zone("Europe/Berlin") == "Europe/Berlin"
        assert isinstance(parse_zone("europe/berlin"), Refusal)
    finally:
        zoneinfo.reset_tzpath()
        zone_module._zone.cache_clear()


@given(st.one_of(anything(("Europe/Berlin", "UTC", "EST")), slips(("Europe/Berlin", "America/New_York", "Etc/GMT+5"))))
def test_nothing_raises_and_every_refusal_is_in_place(value):
    hold_to_the_rules(value, parse_zone(value))
