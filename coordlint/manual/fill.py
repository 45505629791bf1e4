"""Page values in, HTML out: the one place that knows the template engine. Every value is escaped where it stands."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from coordlint.manual.links import up_from
from coordlint.manual.page import Frame, Page

HERE = Path(__file__).parent
ASSETS = ("manual.css", "manual.js")

# What HTML does not allow, and what turns the order of letters round: shown by its number. No page needs them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f]"
)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )


def fill(page: Page, frame: Frame) -> bytes:
    """A page as the bytes of its file."""
    template = _environment().get_template(page.template)
    html = template.render(page=page, frame=frame, up=up_from(page.address))
    # Half of a surrogate pair, which no encoding takes, is shown by its number too.
    return _UNSEEN.sub(_shown, html).encode("utf-8", "backslashreplace")


def _shown(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def assets() -> dict[str, bytes]:
    """The stylesheet and the script, which are the same for every organisation."""
    return {name: (HERE / "assets" / name).read_bytes() for name in ASSETS}
