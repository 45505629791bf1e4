"""What a declaration's shape is told about: every message with its place and its tip, and what others still find."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from coordlint.document import Document, read
from coordlint.shape import Shape, Told, check, check_house


class Heard(NamedTuple):
    """A problem of shape as somebody reads it."""

    rule: str
    way: str
    message: str
    tip: str


def document(text: str) -> Document:
    return read("case.yaml", text.encode())


def shape_of(text: str) -> Shape:
    return check(document(text))


def heard(text: str) -> list[Heard]:
    """What is told of a file."""
    return [
        Heard(each.rule, "/".join(str(step) for step in each.way), each.message, each.tip)
        for each in shape_of(text).problems
    ]


def told(text: str) -> Told:
    """The only declaration of a file."""
    [declared] = shape_of(text).told
    return declared


def one(text: str) -> Heard:
    """The only thing that is told of a file."""
    [said] = heard(text)
    return said


# --- one where one is meant ---


@pytest.mark.parametrize("field", ["decider", "chair"])
def test_a_list_where_one_is_meant(field: str) -> None:
    said = one(f"forums: {{council: {{{field}: [cpo, cfo]}}}}")
    assert said == Heard(
        "shape/bad-value",
        f"forums/council/{field}",
        f"`{field}` names one, and several stand here",
        "name one; two who share a task are one role with two holders",
    )


@pytest.mark.parametrize(
    "text",
    [
        "decision_rights: {price: {question: What does it cost?, decider: [cpo, cfo]}}",
        "initiatives: {fleet: {accountable: [cpo, cfo]}}",
    ],
)
def test_two_where_a_rule_says_that_one_is_meant(text: str) -> None:
    assert heard(text) == []


# --- names, texts and links ---

NO_NAME = "a name is an id, kind/id, or ext/NAME for a party outside"
NOT_A_NAME = [
    ("held_by: Yusuf Aydin", "Yusuf Aydin", "write `yusuf-aydin` if that is its id, or `ext/Yusuf Aydin`"),
    ("held_by: [kim, Ralf Noack]", "Ralf Noack", "write `ralf-noack` if that is its id, or `ext/Ralf Noack`"),
    ("held_by: yusuf_aydin", "yusuf_aydin", "write `yusuf-aydin` if that is its id, or `ext/yusuf_aydin`"),
    ("held_by: José", "José", NO_NAME),
    ("held_by: Folk/jose", "Folk/jose", NO_NAME),
    ("held_by: 'ext/Marta,'", "ext/Marta,", "write `ext/Marta`"),
    ("held_by: ['ext/Marta;']", "ext/Marta;", "write `ext/Marta`"),
    ("held_by: ext/a/b", "ext/a/b", "behind `ext/` stands a name without a slash"),
    ("held_by: a-lead, b-lead", "a-lead, b-lead", "write `[a-lead, b-lead]`"),
    ("held_by: a-lead; person/kim", "a-lead; person/kim", "write `[a-lead, person/kim]`"),
    ("held_by: kim, ext/Jo Li", "kim, ext/Jo Li", "write `[kim, ext/Jo Li]`"),
    ("held_by: a-lead b-lead", "a-lead b-lead", "write `[a-lead, b-lead]`, or `a-lead-b-lead` if it is one name"),
    ("held_by: [a b]", "a b", "write `a, b`, or `a-b` if it is one name"),
    ("held_by: a-lead]", "a-lead]", "a `[` is missing: write `[a-lead]`"),
    ("held_by: a-lead, b-lead]", "a-lead, b-lead]", "a `[` is missing: write `[a-lead, b-lead]`"),
    ("replaced_by: Deal_Log", "Deal_Log", "write `deal-log` if that is its id, or `ext/Deal_Log`"),
    ("deputy: a lead", "a lead", "write `a-lead` if that is its id, or `ext/a lead`"),
]


@pytest.mark.parametrize(("field", "text", "tip"), NOT_A_NAME)
def test_a_text_where_a_name_is_wanted(field: str, text: str, tip: str) -> None:
    said = one(f"roles:\n  cfo:\n    {field}\n")
    assert (said.rule, said.message, said.tip) == ("shape/bad-value", f"`{text}` is no name", tip)


@pytest.mark.parametrize(
    "text",
    ["roles: {cfo: {deputy: 'a-lead, b-lead'}}", "decision_rights: {price: {question: How much?, decider: 'a, b'}}"],
)
def test_several_names_in_a_text_where_one_is_meant(text: str) -> None:
    said = one(text)
    assert said.message.endswith("names one, and several stand here")
    assert said.tip == "name one; two who share a task are one role with two holders"


TEXT_OR_NAME = "a text has a space or a capital letter"


@pytest.mark.parametrize(
    ("field", "text", "tip"),
    [
        ("outputs: [deal_log]", "deal_log", f"a name has hyphens: `deal-log`; {TEXT_OR_NAME}"),
        ("outputs: deal_log", "deal_log", f"a name has hyphens: `deal-log`; {TEXT_OR_NAME}"),
        ("inputs: plans/sales", "plans/sales", f"{NO_NAME}; {TEXT_OR_NAME}"),
        ("inputs: ../plan.md", "../plan.md", "a path begins with `./` and leads from the folder of coordlint.yaml"),
    ],
)
def test_what_is_neither_a_name_nor_a_text(field: str, text: str, tip: str) -> None:
    said = one(f"meetings:\n  weekly:\n    cadence: as needed\n    {field}\n")
    assert (said.message, said.tip) == (f"`{text}` is neither a name nor a text", tip)


@pytest.mark.parametrize(
    "text", ["deal-log", "record/deal-log", "ext/kim", "./a/b.md", "https://a.b/c", "A log", "größe"]
)
def test_names_and_texts_where_either_may_stand(text: str) -> None:
    assert heard(f"meetings:\n  weekly: {{cadence: as needed, outputs: ['{text}'], inputs: '{text}'}}\n") == []


@pytest.mark.parametrize(
    ("written", "tip"),
    [
        ("context, risks", "write `[context, risks]`"),
        ("context risks", "write `[context, risks]`"),
        ("risks]", "a `[` is missing: write `[risks]`"),
        ("news", "it is one of status, context, decisions, risks"),
    ],
)
def test_words_of_a_list_without_brackets(written: str, tip: str) -> None:
    said = one(f"context_lines:\n  up:\n    from: a\n    to: b\n    carries: {written}\n")
    assert said.message.startswith(f"`carries` cannot be `{written}`")
    assert said.tip == tip


@pytest.mark.parametrize("links", ["www.example.org", "[docs/plan.md]"])
def test_a_link_without_its_scheme(links: str) -> None:
    said = one(f"roles: {{cfo: {{links: {links}}}}}")
    assert said.message == f"`{links.strip('[]')}` is neither a link nor a path"
    assert said.tip == "begin a link with `https://`, a path with `./`"


# --- keys ---


@pytest.mark.parametrize(
    ("key", "near"),
    [("held_bye", "held_by"), ("deputies", "deputy"), ("accountable", "accountable_for"), ("Purpose", "purpose")],
)
def test_an_unknown_key_with_one_that_is_near(key: str, near: str) -> None:
    assert one(f"roles: {{cfo: {{{key}: kim}}}}") == Heard(
        "shape/unknown-key",
        f"roles/cfo/{key}",
        f"no field is called `{key}` here; did you mean `{near}`?",
        f"write `{near}`",
    )


def test_an_unknown_key_with_none_near_names_a_few() -> None:
    said = one("roles: {cfo: {purpose: To count, mood: 3}}")
    assert said.message == "no field is called `mood` here"
    assert said.tip == (
        "what can stand here: held_by, held_as, per, headcount, deputy, deputy_not_for, team, reports_to, …; "
        "`coordlint schema roles` lists all"
    )


def test_an_unknown_key_in_a_small_part_names_all() -> None:
    said = one("forums: {council: {votes: {xyz: 1}}}")
    assert (said.way, said.tip) == ("forums/council/votes/xyz", "what can stand here: rule, voters, tie_break")


@pytest.mark.parametrize(
    ("written", "near"), [("decisions", "decision_rights"), ("role", "roles"), ("metings", "meetings")]
)
def test_an_unknown_collection_with_one_that_is_near(written: str, near: str) -> None:
    shape = shape_of(f"{written}: {{one: {{}}}}")
    [problem] = shape.problems
    assert problem.message == f"no collection is called `{written}`; did you mean `{near}`?"
    assert problem.tip == f"write `{near}`"
    [kept] = shape.told
    assert (kept.collection, kept.id, kept.unread, kept.refused) == (near, "one", None, True)


def test_an_unknown_collection_with_none_near() -> None:
    shape = shape_of("fruit: {apple: {}}")
    [problem] = shape.problems
    assert (problem.rule, problem.tip[:29]) == ("shape/unknown-key", "the collections are people, r")
    assert (shape.told, shape.lost) == ([], [("fruit",)])


def test_a_missing_key_and_none_where_it_stands_misspelt() -> None:
    said = one("decision_rights: {price: {decider: cfo}}")
    assert (said.rule, said.message) == ("shape/missing-key", "`question` is missing")
    assert said.tip.startswith("add `question`: The call, as the question")
    misspelt = one("decision_rights: {price: {questoin: How much?, decider: cfo}}")
    assert misspelt.rule == "shape/unknown-key"


@pytest.mark.parametrize(("key", "wanted"), [("yes", "true"), ("No", "false"), ("'off'", "false")])
def test_a_word_for_true_or_false(key: str, wanted: str) -> None:
    said = one(f"decision_rights: {{price: {{question: How much?, decider: cfo, reversible: {key}}}}}")
    word = key.strip("'")
    assert said.message == f"`reversible` must be true or false, and this is the text `{word}`"
    assert said.tip == f"write `{wanted}`"


# --- fields that are not set in ---


def test_fields_that_stand_as_deep_as_their_id_are_told_once() -> None:
    shape = shape_of("teams:\n  sales:\n  lead: vp-sales\n  held_by: kim\n  purpose: Sell\n  produces:\n  other: {}\n")
    assert [(problem.way, problem.message, problem.tip) for problem in shape.problems if "deep" in problem.message] == [
        (
            ("teams", "lead"),
            "`lead` is a field, and stands as deep as the id `sales`",
            "set `lead` in below `sales`",
        )
    ]
    sales = next(each for each in shape.told if each.id == "sales")
    assert (sales.data, sales.unread, sales.refused) == ({}, None, True)


def test_several_fields_that_are_not_set_in_are_one_problem() -> None:
    text = "meetings:\n  sync:\n  purpose: Talk\n  cadence: {every: week}\n  chair:\n  other: {cadence: as needed}\n"
    shape = shape_of(text)
    [problem] = shape.problems
    assert problem.way == ("meetings", "purpose")
    assert problem.message == "`purpose`, `cadence`, `chair` are fields, and stand as deep as the id `sync`"
    assert [(each.id, each.refused) for each in shape.told] == [("sync", True), ("other", False)]


def test_an_id_that_is_called_like_a_field_may_follow_an_empty_one() -> None:
    shape = shape_of("teams: {sales: null, lead: null, purpose: {lead: cfo}, produces: {}}")
    assert shape.problems == []
    assert [each.id for each in shape.told] == ["sales", "lead", "purpose", "produces"]


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("a\u2013lead", "an en dash (U+2013)"),
        ("a\u00a0lead", "a no-break space (U+00A0)"),
        ("\u201ca-lead\u201d", "a left double quotation mark (U+201C)"),
    ],
)
def test_a_character_that_looks_like_another_is_named(text: str, odd: str) -> None:
    said = one(f"roles:\n  cfo:\n    deputy: {text}\n")
    assert said.message.endswith(f"is no name, for {odd} stands in it")
    assert "\u201c" in text or said.tip.startswith("write `a-lead`")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("roles: {cfo: {purpose: {All money: in euros}}}", "All money: in euros"),
        ("handoffs: {a: {from: b, to: c, delivers: [Vans: 4]}}", "Vans: 4"),
    ],
)
def test_a_colon_in_a_text_is_told(text: str, shown: str) -> None:
    said = one(text)
    assert said.message.startswith(f"the colon made a mapping of `{shown}`, and ")
    assert said.tip == "write it in quotes"


def test_what_cannot_act_is_not_offered_from_outside() -> None:
    said = one("forums: {council: {record: Deal log}}")
    assert said.tip == "write `deal-log` if that is its id"


# --- values ---


@pytest.mark.parametrize(
    ("text", "way", "message", "tip"),
    [
        (
            "roles: {cfo: {purpose: 5}}",
            "roles/cfo/purpose",
            "`purpose` must be a text, and this is the number `5`",
            'quote it: "5"',
        ),
        (
            "roles: {cfo: {held_by: [{id: kim, b: c}]}}",
            "roles/cfo/held_by/0",
            "`held_by` must be a text, and this is a mapping",
            None,
        ),
        (
            "roles: {cfo: {held_by: [[a, b]]}}",
            "roles/cfo/held_by/0",
            "`held_by` must be a text, and this is a list",
            None,
        ),
        ("roles: {cfo: {team: null}}", "roles/cfo/team", "`team` must be a text, and this is empty", None),
        ("roles: {cfo: {purpose: ''}}", "roles/cfo/purpose", "`purpose` is empty", None),
        ("forums: {board: {quorum: 0}}", "forums/board/quorum", "`quorum` is `0`, and must be at least 1", None),
        (
            "forums: {board: {votes: {rule: majorty}}}",
            "forums/board/votes/rule",
            "`rule` cannot be `majorty`; did you mean `majority`?",
            "it is one of majority, two_thirds, consent, unanimous",
        ),
        ("escalations: {up: {steps: []}}", "escalations/up/steps", "`steps` takes at least 1, and here are 0", None),
        (
            f"roles: {{cfo: {{name: {'x' * 201}}}}}",
            "roles/cfo/name",
            "`name` has 201 characters, and 200 are the most",
            "shorten it, or link to it",
        ),
        ("roles: {cfo: {since: 2026-02-30}}", "roles/cfo/since", None, None),
        ("log: [{held: weekly}]", "log/0", "`date` is missing", None),
        (
            "escalations: {up: {steps: [{within: 1d}]}}",
            "escalations/up/steps/0",
            "one of `to`, `cover` must stand here, and none does",
            "write one of them",
        ),
        (
            "handoffs: {kit: {delivers: Kit, steps: [{do: Check, by: a b}]}}",
            "handoffs/kit/steps/0/by",
            "`a b` is no name",
            None,
        ),
    ],
)
def test_a_value_that_cannot_stand(text: str, way: str, message: str | None, tip: str | None) -> None:
    said = one(text)
    assert said.way == way
    assert message in (said.message, None)
    assert tip in (said.tip, None)


# --- what is no declaration ---


def test_a_file_that_is_no_mapping() -> None:
    shape = shape_of("- roles\n")
    assert [problem.message for problem in shape.problems] == [
        "a file maps collections to declarations, and this is a list"
    ]
    assert shape.lost == [()]


def test_a_collection_that_is_no_mapping() -> None:
    shape = shape_of("roles: [cfo]\n")
    assert [problem.message for problem in shape.problems] == ["`roles` maps ids to declarations, and this is a list"]
    assert shape.lost == [("roles",)]


def test_a_declaration_that_is_no_mapping_keeps_its_id() -> None:
    [problem] = shape_of("roles: {cfo: kim}").problems
    assert problem.message == "a declaration has fields, and this is the text `kim`"
    assert told("roles: {cfo: kim}") == Told("roles", "cfo", {}, "case.yaml", ("roles", "cfo"), None, True)


@pytest.mark.parametrize(("written", "meant"), [("Vp_Sales", "vp-sales"), ("a--b", "a-b"), ("x" * 65, "x" * 64)])
def test_an_id_that_is_none_may_be_named_as_it_should_be(written: str, meant: str) -> None:
    shape = shape_of(f"roles: {{{written}: {{}}}}")
    [problem] = shape.problems
    assert problem.message.startswith(f"`{written}` is no id: ")
    assert problem.tip == f"write `{meant}`"
    assert [each.id for each in shape.told] == [meant]


def test_an_id_of_which_nobody_can_tell_what_was_meant() -> None:
    shape = shape_of("roles: {Größe: {}}")
    assert [problem.tip for problem in shape.problems] == ["choose another id"]
    assert shape.told == []


def test_an_empty_declaration_is_one() -> None:
    assert heard("teams: {service: null}\nroles: null\nlog: null\n") == []
    assert told("teams: {service: null}").data == {}


# --- what is left of a declaration with problems ---


def test_several_problems_in_one_declaration_and_what_can_still_be_read() -> None:
    shape = shape_of("roles:\n  cfo:\n    held_by: kim\n    headcount: many\n    mood: 3\n    since: soon\n")
    assert [(problem.rule, problem.way[-1]) for problem in shape.problems] == [
        ("shape/bad-value", "since"),
        ("shape/unknown-key", "mood"),
        ("shape/bad-value", "headcount"),
    ]
    [kept] = shape.told
    assert (kept.id, kept.data, kept.refused) == ("cfo", {"held_by": "kim"}, True)
    assert kept.unread is None, "what stands under a name that nobody knows may be any field"


def test_one_bad_declaration_leaves_its_neighbours_alone() -> None:
    shape = shape_of("roles:\n  cfo: {mood: 3}\n  ceo: {held_by: ext/Ada}\n")
    assert [(each.id, each.refused) for each in shape.told] == [("cfo", True), ("ceo", False)]


def test_a_wrong_edition_names_each_edition_once() -> None:
    [problem] = check_house(document("organisation: Us\nedition: '2019'\n")).problems
    assert problem.message == "`edition` cannot be `2019`"
    assert problem.tip == "it is one of 2026"


@pytest.mark.parametrize(
    ("text", "collection"),
    [
        ("log:\n" + "- {}\n" * 300, "log"),
        ("meetings:\n  a:\n    attendees:\n" + "    - 3\n" * 300, "meetings"),
        ("meetings:\n" + "".join(f"  a{number}: {{cadence: often}}\n" for number in range(300)), "meetings"),
        ("meetings:\n  a:\n    reviews: [" + "3," * 300 + "]\n    chair: {}\n", "meetings"),
    ],
    ids=["entries", "items", "cadences", "two fields of one declaration"],
)
def test_of_very_many_problems_a_hundred_are_told(text: str, collection: str):
    shape = check(read("f.yaml", text.encode()))
    assert len(shape.problems) == 100
    assert shape.problems[-1].message.endswith(" (and more is wrong in this file)")
    # What was not looked at closely is not taken for sound.
    assert all((each.refused and (each.unread or each.unread is None)) or collection == "log" for each in shape.told)
    assert all(each.refused for each in shape.told)


def test_after_a_hundred_problems_what_is_sound_still_counts():
    wrong = "".join(f"  a{number}: {{lead: 3}}\n" for number in range(150))
    shape = check(read("f.yaml", f"teams:\n{wrong}  sound: {{lead: cfo}}\n".encode()))
    assert [each.id for each in shape.told if not each.refused] == ["sound"]
    assert len(shape.told) == 151


@pytest.mark.parametrize(("collection", "lent"), [("records", "keeps: Deals"), ("meetings", "cadence: as needed")])
def test_a_model_lends_what_cannot_be_left_out(collection: str, lent: str):
    told = check(read("f.yaml", f"{collection}:\n  one: {{{lent}}}\n  two: {{like: one}}\n  three: {{}}\n".encode()))
    assert [(each.rule, each.way) for each in told.problems] == [("shape/missing-key", (collection, "three"))]


# --- what to write, by the words of the schema ---


@pytest.mark.parametrize(
    ("text", "way", "message", "tip"),
    [
        (
            "waive: [meeting/holds-nothing]",
            "waive/0",
            "`waive` must be a mapping of fields, and this is the text `meeting/holds-nothing`",
            "write findings that are accepted here, each with a reason and a last day, such as [{rule: ",
        ),
        (
            "description: [one, two]",
            "description",
            "`description` must be a text, and this is a list",
            "what belongs here: what a newcomer should know about it, in Markdown",
        ),
    ],
)
def test_a_tip_says_what_to_write(text: str, way: str, message: str, tip: str) -> None:
    said = one(f"meetings: {{standup: {{purpose: See., cadence: as needed, {text}}}}}")
    assert (said.way, said.message) == (f"meetings/standup/{way}", message)
    assert said.tip.startswith(tip)


@pytest.mark.parametrize(
    ("text", "way", "message", "tip"),
    [
        (
            "house_rules: {Outsiders get notes: {for: meetings, require: record, message: They do.}}",
            "house_rules/Outsiders get notes",
            "`Outsiders get notes` cannot be a name in `house_rules`: lower-case letters, digits and single hyphens, "
            "at most 64 characters",
            "write `outsiders-get-notes`",
        ),
        (
            "house_rules: {notes: {for: meetings, at_least: {outputs: many}, message: They do.}}",
            "house_rules/notes/at_least/outputs",
            "`outputs` must be a whole number, and this is the text `many`",
            "write a whole number, such as 2",
        ),
        (
            "rules: {meeting: off}",
            "rules/meeting",
            "`meeting` is not a rule's name, `family/name`",
            "write the name of a rule, such as meeting/too-many-people",
        ),
    ],
)
def test_a_tip_says_what_to_write_in_the_config(text: str, way: str, message: str, tip: str) -> None:
    [problem] = check_house(document(f'organisation: Test\nlayer_owner: ext/x\nedition: "2026"\n{text}\n')).problems
    assert ("/".join(map(str, problem.way)), problem.message, problem.tip) == (way, message, tip)
