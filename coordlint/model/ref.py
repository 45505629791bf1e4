"""A text that names something in, the kind and the id that it says out."""

from __future__ import annotations

import re
from typing import Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


class Ref(Generic[T_co]):
    """A name of something else, as it was written; `Org.find` says what bears it. `T_co` is what it may name.

    `found` is kept by the Org that looked it up: what bears the name there, or why nothing does.
    """

    __slots__ = ("found", "kinds", "or_text", "text")

    def __init__(self, text: str, kinds: tuple[str, ...], or_text: bool = False) -> None:
        self.found: object = None
        self.text = text
        self.kinds = kinds
        self.or_text = or_text

    @property
    def kind(self) -> str:
        """The kind that is written in front of the id; "" where none is, `text` where no name stands here."""
        head, slash, tail = self.text.partition("/")
        if slash and (head == "ext" or (_ID.match(tail) and _ID.match(head))):
            return head
        return "text" if self.or_text and not _ID.match(self.text) else ""

    @property
    def id(self) -> str:
        """The id that is named, without its kind; "" where a text stands."""
        kind = self.kind
        return "" if kind == "text" else self.text.removeprefix(f"{kind}/")

    @property
    def external(self) -> bool:
        """Whether it names a party outside that nobody declares: `ext/…`, never resolved."""
        return self.kind == "ext"

    @property
    def is_text(self) -> bool:
        """Whether a text, a path or a link stands here, and no name."""
        return self.kind == "text"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ref) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return f"Ref({self.text})"
