"""What not everybody may see is nowhere in a manual that is made for everybody, whichever way it is named."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from cli_kit import DAY, call, organisation

from coordlint.model.base import ANY, Node
from coordlint.model.fields import Names, Part, Parts, Slots
from coordlint.model.kinds import KINDS

# Every id, name, path and text of the closed part has this in it, and nothing that is open has.
SECRET = "zq"
HOUSE: dict[str, Any] = {
    "organisation": "Acme", "layer_owner": f"{SECRET}-role", "edition": "2026", "preset": "strict",
    "paths": [{"match": match, "visible_to": f"{SECRET}-forum"} for match in (f"{SECRET}/**", f"{SECRET}.md")],
}  # fmt: skip
NAMED = {name: kind for name, kind in KINDS.items() if name in ANY}
# What a declaration or a part of one must say besides names, and ways to name a closed file.
WHEN = {"when": {"amount": "up to 5"}}
INPUTS = {"inputs": {"amount": {"number": "0 to 100"}}}
BESIDES: dict[str, dict[str, Any]] = {
    "Case": WHEN, "Addition": WHEN, "HandoffCase": WHEN, "CadenceSlot": {"by": "2d", "at": "10:00", "lasts": "1h"},
    "HandoffStep": {"do": "Looked through"}, "Tie": {"mode": "service"}, "Votes": {"rule": "majority"},
    "DecisionRight": {"question": "May we?", **INPUTS}, "Handoff": INPUTS, "ContextLine": {"carries": ["context"]},
    "Term": {"means": "A word."}, "Forum": {"charter": f"./{SECRET}.md#top"},
    "Meeting": {"agenda": f"./{SECRET}/lost.md"},
    "Record": {"keeps": "Plans", "at": f"./{SECRET}/plan 1.md", "links": [f"./{SECRET}.md#top"]},
}  # fmt: skip
BETWEEN = {"from": f"{SECRET}-team", "to": f"{SECRET}-team"}
LOG = [
    {"held": "meeting", "attended": "role"},
    {"decided": "decision-right", "by": "person", "in": "meeting"},
    {"reviewed": "team", "by": "role"},
    {"updated": "record"},
]


def naming(kind: type[Node], turn: int) -> dict[str, Any]:
    """Data of a kind in which every field that names something names a closed declaration."""
    data: dict[str, Any] = dict(BESIDES.get(kind.__name__, {}))
    for key, field in kind.fields.items():
        if isinstance(field, Names) and key != "like":
            kinds = [each for each in field.kinds if each in ANY]
            data.update({key: f"{SECRET}-{kinds[turn % len(kinds)]}"} if kinds else {})
        elif isinstance(field, (Part, Parts, Slots)):
            part = naming(field.part, turn)
            data.update({key: part} if part else {})
    return data


def closed_part() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, kind in NAMED.items():
        said = {
            key: f"{SECRET} {value}" if not value.startswith("./") else f"./{SECRET}/charter.md"
            for key, value in BESIDES.get(kind.__name__, {}).items()
            if isinstance(value, str)
        }
        found[kind.collection] = {f"{SECRET}-{name}": {"name": f"{SECRET.upper()} {name}", "because": SECRET, **said}}
    found["forums"][f"{SECRET}-forum"]["teams"] = ["open-team-0", "open-team-1"]
    found["meetings"][f"{SECRET}-meeting"]["cadence"] = "as needed"
    found["meetings"][f"{SECRET}-twin"] = {"cadence": "as needed"}
    found["records"][f"{SECRET}-twin"] = {"keeps": SECRET}
    found["escalations"][f"{SECRET}-escalation"]["steps"] = [{"to": f"{SECRET}-role"}]
    found["handoffs"][f"{SECRET}-handoff"].update(delivers=SECRET, **BETWEEN)
    found["context_lines"][f"{SECRET}-context-line"].update(carries=["context"], **BETWEEN)
    return found


def open_part() -> dict[str, Any]:
    kinds = {**NAMED, "scenario": KINDS["scenario"]}
    found: dict[str, Any] = {
        kind.collection: {f"open-{name}-{turn}": naming(kind, turn) for turn in range(len(ANY))}
        for name, kind in kinds.items()
    }
    found["log"] = [{"date": "2026-06-01"} | {key: f"{SECRET}-{kind}" for key, kind in entry.items()} for entry in LOG]
    # A name that can mean two things, and one that may not stand there.
    found["context_lines"]["of-either"] = {**BESIDES["ContextLine"], **BETWEEN, "through": f"{SECRET}-twin"}
    found["decision_rights"]["by-a-record"] = {"question": "May I?", "decider": f"record/{SECRET}-record"}
    # What takes over what is closed.
    found["records"]["follower"] = {"like": f"{SECRET}-record", "keeps": "Plans"}
    found["meetings"]["follower"] = {"like": f"{SECRET}-meeting", "cadence": "as needed"}
    # So many parties that the matrix is cut up by areas.
    found["decision_rights"]["for-many"] = {
        "question": "May they?", "decider": f"{SECRET}-forum", "informed": [f"ext/party-{n}" for n in range(30)],
    }  # fmt: skip
    return found


def rendered(folder: Path, house: Mapping[str, Any], broken: bool = False) -> dict[str, str]:
    """Everything that is written when the organisation is rendered: its path and its text."""
    files = {"open.yaml": json.dumps(open_part()), f"{SECRET}/part.yaml": json.dumps(closed_part())}
    if broken:
        files |= {f"{SECRET}/broken.yaml": "roles: [", f"{SECRET}/odd.yaml": "roles: {zq-odd: {held_by: 3}}\n"}
    organisation(folder / "org", files, json.dumps(house))
    (folder / "org" / SECRET / "a link.yaml").symlink_to("part.yaml")
    ended = call("render", "org", "--into", "out", *DAY, cwd=folder)
    assert ended.code in (0, 2), ended.err
    out = folder / "out"
    return {path.relative_to(out).as_posix(): path.read_text() for path in out.rglob("*") if path.is_file()}


@pytest.mark.parametrize("broken", [False, True], ids=["all read", "some unread"])
def test_what_is_closed_is_nowhere(tmp_path: Path, broken: bool) -> None:
    pages = rendered(tmp_path, HOUSE, broken)
    assert len(pages) > 100
    leaks = [
        f"{path}: {text[max(at - 60, 0) : at + 60]}"
        for path, text in pages.items()
        for at in [f"{text} {path}".casefold().find(SECRET)]
        if at >= 0
    ]
    assert leaks == []


def test_the_same_is_everywhere_where_nothing_is_closed(tmp_path: Path) -> None:
    pages = rendered(tmp_path, {key: value for key, value in HOUSE.items() if key != "paths"})
    assert sum(SECRET in text.casefold() for text in pages.values()) > 100
