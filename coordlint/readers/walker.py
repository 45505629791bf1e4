"""The events of libyaml in, one after the other; data, problems and the places of things out.

Nothing goes deeper than has been counted, so that no nesting can bring the process down, and nothing is built from
tags, anchors or aliases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeAlias

from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from coordlint.finding import Problem, Related, Route, Step, UsageError
from coordlint.readers import COLLECTIONS, MOST_LEVELS, MOST_NODES, eaten, refusals
from coordlint.readers.scalars import SUSPECT, resolve
from coordlint.readers.source import Source

Event: TypeAlias = Any

_SUSPECT = SUSPECT | {""}  # a key that begins otherwise is a text
_ABSENT = object()  # what was refused leaves no value behind
_MOST_TOLD = 100
_MOST_RELATED = 10
_NODES = (ScalarEvent, MappingStartEvent, SequenceStartEvent, AliasEvent)


class Seat(NamedTuple):
    """Where a value stands: offsets of its key, if it has one, and of itself. `style` is None for all but scalars."""

    key_start: int
    key_end: int
    start: int
    end: int
    style: str | None
    text: str

    @property
    def begin(self) -> int:
        """Where it begins with its key, if it has one."""
        return self.key_start if self.key_start >= 0 else self.start


class TooLarge(Exception):  # noqa: N818
    """More than a file may hold; the offset tells where it became too much."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at


def _parser(text: str) -> Callable[[], Event]:
    try:
        from yaml._yaml import CParser
    except ImportError:
        raise UsageError("PyYAML has no C parser here; `pip install --force-reinstall pyyaml` brings it") from None
    return CParser(text).get_event


def events(text: str) -> Iterator[Event]:
    """The events of a text, as libyaml gives them. Raises what libyaml raises."""
    take = _parser(text)
    while (event := take()) is not None:
        yield event


class Walker:
    """Goes through the events of one text, and keeps what it finds: data, problems, and seats if they are wanted."""

    __slots__ = (
        "_anchors", "_end", "_levels", "_may_cut", "_nodes", "_problems", "_source", "_take", "_text", "_untold",
        "_way", "damaged", "data", "last", "nested", "seats",
    )  # fmt: skip

    def __init__(self, source: Source, seats: dict[Route, Seat] | None = None) -> None:
        self.data: list[object] = []
        self.damaged: set[Route] = set()
        self.seats = seats
        self.last: Event | None = None  # the scalar before what comes now
        self.nested: list[int] = []  # where names of collections stand as keys, and not at the top
        self._source = source
        self._text = source.text
        self._take = _parser(source.text)
        self._problems: list[Problem] = []
        self._untold = 0
        self._anchors: dict[str, int] = {}  # where among the problems an anchor is told
        self._way: list[Step] = []
        self._nodes = 0
        self._levels = 0
        self._end = 0
        self._may_cut = eaten.may_cut(source.text)

    def walk(self) -> None:
        """Read every document. Raises what libyaml raises, and TooLarge."""
        while (event := self._take()) is not None:
            kind = type(event)
            if kind is DocumentStartEvent:
                self._count(event)
                if event.version or event.tags:
                    self._keep(refusals.directive, event)  # it changes nothing about the data
            elif kind in _NODES:
                index = len(self.data)
                self._way = [index] if index else []
                value = self._node(event)
                self._seat(None, event)
                if value is not None and value is not _ABSENT:
                    self.data.append(value)

    def told(self) -> tuple[Problem, ...]:
        """Every problem found; where there were too many, the last one says how many more there are."""
        if self._untold:
            last = self._problems[-1]
            self._problems[-1] = last._replace(message=f"{last.message} (and {self._untold} more in this file)")
        return tuple(self._problems)

    def cut_last(self) -> Problem | None:
        """The problem of a text that a ` #` cut just before libyaml gave up: it is the reason."""
        if not self.last or self.last.style or not self._may_cut:
            return None
        return eaten.cut(self._source, self.last.start_mark.index, self.last.end_mark.index)

    def _tell(self, problem: Callable[..., Problem], *about: object) -> None:
        """Keep a problem, and that something was refused where the way has led to."""
        self.damaged.add(tuple(self._way))
        self._keep(problem, *about)

    def _keep(self, problem: Callable[..., Problem], *about: object) -> None:
        if len(self._problems) < _MOST_TOLD:
            self._problems.append(problem(self._source, *about))
        else:
            self._untold += 1

    def _seat(self, key: Event | None, value: Event) -> None:
        if self.seats is None:
            return  # nobody asks
        scalar = type(value) is ScalarEvent
        self.seats[tuple(self._way)] = Seat(
            key.start_mark.index if key else -1,
            key.end_mark.index if key else -1,
            value.start_mark.index,
            value.end_mark.index if scalar else max(self._end, value.end_mark.index),
            value.style or "" if scalar else None,
            value.value if scalar else "",
        )

    def _count(self, event: Event) -> None:
        self._nodes += 1
        if self._nodes > MOST_NODES:
            raise TooLarge(f"this file holds more than {MOST_NODES:,} keys, values and items", event.start_mark.index)

    def _go_down(self, event: Event) -> None:
        self._levels += 1
        if self._levels > MOST_LEVELS:
            raise TooLarge(f"this file nests deeper than {MOST_LEVELS} levels", event.start_mark.index)

    def _leave(self, event: Event) -> None:
        self._levels -= 1
        self._end = event.end_mark.index

    def _node(self, event: Event) -> object:
        self._count(event)
        kind = type(event)
        if kind is AliasEvent:
            self._alias(event, "used here")
            return _ABSENT
        if event.anchor or event.tag:
            self._refuse_properties(event)
        if kind is ScalarEvent:
            return self._scalar(event)
        self._go_down(event)
        return self._mapping(event) if kind is MappingStartEvent else self._sequence(event)

    def _scalar(self, event: Event) -> object:
        self.last = event
        if not event.style:
            if self._may_cut and event.value:
                told = eaten.cut(self._source, event.start_mark.index, event.end_mark.index)
                if told:
                    self._tell(_as_found, told)
            self._refuse_dashes(event)
            return resolve(event.value)
        if not event.value and eaten.swallowed_head(self._text, event.start_mark.index):
            self._tell(eaten.begins, event.start_mark.index)
            return _ABSENT
        return event.value

    def _refuse_dashes(self, event: Event) -> None:
        if "-" in event.value and (event.value[0] == "-" or event.start_mark.line < event.end_mark.line):
            where = self._source, event.start_mark.index, event.end_mark.index
            told = eaten.no_space_behind_dash(*where) or eaten.item_too_deep(*where)
            if told:
                self._tell(_as_found, told)

    def _sequence(self, start: Event) -> object:
        items: list[object] = []
        while type(event := self._take()) is not SequenceEndEvent:
            self._way.append(len(items))
            value = self._node(event)
            if self._may_cut and value is None and not start.flow_style:
                value = self._emptied(event, event.end_mark.index, True)
            if value is not _ABSENT:
                self._seat(None, event)
                items.append(value)
            self._way.pop()
        self._leave(event)
        return items

    def _mapping(self, start: Event) -> object:
        if self._text.startswith("{{", start.start_mark.index):
            self._tell(eaten.begins, start.start_mark.index)
            self._levels -= 1
            self._pass(start)
            return _ABSENT
        found: dict[str, object] = {}
        keys: dict[str, tuple[int, int]] = {}
        before: tuple[Event, Event] | None = None  # inside brackets: the entry before, if its value is unquoted
        slipped = False  # whether the key before was none, but the rest of a text
        row = 0  # how many keys up to here stood in this mapping before, one after the other
        while type(key := self._take()) is not MappingEndEvent:
            self._count(key)
            if type(key) is not ScalarEvent:
                self._refuse_key(key, slipped)
                continue
            value = self._take()
            slipped = bool(start.flow_style) and self._is_eaten(key, value, before)
            if slipped:
                continue
            row = self._entry(found, keys, key, value, row)
            before = (key, value) if type(value) is ScalarEvent and not value.style and value.value else None
        self._leave(key)
        return found

    def _entry(
        self, found: dict[str, object], keys: dict[str, tuple[int, int]], key: Event, value: Event, row: int
    ) -> int:
        """Read one entry; the answer is how many second keys in a row end with it, `row` how many ended before it."""
        name, again = key.value, 0
        self._way.append(name)
        if key.anchor or key.tag:
            self._refuse_properties(key)
        if name == "<<" and not key.style:
            self._refuse_merge(key, value)
        elif name[:1] in _SUSPECT and not key.style and not isinstance(resolve(name), str):
            self._refuse_typed_key(key, value)
        elif name in keys:
            again = self._refuse_second(key, keys[name], row + 1)
            self._pass(value)
        else:
            keys[name] = (key.start_mark.index, key.end_mark.index)
            if name in COLLECTIONS and len(self._way) > 1:
                self.nested.append(key.start_mark.index)
            content = self._node(value)
            if self.seats is not None:
                self._seat(key, value)
            if self._may_cut and content is None:
                content = self._emptied(value, key.end_mark.index, False)
            if content is not _ABSENT:
                found[name] = content
        self._way.pop()
        return again

    def _is_eaten(self, key: Event, value: Event, before: tuple[Event, Event] | None) -> bool:
        """Whether this key is none: the rest of a text that a comma ended, or a key and its value without a space."""
        if key.style or type(value) is not ScalarEvent or value.style or value.value:
            return False
        if eaten.gives_value(self._text, key.end_mark.index):
            return False
        told = eaten.no_space(self._source, key.start_mark.index)
        if told:
            self._way.append(key.value)
            self._tell(_as_found, told)
            self._way.pop()
        elif before:
            start, end = before[1].start_mark.index, before[1].end_mark.index
            self._way.append(before[0].value)
            # Of `{purpose: Cash, forecast, people}` the second comma belongs to the slip of the first.
            if self._text[end : key.start_mark.index].strip() == ",":
                self._tell(eaten.comma, start, end, key.value)
            self._way.pop()
        return told is not None or before is not None

    def _emptied(self, value: Event, end: int, of_item: bool) -> object:
        told = not value.value and eaten.emptied(self._source, end, of_item)
        if not told:
            return None
        self._tell(_as_found, told)
        return _ABSENT

    def _pass(self, event: Event) -> None:
        """Leave out a value that belongs to something refused."""
        depth = 0
        while True:
            if isinstance(event, CollectionStartEvent):
                depth += 1
                self._go_down(event)
            elif isinstance(event, CollectionEndEvent):
                depth -= 1
                self._leave(event)
            if not depth:
                return
            event = self._take()
            self._count(event)

    def _refuse_properties(self, event: Event) -> None:
        if event.tag:
            self._tell(refusals.tag, event)
        if event.anchor:
            self._anchors[event.anchor] = len(self._problems)
            self._tell(refusals.anchor, event)

    def _alias(self, event: Event, use: str) -> None:
        """An alias is one slip with its anchor, and told there; without one, it is told where it stands."""
        at = self._anchors.get(event.anchor, -1)
        if not 0 <= at < len(self._problems):
            self._tell(refusals.alias, event)
            return
        self.damaged.add(tuple(self._way))
        told = self._problems[at]
        if len(told.related) < _MOST_RELATED:
            related = Related(refusals.span(self._source, event), use)
            self._problems[at] = told._replace(related=(*told.related, related))

    def _refuse_merge(self, key: Event, value: Event) -> None:
        self.damaged.add(tuple(self._way[:-1]))
        if type(value) is AliasEvent and value.anchor in self._anchors:
            self._alias(value, "merged in here")
        else:
            self._tell(refusals.merge, key)
            self._pass(value)

    def _refuse_second(self, key: Event, first: tuple[int, int], again: int) -> int:
        """Second keys in a row are one slip: most likely the head above them is missing."""
        told = self._problems[-1] if again > 1 else None
        if told is None or told.rule != "yaml/duplicate-key":
            self._tell(refusals.second_key, key, first, not any(isinstance(step, str) for step in self._way[:-1]))
            return 1
        self.damaged.add(tuple(self._way))
        if not self._untold:
            self._problems[-1] = refusals.second_keys(told, again)
        return again

    def _refuse_typed_key(self, key: Event, value: Event) -> None:
        if not (key.anchor or key.tag):  # else that is what was told
            self._tell(refusals.typed_key, key)
        self._pass(value)

    def _refuse_key(self, key: Event, slipped: bool) -> None:
        """A key that is no scalar; where it begins with `{{`, or follows the rest of a text, a text was meant."""
        if type(key) is AliasEvent:
            self._alias(key, "used here")
        elif self._text.startswith("{{", key.start_mark.index):
            self._tell(eaten.begins, key.start_mark.index)
        elif not slipped:
            self._tell(refusals.built_key, key)
        self._pass(key)
        self._pass(self._take())


def _as_found(_: Source, problem: Problem) -> Problem:
    return problem
