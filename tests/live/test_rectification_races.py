"""Two people press the same button of one task at the same instant: one step, one line of history."""

import pytest

# It moves no money.
SHARES_A_COUNTY = True
PROBLEM, LINE, ISSUE = "bphs.problem", "bphs.problem.line", "bphs.rectification.issue"
TASK, EVIDENCE = "bphs.rectification", "bphs.rectification.evidence"
CLERKS = ("rectification_clerk", "primary_care_officer")
DOCTORS = ("village_doctor_a1", "village_doctor_a1_2")
TOWNSHIP = ("township_director_a", "township_director_a_2")


@pytest.fixture
def list_of_problems(county, do):
    """Ids of a problem's lines at a clinic and at its township."""
    (kind,) = do(CLERKS[0], "bphs.problem.type", "search", domain=[("code", "=", "MB01")])
    places = [county.clinic["a1"], county.township["a"]]
    values = {
        "name": "用药情况填写不规范",
        "type_id": kind,
        "line_ids": [(0, 0, {"institution_id": place}) for place in places],
    }
    (problem,) = do(CLERKS[0], PROBLEM, "create", vals_list=[values])
    return do(CLERKS[0], LINE, "search", domain=[("problem_id", "=", problem)])


@pytest.fixture
def task(county, do, once, rows, list_of_problems):
    """The clinic's task; both clerks issue the list, and it is issued once."""
    dialogs = [
        do(person, ISSUE, "create", vals_list=[{"line_ids": [(6, 0, list_of_problems)]}])[0] for person in CLERKS
    ]
    once(*[(person, ISSUE, "action_confirm", dialog) for person, dialog in zip(CLERKS, dialogs, strict=True)])
    tasks = rows(
        "SELECT task.id, task.institution_id, task.number FROM bphs_rectification task"
        " JOIN bphs_problem_line line ON line.rectification_id = task.id WHERE line.id = ANY(%s)",
        list_of_problems,
    )
    assert len(tasks) == 2
    assert len({number for *_, number in tasks}) == 2
    return next(number for number, place, _ in tasks if place == county.clinic["a1"])


def test_a_task_goes_its_way_once(county, do, race, once, rows, task):
    def each(people, method, **arguments):
        once(*[(person, TASK, method, task, arguments) for person in people])

    each(DOCTORS, "action_acknowledge")
    each(DOCTORS, "action_start")
    do(DOCTORS[0], TASK, "write", task, vals={"measures": "培训", "result": "已补填"})
    proof = {"rectification_id": task, "upload_key": "k1", "name": "说明", "kind": "text", "text": "已补填"}
    race(*[(DOCTORS[0], EVIDENCE, "upload", None, proof)] * 3)
    assert rows("SELECT count(*) FROM bphs_rectification_evidence WHERE rectification_id = %s", task) == [(1,)]
    each(DOCTORS, "action_submit")
    once(
        (TOWNSHIP[0], TASK, "action_verify", task),
        (TOWNSHIP[1], TASK, "action_return", task, {"reason": "不实"}),
    )
    if rows("SELECT state FROM bphs_rectification WHERE id = %s", task) == [("in_progress",)]:
        do(DOCTORS[0], EVIDENCE, "upload", **{**proof, "upload_key": "k2"})
        do(DOCTORS[0], TASK, "action_submit", task)
        each(TOWNSHIP, "action_verify")
    each(CLERKS, "action_close")
    each(CLERKS, "action_reopen", reason="反弹")
    history = dict(
        rows("SELECT kind, count(*) FROM bphs_rectification_event WHERE rectification_id = %s GROUP BY kind", task)
    )
    returned = history.pop("return", 0)
    assert history.pop("submit") == 1 + returned
    assert history == dict.fromkeys(("issue", "acknowledge", "start", "verify", "close", "reopen"), 1)


@pytest.mark.parametrize("time", range(3))
def test_numbers_are_drawn_by_two_at_once(do, race, rows, county, time):
    """Two who register at the same instant both succeed, and no number comes twice or is left out."""
    (kind,) = do(CLERKS[0], "bphs.problem.type", "search", domain=[("code", "=", "MB02")])
    values = {"name": f"同时登记{time}", "type_id": kind, "line_ids": [(0, 0, {"institution_id": county.clinic["b1"]})]}
    assert race(*[(person, PROBLEM, "create", None, {"vals_list": [values]}) for person in CLERKS]) == [None, None]
    numbers = [number for (number,) in rows("SELECT number FROM bphs_problem ORDER BY number")]
    assert len(numbers) == len(set(numbers))
    assert [int(number[-4:]) for number in numbers] == list(range(1, len(numbers) + 1))
