"""What the forms of rectification share: the words of a task, who issues the paper, the address of a task's page."""

from odoo.addons.bphs_base.tools.paper.form import FormError

TASKS_PAGE = "/odoo/action-bphs_rectification.bphs_rectification_action"


def tasks_of(record):
    """The tasks a form is about: the record itself, or those a dialog chose."""
    return record._tasks() if record._name == "bphs.rectification.print" else record


def issuer_of(institution):
    """Who issues papers to an institution: the bureau that leads it, else the one at its head."""
    leader = institution.sudo()  # sudo: the name alone, of a unit above the reader's scope
    while leader.parent_id and leader.kind != "health_bureau":
        leader = leader.parent_id
    return leader


def page_of(tasks):
    """Address of the page a QR code leads to: of the one task, else of the list of tasks one may see."""
    return tasks._page_url() if len(tasks) == 1 else tasks.browse().get_base_url() + TASKS_PAGE


def label(record, name):
    """What a selection says on paper."""
    return dict(record._fields[name]._description_selection(record.env)).get(record[name], "")


def lines(*texts):
    """Those that are not empty, one a line."""
    return "\n".join(text for text in texts if text)


def evidence_text(task):
    """What was handed in as proof, by name."""
    return "；".join(f"{number}. {proof.name}" for number, proof in enumerate(task.evidence_ids, start=1))


def task_cells(task):
    """What every table of tasks tells of one: by column key."""
    return {
        "institution": task.institution_id.name,
        "problem": task.problem_summary,
        "cause": task.cause,
        "measures": task.measures,
        "responsible": task.responsible_id.name,
        "deadline": task.deadline,
        "evidence": evidence_text(task),
    }


def demand_not_empty(tasks):
    """:raise FormError: there is nothing to print"""
    if not tasks:
        raise FormError("没有可打印的整改任务")
    return tasks
