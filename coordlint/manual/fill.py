"""Page values in, HTML out: the one place that knows the template engine. Every value is escaped where it stands."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from coordlint.manual.links import up_from
from coordlint.manual.page import Frame, Line, Page, Piece

HERE = Path(__file__).parent
ASSETS = ("manual.css", "manual.js")

# What HTML does not allow, and what turns the order of letters round: shown by its number. No page needs them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f]"
)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.filters["said"] = _said
    return environment


def _said(line: Line) -> Markup:
    """A line as HTML. How a piece looks is for its template, which is asked once for each that is the same."""
    looks = [_look(piece.piece, piece) if isinstance(piece, tuple) else escape(piece) for piece in line]
    return Markup("".join(looks))


@lru_cache(maxsize=100_000)
def _look(_: str, piece: Piece) -> Markup:
    # The sort of piece belongs to what is remembered: two sorts that hold the same words are equal as tuples.
    html: Markup = _environment().get_template("parts.html.jinja").module.piece(piece)  # type: ignore[attr-defined]
    return html


def fill(page: Page, frame: Frame) -> bytes:
    """A page as the bytes of its file."""
    up = up_from(page.address)
    here = any(tab.address == page.address for tab in frame.tabs)
    top, foot = _around(frame, page.current, here, up)
    html = _environment().get_template(page.template).render(page=page, frame=frame, up=up, top=top, foot=foot)
    # Half of a surrogate pair, which no encoding takes, is shown by its number too.
    return _UNSEEN.sub(_shown, html).encode("utf-8", "backslashreplace")


@lru_cache(maxsize=200)
def _around(frame: Frame, current: str, here: bool, up: str) -> tuple[Markup, Markup]:
    """What stands above and below a page."""
    parts = _environment().get_template("frame.html.jinja").module
    return parts.top(frame, current, here, up), parts.foot(frame, up)  # type: ignore[attr-defined]


def _shown(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def assets() -> dict[str, bytes]:
    """The stylesheet and the script, which are the same for every organisation."""
    return {name: (HERE / "assets" / name).read_bytes() for name in ASSETS}
