"""How the manual tells of forums and who is in them, of two things with one name, and of where to begin."""

from __future__ import annotations

from copy import deepcopy

from manual_kit import Html, finding, manual_of

from coordlint.finding import Severity

ROLE = {"held_by": "ada"}
PEOPLE = {"ada": {"name": "Ada Lim"}}


def words(page: str) -> str:
    return Html(page).text


CHARTER = "Settles what sales and plant cannot. " + "It looks at every order that waits, and at what it waits for. " * 5


def test_a_forum_is_told_by_its_charter_and_by_the_people_in_it() -> None:
    declared = {
        "people": PEOPLE,
        "roles": {"cpo": {"name": "CPO", **ROLE}, "empty": {"held_by": []}},
        "teams": {"sales": {}},
        "forums": {
            "board": {"charter": CHARTER, "chair": "cpo", "members": ["cpo", "empty"], "teams": ["sales"]},
            "quiet": {"charter": "./charters/quiet.md", "teams": ["sales"]},
        },
    }
    pages = manual_of(declared)
    said = words(pages["forum/board.html"])
    assert "Board Settles what sales and plant cannot. Edit this" in said
    assert "Chair CPO Held by Ada Lim ." in said
    assert "Members CPO ( Ada Lim ) and Empty (vacant)" in said
    assert "Settles trade-offs within Sales" in said
    assert "Answers for it" not in said
    assert "Settles what Sales must settle." in words(pages["forum/quiet.html"])
    assert '<a href="../forums.html" aria-current="true">Forums</a>' in pages["forum/board.html"]
    assert "Start from your role, forum or team" in words(pages["index.html"])


def test_the_charter_of_a_forum_is_what_its_meeting_is_for() -> None:
    meeting = {"cadence": "as needed"}
    declared = {
        "forums": {"board": {"charter": CHARTER}, "far": {"charter": "./far.md"}, "silent": {}},
        "meetings": {
            name: {**meeting, "forum": forum} for name, forum in (("a", "board"), ("b", "far"), ("c", "silent"))
        },
    }
    pages = manual_of(declared)
    told = "Settles what sales and plant cannot. From the charter of Board ."
    assert told in words(pages["meeting/a.html"])
    assert told in words(pages["meetings.html"])
    assert "What it is for stands in the charter of Far ." in words(pages["meeting/b.html"])
    assert "No purpose is written down." in words(pages["meeting/c.html"])


def test_of_two_things_with_one_name_the_kind_is_said() -> None:
    declared = {
        "roles": {"head": {"team": "docs-team", "reports_to": "docs"}},
        "teams": {"docs-team": {"name": "Docs"}, "sales": {}},
        "forums": {"docs": {"name": "Docs", "teams": ["docs-team"]}, "other": {"teams": ["docs-team", "sales"]}},
    }
    pages = manual_of(declared)
    assert "Settles trade-offs within Docs (team)" in words(pages["forum/docs.html"])
    assert "Settles trade-offs between Docs (team) and Sales" in words(pages["forum/other.html"])
    # Where the question names the kind already, the name is enough.
    assert "Team Docs Reports to Docs (forum)" in words(pages["role/head.html"])
    assert "<h1>Docs</h1>" in pages["forum/docs.html"]


def test_a_hidden_thing_is_not_told_by_how_its_namesake_is_called() -> None:
    declared = {
        "teams": {"docs-team": {"name": "Docs"}},
        "forums": {"docs": {"name": "Docs", "PATH": "board/docs.yaml"}, "other": {"teams": ["docs-team"]}},
        "roles": {"chief": {}},
    }
    house = {"paths": [{"match": "board/**", "visible_to": ["chief"]}]}
    assert "Docs (team)" not in "".join(manual_of(deepcopy(declared), house).values())
    assert "Docs (team)" in manual_of(deepcopy(declared), house, reader="chief")["forum/other.html"]


def test_the_first_page_begins_with_the_errors() -> None:
    meetings = {f"m{n}": {"cadence": "as needed"} for n in range(24)}
    errors = [finding("meeting/x", "meeting", f"m{n}", f"meeting `m{n}` is wrong") for n in range(7)]
    found = [each._replace(severity=Severity.ERROR) for each in errors]
    found += [finding("meeting/y", "meeting", f"m{n}", f"meeting `m{n}` is odd") for n in range(7, 24)]
    pages = manual_of({"meetings": meetings}, findings=tuple(found))
    said = words(pages["index.html"])
    assert "Begin with these E Error: Meeting m0 is wrong. Meeting: M0" in said
    assert "Meeting m4 is wrong. Meeting: M4 All 7 errors By family 24 open: 7 errors (E), 17 warnings (W)." in said
    assert "24 findings: 7 errors, 17 warnings." in words(pages["findings.html"])


def test_many_roles_stand_by_team() -> None:
    declared = {
        "teams": {"sales": {}, "design": {}},
        "roles": {
            "zeal": {"team": "design"},
            **{f"role-{n:02}": {"team": "sales"} if n % 2 else {} for n in range(40)},
        },
    }
    said = words(manual_of(declared)["roles.html"])
    assert said.index("Zeal") < said.index("Role 01") < said.index("Role 39") < said.index("Role 00")
    assert "by team, those of no team last" in said


def test_a_tie_says_since_when() -> None:
    tie = {"team": "plant", "mode": "collaboration", "because": "One line.", "since": "2026-03-01"}
    said = words(manual_of({"teams": {"sales": {"works_with": [tie]}, "plant": {}}})["team/sales.html"])
    assert "Team How Because Since Until Plant Side by side One line. 1 March 2026 no end said" in said
