"""What words mean to whom, and which are used wrongly."""

from __future__ import annotations

from org_kit import org_of, the

from coordlint.facts.terms import forbidden, homonyms, meant, undefined, vocabulary, words_for
from coordlint.model.base import Declaration
from coordlint.model.kinds import Meeting, Role, Team, Term

TEXT = """
teams:
  sales: {lead: ext/a}
  sales-north: {lead: ext/a, part_of: sales}
  dock: {lead: ext/b}
  office: {lead: ext/c}
roles:
  seller: {team: sales-north}
terms:
  date: {name: Ship Date, means: In the plan.}
  date-at-the-dock: {name: ship  date, means: Signed for., within: dock}
  date-in-sales: {also_called: ship date, means: Promised., within: sales, was: promise}
meetings:
  north-weekly: {chair: seller, cadence: as needed}
"""


def test_a_term_goes_by_its_id_its_name_and_its_aliases() -> None:
    org = org_of(TEXT)
    assert words_for(the(Term, org, "date-in-sales")) == ["date-in-sales", "date in sales", "ship date"]
    assert {word: len(terms) for word, terms in vocabulary(org).items()} == {
        "date": 1,
        "ship date": 3,
        "date-at-the-dock": 1,
        "date-in-sales": 1,
        "date in sales": 1,
        "promise": 1,
    }


def test_the_nearest_team_says_what_is_meant() -> None:
    org = org_of(TEXT)
    terms = vocabulary(org)["ship date"]

    def meaning(around: Declaration) -> str | None:
        found = meant(terms, around)
        return found.means if found else None

    assert meaning(the(Team, org, "sales-north")) == "Promised."
    assert meaning(the(Meeting, org, "north-weekly")) == "Promised."
    assert meaning(the(Team, org, "dock")) == "Signed for."
    assert meaning(the(Team, org, "office")) == "In the plan."
    assert meaning(the(Role, org, "seller")) == "In the plan."
    assert meant([], the(Team, org, "dock")) is None


def test_what_a_term_that_cannot_be_read_is_called_nobody_knows() -> None:
    text = """
teams: {yard: {purpose: "Builds a {{keel}}, after {{hull}}."}}
terms:
  hull: {means: What floats.}
"""
    assert [each.word for each in undefined(org_of(text))] == ["keel"]
    assert list(undefined(org_of(text + "  mast: {like: nobody, means: What stands.}"))) == []
    assert list(undefined(org_of(text.split("terms")[0]))) == []


def test_a_nearest_word_is_looked_for_so_often_only() -> None:
    marks = " ".join("{{keel " + "x" * n + "}}" for n in range(2, 150))
    found = list(undefined(org_of(f'teams: {{yard: {{purpose: "{marks}"}}}}\nterms: {{keel-x: {{means: A keel.}}}}')))
    assert len(found) == 148
    assert found[0].nearest == "keel x"
    assert found[-1].nearest == ""


def test_what_is_within_a_team_that_nobody_knows_separates_and_excludes_nothing() -> None:
    org = org_of("""
teams: {yard: {purpose: Builds every tub.}}
terms:
  hull: {means: What floats., not: tub, within: nowhere}
  shell: {name: hull, means: What is hard., within: nowhere}
  peel: {name: hull, means: What is soft., within: nowhere-else}
""")
    assert list(homonyms(org)) == []
    assert list(forbidden(org)) == []


def test_a_word_is_told_once_in_a_text() -> None:
    org = org_of("""
teams: {yard: {purpose: "Builds a tub, a Tub and tubs, or a bowl."}}
terms: {hull: {means: What floats., not: [tub, bowl, a]}}
""")
    assert [(word, each.word) for _, word, each in forbidden(org)] == [("a", "a"), ("tub", "tub"), ("bowl", "bowl")]
