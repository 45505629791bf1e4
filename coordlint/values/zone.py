"""Texts that name a time zone: an IANA name, spelt as in the zone files, or a refusal with the nearest name."""

from __future__ import annotations

import re
import sys
from functools import lru_cache

from coordlint.nearest import nearest
from coordlint.values.refusal import Refusal, shown, wanted

LONGEST = 64
ZONE_TIP = "write a zone by its place, such as Europe/Berlin or America/New_York"
# Files that some machines keep beside the zones; what they say differs from machine to machine.
_NOT_ZONES = ("localtime", "posixrules", "Factory")
_CASE_BLIND_SYSTEMS = ("darwin", "win32", "cygwin")
_PLACE_OF = {
    **dict.fromkeys(("pst", "pdt", "pt", "pacific"), "America/Los_Angeles"),
    **dict.fromkeys(("mdt", "mt", "mountain"), "America/Denver"),
    **dict.fromkeys(("cst", "cdt", "ct", "central"), "America/Chicago"),
    **dict.fromkeys(("edt", "et", "eastern"), "America/New_York"),
    **dict.fromkeys(("bst", "uk"), "Europe/London"),
    "cest": "Europe/Berlin",
    "eest": "Europe/Helsinki",
    "ist": "Asia/Kolkata",
    "sgt": "Asia/Singapore",
    "jst": "Asia/Tokyo",
    "kst": "Asia/Seoul",
    **dict.fromkeys(("aest", "aedt"), "Australia/Sydney"),
    **dict.fromkeys(("nzst", "nzdt"), "Pacific/Auckland"),
}


def parse_zone(value: object) -> str | Refusal:
    """The IANA name of a zone, if the zone files of the system or of the tzdata package hold it spelt just so."""
    if isinstance(value, str) and len(value) <= LONGEST:
        return _zone(value)
    return wanted(value, "time zone", ZONE_TIP)


@lru_cache(maxsize=1024)
def _zone(text: str) -> str | Refusal:
    if re.fullmatch("[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z][A-Za-z0-9_+-]*){0,2}", text) and _exists(text):
        return text
    if re.fullmatch(r"(utc|gmt)? ?[+-][0-9]{1,2}(:?[0-9]{2})?|z", text.lower()):
        message = f"{shown(text)} is an offset, which does not know when the clocks change"
        return Refusal(message, tip=ZONE_TIP)
    near = _PLACE_OF.get(text.lower()) or _nearest_zone(text)
    return wanted(text, "time zone", f"did you mean `{near}`?" if near else ZONE_TIP)


def _exists(name: str) -> bool:
    import zoneinfo

    if name in _NOT_ZONES or name.startswith(("posix/", "right/")):
        return False
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return sys.platform not in _CASE_BLIND_SYSTEMS or _spelt_so(name)


def _spelt_so(name: str) -> bool:
    """Whether the zone files spell the name just so; a disk that is blind to case opens `europe/berlin` as well."""
    import os
    import zoneinfo

    for root in zoneinfo.TZPATH:
        folder = root
        for part in name.split("/"):
            if not os.path.isdir(folder) or part not in os.listdir(folder):
                break
            folder = f"{folder}/{part}"
        else:
            return True
    return name in zoneinfo.available_timezones()


def _nearest_zone(text: str) -> str | None:
    names = _zone_names()
    place = text.replace(" ", "_").rpartition("/")[2].lower()
    by_place = [name for name in names if name.rpartition("/")[2].lower() == place]
    return nearest(text, names) or (by_place[0] if by_place else None)


@lru_cache(maxsize=1)
def _zone_names() -> tuple[str, ...]:
    """All names, those of places first: of two that are equally near, the place is meant."""
    import zoneinfo

    names = zoneinfo.available_timezones().difference(_NOT_ZONES)
    return tuple(sorted(names, key=lambda name: ("/" not in name, name)))
