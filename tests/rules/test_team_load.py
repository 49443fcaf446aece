from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.bphs_team.tools.load import Counts, Standing, capacity, load, wanting, whole_load
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
