"""docs/format.md is true: every field stands in its section as the schemas have it, and every example is right.

The tables of fields are written from the schemas: `python tests/test_format_guide.py` writes them anew.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from schema_kit import COLLECTIONS, Schema, core, fast, resolved, schemas

from coordlint.facts.references import missed as lost
from coordlint.finding import Severity
from coordlint.model.base import ANY, PARTY
from coordlint.model.org import Org
from coordlint.rules import all_rules
from coordlint.shape import HOUSE_COLLECTIONS, Told
from coordlint.shape.languages import refused_values
from coordlint.shape.schemas import required
from coordlint.values import Refusal, parse_cadence, parse_condition, parse_input
from coordlint.workspace import Workspace

GUIDE = Path(__file__).parent.parent / "docs" / "format.md"
MARK = re.compile(r"<!-- fields: (\w+) -->\n(.*?)<!-- end -->", re.DOTALL)
LANGUAGES = {
    "day": "date",
    "moment": "date and time",
    "zone": "time zone",
    "duration": "duration",
    "every": "how often",
    "hours": "hours",
    "cadence": "[cadence](#cadences)",
    "input": "input",
    "condition": "condition",
}
SHARED = tuple(schemas()["people"]["properties"])[-17:]
# What a right says, and each of its cases may say again: a table explains it once.
ANSWER = tuple(schemas()["decision_rights"]["properties"]["otherwise"]["properties"])
# What stands in a mapping whose keys people choose.
MAPPINGS = {
    "inputs": "[inputs](#decision-tables)",
    "when": "[conditions](#decision-tables)",
    "given": "inputs with values",
    "where": "fields with values",
    "allow": "fields with values",
    "at_least": "fields with numbers",
    "at_most": "fields with numbers",
    "rules": "names of rules",
    "calendars": "ids with fields of their own",
    "periods": "ids with fields of their own",
    "house_rules": "ids with fields of their own",
}
SAME_KIND = {**resolved(schemas()["people"]["properties"]["like"]), "x-ref": ["the-same-kind"]}
# How the table names a key that people choose.
CHOSEN = {"rules": "NAME"}


# --- the tables ---


def takes(schema: Schema, key: str) -> str:
    """What a field takes, in the words of the guide."""
    kinds = schema.get("type", ())
    many = " (list)" if "array" in kinds and not schema.get("x-one") else ""
    if "x-ref" in schema:
        return _names(schema) + (" (one)" if schema.get("x-one") else many)
    if "x-value" in schema:
        return LANGUAGES[schema["x-value"]] + ("" if schema["x-value"] == "cadence" else many)
    if schema.get("format") == "date":
        return LANGUAGES["day"]
    if "enum" in schema:
        return ", ".join(f"`{word}`" for word in dict.fromkeys(str(word) for word in schema["enum"]))
    if many:
        return f"{takes(resolved(schema['items']), key)}{many}" if kinds != "array" or "items" in schema else "list"
    if kinds in ("boolean", "integer", "number"):
        return {"boolean": "`true` or `false`", "integer": "whole number", "number": "number"}[str(kinds)]
    if "string" in kinds and "object" not in kinds:
        return _text(schema)
    return "fields of its own" if "properties" in schema else MAPPINGS[key]


def _text(schema: Schema) -> str:
    if "\\./" in schema.get("pattern", ""):
        return "link or path"
    if schema.get("pattern", "").startswith("^[a-z0-9]"):
        return "id"
    if schema.get("pattern", "").startswith("^[a-z]+/"):
        return "name of a rule"
    return "text" if schema.get("maxLength", 0) > 200 else "short text"


def _names(schema: Schema) -> str:
    kinds = list(schema["x-ref"])
    words = ["anything"] if kinds == list(ANY) else [kind.replace("-", " ") for kind in kinds]
    if sorted(kinds[:4]) == sorted(PARTY) and kinds != list(ANY):
        words = ["party", *words[4:]]
    also = [f"`{word}`" for word in schema.get("x-ref-words", ())]
    if "integer" in schema.get("type", ()):
        also.insert(0, "a whole number")
    if schema.get("x-ref-or-text"):
        also.append("text")
    return "→ " + ", ".join(words) + "".join(f", or {word}" for word in also)


def rows(schema: Schema, left_out: tuple[str, ...] = (), before: str = "") -> Iterator[tuple[str, str, str]]:
    """A row for each field and each field below it: its name, what it takes, and what it says."""
    again = before in ("cases.", "otherwise.") and "decider" in schema["properties"]
    for key, inner in schema["properties"].items():
        if key in left_out or not isinstance(inner, dict) or (again and key in ANSWER):
            continue
        part = resolved(inner)
        meaning, _, example = part["description"].partition(" Example: ")
        needed = ", **required**" if key in required(schema) else ""
        shown = f" Example: `{example}`" if example else ""
        yield f"`{before}{key}`", takes(part, key) + needed, f"{meaning}{shown}"
        if "x-value" not in part and key != "inputs":
            yield from _rows_below(part, f"{before}{key}")
    if again:
        yield (
            ", ".join(f"`{before}{key}`" for key in ANSWER),
            "as above",
            "The same as of the right itself, for this case.",
        )


def _rows_below(part: Schema, name: str) -> Iterator[tuple[str, str, str]]:
    chosen = part.get("additionalProperties")
    if "properties" in part:
        yield from rows(part, (), f"{name}.")
    elif isinstance(chosen, dict) and "properties" in resolved(chosen):
        yield from rows(resolved(chosen), (), f"{name}.{CHOSEN.get(name, 'ID')}.")


def table(name: str) -> str:
    """The table of fields of a collection, of what all share (`common`), or of coordlint.yaml."""
    if name == "common":
        properties = {key: schemas()["people"]["properties"][key] for key in SHARED}
        every = list(rows({"properties": {**properties, "like": SAME_KIND}}))
    else:
        left_out = SHARED if name in COLLECTIONS and name != "log" else ()
        every = list(rows(schemas()[name], left_out))
    lines = ["| field | takes | says |", "|---|---|---|"]
    for field, what, meaning in every:
        escaped = meaning.replace("|", "\\|")
        lines.append(f"| {field} | {what} | {escaped} |")
    return "\n".join(lines) + "\n"


def written_anew(text: str) -> str:
    return MARK.sub(lambda mark: f"<!-- fields: {mark[1]} -->\n\n{table(mark[1])}\n<!-- end -->", text)


def guide() -> str:
    return GUIDE.read_text(encoding="utf-8")


def section(title: str) -> str:
    """The part of the guide below a heading of the second level."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", guide(), re.DOTALL | re.MULTILINE)
    assert found, title
    return found[1]


def test_the_tables_are_those_of_the_schemas() -> None:
    assert written_anew(guide()) == guide(), "run python tests/test_format_guide.py"


@pytest.mark.parametrize("name", [*COLLECTIONS, "coordlint"])
def test_every_field_is_named_in_its_section(name: str) -> None:
    text = section("coordlint.yaml" if name == "coordlint" else name)
    own = [key for key in schemas()[name]["properties"] if key not in SHARED or name in ("log", "coordlint")]
    assert [key for key in own if f"| `{key}` |" not in text] == []


def test_what_all_share_is_explained_once() -> None:
    text = section("What every declaration may say")
    assert [key for key in SHARED if f"| `{key}` |" not in text] == []


def test_every_field_below_a_field_is_named() -> None:
    text = guide()
    below = {
        f"{key}.{inner}"
        for name in COLLECTIONS
        for key, part in schemas()[name]["properties"].items()
        if key not in SHARED and not resolved(part).get("x-value")
        for inner in resolved(part).get("properties", {})
    }
    assert len(below) > 40
    assert sorted(name for name in below if f"`{name}`" not in text) == []


def test_every_key_of_a_cadence_is_explained() -> None:
    text = section("Cadences")
    keys = resolved(schemas()["common"]["$defs"]["cadence"])["properties"]
    assert [key for key in keys if f"`{key}`" not in text] == []


def test_the_sorts_of_the_log_take_the_keys_that_the_guide_says() -> None:
    text = section("log")
    for sort, schema in schemas()["log"]["dependentSchemas"].items():
        line = re.search(rf"^\| `{sort}` → .* \|(.*)\|(.*)\|$", text, re.MULTILINE)
        assert line, sort
        assert set(re.findall(r"`(\w+)`", line[1])) == set(schema["properties"]) - {sort}
        assert re.findall(r"`(\w+)`", line[2]) == required(schema)


# Declarations that the texts speak of, as forum/launch-council.
EXAMPLES = ("sales-monday", "regional-sync", "model-council-weekly")
# What the last section says is not yet computed, and the families of rules that would make it untrue.
NOT_YET = {
    "Scenarios": "scenario",
    "Clashes": "cadence",
    "waits": "latency",
}


def test_what_is_said_to_come_later_has_not_come_yet() -> None:
    text = section("What is read and not yet computed")
    families = {rule.family for rule in all_rules()}
    names = {rule.name for rule in all_rules()}
    assert [words for words in NOT_YET if words not in text] == []
    assert [words for words, family in NOT_YET.items() if family in families] == []
    later = ("cases-overlap", "cases-gap", "not-held", "too-many-hours", "house-cadence", "slower-than-target")
    assert [name for name in names if name.partition("/")[2] in later] == []


def test_every_rule_that_is_named_exists() -> None:
    """In the guide, in the descriptions of the schemas, and in the samples above."""
    rules = {rule.name for rule in all_rules()}
    families = {rule.family for rule in all_rules()} - {"coordlint"}
    texts = guide() + "".join(json.dumps(schema) for schema in schemas().values())
    named = {name for name in re.findall(r"[a-z]+/[a-z]+-[a-z-]+", texts) if name.partition("/")[0] in families}
    declared = {f"{kind}/{name}" for kind in ANY for name in ("model-council", "launch-council", *EXAMPLES)}
    assert len(named & rules) >= 3
    assert sorted(named - rules - declared) == []


# --- the examples ---


def blocks() -> list[Any]:
    return [core(text) for text in re.findall(r"^```yaml\n(.*?)^```$", guide(), re.DOTALL | re.MULTILINE)]


FILES = [block for block in blocks() if "edition" not in block]
HOUSES = [block for block in blocks() if "edition" in block]


def test_the_guide_has_an_example_of_every_collection() -> None:
    assert {collection for block in FILES for collection in block} == set(COLLECTIONS)
    assert set(HOUSES[-1]) == set(schemas()["coordlint"]["properties"]), "the last one is a file with everything"


@pytest.mark.parametrize("block", FILES, ids=lambda block: "-".join(block))
def test_an_example_of_declarations_is_right(block: dict[str, Any]) -> None:
    assert [error.message for error in fast("declarations").iter_errors(block)] == []
    for collection, declared in block.items():
        every = declared if collection == "log" else declared.values()
        for declaration in every:
            assert list(refused_values(collection, declaration or {})) == []


@pytest.mark.parametrize("house", HOUSES)
def test_an_example_of_coordlint_yaml_is_right(house: dict[str, Any]) -> None:
    assert [error.message for error in fast("coordlint").iter_errors(house)] == []
    assert list(refused_values("coordlint", house)) == []


def told() -> Iterator[Told]:
    house = HOUSES[-1]
    for collection in HOUSE_COLLECTIONS:
        for name, data in house[collection].items():
            yield Told(collection, name, data, "coordlint.yaml", (collection, name))
    yield Told("organisation", "", house, "coordlint.yaml", ())
    for block in FILES:
        for collection, declared in block.items():
            entries = [("", entry) for entry in declared] if collection == "log" else declared.items()
            for name, data in entries:
                yield Told(collection, name, data or {}, "guide.yaml", (collection, name))


def test_the_examples_together_are_one_company_in_which_every_name_leads_somewhere() -> None:
    org = Org(told(), date(2026, 3, 20))
    assert [second.id for _, second in org.duplicates] == []
    assert [(missed.user, missed.ref, missed.why.value) for missed in lost(org)] == []


def test_the_company_of_the_guide_has_no_errors(tmp_path: Path) -> None:
    """Read from files as everybody's are, with every rule that is on by default."""
    texts = re.findall(r"^```yaml\n(.*?)^```$", guide(), re.DOTALL | re.MULTILINE)
    for number, text in enumerate(texts):
        name = "coordlint.yaml" if "edition:" in text else f"part-{number}.yaml"
        (tmp_path / name).write_text(text, encoding="utf-8")
    for path in ("charters/board.md", "agendas/board.md"):
        (tmp_path / path).parent.mkdir()
        (tmp_path / path).write_text("", encoding="utf-8")
    run = Workspace(str(tmp_path)).run(as_of=date(2026, 3, 20))
    assert run.files == len(FILES) + 1
    assert [(each.rule, each.message) for each in run.findings if each.severity is Severity.ERROR] == []
    told = {each.rule for each in run.findings if each.rule.startswith(("yaml/", "shape/", "reference/"))}
    assert told == set()
    assert ("ownership/unowned", "service") in {(each.rule, each.id) for each in run.findings}, "as the guide says"


def within(value: Any) -> list[Any]:
    """What stands in a mapping or a list; a text alone is itself."""
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else [value]


def test_what_yaml_does_to_text_is_what_the_guide_says() -> None:
    """In each line of the table, what to write gives the text that was meant, and what not to write does not."""
    lines = re.findall(r"^\| .* \| `([^`]+)` \| `([^`]+)` \| .* \|$", section("What YAML does to text"), re.MULTILINE)
    assert len(lines) >= 14
    for wrong, right in lines:
        (meant,) = within(core(right))
        assert isinstance(meant, str)
        try:
            (found,) = within(core(wrong))
        except (yaml.YAMLError, ValueError):
            continue
        assert found != meant, wrong


def written_in(title: str) -> Iterator[str]:
    """What a table of the guide says to write: the last cell of its rows, where that is all code."""
    for cell in re.findall(r"^\|.*\| `([^`]+)` \|$", section(title), re.MULTILINE):
        yield cell.replace("\\|", "|")


def test_every_cadence_of_the_guide_is_read() -> None:
    every = [core(text) for text in written_in("Cadences")]
    assert len(every) >= 18
    assert [cadence for cadence in every if isinstance(parse_cadence(cadence), Refusal)] == []
    forms = {key for cadence in every if isinstance(cadence, dict) for key in cadence}
    assert forms == set(resolved(schemas()["common"]["$defs"]["cadence"])["properties"])


def test_every_input_and_condition_of_the_guide_is_read() -> None:
    every = [core(text) for text in written_in("Decision tables")]
    inputs = [value for value in every if isinstance(value, dict) or value == "yes_no"]
    conditions = [value for value in every if value not in inputs]
    assert len(inputs) >= 6
    assert len(conditions) >= 11
    assert [value for value in inputs if isinstance(parse_input(value), Refusal)] == []
    about = [parse_input(each) for each in ({"number": "0 to 100"}, {"one_of": ["nl", "be"]}, "yes_no")]
    for value in conditions:
        assert any(not isinstance(parse_condition(value, each), Refusal) for each in about), value


if __name__ == "__main__":
    GUIDE.write_text(written_anew(guide()), encoding="utf-8")
