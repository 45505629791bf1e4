"""Plain data from a file in, typed values out: the fields that declarations and their parts are made of.

A kind is a class whose attributes are fields: `purpose = text()`, `forum: One[Forum] = ref("forum")`. The value of a
field is made when it is asked for, so thousands of declarations that nobody asks about cost nothing. The model holds
no line number and no YAML: where something stands is said by its route, with `at`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Self, TypeAlias, TypeGuard, TypeVar, overload

from coordlint.finding import Place, Route, Step
from coordlint.model.ref import Ref
from coordlint.values import VALUES, Refusal

if TYPE_CHECKING:
    from datetime import date

    from coordlint.model.base import Declaration
    from coordlint.model.org import Org

NOTHING: frozenset[str] = frozenset()

T_co = TypeVar("T_co", covariant=True)
P_co = TypeVar("P_co", bound="Node", covariant=True)


class Node:
    """A mapping of a declaration, or the declaration itself, with its fields.

    `unread` holds the fields that were said but could not be read, so that no rule takes them for missing; None stands
    for every field, where the file around could not be read.
    """

    __slots__ = ("data", "declaration", "made", "org", "path", "route", "unread")
    fields: ClassVar[Mapping[str, Field[Any]]] = {}
    naming: ClassVar[tuple[Naming, ...]] = ()  # those fields, and parts, in which something is named

    org: Org
    declaration: Declaration  # the one that this is, or is a part of
    data: Mapping[str, Any]
    path: str
    route: Route
    unread: frozenset[str] | None
    made: dict[Field[Any], Any]  # values of fields that somebody asked for: many rules ask the same

    def __init_subclass__(cls) -> None:
        fields: dict[str, Field[Any]] = {}
        for base in reversed(cls.__bases__):
            fields.update(base.fields if issubclass(base, Node) else {})
        fields.update({field.key: field for field in vars(cls).values() if isinstance(field, Field)})
        cls.fields = fields
        cls.naming = tuple(field for field in cls.fields.values() if isinstance(field, (Names, Parts, Part, Slots)))

    def says(self, key: str) -> bool:
        """Whether something stands there, readable or not. A `null` says nothing; an empty list claims completeness."""
        return self.data.get(key) is not None or self.unread is None or key in self.unread

    def says_below(self, way: str) -> bool:
        """Whether something stands in a field, or in that of any part: `purpose`, `steps.within`."""
        key, _, rest = way.partition(".")
        field = self.fields[key]
        if not rest or key not in self.data or not isinstance(field, Parts):
            return self.says(key)
        return any(part.says_below(rest) for part in field.read(self))

    def at(self, *way: Step | Declaration, on_key: bool = False) -> Place:
        """The place of a part of this; a declaration in the way stands for the item that names it."""
        return Place(self.path, self.route + self._steps(way), on_key)

    def _steps(self, way: Sequence[Step | Declaration]) -> Route:
        steps: list[Step] = []
        for step in way:
            if isinstance(step, (str, int)):
                steps.append(step)
            else:
                steps += self._item(steps[0] if steps else "", step)
        return tuple(steps)

    def _item(self, key: Step, target: Declaration) -> list[Step]:
        """The index of the reference to a declaration in a list; nothing where one value does for the list."""
        field = self.fields.get(str(key))
        if not isinstance(field, (One, Many)) or not isinstance(self.data.get(str(key)), list):
            return []
        found = (place for place, ref in enumerate(field.all(self)) if self.org.find(ref) is target)
        return [index for index in (next(found, None),) if index is not None]

    def refs(self, key: str) -> tuple[Ref[Any], ...]:
        """Every reference that stands in a field, also where the field should hold one and a list was written."""
        return self.fields[key].all(self)

    def references(self) -> Iterator[tuple[Route, Ref[Any]]]:
        """Every reference in this and its parts, with the way to it from the file's top."""
        data = self.data
        for field in self.naming:
            if field.key in data:
                yield from field.references(self)


class Field(Generic[T_co]):
    """How a value is read from plain data. Its key is the attribute's name, less the underscore that Python needs."""

    key: str = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.key = name.rstrip("_")

    @overload
    def __get__(self, node: None, owner: type) -> Self: ...
    @overload
    def __get__(self, node: Node, owner: type) -> T_co: ...
    def __get__(self, node: Node | None, owner: type) -> Self | T_co:
        return self if node is None else self.read(node)

    def read(self, node: Node) -> T_co:
        raise NotImplementedError

    def all(self, node: Node) -> tuple[Ref[Any], ...]:  # noqa: ARG002
        """Every reference that stands there, where the field holds names."""
        return ()

    def references(self, node: Node) -> Iterator[tuple[Route, Ref[Any]]]:  # noqa: ARG002
        return iter(())


def _listed(value: Any) -> list[Any]:
    """One value does for a list of one; null for none."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


class Text(Field[str | None]):
    def read(self, node: Node) -> str | None:
        value = node.data.get(self.key)
        return value if isinstance(value, str) else None


class Texts(Field[tuple[str, ...]]):
    def read(self, node: Node) -> tuple[str, ...]:
        return tuple(text for text in _listed(node.data.get(self.key)) if isinstance(text, str))


class Flag(Field[bool]):
    def read(self, node: Node) -> bool:
        return node.data.get(self.key) is True


class Number(Field[int | float | None]):
    def read(self, node: Node) -> int | float | None:
        value = node.data.get(self.key)
        return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


class Choice(Field[str]):
    """One of a few words, with the one that holds where nothing is said; "" where what is said cannot be read."""

    def __init__(self, default: str = "") -> None:
        self.default = default

    def read(self, node: Node) -> str:
        value = node.data.get(self.key)
        if isinstance(value, str):
            return value
        return "" if node.says(self.key) else self.default


class Plain(Field[Any]):
    """Data that only its own part of the program understands, such as the cases' conditions."""

    def read(self, node: Node) -> Any:
        return node.data.get(self.key)


class Value(Field[T_co | None]):
    """A text in one of the small languages, as its value; None where nothing stands or it was refused."""

    def __init__(self, language: str) -> None:
        self.language = language

    def read(self, node: Node) -> T_co | None:
        value = node.data.get(self.key)
        if value is None:
            return None
        if self not in node.made:
            read = VALUES[self.language](value)
            node.made[self] = None if isinstance(read, Refusal) else read
        made: T_co | None = node.made[self]
        return made


class Values(Field[tuple[T_co, ...]], Generic[T_co]):
    """A list of texts in one of the small languages, without those that were refused."""

    def __init__(self, language: str) -> None:
        self.language = language

    def read(self, node: Node) -> tuple[T_co, ...]:
        every = [VALUES[self.language](text) for text in _listed(node.data.get(self.key))]
        return tuple([each for each in every if not isinstance(each, Refusal)])  # type: ignore[misc]


class Names(Field[T_co]):
    """Names of others. What fits `besides` is no name: a word such as `anyone`, or a day where days may stand too."""

    def __init__(self, kinds: tuple[str, ...], or_text: bool, besides: str = "") -> None:
        self.kinds = kinds
        self.or_text = or_text
        self.besides = re.compile(besides) if besides else None

    def all(self, node: Node) -> tuple[Ref[Any], ...]:
        made: tuple[Ref[Any], ...] | None = node.made.get(self)
        if made is None:
            made = node.made[self] = self._all(node.data.get(self.key))
        return made

    def _all(self, value: Any) -> tuple[Ref[Any], ...]:
        if value is None:
            return ()
        kinds, or_text = self.kinds, self.or_text
        # In most fields every text is a name.
        if self.besides is None:
            if isinstance(value, str):
                return (Ref(value, kinds, or_text),)
            return tuple([Ref(text, kinds, or_text) for text in _listed(value) if isinstance(text, str)])
        return tuple([Ref(text, kinds, or_text) for text in _listed(value) if self.is_name(text)])

    def references(self, node: Node) -> Iterator[tuple[Route, Ref[Any]]]:
        value = node.data.get(self.key)
        way = (*node.route, self.key)
        if isinstance(value, list):
            for index, text in enumerate(value):
                if self.is_name(text):
                    yield (*way, index), self.ref(text)
        elif self.is_name(value):
            yield way, self.ref(value)

    def is_name(self, text: Any) -> TypeGuard[str]:
        return isinstance(text, str) and not (self.besides and self.besides.fullmatch(text))

    def ref(self, text: str) -> Ref[Any]:
        return Ref(text, self.kinds, self.or_text)


class One(Names["Ref[T_co] | None"], Generic[T_co]):
    """The one thing named there; None where nothing is, or several are: `Node.says` and `Node.refs` tell which."""

    def read(self, node: Node) -> Ref[T_co] | None:
        every = self.all(node)
        return every[0] if len(every) == 1 else None


class Many(Names["tuple[Ref[T_co], ...]"], Generic[T_co]):
    """The things named there, in order."""

    def read(self, node: Node) -> tuple[Ref[T_co], ...]:
        return self.all(node)


class Parts(Field[tuple[P_co, ...]], Generic[P_co]):
    """Mappings below a field, as nodes of their own; one mapping does for a list of one."""

    def __init__(self, part: type[P_co]) -> None:
        self.part = part

    def read(self, node: Node) -> tuple[P_co, ...]:
        made: tuple[P_co, ...] | None = node.made.get(self)
        if made is None:
            made = node.made[self] = self._read(node, node.data.get(self.key))
        return made

    def _read(self, node: Node, value: Any) -> tuple[P_co, ...]:
        if isinstance(value, list):
            numbered = enumerate(value)
            return tuple([self.bind(node, item, (self.key, i)) for i, item in numbered if isinstance(item, dict)])
        return (self.bind(node, value, (self.key,)),) if isinstance(value, dict) else ()

    def bind(self, node: Node, data: Mapping[str, Any], way: Route) -> P_co:
        part = self.part.__new__(self.part)
        part.org = node.org
        part.declaration = node.declaration
        part.data = data
        if node.declaration.model is None:
            part.path, part.route = node.path, node.route + way
        else:
            part.path, part.route, _ = node.at(*way)
        part.unread = NOTHING
        part.made = {}
        return part

    def references(self, node: Node) -> Iterator[tuple[Route, Ref[Any]]]:
        for part in self.read(node):
            yield from part.references()


class Slots(Value[T_co], Generic[T_co]):
    """A value in a small language whose mappings name something; `part` has the fields that do."""

    def __init__(self, language: str, part: type[Node]) -> None:
        super().__init__(language)
        self.parts = Parts(part)

    def __set_name__(self, owner: type, name: str) -> None:
        super().__set_name__(owner, name)
        self.parts.key = self.key

    @property
    def part(self) -> type[Node]:
        return self.parts.part

    def references(self, node: Node) -> Iterator[tuple[Route, Ref[Any]]]:
        return self.parts.references(node)


class Part(Field[P_co | None], Generic[P_co]):
    """The one mapping below a field, as a node of its own."""

    def __init__(self, part: type[P_co]) -> None:
        self.parts = Parts(part)

    def __set_name__(self, owner: type, name: str) -> None:
        super().__set_name__(owner, name)
        self.parts.key = self.key

    @property
    def part(self) -> type[P_co]:
        return self.parts.part

    def read(self, node: Node) -> P_co | None:
        return next(iter(self.parts.read(node)), None)

    def references(self, node: Node) -> Iterator[tuple[Route, Ref[Any]]]:
        return self.parts.references(node)


# The fields below which something may be named.
Naming: TypeAlias = Names[Any] | Parts[Any] | Part[Any] | Slots[Any]


def text() -> Text:
    return Text()


def texts() -> Texts:
    return Texts()


def flag() -> Flag:
    return Flag()


def number() -> Number:
    return Number()


def choice(default: str = "") -> Choice:
    return Choice(default)


def plain() -> Plain:
    return Plain()


def ref(*kinds: str, or_text: bool = False) -> Any:
    """A field that names one: annotate it with `One[…]`."""
    return One(kinds, or_text)


def refs(*kinds: str, or_text: bool = False, besides: str = "") -> Any:
    """A field that names any number: annotate it with `Many[…]`. What fits the pattern `besides` is no name."""
    return Many(kinds, or_text, besides)


def value(language: str) -> Any:
    """A field in a small language of `coordlint.values`: annotate it with `Value[…]`."""
    return Value(language)


def values(language: str) -> Any:
    """A list in a small language: annotate it with `Values[…]`."""
    return Values(language)


def slots(language: str, part: type[Node]) -> Any:
    """A field in a small language whose mappings name something: annotate it with `Slots[…]`."""
    return Slots(language, part)


def day() -> Value[date]:
    return Value("day")


def parts(part: type[P_co]) -> Parts[P_co]:
    return Parts(part)


def part(part: type[P_co]) -> Part[P_co]:
    return Part(part)
