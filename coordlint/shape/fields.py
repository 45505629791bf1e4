"""A field and a value in, why no declaration of that collection could have it out: for those who speak of fields."""

from __future__ import annotations

from typing import Any

from coordlint.shape.languages import refused_values
from coordlint.shape.schemas import explainer, resolved, schema, validator
from coordlint.values import Refusal


def unknown_field(collection: str, key: str) -> Refusal | None:
    """Why a collection has no field of that name, with the one that was probably meant."""
    fields = schema(collection)["properties"]
    if key in fields:
        return None
    from coordlint.shape.words import likeliest

    near = likeliest(key, fields)
    meant = f"; did you mean `{near}`?" if near else ""
    tip = f"write `{near}`" if near else f"`coordlint schema {collection}` lists the fields"
    return Refusal(f"{in_words(collection)} have no field `{key}`{meant}", tip=tip, on_key=True)


def refused_value(collection: str, key: str, value: Any) -> Refusal | None:
    """Why a value, or an item of a list, cannot stand in a field; its route is that of the value itself."""
    # What is like another one may leave out everything else.
    declaration = {"like": "another", key: value}
    for _, refusal in refused_values(collection, declaration):
        return refusal._replace(route=refusal.route[1:])
    if validator(collection).is_valid(declaration):
        return None
    from coordlint.shape.words import in_words as explained

    errors = explainer(collection).iter_errors(declaration)
    for said in explained(errors, schema(collection), resolved):
        if said.way[:1] == (key,):
            return Refusal(said.message, route=said.way[1:], tip=said.tip)
    return Refusal(f"this cannot stand in `{key}`")


def holds_many(collection: str, key: str) -> bool:
    """Whether a list may stand in a field, and means that there are several."""
    field = resolved(schema(collection)["properties"][key])
    return "array" in field.get("type", ()) and "x-one" not in field


def in_words(collection: str) -> str:
    """What the declarations of a collection are called, all of them."""
    return collection.replace("_", " ")
