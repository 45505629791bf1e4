"""Text in, plain data out, by the events of libyaml: the authority on what a text says, and on what is wrong with it.

Nothing recurses but what has been counted before, so that no nesting can bring the process down, and nothing is built
from tags, anchors or aliases.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

from yaml import YAMLError
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
from coordlint.readers import MOST_LEVELS, MOST_NODES, Reading, conflicts, eaten, mend, refusals, slips, stretch
from coordlint.readers.scalars import resolve

Event: TypeAlias = Any

_ABSENT = object()  # what was refused leaves no value behind
_TOO_LARGE = "yaml/too-large"
_MOST_TOLD = 100
_MOST_RELATED = 10
_NODES = (ScalarEvent, MappingStartEvent, SequenceStartEvent, AliasEvent)


class Seat(NamedTuple):
    """Where a value stands: the event of its key, its own first event, and the offset at which it ends."""

    key: Event | None
    value: Event
    end: int


class _TooLarge(Exception):  # noqa: N818
    """More than a file may hold; the offset tells where it became too much."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at


def read(path: str, text: str) -> Reading:
    """The documents of a text, and all that is to be said about it. Raises UsageError where libyaml is missing."""
    if left_over := conflicts.find(path, text):
        return Reading([], left_over, readable=False)
    walker, slip = _walk(path, text)
    if not slip:
        return Reading(walker.data, walker.told(), frozenset(walker.damaged))
    mended = mend.mend(text, slip, lambda rest: _walk(path, rest)[1]) if slip.rule != _TOO_LARGE else None
    if not mended:
        return Reading([], (slip,), readable=False)
    walker, _ = _walk(path, mended.text)
    told = (*(loss.problem for loss in mended.losses), *walker.told())
    return Reading(walker.data, told, mended.routes | walker.damaged, mended=mended.text)


def _walk(path: str, text: str) -> tuple[Walker, Problem | None]:
    """What a walk through the text finds, and the slip that ended it, if one did."""
    walker = Walker(path, text)
    try:
        walker.walk()
    except _TooLarge as limit:
        where = stretch(path, text, limit.at, min(limit.at + 1, len(text)))
        return walker, Problem(where, str(limit), tip="split the file", rule=_TOO_LARGE)
    except YAMLError as error:
        return walker, walker.cut_last() or slips.explain(path, text, error, walker.last)
    return walker, None


def _parser(text: str) -> Callable[[], Event]:
    try:
        from yaml._yaml import CParser
    except ImportError:
        raise UsageError("PyYAML has no C parser here; `pip install --force-reinstall pyyaml` brings it") from None
    return CParser(text).get_event


class Walker:
    """Goes through the events of one text, and keeps what it finds: data, problems, and seats if they are wanted."""

    __slots__ = (
        "_anchors", "_end", "_levels", "_may_cut", "_nodes", "_path", "_problems", "_take", "_text", "_untold", "_way",
        "damaged", "data", "last", "seats",
    )  # fmt: skip

    def __init__(self, path: str, text: str, seats: dict[Route, Seat] | None = None) -> None:
        self.data: list[object] = []
        self.damaged: set[Route] = set()
        self.seats = seats
        self.last: Event | None = None  # the scalar before what comes now
        self._path = path
        self._text = text
        self._take = _parser(text)
        self._problems: list[Problem] = []
        self._untold = 0
        self._anchors: dict[str, int] = {}  # where among the problems an anchor is told
        self._way: list[Step] = []
        self._nodes = 0
        self._levels = 0
        self._end = 0
        self._may_cut = eaten.may_cut(text)

    def walk(self) -> None:
        """Read every document. Raises what libyaml raises, and _TooLarge."""
        while (event := self._take()) is not None:
            kind = type(event)
            if kind is DocumentStartEvent and (event.version or event.tags):
                self._keep(refusals.directive(self._path, self._text, event))
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
        return eaten.cut(self._path, self._text, self.last.start_mark.index, self.last.end_mark.index)

    def _tell(self, problem: Problem, route: Route | None = None) -> None:
        """Keep a problem, and the route at which something was refused: the way so far, unless another is given."""
        self.damaged.add(tuple(self._way) if route is None else route)
        self._keep(problem)

    def _keep(self, problem: Problem) -> None:
        if len(self._problems) < _MOST_TOLD:
            self._problems.append(problem)
        else:
            self._untold += 1

    def _seat(self, key: Event | None, value: Event) -> None:
        if self.seats is not None:
            self.seats[tuple(self._way)] = Seat(key, value, max(self._end, value.end_mark.index))

    def _count(self, event: Event) -> None:
        self._nodes += 1
        if self._nodes > MOST_NODES:
            raise _TooLarge(f"this file holds more than {MOST_NODES:,} keys, values and items", event.start_mark.index)

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
        value = self._mapping(event) if kind is MappingStartEvent else self._sequence(event)
        self._levels -= 1
        return value

    def _go_down(self, event: Event) -> None:
        self._levels += 1
        if self._levels > MOST_LEVELS:
            raise _TooLarge(f"this file nests deeper than {MOST_LEVELS} levels", event.start_mark.index)

    def _scalar(self, event: Event) -> object:
        self.last = event
        self._end = event.end_mark.index
        if not event.style:
            if self._may_cut and event.value:
                told = eaten.cut(self._path, self._text, event.start_mark.index, event.end_mark.index)
                if told:
                    self._tell(told)
            return resolve(event.value)
        if not event.value and eaten.swallowed_head(self._text, event.start_mark.index):
            self._tell(eaten.begins(self._path, self._text, event.start_mark.index))
            return _ABSENT
        return event.value

    def _sequence(self, start: Event) -> object:
        items: list[object] = []
        event: Event
        while type(event := self._take()) is not SequenceEndEvent:
            self._way.append(len(items))
            value = self._node(event)
            if self._may_cut and value is None and not start.flow_style:
                value = self._item_left_empty(event)
            if value is not _ABSENT:
                self._seat(None, event)
                items.append(value)
            self._way.pop()
        self._end = event.end_mark.index
        return items

    def _item_left_empty(self, event: Event) -> object:
        told = not event.value and eaten.emptied_item(self._path, self._text, event.end_mark.index)
        if not told:
            return None
        self._tell(told)
        return _ABSENT

    def _mapping(self, start: Event) -> object:
        if self._text.startswith("{{", start.start_mark.index):
            self._tell(eaten.begins(self._path, self._text, start.start_mark.index))
            self._pass(start)
            return _ABSENT
        found: dict[str, object] = {}
        keys: dict[str, Event] = {}
        before: tuple[Event, Event] | None = None  # inside brackets: the entry before, if its value is unquoted
        key: Event
        while type(key := self._take()) is not MappingEndEvent:
            self._count(key)
            if type(key) is not ScalarEvent:
                self._refuse_key(key)
                continue
            value = self._take()
            if start.flow_style and self._is_eaten(key, value, before):
                continue
            self._entry(found, keys, key, value)
            before = (key, value) if type(value) is ScalarEvent and not value.style and value.value else None
        self._end = key.end_mark.index
        return found

    def _entry(self, found: dict[str, object], keys: dict[str, Event], key: Event, value: Event) -> None:
        name = key.value
        self._way.append(name)
        if key.anchor or key.tag:
            self._refuse_properties(key)
        if name == "<<" and not key.style:
            self._refuse_merge(key, value)
        elif not key.style and not isinstance(resolve(name), str):
            self._tell(refusals.typed_key(self._path, self._text, key))
            self._pass(value)
        elif name in keys:
            self._tell(refusals.second_key(self._path, self._text, key, keys[name]))
            self._pass(value)
        else:
            keys[name] = key
            content = self._node(value)
            self._seat(key, value)
            if self._may_cut and content is None:
                content = self._left_empty(key, value)
            if content is not _ABSENT:
                found[name] = content
        self._way.pop()

    def _is_eaten(self, key: Event, value: Event, before: tuple[Event, Event] | None) -> bool:
        """Whether this key is none: the rest of a text that a comma ended, or a key and its value without a space."""
        if key.style or type(value) is not ScalarEvent or value.style or value.value:
            return False
        if eaten.gives_value(self._text, key.end_mark.index):
            return False
        told = eaten.no_space(self._path, self._text, key.start_mark.index)
        if told:
            self._tell(told, (*self._way, key.value))
        elif before:
            begin, end = before[1].start_mark.index, before[1].end_mark.index
            # Of `{purpose: Cash, forecast, people}` the second comma belongs to the slip of the first.
            if self._text[end : key.start_mark.index].strip() == ",":
                told = eaten.comma(self._path, self._text, (begin, end), key.value)
                self._tell(told, (*self._way, before[0].value))
        return told is not None or before is not None

    def _left_empty(self, key: Event, value: Event) -> object:
        told = not value.value and eaten.emptied(self._path, self._text, key.end_mark.index)
        if not told:
            return None
        self._tell(told)
        return _ABSENT

    def _pass(self, event: Event) -> None:
        """Leave out a value that belongs to something refused."""
        depth = 0
        while True:
            if isinstance(event, CollectionStartEvent):
                depth += 1
                if self._levels + depth > MOST_LEVELS:
                    self._go_down(event)
            elif isinstance(event, CollectionEndEvent):
                depth -= 1
            if not depth:
                return
            event = self._take()
            self._count(event)

    def _refuse_properties(self, event: Event) -> None:
        if event.tag:
            self._tell(refusals.tag(self._path, self._text, event))
        if event.anchor:
            self._anchors[event.anchor] = len(self._problems)
            self._tell(refusals.anchor(self._path, self._text, event))

    def _alias(self, event: Event, use: str) -> None:
        """An alias is one slip with its anchor, and told there; without one, it is told where it stands."""
        at = self._anchors.get(event.anchor, -1)
        if not 0 <= at < len(self._problems):
            self._tell(refusals.alias(self._path, self._text, event))
            return
        self.damaged.add(tuple(self._way))
        told = self._problems[at]
        if len(told.related) < _MOST_RELATED:
            where = refusals.span(self._path, self._text, event)
            self._problems[at] = told._replace(related=(*told.related, Related(where, use)))

    def _refuse_merge(self, key: Event, value: Event) -> None:
        self.damaged.add(tuple(self._way[:-1]))
        if type(value) is AliasEvent and value.anchor in self._anchors:
            self._alias(value, "merged in here")
        else:
            self._tell(refusals.merge(self._path, self._text, key))
            self._pass(value)

    def _refuse_key(self, key: Event) -> None:
        """A key that is no scalar; where it begins with `{{`, a text was meant."""
        if type(key) is AliasEvent:
            self._alias(key, "used here")
        elif self._text.startswith("{{", key.start_mark.index):
            self._tell(eaten.begins(self._path, self._text, key.start_mark.index))
        else:
            self._tell(refusals.built_key(self._path, self._text, key))
        self._pass(key)
        self._pass(self._take())
