"""What the manual says, and that every page of it is whole: links, landmarks, headings, tables."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from manual_kit import Html, example, finding, manual_of, resolved, texts

from coordlint.finding import Accepted, Finding, Span, UsageError

LAST_DAY = date(2027, 6, 30)
ROLE = {"held_by": "ada"}
PEOPLE = {"ada": {"name": "Ada Lim"}}


def words(page: str) -> str:
    return Html(page).text


# Every page of the example is whole.

PAGES = sorted(path for path in example() if path.endswith(".html"))


@pytest.fixture(scope="module")
def pages() -> dict[str, Html]:
    return {path: Html(text) for path, text in texts(example()).items() if path.endswith(".html")}


def test_every_link_leads_somewhere(pages: dict[str, Html]) -> None:
    lost = []
    for path, page in pages.items():
        for href in page.links():
            if href.startswith(("https://", "http://", "mailto:")):
                continue
            target, mark = resolved(path, href)
            if target not in example() or (mark and mark not in pages[target].ids):
                lost.append((path, href))
    assert lost == []


def test_every_page_is_well_formed(pages: dict[str, Html]) -> None:
    assert {path: page.wrong for path, page in pages.items() if page.wrong} == {}
    assert {path: page.ids for path, page in pages.items() if len(page.ids) != len(set(page.ids))} == {}


def test_every_page_has_its_landmarks_and_one_first_heading(pages: dict[str, Html]) -> None:
    for path, page in pages.items():
        tags = [tag for tag, _ in page.elements]
        assert [tags.count(tag) for tag in ("main", "header", "footer", "h1", "title")] == [1, 1, 1, 1, 1], path
        assert all(each.get("aria-label") or each.get("aria-labelledby") for each in page.all("nav")), path
        assert page.all("html")[0]["lang"] == "en"
        assert page.links()[0] == "#main", path


def test_headings_go_down_one_level_at_a_time(pages: dict[str, Html]) -> None:
    for path, page in pages.items():
        levels = [int(tag[1]) for tag, _ in page.elements if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit()]
        assert levels[0] == 1, path
        assert all(later <= earlier + 1 for earlier, later in pairwise(levels)), (path, levels)


def test_every_table_says_what_it_is_and_scrolls_by_itself(pages: dict[str, Html]) -> None:
    for path, page in pages.items():
        tags = [tag for tag, _ in page.elements]
        assert tags.count("table") == tags.count("caption"), path
        assert all("scope" in attributes for attributes in page.all("th")), path
        regions = [each for each in page.all("div") if each.get("role") == "region"]
        assert all(each.get("tabindex") == "0" and each.get("aria-label") for each in regions), path
        assert len({each["aria-label"] for each in regions}) == len(regions), path


def test_nothing_is_fetched_and_nothing_runs_but_the_manuals_own_script(pages: dict[str, Html]) -> None:
    for path, page in pages.items():
        up = "../" * path.count("/")
        assert [each["src"] for each in page.all("script")] == [f"{up}manual.js"], path
        assert [each["href"] for each in page.all("link")] == [f"{up}manual.css"], path
        assert not {"img", "iframe", "object", "embed", "style", "base"} & {tag for tag, _ in page.elements}, path
        policy = next(each["content"] for each in page.all("meta") if "http-equiv" in each)
        assert policy.startswith("default-src 'none'; style-src 'self'; script-src 'self';")
        assert "unsafe" not in policy


def test_the_stylesheet_names_nothing_outside() -> None:
    style = example()["manual.css"].decode()
    assert "url(" not in style
    assert "@import" not in style
    assert "@media print" in style
    assert "prefers-color-scheme: dark" in style
    assert ":focus-visible" in style


def test_the_tab_of_a_page_is_marked(pages: dict[str, Html]) -> None:
    assert [each["href"] for each in pages["meetings.html"].all("a") if each.get("aria-current") == "page"] == [
        "meetings.html"
    ]
    meeting = next(path for path in pages if path.startswith("meeting/"))
    assert [each["href"] for each in pages[meeting].all("a") if each.get("aria-current") == "true"] == [
        "../meetings.html"
    ]


def test_every_declaration_with_an_id_has_a_page() -> None:
    kinds = {path.partition("/")[0] for path in example() if "/" in path}
    assert kinds == {
        "person", "role", "team", "forum", "meeting", "decision-right", "handoff", "escalation", "context-line",
        "initiative", "record", "term",
    }  # fmt: skip


# What pages say.


def test_the_first_page_names_the_owner_of_the_layer_and_counts_what_there_is() -> None:
    house = {"organisation": "Northwind", "description": "We make robots.", "layer_owner": "chief"}
    pages = manual_of({"roles": {"chief": {"name": "Chief of staff"}}}, house)
    said = words(pages["index.html"])
    assert "How Northwind works" in said
    assert "We make robots." in said
    assert "Chief of staff owns it, end to end." in said
    assert "1 role" in said
    assert "As of Monday 12 October 2026, from two files." in said
    assert "Nobody is named yet who owns it" in words(manual_of({})["index.html"])


def test_what_falls_due_is_told_with_who_looks_again() -> None:
    meetings = {
        "late": {"cadence": "as needed", "chair": "chief", "review_by": "2026-09-01"},
        "soon": {"cadence": "as needed", "review_by": "2026-10-30"},
        "later": {"cadence": "as needed", "review_by": "2027-10-30"},
    }
    said = words(manual_of({"roles": {"chief": {}}, "meetings": meetings})["index.html"])
    assert "Late to be looked at again Chief W Warning: 1 September 2026 , 41 days ago" in said
    assert "30 October 2026 , in 18 days" in said
    assert "2027" not in said


def test_what_was_to_end_falls_due_until_it_says_that_it_has() -> None:
    meetings = {
        "interim": {"cadence": "as needed", "until": "2026-09-30"},
        "rested": {"cadence": "as needed", "status": "paused", "status_until": "2026-08-31"},
        "yearly": {"cadence": "as needed", "since": "2025-10-20", "review_every": "year"},
        "over": {"cadence": "as needed", "status": "ended", "until": "2026-07-31"},
        "replaced": {"cadence": "as needed", "until": "2026-06-30", "replaced_by": "interim"},
    }
    roles = {"stand-in": {"reports_to": "chief", "until": "2026-10-02"}, "chief": {"name": "Chief of staff"}}
    said = words(manual_of({"meetings": meetings, "roles": roles})["index.html"])
    assert "Stand in it was to end Chief of staff W Warning: 2 October 2026" in said
    assert "Interim it was to end nobody W Warning: 30 September 2026 , 12 days ago" in said
    assert "Rested its status ends nobody W Warning: 31 August 2026" in said
    assert "Yearly to be looked at again nobody 20 October 2026 , in 8 days" in said
    assert "July 2026" not in said
    assert "June 2026" not in said


def test_a_meeting_takes_from_its_forum_what_it_does_not_say() -> None:
    declared = {
        "roles": {"chief": {"name": "Chief of staff"}, "cpo": {}},
        "forums": {"council": {"chair": "chief", "members": ["cpo"], "charter": "Settle trade-offs."}},
        "meetings": {
            "weekly": {
                "forum": "council",
                "purpose": "Decide every open trade-off.",
                "cadence": {"every": "week", "day": "tue", "at": "10:00", "lasts": "45m"},
            }
        },
    }
    said = words(manual_of(declared)["meeting/weekly.html"])
    assert "Decide every open trade-off." in said
    assert "When Every Tuesday at 10:00 for 45 minutes" in said
    assert "Chair Chief of staff , from the forum" in said
    assert "Expected Cpo , from the forum" in said


def test_a_decision_right_answers_its_question_first() -> None:
    rights = {"go": {"question": "Do we go?", "decider": "cpo", "agrees": ["cfo"], "time_limit": "5d"}}
    page = manual_of({"roles": {"cpo": {}, "cfo": {}}, "decision_rights": rights})["decision-right/go.html"]
    assert "Do we go? Cpo decides , and Cfo must agree . You have an answer within 5 working days." in words(page)


def test_a_call_without_a_decider_says_so_and_blames_nobody() -> None:
    pages = manual_of({"decision_rights": {"go": {"question": "Do we go?"}}})
    assert "Nobody decides this yet. This is a gap in the layer, not in your request." in words(
        pages["decision-right/go.html"]
    )
    assert "One has a gap: a call that nobody may make." in words(pages["decision-rights.html"])


TABLE: dict[str, Any] = {
    "question": "May we give this discount?",
    "inputs": {"percent": {"number": "0 to 100", "unit": "%"}, "big": "yes_no"},
    "cases": [
        {"when": {"percent": "up to 10"}, "decider": "seller", "asynchronous": True, "time_limit": "1d"},
        {"when": {"percent": "over 10 up to 25"}, "decider": "lead", "time_limit": "4d"},
        {"when": {"percent": "over 25"}},
    ],
    "also": [{"when": {"big": True}, "agrees": "counsel"}],
    "informed": "seller",
}
ROLES: dict[str, Any] = {"seller": {}, "lead": {}, "counsel": {}}


def test_cases_are_told_in_words() -> None:
    said = words(manual_of({"roles": ROLES, "decision_rights": {"discount": TABLE}})["decision-right/discount.html"])
    assert "It depends on percent and big: Seller or Lead decides." in said
    assert "up to 10 % any Seller without a meeting 1 working day" in said
    assert "over 25 % any G Gap: nobody decides" in said
    assert "where big is yes, Counsel must agree." in said


def test_the_matrix_gives_each_party_its_letters() -> None:
    page = Html(manual_of({"roles": ROLES, "decision_rights": {"discount": TABLE}})["decision-rights.html"])
    letters = [each for each in page.all("span") if each.get("class", "").startswith("L ")][8:]
    assert [(each["class"], each["title"]) for each in letters] == [
        ("L D part", "decides in some cases"),
        ("L I", "is informed"),
        ("L D part", "decides in some cases"),
        ("L A part", "must agree in some cases"),
    ]
    assert "G Gap: Gap. One case without a decider." in page.text


def test_the_matrix_marks_only_those_who_share_a_call() -> None:
    right = {
        "question": "?",
        "inputs": {"big": "yes_no"},
        "cases": [{"when": {"big": True}, "decider": ["a", "b"]}, {"when": {"big": False}, "decider": "c"}],
    }
    page = Html(
        manual_of({"roles": {"a": {}, "b": {}, "c": {}}, "decision_rights": {"r": right}})["decision-rights.html"]
    )
    letters = [each["class"] for each in page.all("span") if each.get("class", "").startswith("L ")][8:]
    assert letters == ["L D two-d", "L D two-d", "L D part"]
    assert "2 Double: Double. More than one decider is named." in page.text


def test_findings_on_a_right_mark_it_in_the_matrix() -> None:
    found = finding("decision/cases-gap", "decision-right", "r", "percent 100, region `apac`: nobody decides")
    pages = manual_of(
        {"roles": {"a": {}}, "decision_rights": {"r": {"question": "?", "decider": "a"}}}, findings=(found,)
    )
    assert "Percent 100, region apac : nobody decides." in words(pages["decision-rights.html"])
    assert 'data-flags="gap"' in pages["decision-rights.html"]


def test_a_wide_matrix_is_split_by_area() -> None:
    roles = {f"role-{n}": {} for n in range(30)}
    rights = {
        f"right-{n}": {"question": f"Question {n}?", "decider": f"role-{n}", "domain": f"area {n % 2}"}
        for n in range(30)
    }
    page = manual_of({"roles": roles, "decision_rights": rights})["decision-rights.html"]
    assert page.count('<table class="matrix') == 2
    assert Html(page).wrong == []


def accepted(reason: str = "Counsel writes it.", until: date | None = LAST_DAY, path: str = "a.yaml") -> Finding:
    found = finding("meeting/no-agenda", "meeting", "weekly", "meeting `weekly` has no agenda", tip="write `agenda`")
    return found._replace(accepted=Accepted(reason, until, "comment", Span(path, 3, 1, 3, 9)))


def test_what_is_accepted_is_told_with_reason_and_last_day_and_is_not_open() -> None:
    pages = manual_of({"meetings": {"weekly": {"cadence": "as needed"}}}, findings=(accepted(),))
    for path in ("meeting/weekly.html", "findings.html"):
        told = words(pages[path])
        assert "Meeting weekly has no agenda" in told
        assert "Accepted until 30 June 2027: “Counsel writes it.”" in told
        assert "write agenda" not in told
    assert "Nothing is open; one finding is accepted." in words(pages["findings.html"])
    assert "Nothing is open; one finding is accepted." in words(pages["index.html"])


def test_what_is_accepted_stands_below_what_is_open() -> None:
    open_ = finding("meeting/no-purpose", "meeting", "weekly", "meeting `weekly` has no purpose")
    found = (accepted("", None), open_)
    told = words(manual_of({"meetings": {"weekly": {"cadence": "as needed"}}}, findings=found)["findings.html"])
    assert "One finding: one warning. One finding is accepted besides." in told
    assert told.index("has no purpose") < told.index("has no agenda") < told.index("Accepted; no reason is given.")


def test_what_is_accepted_where_not_everybody_looks_is_not_told() -> None:
    house = {"paths": [{"match": "board/**", "visible_to": "chair"}]}
    found = (accepted(path="board/a.yaml"),)
    pages = manual_of({"meetings": {"weekly": {"cadence": "as needed"}}}, house, findings=found)
    assert "Counsel" not in "".join(pages.values())


def test_a_finding_stands_on_its_page_and_among_all() -> None:
    found = finding("meeting/no-agenda", "meeting", "weekly", "meeting `weekly` has no agenda", tip="write `agenda`")
    house = {"source_url": "https://example.org/blob/{path}#L{line}"}
    pages = manual_of({"meetings": {"weekly": {"cadence": "as needed"}}}, house, (found,))
    for path in ("meeting/weekly.html", "findings.html"):
        said = words(pages[path])
        assert "Meeting weekly has no agenda." in said, path
        assert "Write agenda ." in said, path
        assert "meeting/no-agenda · org.yaml:3" in said, path
        assert "https://example.org/blob/org.yaml#L3" in Html(pages[path]).links(), path
    assert "1 open: 1 warning (W)." in words(pages["index.html"])


def test_the_page_of_a_declaration_links_to_its_line() -> None:
    house = {"source_url": "https://example.org/blob/{path}#L{line}"}
    page = Html(manual_of({"teams": {"sales": {}}}, house)["team/sales.html"])
    assert "https://example.org/blob/org.yaml#L3" in page.links()


def test_uses_are_told_by_how() -> None:
    declared = {
        "records": {"plan": {"keeps": "The plan."}},
        "meetings": {"weekly": {"cadence": "as needed", "inputs": ["plan"]}},
        "initiatives": {"fleet": {"plans": ["plan"]}},
    }
    said = words(manual_of(declared)["record/plan.html"])
    assert "Read in Weekly" in said
    assert "Plan of Fleet" in said


def test_a_person_decides_and_meets_by_the_roles_held() -> None:
    declared = {
        "people": PEOPLE,
        "roles": {"cpo": {"name": "CPO", **ROLE}},
        "decision_rights": {"go": {"question": "Do we go?", "decider": "cpo"}},
        "meetings": {"weekly": {"cadence": "as needed", "chair": "cpo"}},
    }
    pages = manual_of(declared)
    assert "Decides one call and chairs one meeting." in words(pages["person/ada.html"])
    assert "as CPO" in words(pages["person/ada.html"])
    assert "Decides one call and chairs one meeting." in words(pages["role/cpo.html"])


def test_people_may_be_left_to_their_roles() -> None:
    declared = {"people": PEOPLE, "roles": {"cpo": ROLE}}
    pages = manual_of(declared, {"manual": {"person_pages": False}})
    assert not [path for path in pages if path.startswith(("person/", "people"))]
    assert "Held by Ada Lim" in words(pages["role/cpo.html"])


def test_a_name_that_leads_nowhere_is_shown_as_such() -> None:
    page = manual_of({"meetings": {"weekly": {"cadence": "as needed", "chair": "nobody-known"}}})["meeting/weekly.html"]
    assert "Chair nobody-known (nothing bears this name)" in words(page)


def test_what_could_not_be_read_is_counted_on_every_page_and_shown_as_far_as_it_was() -> None:
    declared = {"meetings": {"weekly": {"purpose": "Decide.", "UNREAD": ["cadence"]}}}
    pages = manual_of(declared, unread=("broken.yaml",))
    for page in pages.values():
        if page.startswith("<!DOCTYPE"):
            assert (
                "This manual is not whole: one file could not be read and one declaration is shown in part."
                in words(page)
            )
    assert "Decide." in words(pages["meeting/weekly.html"])
    assert "Parts of this could not be read: cadence" in words(pages["meeting/weekly.html"])
    assert "The file broken.yaml could not be read." in words(pages["about.html"])


def test_what_is_not_in_force_stands_apart() -> None:
    pages = manual_of(
        {"meetings": {"old": {"cadence": "as needed", "status": "ended"}, "new": {"cadence": "as needed"}}}
    )
    assert "Ended: no longer in force." in words(pages["meeting/old.html"])
    assert "One meeting is written down." in words(pages["meetings.html"])
    assert "Not in force" in words(pages["meetings.html"])


def test_a_word_is_linked_to_what_it_means_where_it_is_used() -> None:
    declared = {
        "teams": {"sales": {"purpose": "Ship a {{frozen build}}."}, "plant": {"purpose": "Keep a {{Frozen Build}}."}},
        "terms": {
            "frozen-build": {"means": "No part changes."},
            "sales-build": {"name": "frozen build", "means": "Sold.", "within": "sales"},
        },
    }
    pages = manual_of(declared)
    assert '<a class="term" href="../term/sales-build.html" title="Sold.">frozen build</a>' in pages["team/sales.html"]
    assert '<a class="term" href="../term/frozen-build.html" title="No part changes.">' in pages["team/plant.html"]


def test_the_log_tells_what_happened_until_today() -> None:
    log = [
        {"held": "weekly", "date": "2026-10-06", "attended": 9, "decisions": 2},
        {"held": "weekly", "date": "2026-12-01"},
        {"cancelled": "weekly", "date": "2026-09-29", "because": "Nobody was there"},
    ]
    said = words(manual_of({"meetings": {"weekly": {"cadence": "as needed"}}, "log": log})["meeting/weekly.html"])
    assert (
        "6 October 2026 Held; nine people came; two decisions made. 29 September 2026 Cancelled: Nobody was there"
        in said
    )
    assert "1 December" not in said


# What not everybody may see.

RESTRICTED: dict[str, Any] = {
    "roles": {"chief": {}, "other": {}},
    "forums": {"board": {"members": ["chief"], "charter": "Secret charter."}},
    "meetings": {
        "board-meeting": {"cadence": "as needed", "purpose": "Secret purpose.", "PATH": "board/board.yaml"},
        "prep": {"cadence": "as needed", "purpose": "Prepare.", "reviews": "plan", "inputs": ["secret-plan"]},
    },
    "records": {"secret-plan": {"keeps": "Secret plan.", "PATH": "board/plans/a.yaml"}, "plan": {"keeps": "Plan."}},
}
CLOSED = {"paths": [{"match": "board/**", "visible_to": ["board"]}]}


def _copy(value: Any) -> Any:
    return {key: _copy(each) for key, each in value.items()} if isinstance(value, dict) else value


def test_what_is_restricted_is_nowhere() -> None:
    found = finding("meeting/no-agenda", "meeting", "prep", "`prep` prepares `board-meeting`")
    pages = manual_of(_copy(RESTRICTED), CLOSED, (found,))
    everything = "".join(pages.values())
    for secret in (
        "Secret purpose",
        "Secret plan",
        "board-meeting",
        "Board meeting",
        "secret-plan",
        "board/board.yaml",
    ):
        assert secret not in everything, secret
    assert "Comes in restricted" in words(pages["meeting/prep.html"])


def test_who_may_see_it_does() -> None:
    pages = manual_of(_copy(RESTRICTED), CLOSED, reader="chief")
    assert "Secret purpose." in words(pages["meeting/board-meeting.html"])
    assert "Secret purpose." not in "".join(manual_of(_copy(RESTRICTED), CLOSED, reader="other").values())
    with pytest.raises(UsageError, match="is called `nobody`"):
        manual_of(_copy(RESTRICTED), CLOSED, reader="nobody")


def test_an_organisation_of_nothing_has_a_manual_too() -> None:
    pages = manual_of({})
    assert {"index.html", "about.html", "findings.html", "manual.css", "manual.js"} == set(pages)
    assert "Nothing is open" in words(pages["index.html"])
