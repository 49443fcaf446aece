"""Everybody lands on their first page: roles and people who landed on a list that shipped with the suite, or on none.

What a county chose itself stays.
"""

from odoo import SUPERUSER_ID, api

ROLES = (
    "administrator",
    "finance_officer",
    "primary_care_officer",
    "deputy_leader",
    "leader",
    "rectification_clerk",
    "township_director",
    "township_public_health",
    "township_accountant",
    "team_leader",
    "village_doctor",
    "county_specialist",
    "evaluator",
    "finance_bureau",
    "auditor",
)
SHIPPED = (
    "bphs_base.bphs_institution_action",
    "bphs_fund.bphs_fund_settlement_action",
    "bphs_fund.bphs_fund_standing_action",
    "bphs_fund.bphs_fund_entry_action",
    "bphs_workload.bphs_workload_action_pending",
    "bphs_workload.bphs_workload_action",
    "bphs_workload.bphs_workload_action_overview",
    "bphs_rectification.bphs_rectification_action",
)


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    home = env.ref("bphs_base.action_home")
    before = {action.id for name in SHIPPED if (action := env.ref(name, raise_if_not_found=False))}
    roles = env["res.users.role"].browse()
    for name in ROLES:
        roles |= env.ref(f"bphs_base.role_{name}", raise_if_not_found=False) or roles
    for role in roles:
        if not role.home_action_id or role.home_action_id.id in before:
            role.home_action_id = home.id
    people = env["res.users"].with_context(active_test=False).search([("role_line_ids.role_id", "in", roles.ids)])
    for person in people:
        if not person.action_id or person.action_id.id in before:
            person.action_id = home.id
