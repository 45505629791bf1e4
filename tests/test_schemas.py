"""The schemas themselves: valid, described, followed by both libraries alike, and as strict as they mean to be."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import jsonschema
import jsonschema_rs
import pytest
from schema_kit import COLLECTIONS, FOLDER, NAMES, Schema, core, fast, resolved, schemas, subschemas, telling

from coordlint.model.kinds import KINDS
from coordlint.shape.languages import refused_values
from coordlint.values import VALUES, Refusal

# Where one of several keys must stand, no type union can say it; log.schema.json also holds each sort to its keys.
COMBINED = {
    ("escalations", "/$defs/step"): "a step reaches somebody, by `to` or by `cover`",
    ("initiatives", "/$defs/need"): "a need says what is needed",
    ("log", ""): "an entry says what happened",
    ("coordlint", "/$defs/house_rule"): "a rule asks for something",
}
COMBINATORS = {"anyOf", "oneOf", "allOf", "not", "if", "then", "else", "patternProperties", "unevaluatedProperties"}
EVERY_PART = [(name, way, part) for name in NAMES for way, part in subschemas(schemas()[name])]
PROPERTIES = [
    (name, f"{way}/properties/{key}", inner)
    for name, way, part in EVERY_PART
    for key, inner in part.get("properties", {}).items()
    if isinstance(inner, dict)
]


def called(name: str, way: str) -> str:
    return f"{name}#{way}"


# --- each schema ---


def test_no_schema_is_left_out() -> None:
    found = {path.name.removesuffix(".schema.json") for path in FOLDER.glob("*.schema.json")}
    assert set(NAMES) <= found


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_one_of_2020_12_and_named_like_its_file(name: str) -> None:
    schema = schemas()[name]
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"{name}.schema.json"
    jsonschema.Draft202012Validator.check_schema(schema)
    assert jsonschema_rs.meta.is_valid(schema)


@pytest.mark.parametrize("name", NAMES)
def test_no_key_stands_twice(name: str) -> None:
    """JSON would keep the last of two and say nothing."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        assert len(pairs) == len(dict(pairs)), pairs
        return dict(pairs)

    json.loads((FOLDER / f"{name}.schema.json").read_text(encoding="utf-8"), object_pairs_hook=once)


def test_every_property_is_described() -> None:
    silent = [called(name, way) for name, way, inner in PROPERTIES if not resolved(inner, name).get("description")]
    assert silent == []


def test_descriptions_are_sentences_of_their_own() -> None:
    """A hover shows one description alone: it begins with a capital, or with the words that may stand there."""
    for name, way, inner in PROPERTIES:
        description = resolved(inner, name)["description"]
        assert len(description) <= 320, called(name, way)
        assert description[0].isupper() or description.startswith("error, warning"), called(name, way)
        assert "\n" not in description, called(name, way)


def test_references_lead_somewhere_and_name_their_file() -> None:
    for name, way, part in EVERY_PART:
        if "$ref" in part:
            assert resolved(part, name), called(name, way)
            assert name == "common" or part["$ref"].partition("#")[0], called(name, way)


def test_structure_is_closed() -> None:
    """A key that no schema knows is refused wherever keys are named, so that a misspelt one is told.

    An entry of the log is closed by what its sort depends on, which every entry must have one of.
    """
    entry = schemas()["log"]
    assert {option["required"][0] for option in entry["anyOf"]} == entry["dependentSchemas"].keys()
    for name, way, part in EVERY_PART:
        if "properties" in part and (name, way) != ("log", ""):
            assert "additionalProperties" in part, called(name, way)
            open_on_purpose = way.endswith(("/properties/rules/additionalProperties", "/properties/given"))
            assert part["additionalProperties"] is False or open_on_purpose, called(name, way)


def test_combinators_stand_only_where_a_type_union_would_not_do() -> None:
    lending = {name: part for name, way, part in EVERY_PART if not way and "if" in part}
    used = {(name, way) for name, way, part in EVERY_PART if COMBINATORS & part.keys()}
    assert used == COMBINED.keys() | {(name, "") for name in lending}
    for name, part in lending.items():
        assert COMBINATORS & part.keys() == {"if", "else"}, name
        assert part["if"] == {"required": ["like"]}, f"{name}: a model lends what cannot be left out"
        assert part["else"].keys() == {"required"}, name
    for name, way, part in EVERY_PART:
        if (name, way) in COMBINED:
            assert COMBINATORS & part.keys() == {"anyOf"}
            assert all(set(option) == {"required"} for option in part["anyOf"])
            assert "anyOf" in part["$comment"]


def test_texts_are_bounded() -> None:
    """Every text has an end: by a length, by a list of words, or by the small language that reads the whole of it."""
    for name, way, part in EVERY_PART:
        whole = resolved(part, name)
        read_as_a_whole = way.startswith(("/$defs/slot/", "/$defs/input/"))
        if "string" in whole.get("type", ()) and not read_as_a_whole:
            assert {"maxLength", "enum"} & whole.keys() or "|" in whole.get("pattern", ""), called(name, way)


def test_one_pattern_for_references_everywhere() -> None:
    common = schemas()["common"]["$defs"]
    patterns = {part["pattern"] for _, _, part in EVERY_PART if "ext/" in part.get("pattern", "")}
    assert patterns == {common["reference"]["pattern"], common["reference_or_text"]["pattern"]}
    assert common["reference_or_text"]["pattern"].startswith(common["reference"]["pattern"] + "|")
    for name, way, part in EVERY_PART:
        if part.get("x-ref-or-text"):
            assert resolved(part, name)["pattern"] == common["reference_or_text"]["pattern"], called(name, way)


def test_marks_name_kinds_and_languages_that_exist() -> None:
    for name, way, part in EVERY_PART:
        assert set(part.get("x-ref", ())) <= set(KINDS), called(name, way)
        if "x-value" in part:
            assert part["x-value"] in {*VALUES, "condition"}, called(name, way)
        unknown = {key for key in part if key.startswith("x-")} - {
            "x-value",
            "x-ref",
            "x-ref-or-text",
            "x-ref-words",
            "x-one",
            "x-form",
        }
        assert not unknown, called(name, way)
        if {"x-ref-or-text", "x-ref-words", "x-one"} & part.keys():
            assert "x-ref" in part, called(name, way)


def test_the_common_fields_come_last_and_are_the_same_everywhere() -> None:
    shared = list(schemas()["people"]["properties"])[-17:]
    assert shared[0] == "name"
    assert shared[-1] == "waive"
    for collection in COLLECTIONS[:-1]:
        properties = schemas()[collection]["properties"]
        assert list(properties)[-17:] == shared
        for key in shared:
            assert properties[key]["$ref"] == f"common.schema.json#/$defs/{key}"


def test_a_file_takes_every_collection() -> None:
    properties = schemas()["declarations"]["properties"]
    assert tuple(properties) == COLLECTIONS
    for collection in COLLECTIONS[:-1]:
        assert properties[collection]["additionalProperties"] == {"$ref": f"{collection}.schema.json"}
    assert properties["log"]["items"] == {"$ref": "log.schema.json"}


# --- the examples in the descriptions ---


def example_of(part: Schema) -> str:
    return part.get("description", "").partition("Example: ")[2]


EXAMPLES = [(name, way, example_of(inner)) for name, way, inner in PROPERTIES if example_of(inner)]


@pytest.mark.parametrize(("name", "way", "example"), EXAMPLES, ids=[called(name, way) for name, way, _ in EXAMPLES])
def test_an_example_is_itself_valid(name: str, way: str, example: str) -> None:
    value = core(example)
    registry = jsonschema_rs.Registry([(schema["$id"], schema) for schema in schemas().values()])
    validator = jsonschema_rs.Draft202012Validator(
        {"$ref": f"{name}.schema.json#{way}"}, registry=registry, offline=True
    )
    assert [error.message for error in validator.iter_errors(value)] == []
    part: Any = schemas()[name]
    for step in way.split("/")[1:]:
        part = part[step]
    language = resolved(part, name).get("x-value")
    if language:
        assert not isinstance(VALUES[language](value), Refusal)


TOP_EXAMPLES = [
    (name, way.rpartition("/")[2], example)
    for name, way, example in EXAMPLES
    if name in (*COLLECTIONS, "coordlint") and way.count("/") == 2 and way.startswith("/properties/")
]


@pytest.mark.parametrize(
    ("name", "key", "example"), TOP_EXAMPLES, ids=[f"{name}.{key}" for name, key, _ in TOP_EXAMPLES]
)
def test_the_small_languages_in_an_example_are_read(name: str, key: str, example: str) -> None:
    about = {"percent": {"number": "0 to 100"}, "region": {"one_of": ["emea", "apac", "amer"]}, "uncapped": "yes_no"}
    data = {"inputs": about, key: core(example)} if key in ("cases", "also") else {key: core(example)}
    assert list(refused_values(name, data)) == []


# --- good and bad samples, judged by both libraries ---

GOOD = {
    "people": ["{}", "null", "{team: sales, joined: 2025-03-03, hours_per_week: 24, external: true}"],
    "roles": [
        "{held_by: []}",
        "{held_by: ines-okafor, deputy: role/regional-lead, independent_of: [engineering, forum/quality-board]}",
        "{held_as: each, per: account, headcount: 22, accountable_for: Revenue in EMEA}",
    ],
    "teams": [
        "{lead: ext/Kim & Partners, produces: [wear-forecast, A frozen build], works_with: {team: platform}}",
        "{works_with: [{team: platform, mode: service, until: 2026-12-31}]}",
    ],
    "forums": [
        "{charter: ./charters/launch.md, decider: cpo, quorum: 3}",
        "{votes: {rule: two_thirds, voters: [cpo, cfo], tie_break: ceo}, asynchronous: true}",
    ],
    "meetings": [
        "{cadence: as needed}",
        "{cadence: {every: week, day: tue, at: '10:00'}, pre_read: {record: plan, due_before: 1d}, for_each: report}",
        "{cadence: [{every: month, day: [second tue, 15]}, {dates: [2026-03-12]}], agenda: mailto:agenda@example.org}",
        "{cadence: as needed, like: launch-weekly, was: old-name, tags: external, links: ./notes.md}",
        "{cadence: as needed, outputs: [record/plan, a text, Text, ./a/b, 'https://a.b', größe, ext/kim], inputs: 日}",
        "{cadence: as needed, attendees: [ext/A, ext/Acme Inc., 'ext/Kim (Oslo)', ext/Ö & Co, 'ext/A, B']}",
        "{cadence: as needed, waive: {rule: meeting/no-output, reason: the minutes follow, until: 2027-06-30}}",
        "{cadence: as needed, waive: [{rule: no-output, until: 2026-02-30}, {rule: meeting}]}",
    ],
    "decision_rights": [
        "{question: Go, decider: {relative: the requester's manager}}",
        "{question: Go, decider: [cpo, cfo], inputs: {percent: {number: 0 to 100}, urgent: yes_no}}",
        "{question: Go, cases: {when: {percent: 10}, decider: cpo}, also: [{when: {urgent: true}, agrees: cfo}]}",
        "{question: Go, otherwise: {decider: ceo}, time_limit: 5d, reversible: false}",
    ],
    "handoffs": [
        "{delivers: Launch kit, from: anyone, to: [sales, role/vp-sales]}",
        "{delivers: [kit], through: https://example.org, steps: {do: Check it}, per_month: 0.5}",
        "{delivers: [kit], inputs: {region: {one_of: [apac]}}, cases: [{when: {region: apac}, to: sales-apac}]}",
    ],
    "escalations": [
        "{for: anything, steps: {to: cfo, within: 1d}}",
        "{steps: [{cover: {to: site-lead, days: [mon], hours: '08:00-18:00', calendar: de}, within: 30m}]}",
    ],
    "context_lines": ["{from: sales, to: [product], carries: [status, risks], back: decisions, through: sync}"],
    "initiatives": [
        "null",
        "{accountable: [a, b], needs: {ext: The certificate, by: 2026-10-20}, health: {state: at risk}}",
        "{milestones: [{name: Build frozen, due: 2026-09-15}], reviewed_in: launch-weekly}",
    ],
    "records": ["{keeps: Every decision, at: ./log.md, updated_every: week, read_by: [finance, meeting/weekly]}"],
    "terms": ["{means: A build, also_called: [rc], not: release, used_by: engineering, within: engineering}"],
    "scenarios": [
        "{given: {decision: discount, percent: 30, region: emea, uncapped: true}, expect: {decider: cfo}}",
        "{given: {escalation: outage, at: '2026-10-10T23:00', absent: cfo}, expect: {reaches: lead, within: 30m}}",
    ],
    "log": [
        "{held: launch-weekly, date: 2026-03-31, attended: 7, decisions: [launch-go-no-go, Moved the date]}",
        "{held: launch-weekly, date: 2026-03-31, attended: [cpo, cfo], decisions: 2}",
        "{cancelled: launch-weekly, date: 2026-03-31, because: Nothing was ready.}",
        "{decided: discount, date: 2026-03-31, id: D-1, what: 30 %, given: {percent: 30}, by: cfo, in: desk}",
        "{decided: discount, date: 2026-03-31, supersedes: D-0}",
        "{returned: kit, date: 2026-03-31, reason: price list missing}",
        "{escalated: deals, opened: '2026-03-31T14:05', closed: 2026-04-02, reached: 2}",
        "{slipped: fleet-3, from: 2026-09-30, to: 2026-11-15, known_since: 2026-07-01, cause: The bench was taken.}",
        "{updated: plan, date: 2026-03-31}",
        "{reviewed: meeting/sync, date: 2026-03-31, by: cpo, outcome: keep}",
    ],
    "coordlint": [
        "{edition: '2026'}",
        "{edition: 2026, preset: strict, calendars: {de: {timezone: Europe/Berlin, working_days: [mon]}}}",
        "{edition: 2026, rules: {meeting/no-output: off, meeting/too-many-people: {severity: info, max: 9}}}",
        "{edition: 2026, periods: {end: {last: 5d, of: quarter}}, limits: {meeting_people: 12}, exclude: archive/**}",
        "{edition: 2026, waive: {rule: meeting/no-output, for: board}, paths: {match: board/**, visible_to: board}}",
    ],
    "declarations": [
        "{}",
        "null",
        "{meetings: null, people: {ceo: null}, log: null}",
        "{log: [{updated: a, date: b}]}",
    ],
}

# Each with the way to what is wrong.
BAD = {
    "people": [
        ("{colour: red}", ""),
        ("[]", ""),
        ("{team: Sales}", "team"),
        ("{hours_per_week: 200}", "hours_per_week"),
    ],
    "roles": [
        ("{held_as: rota}", "held_as"),
        ("{headcount: 2.5}", "headcount"),
        ("{team: [a, b]}", "team"),
        ("{held_by: [{id: kim}]}", "held_by/0"),
        ("{team: teams/sales}", "team"),
        ("{team: null}", "team"),
    ],
    "teams": [("{works_with: {mode: service}}", "works_with"), ("{works_with: [platform]}", "works_with/0")],
    "forums": [
        ("{quorum: 0}", "quorum"),
        ("{votes: {quorum: 3}}", "votes"),
        ("{chair: [a, b]}", "chair"),
        ("{decider: [a, b]}", "decider"),
    ],
    "meetings": [
        ("{}", ""),
        ("null", ""),
        ("{cadence: weekly, agenda: see wiki}", "agenda"),
        ("{cadence: {evry: week}}", "cadence"),
        ("{cadence: [{every: week}, tuesdays]}", "cadence/1"),
        ("{cadence: as needed, for_each: manager}", "for_each"),
        ("{cadence: as needed, waive: {reason: because}}", "waive"),
        ("{cadence: as needed, waive: [{rule: [meeting/no-output]}]}", "waive/0/rule"),
        ("{cadence: as needed, purpose: ''}", "purpose"),
        ("{cadence: as needed, purpose: 5}", "purpose"),
        ("{cadence: as needed, outputs: [deal_log]}", "outputs/0"),
        ("{cadence: as needed, outputs: ''}", "outputs"),
        ("{cadence: as needed, attendees: 'ext/Marta,'}", "attendees"),
        ("{cadence: as needed, attendees: {a: b}}", "attendees"),
        ("{cadence: as needed, name: " + "x" * 201 + "}", "name"),
        ("{cadence: as needed, purpose: " + "x" * 20001 + "}", "purpose"),
    ],
    "decision_rights": [
        ("{}", ""),
        ("{question: Go, decider: {role: cpo}}", "decider"),
        ("{question: Go, cases: [{decider: cpo}]}", "cases/0"),
        ("{question: Go, also: [{when: {a: 1}, decider: cpo}]}", "also/0"),
        ("{question: Go, otherwise: {when: {a: 1}}}", "otherwise"),
        ("{question: Go, inputs: {Percent: yes_no}}", "inputs"),
        ("{question: Go, reversible: 'yes'}", "reversible"),
    ],
    "handoffs": [
        ("{from: a}", ""),
        ("{delivers: [x], per_month: -1}", "per_month"),
        ("{delivers: x_y}", "delivers"),
        ("{delivers: [x], through: ../x}", "through"),
        ("{delivers: [x], trigger: teams/sales}", "trigger"),
        ("{delivers: [x], steps: [{}]}", "steps/0"),
    ],
    "escalations": [
        ("{for: discount}", ""),
        ("{steps: []}", "steps"),
        ("{steps: [{within: 1d}]}", "steps/0"),
        ("{steps: [{cover: [{days: [mon]}]}]}", "steps/0/cover/0"),
        ("{steps: [{cover: {to: a, days: [monday]}}]}", "steps/0/cover/days/0"),
    ],
    "context_lines": [("{from: a, to: b}", ""), ("{from: a, to: b, carries: news}", "carries")],
    "initiatives": [
        ("{needs: [{by: 2026-01-01}]}", "needs/0"),
        ("{health: {as_of: 2026-01-01}}", "health"),
        ("{health: {state: good}}", "health/state"),
    ],
    "records": [("{at: ./x}", ""), ("{keeps: It, at: 'C drive'}", "at")],
    "terms": [("{not: x}", ""), ("{means: It, within: [a, b]}", "within")],
    "scenarios": [
        ("{given: {decision: d}}", ""),
        ("{given: {decision: d}, expect: {}}", "expect"),
        ("{given: {Big Deal: 1}, expect: {decider: a}}", "given"),
    ],
    "log": [
        ("{date: 2026-03-31}", ""),
        ("{held: weekly}", ""),
        ("{held: weekly, date: 2026-03-31, because: x}", ""),
        ("{held: weekly, cancelled: weekly, date: 2026-03-31}", ""),
        ("{reviewed: a, date: 2026-03-31, outcome: stop}", "outcome"),
        ("{held: weekly, date: 2026-03-31, attended: -1}", "attended"),
        ("{held: weekly, date: 2026-03-31, decisions: [go_no_go]}", "decisions/0"),
    ],
    "coordlint": [
        ("{}", ""),
        ("{edition: 2027}", "edition"),
        ("{edition: 2026, calendars: {de: {}}}", "calendars/de"),
        ("{edition: 2026, limits: {meetings: 3}}", "limits"),
        ("{edition: 2026, rules: {meeting/no-output: never}}", "rules/meeting~1no-output"),
        ("{edition: 2026, rules: {no-output: off}}", "rules"),
        ("{edition: 2026, periods: {end: {last: 5d}}}", "periods/end"),
        ("{edition: 2026, house_rules: {a: {for: meetings}}}", "house_rules/a"),
        ("{edition: 2026, house_rules: {a: {for: meetings, message: x}}}", "house_rules/a"),
        (
            "{edition: 2026, house_rules: {a: {for: meetings, message: x, at_least: {links: 0}}}}",
            "house_rules/a/at_least/links",
        ),
        (
            "{edition: 2026, house_rules: {a: {for: meetings, message: x, allow: {type: {a: b}}}}}",
            "house_rules/a/allow/type",
        ),
        ("{edition: 2026, source_url: https://example.org}", "source_url"),
    ],
    "declarations": [
        ("{meeting: {}}", ""),
        ("{meetings: []}", "meetings"),
        ("{people: {Ceo: null}}", "people"),
        ("{people: {" + "x" * 65 + ": null}}", "people"),
        ("{meetings: {weekly: null}}", "meetings/weekly"),
        ("{log: {a: b}}", "log"),
    ],
}
GOOD_SAMPLES = [(name, text) for name, texts in GOOD.items() for text in texts]
BAD_SAMPLES = [(name, text, way) for name, samples in BAD.items() for text, way in samples]


@pytest.mark.parametrize(("name", "text"), GOOD_SAMPLES)
def test_what_is_right_is_let_through_by_both(name: str, text: str) -> None:
    data = core(text)
    assert [error.message for error in telling(name).iter_errors(data)] == []
    assert [error.message for error in fast(name).iter_errors(data)] == []


@pytest.mark.parametrize(("name", "text", "way"), BAD_SAMPLES)
def test_what_is_wrong_is_refused_by_both_at_the_same_place(name: str, text: str, way: str) -> None:
    data = core(text)
    assert not fast(name).is_valid(data)
    assert way in {pointer(error.absolute_path) for error in telling(name).iter_errors(data)}
    assert way in {pointer(error.instance_path) for error in fast(name).iter_errors(data)}


def pointer(steps: Iterable[str | int]) -> str:
    return "/".join(str(step).replace("/", "~1") for step in steps)


def test_every_collection_has_samples() -> None:
    assert GOOD.keys() == BAD.keys() == {*COLLECTIONS, "coordlint", "declarations"}


# Where the two differ: the one that decides refuses, and the one that explains finds no reason.
DIFFERENT = [
    ("records", {"keeps": "It", "owner": "cfo\n"}),
    ("meetings", {"cadence": "as needed", "was": "old\n"}),
    ("declarations", {"people": {"ceo\n": None}}),
    ("handoffs", {"delivers": "It", "per_month": float("inf")}),
    ("handoffs", {"delivers": "It", "per_month": float("nan")}),
]


@pytest.mark.parametrize(("name", "data"), DIFFERENT)
def test_what_only_the_deciding_library_refuses(name: str, data: dict[str, Any]) -> None:
    assert not fast(name).is_valid(data)
    assert list(fast(name).iter_errors(data))
    assert list(telling(name).iter_errors(data)) == []
