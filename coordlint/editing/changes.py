"""What a file says and edits in, what it is to say afterwards out: plain data, with exactly those changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

from coordlint.finding import Edit, Place, Route


class Impossible(Exception):  # noqa: N818
    """An edit that makes no sense where it is to be made, or that cannot be made in this text; says why."""


def changed(data: Sequence[object], edits: Iterable[Edit]) -> list[object]:
    """The data of a file once these edits are made; what they speak of is as it was before all of them.

    Raises Impossible where an edit speaks of what is not there, or cannot be.
    """
    documents: list[Any] = [_copy(each) for each in data]
    placed = [(way_of(edit), edit) for edit in edits if isinstance(edit.where, Place)]
    # What lies deeper goes first, and of a list the last, so that each way still leads where it led.
    for way, edit in sorted(placed, key=lambda each: _order(*each), reverse=True):
        _CHANGES[edit.action](documents, way, edit.value)
    return documents


def way_of(edit: Edit) -> Route:
    """The way of an edit, beginning with the number of its document."""
    assert isinstance(edit.where, Place)
    route = edit.where.route
    return route if route and isinstance(route[0], int) else (0, *route)


def _order(way: Route, edit: Edit) -> tuple[object, ...]:
    last = way[-1] if way else ""
    return edit.action not in ("remove", "rename"), len(way), last if isinstance(last, int) else -1


def _copy(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _copy(value) for key, value in data.items()}
    return [_copy(each) for each in data] if isinstance(data, list) else data


def at(documents: Any, way: Route) -> Any:
    """What stands at the end of a way. Raises Impossible where it leads nowhere."""
    found = documents
    for step in way:
        leads_on = step < len(found) if isinstance(found, list) and isinstance(step, int) else step in _keys(found)
        if not leads_on:
            raise Impossible(f"`{step}` is not there")
        found = found[step]
    return found


def _keys(data: Any) -> Any:
    return data.keys() if isinstance(data, dict) else ()


def _is_there(documents: Any, way: Route) -> bool:
    try:
        at(documents, way)
    except Impossible:
        return False
    return True


def _rename(documents: list[Any], way: Route, value: object) -> None:
    holder, old, new = at(documents, way[:-1]), way[-1], str(value)
    if not isinstance(holder, dict) or old not in holder:
        raise Impossible(f"no key `{old}` is there")
    if new in holder:
        raise Impossible(f"`{new}` stands beside it already")
    entries = [(new if key == old else key, each) for key, each in holder.items()]
    holder.clear()
    holder.update(entries)


def _replace(documents: list[Any], way: Route, value: object) -> None:
    if isinstance(at(documents, way), (dict, list)):
        raise Impossible("more than a value of one line stands here")
    holder = at(documents, way[:-1])
    if isinstance(holder, list) and any(each == value for step, each in enumerate(holder) if step != way[-1]):
        raise Impossible(f"`{value}` stands in this list already")
    holder[way[-1]] = value


def _remove(documents: list[Any], way: Route, _: object) -> None:
    whole = removed(documents, way)
    holder = at(documents, whole[:-1])
    if isinstance(holder, dict) and len(holder) == 1:
        at(documents, whole[:-2])[whole[-2]] = None
    else:
        del holder[whole[-1]]


def removed(documents: Sequence[object], way: Route) -> Route:
    """The way of what goes when the part at a way is removed: a list goes with its last item.

    Where it is the last entry of a mapping, nothing is left of that but its key. Raises Impossible for a whole file.
    """
    holder = at(documents, way[:-1])
    at(documents, way)
    if isinstance(holder, list) and len(holder) == 1 and len(way) > 2:
        return removed(documents, way[:-1])
    if len(way) < 2 or (len(way) == 2 and len(holder) == 1):
        raise Impossible("nothing would be left in this file")
    return way


def _add(documents: list[Any], way: Route, value: object) -> None:
    if not _is_there(documents, way) or at(documents, way) is None:
        # One value does for a list of one; what is more than a word is an item all the same.
        _set(documents, way, [value] if isinstance(value, (dict, list)) else value)
        return
    there = at(documents, way)
    if isinstance(there, dict) and not isinstance(value, dict):
        raise Impossible(f"`{way[-1]}` holds fields, and not a list")
    items = there if isinstance(there, list) else [there]
    at(documents, way[:-1])[way[-1]] = [*items, value]


def _set(documents: list[Any], way: Route, value: object) -> None:
    key = way[-1]
    if len(way) == 2 and not documents:
        documents.append({key: value})  # a file that has said nothing so far
        return
    holder = at(documents, way[:-1])
    if holder is None:
        at(documents, way[:-2])[way[-2]] = {key: value}
    elif not isinstance(holder, dict):
        raise Impossible(f"`{key}` needs fields to stand among, and there are none")
    elif isinstance(holder.get(cast(str, key)), (dict, list)):
        raise Impossible(f"`{key}` says something already")
    else:
        holder[key] = value


_CHANGES = {"rename": _rename, "replace": _replace, "remove": _remove, "add": _add, "set": _set}
