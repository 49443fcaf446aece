"""A demo county made by the previous release is upgraded to this one: no fen moves, and every screen opens.

tests/upgrade/previous.txt holds tag and commit of the previous release; it is empty before the first. How and when it
changes stands in tests/upgrade/README.md.
"""

import subprocess

import psycopg2

from .job import ROOT, VAR, Result

DATABASE = "jiceng_test_upgrade"
# What an upgrade leaves as it was, each a query of (what, how many, yuan).
FIGURES = (
    "SELECT 'ledger: ' || kind, count(*), sum(amount) FROM bphs_fund_entry GROUP BY kind",
    "SELECT 'to pay: ' || kind || state, count(*), sum(open_amount) FROM bphs_fund_payable GROUP BY kind, state",
    "SELECT 'payments: ' || state, count(*), sum(amount) FROM bphs_fund_payment_line GROUP BY state",
    "SELECT 'sources of payments', count(*), sum(amount) FROM bphs_fund_payment_split",
    "SELECT 'settled: ' || kind, count(*), sum(settled + final) FROM bphs_fund_settlement_line GROUP BY kind",
    "SELECT 'prepaid', count(*), sum(amount) FROM bphs_fund_prepayment_line",
    "SELECT 'held: ' || state, count(*), sum(amount) FROM bphs_fund_hold GROUP BY state",
    "SELECT 'returned', count(*), sum(amount) FROM bphs_fund_return",
    "SELECT 'batches: ' || approval_state, count(*), 0 FROM bphs_fund_payment GROUP BY approval_state",
    "SELECT 'approvals: ' || verdict, count(*), 0 FROM bphs_approval_decision GROUP BY verdict",
    "SELECT 'verified work', count(*), sum(verified) FROM bphs_workload_line",
)
# Opens every list a person may open from the menus, as that person: views and first page.
SCREENS = """
opened = 0
for row in env["res.users"]._bphs_demo_signins():
    as_person = env(user=env["res.users"].search([("login", "=", row["login"])]), su=False)
    for menu in as_person["ir.ui.menu"].search([])._filter_visible_menus().filtered("action"):
        action = menu.action.sudo()
        if action._name != "ir.actions.act_window" or action.target == "new":
            continue
        if not action.res_model.startswith("bphs."):
            continue
        model = as_person[action.res_model]
        views = model.get_views([(view_id, mode) for view_id, mode in action.views], {"toolbar": True})
        shown = views["models"][model._name]["fields"]
        model.web_search_read(safe_eval(action.domain or "[]", {"uid": as_person.uid}), {}, limit=80)
        model.search([], limit=5).read([name for name in shown if model._fields[name].type != "binary"])
        opened += 1
print(f"SCREENS {opened}")
"""


def run(job):
    told = (ROOT / "tests" / "upgrade" / "previous.txt").read_text(encoding="utf-8").split()
    if not told:
        return Result(skipped="there is no release before this one")
    # The commit counts: a clone need not bring the tags.
    tag, previous = told
    if subprocess.run(
        ["git", "cat-file", "-e", f"{previous}^{{commit}}"], cwd=ROOT, stderr=subprocess.DEVNULL
    ).returncode:
        return Result(
            skipped=f"this checkout does not hold the history back to {tag} ({previous}): fetch it to try the upgrade"
        )
    result = Result()
    folder = _unpack(previous)
    old = sorted(path.parent.name for path in folder.glob("addons/*/__manifest__.py"))
    result.check(f"the demo county of {tag} ({previous[:10]}) is made", _make_county(job, folder))
    if result.failed:
        return result
    before = _figures()
    arguments = ["-d", DATABASE, "-u", ",".join(old), "-i", ",".join(job.addons)]
    arguments += ["--i18n-overwrite", "--skip-auto-install"]  # as scripts/run and the operator's guide upgrade
    problems = job.odoo(*arguments, "--stop-after-init", log="upgrade")[1]
    result.check("its database upgrades to this release", problems)
    if problems:
        return result
    after = _figures()
    lost = [f"{what}: {before[what]} became {after.get(what)}" for what in before if after.get(what) != before[what]]
    result.check(f"{len(before)} sums and counts of money and work are what they were", lost)
    lines, problems = job.shell(
        DATABASE, "from odoo.tools.safe_eval import safe_eval\n" + SCREENS, log="upgrade-screens"
    )
    opened = sum(int(line.split()[-1]) for line in lines if "SCREENS" in line)
    result.check(f"{opened} screens of the people of the county open", problems if opened else [*lines[-30:], "none"])
    return result


def _unpack(commit):
    """The release's files in a folder of their own."""
    folder = VAR / "previous"
    folder.mkdir()
    archive = subprocess.run(["git", "archive", commit], cwd=ROOT, check=True, capture_output=True)
    subprocess.run(["tar", "-x", "-C", folder], input=archive.stdout, check=True)
    return folder


def _make_county(job, folder):
    """Its demo county, made as its own scripts/run makes it but for scripts and styles. Returns what was wrong.

    Odoo, the environment and the server are those of this checkout: what changes between releases is the addons.
    """
    modules = ",".join(sorted(path.parent.name for path in folder.glob("addons/*/__manifest__.py")))
    told = {"log": "upgrade-before", "env": {"ODOO_ADDONS_PATH": str(folder / "addons")}}
    problems = job.odoo("db", "init", DATABASE, "--language", "zh_CN", "--country", "CN", **told)[1]
    arguments = ["-d", DATABASE, "-i", modules, "--skip-auto-install", "--stop-after-init"]
    return problems or job.odoo(*arguments, **told)[1]


def _figures():
    """{what: (how many, yuan)}."""
    with psycopg2.connect(dbname=DATABASE) as connection, connection.cursor() as cursor:
        figures = {}
        for query in FIGURES:
            cursor.execute(query)
            figures |= {what: (count, amount) for what, count, amount in cursor.fetchall()}
    connection.close()
    return figures
