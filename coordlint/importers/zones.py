"""What people write for a time zone, such as `PT (Pacific Time)`, in; the IANA name of a place on that clock out.

A name in full goes before letters, and letters before the IANA names: there `EST` is New York without its summer time,
which is not what people mean who write it in July.
"""

from __future__ import annotations

import re

from coordlint.values import parse_zone

_PLACE_OF = {
    "pacific time": "America/Los_Angeles",
    "mountain time": "America/Denver",
    "central time": "America/Chicago",
    "eastern time": "America/New_York",
    "central european time": "Europe/Berlin",
    "eastern european time": "Europe/Helsinki",
    "western european time": "Europe/Lisbon",
    "india standard time": "Asia/Kolkata",
    "indian standard time": "Asia/Kolkata",
    "china standard time": "Asia/Shanghai",
    "japan standard time": "Asia/Tokyo",
    "poland": "Europe/Warsaw",
    **dict.fromkeys(("utc", "gmt", "coordinated universal time"), "UTC"),
    **dict.fromkeys(("pt", "pst", "pdt"), "America/Los_Angeles"),
    **dict.fromkeys(("mt", "mst", "mdt"), "America/Denver"),
    **dict.fromkeys(("ct", "cdt"), "America/Chicago"),
    **dict.fromkeys(("et", "est", "edt"), "America/New_York"),
    **dict.fromkeys(("cet", "cest"), "Europe/Berlin"),
    "jst": "Asia/Tokyo",
    "kst": "Asia/Seoul",
}
# What stands for several clocks, with the one that is taken.
_DOUBTFUL = {
    "ist": ("Asia/Kolkata", "IST: taken for the time of India, and not of Ireland or Israel"),
    "cst": ("America/Chicago", "CST: taken for the time of Chicago, and not of China"),
    "eastern": ("America/New_York", "Eastern: taken for the time of New York, and not of Europe or Australia"),
    "central": ("America/Chicago", "Central: taken for the time of Chicago, and not of Europe or Australia"),
    "mountain": ("America/Denver", "Mountain: taken for the time of Denver"),
    "pacific": ("America/Los_Angeles", "Pacific: taken for the time of Los Angeles"),
    "bst": ("Europe/London", "BST: taken for the time of London, and not of Bangladesh"),
}


def zone_of(text: str) -> tuple[str, str]:
    """The IANA name, or "" where nobody can tell; and, where it was a guess, what was guessed."""
    names = [" ".join(name.split()) for name in (text, *re.split(r"[()\[\],]", text)) if name.strip()]
    small = sorted((name.lower() for name in names), key=len, reverse=True)
    for name in small:
        if name in _PLACE_OF:
            return _PLACE_OF[name], ""
    for name in small:
        if name in _DOUBTFUL:
            return _DOUBTFUL[name]
    for name in names:
        if isinstance(zone := parse_zone(name), str):
            return zone, ""
    return "", ""
