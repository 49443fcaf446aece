"""One person graded again, with and without what is for named persons alone, and what is kept of it."""

from dataclasses import replace
from datetime import date, timedelta

from grading_people import ruleset

from odoo.addons.bphs_elderly.tools.grading.facts import Person, Value
from odoo.addons.bphs_elderly.tools.grading.following import News, followed
from odoo.addons.bphs_elderly.tools.grading.grade import Grader
from odoo.addons.bphs_elderly.tools.grading.keeping import run_kept, run_read, standing_read
from odoo.addons.bphs_elderly.tools.grading.ruleset_document import read_ruleset
from odoo.addons.bphs_elderly.tools.grading.standing import Contact, Verdict, forget

RULES = read_ruleset(ruleset("strict-2025"))
START = date(2025, 1, 10)
MAN = Person("x", date(1955, 1, 1))
CODE = "strict-2025"


def sbp(number, day, id_="v1.sbp"):
    return Value(id_, "sbp", number, day)


def at(days):
    return START + timedelta(days)


def grade(days, person, before=None, news=None, whole=None):
    """What is kept, by whether with all facts; and the same written down and read again."""
    changes = list(followed(Grader(RULES, at(days)), CODE, (person, whole), before or {}, news))
    kept = {}
    for change in changes:
        after = change.after
        if change.news:
            read = standing_read(
                after.day, after.colour, after.grade, change.hits, after.ruleset, change.causes, change.run
            )
            assert read == replace(after, rows=())
        kept[change.whole] = (replace(after, rows=()), change.sequence)
    return {change.whole: change for change in changes}, {**(before or {}), **kept}


def test_who_is_not_65_stands_in_no_colour():
    young = Person("x", date(1970, 1, 1))
    assert grade(0, young)[0] == {}
    assert grade(0, young, whole=replace(young, values=(sbp(190, at(0)),)))[0] == {}


def test_nothing_new_is_nothing_to_keep():
    changes, kept = grade(0, MAN)
    assert [row.cause for row in changes[False].rows] == ["first"]
    assert not grade(1, MAN, kept)[0][False].news
    assert changes[False].assessed is False


def test_changes_of_one_day_are_numbered_on():
    changes, kept = grade(0, MAN)
    high = replace(MAN, values=(sbp(152, at(0)),))
    changes, kept = grade(0, high, kept)
    assert (changes[False].sequence, changes[False].after.colour) == (2, "yellow")
    changes, kept = grade(0, replace(MAN, values=(sbp(190, at(0), "v2.sbp"),)), kept)
    assert (changes[False].sequence, changes[False].after.colour) == (3, "red")
    assert changes[False].facts == {"v2.sbp": ["v", "sbp", "190", at(0).isoformat(), None]}
    changes, kept = grade(1, MAN, kept)
    assert changes[False].sequence == 1


def test_a_voided_record_is_graded_without_a_proposal_and_one_that_still_holds_is_not_voided():
    __, kept = grade(0, replace(MAN, values=(sbp(190, at(0)),)))
    changes, __ = grade(1, MAN, kept, News(voided=frozenset({"v1"})))
    assert [row.cause for row in changes[False].rows] == ["voided"]
    changes, __ = grade(1, replace(MAN, values=(sbp(190, at(0)),)), kept, News(voided=frozenset({"v1"})))
    assert not changes[False].news
    changes, __ = grade(1, MAN, kept, News(voided=frozenset({"v9"})))
    assert changes[False].after.colour == "red"


def test_the_day_on_which_it_was_ripe_is_made_up_for():
    red = replace(MAN, values=(sbp(190, at(0)),))
    yellow = replace(MAN, values=(sbp(152, at(1), "v2.sbp"),))
    __, kept = grade(0, red)
    changes, kept = grade(1, yellow, kept)
    assert changes[False].run["since"] == at(1).isoformat()
    changes, kept = grade(120, yellow, kept)
    assert changes[False].news and changes[False].after.run.proposed_on == at(90)
    changes, kept = grade(121, yellow, kept, News(verdicts={False: Verdict("7", True)}))
    assert changes[False].rows[-1].confirmed_by == "7"
    assert changes[False].after.colour == "yellow"


def test_contacts_count_and_a_voided_one_closes_what_it_opened():
    red = replace(MAN, values=(sbp(190, at(0)),))
    yellow = replace(MAN, values=(sbp(152, at(1), "v2.sbp"),))
    __, kept = grade(0, red)
    __, kept = grade(1, yellow, kept)
    first, second = Contact(at(5), True, "1"), Contact(at(9), True, "2")
    __, kept = grade(5, yellow, kept, News(contacts=(first,)))
    changes, kept = grade(9, yellow, kept, News(contacts=(second,)))
    assert changes[False].after.proposal == "yellow"
    changes, kept = grade(10, yellow, kept, News(forgotten=(second,)))
    assert changes[False].after.proposal is None
    assert changes[False].after.run.contacts == (first,)
    changes, kept = grade(11, yellow, kept, News(forgotten=(Contact(at(3), True, "9"),)))
    assert not changes[False].news


def test_to_forget_what_does_not_count_changes_nothing():
    __, kept = grade(0, MAN)
    standing = kept[False][0]
    assert forget(standing, Contact(at(0), True, "1")) is standing


def test_a_third_contact_voided_leaves_the_proposal():
    red = replace(MAN, values=(sbp(190, at(0)),))
    yellow = replace(MAN, values=(sbp(152, at(1), "v2.sbp"),))
    __, kept = grade(0, red)
    __, kept = grade(1, yellow, kept)
    contacts = tuple(Contact(at(day), True, "1") for day in (5, 6, 7))
    __, kept = grade(9, yellow, kept, News(contacts=contacts))
    assert forget(kept[False][0], contacts[0]).proposal == "yellow"


def test_the_second_begins_where_the_first_stood_and_the_first_tells_nothing_of_it():
    smi = Value("v7.smi_risk", "smi_risk", 3, at(3))
    __, kept = grade(0, MAN)
    changes, kept = grade(3, MAN, kept, whole=replace(MAN, values=(smi,)))
    assert not changes[False].news
    assert (changes[True].after.colour, [row.cause for row in changes[True].rows]) == ("red", ["rated"])
    changes, kept = grade(4, MAN, kept)
    assert changes[True].after.colour == "red", "without the fact it goes the way of proposals"
    changes, kept = grade(0, MAN, {}, whole=replace(MAN, values=(smi,)))
    assert [row.cause for row in changes[True].rows] == ["first"]


def test_the_second_begins_with_a_row_also_where_the_colour_is_the_same():
    harmless = Value("v7.smi_state", "smi_state", "stable", at(3))
    __, kept = grade(0, MAN)
    changes, __ = grade(3, MAN, kept, whole=replace(MAN, values=(harmless,)))
    assert [(row.colour, row.cause) for row in changes[True].rows] == [("unrated", "first")]
    assert changes[True].sequence == 1


def test_what_is_kept_of_no_run_is_nothing():
    assert run_kept(None) is None and run_read(None) is None


def test_what_becomes_known_at_one_time_is_joined():
    first = News(frozenset({"v1"}), (Contact(START, True, "7"),), (), {False: Verdict("7", True)})
    second = News(frozenset({"s2"}), (), (Contact(START, False, "8"),))
    assert first | News() == first
    assert News() | News() == News()
    assert first | second == News(
        frozenset({"v1", "s2"}),
        (Contact(START, True, "7"),),
        (Contact(START, False, "8"),),
        {False: Verdict("7", True)},
    )
