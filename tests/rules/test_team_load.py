from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_team.tools.load import Counts, Standing, capacity, is_heavy, load, wanting, whole_load
from odoo.addons.bphs_team.tools.open_work import USER, WORKER, OpenWork

counts = st.builds(
    Counts,
    st.integers(0, 5000),
    st.dictionaries(st.sampled_from(("hypertension", "diabetes", "copd")), st.integers(0, 900)).map(
        lambda groups: tuple(sorted(groups.items()))
    ),
)
WEIGHTS = {"hypertension": Decimal(3), "diabetes": Decimal("2.5")}


def test_everybody_counts_one_and_groups_in_addition():
    assert load(Counts(10, (("copd", 4), ("hypertension", 2))), WEIGHTS) == 16
    assert load(Counts(), WEIGHTS) == 0
    assert whole_load(Counts(1, (("diabetes", 1),)), WEIGHTS) == 4


def test_what_is_expected_takes_the_place_of_weights():
    assert load(Counts(10, (("copd", 4), ("hypertension", 2)), Decimal("37.25")), WEIGHTS) == Decimal("37.25")
    together = Counts(1, expected=Decimal("1.25")) + Counts(2, expected=Decimal("2.5")) + Counts()
    assert together == Counts(3, expected=Decimal("3.75"))
    assert whole_load(Counts(5, expected=Decimal(0)), WEIGHTS) == 0


hands = st.fractions(0, 9000, max_denominator=100)
standing = st.tuples(st.integers(0, 100_000), hands)


@given(st.lists(standing, min_size=1, max_size=8), st.integers(100, 300))
def test_not_all_have_much_more_to_do_than_others(teams, percent):
    heavy = [is_heavy(own, teams, percent) for own in teams]
    assert not any(heavy[at] for at, (__, able) in enumerate(teams) if not able)
    able = [at for at, (__, able) in enumerate(teams) if able]
    assert not able or not all(heavy[at] for at in able)
    # Who has less to do a hand is not heavy before who has more.
    for at in able:
        for other in able:
            if teams[at][0] * teams[other][1] <= teams[other][0] * teams[at][1]:
                assert heavy[other] or not heavy[at]


def test_much_more_is_beyond_a_share_of_the_average():
    teams = [(300, Fraction(1)), (100, Fraction(1)), (200, Fraction(2))]
    assert [is_heavy(own, teams, 150) for own in teams] == [True, False, False]
    assert not is_heavy((300, Fraction(1)), teams, 200), "twice the average and no more"


@given(counts, counts)
def test_two_villages_together_weigh_what_they_weigh_apart(one, other):
    assert load(one + other, WEIGHTS) == load(one, WEIGHTS) + load(other, WEIGHTS)


def test_a_share_of_a_doctor_is_a_share_of_the_limit():
    assert capacity([("gp", 50), ("gp", 100), ("nurse", 100)], {"gp": 2000, "nurse": 0}) == 3000
    assert capacity([("gp", 33)], {"gp": 100}) == Fraction(33)


def test_what_a_team_lacks():
    assert wanting(["gp", "nurse", "nurse"], {"gp": 1, "nurse": 3, "tcm": 0}) == {"nurse": 1}
    assert Standing(Counts(), 0, 0, {}).lacks == {}


def test_open_work_says_how_it_names_its_worker():
    work = OpenWork("tasks", "Tasks", "bphs.rectification", [], {"responsible_id": USER})
    assert (work.names["responsible_id"], work.dated, WORKER) == ("user", False, "worker")
