"""The module's forms by code: of which model, drawn by what, as a workbook or not."""

from odoo.addons.bphs_base.reports.printing import PrintedForm

from . import agreement, ledger, team_card, team_ledger, village_list

FORMS = {
    "C1": PrintedForm(("bphs.contract",), agreement.form),
    "C2": PrintedForm(
        ("bphs.contract.village.list",),
        sheets=village_list.sheets,
        picture=village_list.picture,
        rows=lambda dialog: sum(not row["restricted"] for row in village_list.rows(dialog)),
    ),
    "E17": PrintedForm(("bphs.team",), ledger.form, ledger.sheets, rows=lambda team: team._contract_count()),
    "T1": PrintedForm(("bphs.team",), team_card.form, rows=lambda team: len(team.member_ids)),
    "T2": PrintedForm(
        ("bphs.team.ledger",), team_ledger.form, team_ledger.sheets, rows=lambda ledger: len(ledger._teams())
    ),
}
