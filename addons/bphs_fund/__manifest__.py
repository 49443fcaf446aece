{
    "name": "Basic Public Health: Funds",
    "summary": "Money of village clinics from arrival to closed books: prepay, settle, pay, and a ledger that adds up",
    "version": "19.0.1.0.0",
    "category": "Healthcare",
    "license": "AGPL-3",
    "author": "Jiceng",
    "website": "https://jiceng.example",
    "depends": [
        "bphs_base",
        "bphs_workload",
        "report_xlsx",
    ],
    "data": [
        "security/ir.model.access.csv",
        "security/bphs_fund_rules.xml",
    ],
    "uninstall_hook": "uninstall_hook",
}
