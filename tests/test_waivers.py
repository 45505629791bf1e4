"""What is accepted: by a comment, in a declaration, in coordlint.yaml; for how long; and what is told of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pace import clock

from coordlint.config import Asked
from coordlint.finding import Accepted, Severity, Span
from coordlint.lint import Run
from coordlint.testing import DAY, HOUSE, InMemory

WAIVING = ("term", "meeting", "waiver")


def run(text: str | bytes, *rules: str, house: str = "", day: date = DAY, **files: str) -> Run:
    texts = {"coordlint.yaml": HOUSE + house, "a.yaml": text, **{f"{name}.yaml": held for name, held in files.items()}}
    return InMemory(texts).run(Asked(select=rules or WAIVING), day)


def told(found: Run) -> list[tuple[int, str]]:
    return [(each.span.line, each.rule) for each in found.findings]


def waived(found: Run) -> list[tuple[int, str]]:
    return [(each.span.line, each.rule) for each in found.waived]


def deal(comment: str, above: str = "") -> str:
    first = f"  deal:\n{above}    means: A {{{{contract}}}}.   {comment}\n"
    return f"terms:\n{first}  offer:\n    means: A {{{{clause}}}}.\n"


HERE, THERE = (3, "term/undefined"), (5, "term/undefined")
GOOD = "# coordlint: ignore[term/undefined] it comes with the handbook"


# --- a comment ---


def test_a_comment_accepts_what_begins_on_its_line() -> None:
    found = run(deal(f"{GOOD} (until 2026-12-31)"))
    assert (told(found), waived(found)) == ([THERE], [HERE])
    assert found.waived[0].accepted == Accepted(
        "it comes with the handbook", date(2026, 12, 31), "comment", Span("a.yaml", 3, 30, 3, 111)
    )


def test_what_is_accepted_counts_for_nothing() -> None:
    found = run("terms:\n  deal:\n    means: A {{contract}}.  " + GOOD)
    assert (found.findings, found.worst(), found.failed) == ((), None, False)
    assert len(found.waived) == 1


@pytest.mark.parametrize(
    "between", ["", "\n", "    # another remark\n", "\n    \n    # a\n\n    # coordlint: ignore[term/undefined] b\n"]
)
def test_alone_on_its_line_it_speaks_of_the_next_that_says_something(between: str) -> None:
    text = deal("", f"    {GOOD}\n{between}")
    found = run(text)
    assert len(found.waived) == 1
    assert found.waived[0].span.line == text[: text.index("means")].count("\n") + 1
    assert len(found.findings) == 1


def test_it_may_stand_at_any_place_of_the_finding() -> None:
    text = (
        "terms:\n"
        "  deal:   # coordlint: ignore[term/defined-twice] the two are one\n"
        "    {means: What is signed., also_called: bargain}\n"
        "  bargain: {means: What is cheap.}%s\n"
    )
    rule = "term/defined-twice"
    (before,) = run(text.replace("   # coordlint: ignore[term/defined-twice] the two are one", "") % "", rule).findings
    places = {before.span.line, *(span.line for span, _ in before.related)}
    assert len(places) > 1
    lines = text.replace("   # coordlint: ignore[term/defined-twice] the two are one", "").split("\n")
    for place in places:
        marked = [*lines[: place - 1], f"{lines[place - 1]}   # coordlint: ignore[{rule}] they are one", *lines[place:]]
        found = run("\n".join(marked).replace("%s", ""), rule)
        assert (found.findings, len(found.waived)) == ((), 1)


def test_of_two_findings_on_a_line_only_the_one_that_is_named_is_accepted() -> None:
    text = "meetings:\n  sync: {type: decision, cadence: as needed}%s\n"
    before = run(text % "", "meeting")
    assert len({each.rule for each in before.findings}) >= 3
    for rule in {each.rule for each in before.findings}:
        found = run(text % f"   # coordlint: ignore[{rule}] tried out", "meeting", "waiver")
        assert {each.rule for each in found.waived} == {rule}
        assert [each.fingerprint for each in found.findings] == [
            each.fingerprint for each in before.findings if each.rule != rule
        ]


def test_a_comment_may_name_several_rules() -> None:
    text = "meetings:\n  sync: {type: decision, cadence: as needed}%s\n"
    rules = sorted({each.rule for each in run(text % "", "meeting").findings})
    found = run(text % f"   # coordlint: ignore[{', '.join(rules)}] tried out", "meeting", "waiver")
    assert (found.findings, len(found.waived)) == ((), len(rules))


@pytest.mark.parametrize(
    ("words", "reason", "until"),
    [
        ("it comes", "it comes", None),
        (": it comes", "it comes", None),
        ("- it comes (until 2026-07-01)", "it comes", date(2026, 7, 1)),
        ("it comes until 2026-07-01", "it comes", date(2026, 7, 1)),
        ("it comes, until 2026-07-01.", "it comes", date(2026, 7, 1)),
        ("(until 2026-07-01) it comes", "it comes", date(2026, 7, 1)),
        ("( until: 2026-07-01 ) it comes", "it comes", date(2026, 7, 1)),
        ("it stays until the handbook is out", "it stays until the handbook is out", None),
        ("see #12 (and #13)", "see #12 (and #13)", None),
        ("it comes   # and something else", "it comes", None),
        ("es kommt – später, «bald»", "es kommt – später, «bald»", None),
        ("今は これで よい", "今は これで よい", None),
    ],
)
def test_reason_and_last_day(words: str, reason: str, until: date | None) -> None:
    found = run(deal(f"# coordlint: ignore[term/undefined] {words}"))
    assert told(found) == [THERE]
    accepted = found.waived[0].accepted
    assert accepted is not None
    assert (accepted.reason, accepted.until) == (reason, until)


@pytest.mark.parametrize(
    "form", ["#coordlint:ignore[term/undefined]why", "#  coordlint:  ignore [ term/undefined ]  why"]
)
def test_blanks_make_no_difference(form: str) -> None:
    found = run(deal("", f"    {form}\n"))
    assert (len(found.findings), len(found.waived)) == (1, 1)


# --- the day ---


@pytest.mark.parametrize("way", ["comment", "declaration", "house"])
def test_the_last_day_is_still_good_and_the_next_is_not(way: str) -> None:
    last = date(2026, 6, 30)
    text, house = deal(""), ""
    if way == "comment":
        text = deal(f"{GOOD} (until {last})")
    elif way == "declaration":
        text = deal("", f"    waive: {{rule: term/undefined, reason: It comes., until: {last}}}\n")
    else:
        house = f"waive: {{rule: term/undefined, for: term/deal, reason: It comes., until: {last}}}\n"
    on, after = (run(text, house=house, day=day) for day in (last, last + timedelta(1)))
    assert [len(found.findings) for found in (on, after)] == [1, 3]
    assert [len(found.waived) for found in (on, after)] == [1, 0]
    (expired,) = [each for each in after.findings if each.rule == "waiver/expired"]
    assert expired.message == "the waiver of `term/undefined` ended on 2026-06-30"
    assert expired.tip == "mend what it accepted, or agree on another last day"
    assert expired.severity is Severity.ERROR


@pytest.mark.parametrize("written", ["Easter", "2026-13-01", "30.06.2026", "", "2026-06-31", "tomorrow, perhaps"])
def test_a_last_day_that_cannot_be_read_is_past(written: str) -> None:
    found = run(deal(f"{GOOD} (until {written})"))
    assert told(found) == [(3, "term/undefined"), (3, "waiver/expired"), THERE] or told(found) == [
        (3, "waiver/expired"), (3, "term/undefined"), THERE,
    ]  # fmt: skip
    (expired,) = [each for each in found.findings if each.rule == "waiver/expired"]
    assert "counts as expired" in expired.message
    assert expired.tip


def test_a_waiver_that_has_ended_is_not_told_to_be_unused_too() -> None:
    found = run("terms:\n  deal:\n    means: A sale.  # coordlint: ignore[term/undefined] later (until 2026-01-01)\n")
    assert told(found) == [(3, "waiver/expired")]
    assert found.findings[0].tip == "take it out: nothing is left of what it accepted"


# --- in a declaration, and in coordlint.yaml ---


def test_a_declaration_waives_what_lies_in_it() -> None:
    found = run(deal("", "    waive: [{rule: term/undefined, reason: It comes.}]\n"))
    assert (told(found), waived(found)) == ([(6, "term/undefined")], [(4, "term/undefined")])
    assert found.waived[0].accepted == Accepted("It comes.", None, "declaration", Span("a.yaml", 3, 13, 3, 54))


def test_a_model_does_not_lend_its_waivers() -> None:
    text = (
        "meetings:\n"
        "  one:\n    cadence: as needed\n    waive: {rule: meeting/no-purpose, reason: It is known.}\n"
        '  two:\n    like: one\n    cadence: {every: week, day: mon, at: "10:00"}\n'
    )
    found = run(text, "meeting/no-purpose", "waiver")
    # What one lacks as its model does is told at the model, and accepted with it.
    assert (found.findings, [each.id for each in found.waived]) == ((), ["one"])


def test_who_is_like_another_waives_nothing_of_the_other() -> None:
    text = (
        "meetings:\n"
        "  one: {cadence: as needed}\n"
        "  two: {like: one, waive: {rule: meeting/no-purpose, reason: It is known.}}\n"
    )
    found = run(text, "meeting/no-purpose", "waiver")
    assert [(each.rule, each.id) for each in found.findings] == [("meeting/no-purpose", "one")]
    assert found.waived == ()


def test_coordlint_yaml_waives_for_some_or_for_all() -> None:
    one = run(deal(""), house="waive: {rule: term/undefined, for: [deal], reason: It comes.}\n")
    assert (told(one), waived(one)) == ([THERE], [HERE])
    everywhere = run(deal(""), house="waive: [{rule: term/undefined, reason: It comes.}]\n")
    assert (told(everywhere), waived(everywhere)) == ([], [HERE, THERE])
    assert {each.accepted.by for each in everywhere.waived if each.accepted} == {"coordlint.yaml"}


def test_a_waiver_for_what_nobody_declares_is_not_unused_too() -> None:
    found = run("terms:\n  deal:\n    means: A sale.\n", "reference", "term", "waiver",
                house="waive: {rule: term/undefined, for: dael, reason: It comes.}\n")  # fmt: skip
    assert [each.rule for each in found.findings] == ["reference/unresolved"]


def test_coordlint_yaml_may_hold_comments_too() -> None:
    text = "roles: {a: {held_by: ext/b}}\n"
    house = 'organisation: Example\nedition: "2026"\npreset: strict\n'
    rules = Asked(select=("ownership/layer-unowned", "waiver"))
    (before,) = InMemory({"coordlint.yaml": house, "a.yaml": text}).run(rules, DAY).findings
    lines = house.split("\n")
    lines.insert(before.span.line - 1, "# coordlint: ignore[ownership/layer-unowned] it is new")
    found = InMemory({"coordlint.yaml": "\n".join(lines), "a.yaml": text}).run(rules, DAY)
    assert (found.findings, [each.fingerprint for each in found.waived]) == ((), [before.fingerprint])


def test_of_two_that_accept_one_thing_none_is_unused_and_the_nearer_is_named() -> None:
    text = deal(GOOD, "    waive: {rule: term/undefined, reason: In the declaration.}\n")
    found = run(text, house="waive: {rule: term/undefined, reason: Everywhere.}\n")
    assert found.findings == ()
    assert [each.accepted.by for each in found.waived if each.accepted] == ["comment", "coordlint.yaml"]


# --- what is told of waivers ---


def test_a_waiver_without_a_reason_holds_and_is_told() -> None:
    for reason in ("", " -", " ...", " (until 2026-12-31)"):
        found = run(deal(f"# coordlint: ignore[term/undefined]{reason}"))
        assert (told(found), waived(found)) == ([(3, "waiver/no-reason"), THERE], [HERE])
    (only,) = run(deal("", "    waive: {rule: term/undefined}\n")).findings[:1]
    assert (only.rule, only.kind, only.id) == ("waiver/no-reason", "term", "deal")


@pytest.mark.parametrize(
    ("name", "message", "tip"),
    [
        (
            "term/undefind",
            "no rule is called `term/undefind`; did you mean `term/undefined`?",
            "write `term/undefined`",
        ),
        ("undefined", "no rule is called `undefined`; did you mean `term/undefined`?", "write `term/undefined`"),
        ("term/nothing-like-it", "no rule is called `term/nothing-like-it`", "`coordlint rules` lists them"),
        (
            "meeting/no-chair",
            "no rule is called `meeting/no-chair`",
            "nearest to it: `meeting/no-owner`, `meeting/no-memory`, `meeting/no-agenda`; `coordlint rules` lists all",
        ),
        (
            "No/like-it",
            "no rule is called `No/like-it`",
            "`coordlint rules` lists them; those of a plugin need `--plugins`",
        ),
        (
            "terms/like-it",
            "no rule is called `terms/like-it`",
            "`coordlint rules` lists them; those of a plugin need `--plugins`",
        ),
        (
            "house/like-it",
            "no rule is called `house/like-it`",
            "`coordlint rules` lists them; those of a plugin need `--plugins`",
        ),
        ("term", "`term` is a family, and a waiver names each rule", "write `term/undefined`"),
        (
            "yaml",
            "`yaml` is a family, and a waiver names each rule",
            "nothing of that family is found here: take it out",
        ),
        ("waiver/unused", "`waiver/unused` cannot be waived", "mend the waiver that it speaks of"),
        ("waiver", "`waiver` cannot be waived", "mend the waiver that it speaks of"),
        ("coordlint/rule-crashed", "`coordlint/rule-crashed` cannot be waived", "it says what could not be checked"),
    ],
)
def test_a_name_that_is_no_rules(name: str, message: str, tip: str) -> None:
    found = run(deal(f"# coordlint: ignore[{name}] it comes"))
    unknown = [each for each in found.findings if each.rule == "waiver/unknown-rule"]
    assert [(each.message, each.tip) for each in unknown] == [(message, tip)]
    assert unknown[0].span == Span("a.yaml", 3, 50, 3, 50 + len(name))
    assert len(found.findings) == 3
    assert found.waived == ()


@pytest.mark.parametrize(
    "words",
    ["", "ignore", "ignore[]", "ignore[ , ]", "ignore term/undefined", "off", "ignore[term/undefined", "ignore]["],
)
def test_a_comment_that_cannot_be_read_is_told(words: str) -> None:
    found = run(deal(f"# coordlint: {words}"))
    unreadable = [each for each in found.findings if each.rule == "waiver/unknown-rule"]
    assert [each.message for each in unreadable] == ["this comment speaks to coordlint, and cannot be read"]
    assert "ignore[family/rule]" in unreadable[0].tip
    assert len(found.findings) == 3


@pytest.mark.parametrize("words", ["Coordlint: ignore", "COORDLINT:IGNORE", "coordlint ignore", "coordlint; Ignore "])
def test_a_comment_that_is_nearly_a_waiver_is_told(words: str) -> None:
    found = run(deal(f"# {words}[term/undefined] it comes"))
    (nearly,) = [each for each in found.findings if each.rule == "waiver/unknown-rule"]
    assert nearly.message == "this comment looks like a waiver and is none"
    assert "write `# coordlint: ignore[family/rule] the reason" in nearly.tip
    assert len(found.findings) == 3


@pytest.mark.parametrize(
    "text",
    [
        "    means: A {{contract}}.   # see Coordlint: ignore[term/undefined]\n",
        "    means: A {{contract}}.   # coordlint does not ignore[ this\n",
        "    means: A {{contract}}.   # Coordlint is what we use\n",
        '    means: "A {{contract}}. # Coordlint: ignore[term/undefined]"\n',
        "    means: |\n      A {{contract}}.\n      # coordlint ignore[term/undefined]\n",
    ],
)
def test_what_only_speaks_of_waivers_is_none(text: str) -> None:
    assert {rule for _, rule in told(run(f"terms:\n  deal:\n{text}"))} == {"term/undefined"}


def test_a_waiver_that_accepts_nothing_is_told_where_its_rule_ran() -> None:
    text = f"terms:\n  deal:\n    means: A sale.  {GOOD}\n"
    (only,) = run(text).findings
    assert (only.rule, only.span.line, only.severity) == ("waiver/unused", 3, Severity.WARNING)
    assert run(text, "waiver", "meeting").findings == ()
    for off in ("term/undefined", "waiver/unused"):
        texts = {"coordlint.yaml": f"{HOUSE}rules: {{{off}: off}}\n", "a.yaml": text}
        assert [each for each in InMemory(texts).run(as_of=DAY).findings if each.rule.startswith("waiver/")] == []


def test_of_several_rules_the_unused_one_is_pointed_at() -> None:
    found = run(deal("# coordlint: ignore[term/undefined, term/no-such, term/forbidden-word] it comes"))
    assert [(each.rule, each.span.column) for each in found.findings if each.rule != "term/undefined"] == [
        ("waiver/unknown-rule", 66),
        ("waiver/unused", 80),
    ]


def test_a_comment_beside_a_finding_is_told_where_the_finding_is() -> None:
    found = run(deal("", f"    {GOOD}\n    name: Deal\n"))
    (unused,) = [each for each in found.findings if each.rule == "waiver/unused"]
    assert unused.tip == "the nearest finding of that rule is in line 5: move the comment there, or take it out"
    assert unused.edits == ()


def test_of_two_rules_one_of_which_is_near_neither_is_taken_out() -> None:
    both = GOOD.replace("term/undefined", "term/undefined, term/forbidden-word")
    found = run(deal("", f"    {both}\n    name: Deal\n"))
    (unused,) = [each for each in found.findings if each.rule == "waiver/unused"]
    assert unused.tip.startswith("the nearest finding of `term/undefined` is in line 5: move the comment there")
    assert unused.edits == ()


def test_what_is_paused_may_keep_its_waivers() -> None:
    for comment, above in ((GOOD, ""), ("", "    waive: {rule: term/undefined, reason: Later., until: 2026-01-01}\n")):
        text = deal(comment, f"{above}    status: paused\n")
        assert [each.rule for each in run(text).findings] == ["term/undefined"]
    house = "waive: {rule: term/undefined, for: deal, reason: It comes.}\n"
    assert [each.rule for each in run(deal("", "    status: paused\n"), house=house).findings] == ["term/undefined"]


def test_what_yielded_to_its_cause_was_there_all_the_same() -> None:
    text = (
        "meetings:\n"
        "  sync:\n"
        "    type: decision\n"
        "    purpose: Decide what we may sell.\n"
        "    decides: [pricing]\n"
        "    cadence: as needed\n"
        "decision_rights: {pricing: {question: May we?, decider: ext/x, decided_in: sync}}\n"
    )
    cause, effect = "meeting/no-memory", "decision/no-record"
    assert [each.rule for each in run(text, cause, effect).findings] == [cause]
    marked = text.replace("decided_in: sync}}", f"decided_in: sync, waive: {{rule: {effect}, reason: Soon.}}}}}}")
    assert [each.rule for each in run(marked, cause, effect, "waiver").findings] == [cause]
    # The cause is accepted, and what it explains does not come up for that.
    marked = text.replace("  sync:\n", f"  sync:\n    waive: {{rule: {cause}, reason: Soon.}}\n")
    found = run(marked, cause, effect, "waiver")
    assert (found.findings, [each.rule for each in found.waived]) == ((), [cause])


def test_while_something_cannot_be_read_nobody_knows_what_is_unused() -> None:
    text = f"terms:\n  deal:\n    means: A sale.  {GOOD}\nroles: {{a: {{held_by: [1]}}}}\n"
    found = run(text)
    assert {each.rule for each in found.findings} == {"shape/bad-value"}
    assert any("did not run" in note for note in found.notes)


def test_what_cannot_be_read_right_may_be_accepted() -> None:
    text = "teams:\n  payments:\n    purpuse: Take money.   # coordlint: ignore[shape/unknown-key] it is coming\n"
    found = run(text)
    assert (told(found), waived(found)) == ([], [(3, "shape/unknown-key")])


def alone(above: str) -> str:
    return f"terms:\n  deal:\n{above}    means: A {{{{contract}}}}.\n"


IN_PLACES = [
    ("    waive: {{{}}}\n", "", ("a.yaml", 3)),
    ("", "waive: [{{{}}}]\n", ("coordlint.yaml", 3)),
]


@pytest.mark.parametrize(("inside", "house", "where"), IN_PLACES, ids=["declaration", "coordlint.yaml"])
@pytest.mark.parametrize(
    ("entry", "rule", "message"),
    [
        ("rule: term/undefined, reason: Soon., until: 2026-02-30", "waiver/expired", "February 2026 has 28 days"),
        ("rule: term/undefined, reason: Soon., until: soon", "waiver/expired", "`soon` is no day"),
        ("rule: term, reason: Soon.", "waiver/unknown-rule", "`term` is a family"),
        ("rule: undefined, reason: Soon.", "waiver/unknown-rule", "did you mean `term/undefined`?"),
        ("rule: Nonsense!, reason: Soon.", "waiver/unknown-rule", "no rule is called `Nonsense!`"),
    ],
)
def test_what_is_wrong_with_an_entry_hides_nothing_else(
    inside: str, house: str, where: tuple[str, int], entry: str, rule: str, message: str
) -> None:
    found = run(alone(inside.format(entry)), house=house.format(entry))
    wrong, back = sorted(found.findings, key=lambda each: each.rule != rule)
    assert (wrong.rule, wrong.span.path, back.rule) == (rule, where[0], "term/undefined")
    assert message in wrong.message
    assert (found.waived, found.held_back, found.notes) == ((), (), ())


@pytest.mark.parametrize(("inside", "house", "where"), IN_PLACES, ids=["declaration", "coordlint.yaml"])
@pytest.mark.parametrize(
    ("entry", "rule"),
    [("rule: term/undefined, resaon: Soon.", "shape/unknown-key"), ("reason: Soon.", "shape/missing-key")],
)
def test_a_slip_in_an_entry_costs_the_waivers_there_and_no_more(
    inside: str, house: str, where: tuple[str, int], entry: str, rule: str
) -> None:
    found = run(alone(inside.format(entry)), house=house.format(entry))
    assert {(each.rule, each.span.path) for each in found.findings} == {(rule, where[0]), ("term/undefined", "a.yaml")}
    assert (found.waived, found.held_back, found.notes) == ((), (), ())


def test_a_text_is_no_entry_and_hides_nothing_else() -> None:
    found = run(alone("    waive: term/undefined\n"), house="waive: [term/undefined]\n")
    assert [each.rule for each in found.findings] == ["shape/bad-value", "term/undefined", "shape/bad-value"]
    assert found.held_back == ()
    # What is wrong beside it hides what it always does.
    assert run(alone("    waive: term/undefined\n    name: [1]\n")).held_back


# --- where comments are none ---


@pytest.mark.parametrize(
    "text",
    [
        f"terms:\n  deal:\n    means: |\n      A {{{{contract}}}}.\n      {GOOD}\n",
        f"terms:\n  deal:\n    means: 'A {{{{contract}}}}. {GOOD}'\n",
        f'terms:\n  deal:\n    means: "A {{{{contract}}}}. {GOOD}"\n',
        f'terms:\n  deal: {{means: "A {{{{contract}}}}. {GOOD}"}}\n',
        f'terms:\n  deal:\n    means: "A {{{{contract}}}}.\n\n      {GOOD}"\n',
        f"terms:\n  deal:\n    # see the handbook {GOOD}\n    means: A {{{{contract}}}}.\n",
    ],
)
def test_in_a_text_it_is_no_comment(text: str) -> None:
    found = run(text, "term/undefined", "waiver")
    assert ({each.rule for each in found.findings}, found.waived) == ({"term/undefined"}, ())


@pytest.mark.parametrize(
    "text",
    [
        f"terms:\n  deal:\n    means: >   {GOOD}\n      A {{{{contract}}}}.\n",
        f"terms:\n  deal:\n    name: |\n      The deal\n    {GOOD}\n    means: A {{{{contract}}}}.\n",
        f"terms:\n  deal:\n    means: 'A \"{{{{contract}}}}\".'  {GOOD}\n",
        f"terms:\n  deal: {{means: \"A '{{{{contract}}}}'.\"}}  {GOOD}\n",
        f"terms:\n  deal:\n    means: it's a {{{{contract}}}}   {GOOD}\n",
        'terms:\n  deal:\n    means: It\'s a {{contract}} # coordlint: ignore[term/undefined] "quoted"\n',
    ],
)
def test_beside_a_text_it_is_one(text: str) -> None:
    found = run(text, "term/undefined", "waiver")
    assert "term/undefined" in {each.rule for each in found.waived}


@pytest.mark.parametrize(
    "text",
    [
        "A sale\n      of a {{contract}}\n      that is signed.   # HERE",
        "A {{contract}}\n      that is signed.   # HERE",
        '"A sale\n      of a {{contract}}\n\n      that is signed."   # HERE',
        "'A sale of a {{contract}}\n      that is signed.'   # HERE",
        ">   # HERE\n      A sale\n      of a\n      {{contract}}.",
        "|-   # HERE\n      A sale\n      of a\n      {{contract}}\n      that is signed.",
    ],
)
def test_beside_a_text_of_several_lines_it_speaks_of_all_of_it(text: str) -> None:
    means = text.replace("# HERE", GOOD)
    found = run(f"terms:\n  deal:\n    means: {means}\n  offer:\n    means: A {{{{clause}}}}.\n")
    assert [each.rule for each in found.waived] == ["term/undefined"]
    assert [(each.rule, each.message.count("clause")) for each in found.findings] == [("term/undefined", 1)]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_other_systems(end: str) -> None:
    text = deal(f"{GOOD} (until 2026-12-31)").replace("\n", end)
    found = run(text.encode())
    assert (told(found), waived(found)) == ([THERE], [HERE])


def test_a_byte_order_mark_and_several_documents() -> None:
    text = f"\ufeff---\n{deal(GOOD)}---\nterms:\n  more:\n    means: A {{{{bill}}}}.  {GOOD}\n"
    found = run(text.encode())
    assert ([each.span.line for each in found.findings], [each.span.line for each in found.waived]) == ([6], [4, 10])


@pytest.mark.parametrize("end", ["", "\n", "\n\n  \n", "\n# the end"])
def test_a_comment_at_the_very_end_speaks_of_nothing(end: str) -> None:
    found = run(f"terms:\n  deal:\n    means: A sale.\n    {GOOD}{end}")
    assert told(found) == [(4, "waiver/unused")]


def test_in_a_file_that_cannot_be_read_there_are_no_comments() -> None:
    broken = f"terms: {GOOD}\n  - a: [\n{GOOD}\n]]\n"
    found = run("terms:\n  deal:\n    means: A sale.\n", b=broken)
    assert {each.rule.partition("/")[0] for each in found.findings} == {"yaml"}


def test_in_a_declaration_that_was_left_out_there_are_none_either() -> None:
    comment = "# coordlint: ignore[meeting/no-purpose] it is known"
    text = f'meetings:\n  one: {{cadence: as needed}}  {comment}\n  lost:\n    name: "A" b  {comment}\n'
    found = run(text, "meeting/no-purpose", "waiver")
    assert [each.rule for each in found.findings] == ["yaml/syntax"]
    assert [each.id for each in found.waived] == ["one"]


def test_an_unknown_name_far_from_anything_costs_little_and_is_told_once() -> None:
    text = "terms:\n" + "".join(f"  t{n}:\n    means: A sale.  # coordlint: ignore[x/y{n}] why\n" for n in range(50))
    found = run(text)
    assert found.findings == ()
    assert found.notes == (
        "`x/y0` is waived in a.yaml:3 and 49 more, and no rule of `x` is known here: give its plugin with `--plugins`",
    )


def test_what_a_plugin_may_bring_is_no_mistake() -> None:
    house = "waive: {rule: pier/no-lamp, reason: It is day.}\n"
    found = run(deal("# coordlint: ignore[harbour/no-pilot, term/undefined] it comes"), house=house)
    assert (told(found), waived(found)) == ([THERE], [HERE])
    assert found.notes == (
        "`harbour/no-pilot` is waived in a.yaml:3, and no rule of `harbour` is known here: give its plugin with "
        "`--plugins`",
        "`pier/no-lamp` is waived in coordlint.yaml:5, and no rule of `pier` is known here: give its plugin with "
        "`--plugins`",
    )


HUGE = 300_000


@pytest.mark.parametrize(
    "words",
    [
        *(f"ignore[a/b] {filler * (HUGE // len(filler))}" for filler in ("(until ", "( ", "until 2027-01-01 ", "# ")),
        *(f"ignore[a/b] {head}{' ' * HUGE}x" for head in ("", "(until", "until", "(")),
        *(f"ignore[{filler * (HUGE // len(filler))}] why" for filler in ("a/b,", "[", " ")),
        "# coordlint: " * (HUGE // 13),
        "'# coordlint: " * (HUGE // 14),
    ],
    ids=lambda words: words[:20],
)
def test_a_huge_comment_costs_little(words: str) -> None:
    for value in ("A sale.", "'A sale.'"):
        with clock() as spent:
            run(f"terms:\n  deal:\n    means: {value}   # coordlint: {words}\n")
        assert spent.seconds < 2


# --- what is said once for a kind ---


def records(*waived: int, count: int = 8) -> str:
    marks = dict.fromkeys(waived, "  # coordlint: ignore[record/no-owner] nobody yet")
    return "records:\n" + "".join(f"  r{n}: {{keeps: What is kept in {n}.}}{marks.get(n, '')}\n" for n in range(count))


def test_one_of_many_is_accepted_and_the_others_are_still_told_once() -> None:
    (before,) = run(records(), "record/no-owner").findings
    (after,) = run(records(3), "record/no-owner", "waiver").findings
    assert before.message == "nobody answers for any of these 8 records"
    assert (after.message, after.fingerprint, after.times) == (
        "nobody answers for any of these 7 records", before.fingerprint, 7,
    )  # fmt: skip
    (accepted,) = run(records(3), "record/no-owner", "waiver").waived
    assert (accepted.id, accepted.times) == ("r3", 1)


def test_the_last_that_counts_speaks_for_itself() -> None:
    (before,) = run(records(), "record/no-owner").findings
    found = run(records(*range(7)), "record/no-owner", "waiver")
    (only,) = found.findings
    assert (only.id, only.times, only.fingerprint) == ("r7", 1, before.fingerprint)
    assert [each.id for each in found.waived] == [f"r{n}" for n in range(7)]


def test_what_one_waiver_accepts_is_told_together() -> None:
    house = "waive: {rule: record/no-owner, for: [r1, r2, r3], reason: Nobody yet.}\n"
    found = run(records(), "record/no-owner", "waiver", house=house)
    assert [each.times for each in (*found.findings, *found.waived)] == [5, 3]
    found = run(records(), "record/no-owner", "waiver", house="waive: {rule: record/no-owner, reason: Nobody yet.}\n")
    assert (found.findings, [each.times for each in found.waived]) == ((), [8])
    assert found.waived[0].fingerprint == run(records(), "record/no-owner").findings[0].fingerprint
