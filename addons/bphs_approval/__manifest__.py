{
    "name": "Basic Public Health: Approvals",
    "summary": "Approval stages as data, decisions that cannot be forged, and a list of what waits for whom",
    "version": "19.0.1.0.0",
    "category": "Healthcare",
    "license": "AGPL-3",
    "author": "Jiceng",
    "website": "https://jiceng.example",
    "depends": ["bphs_base"],
    "data": [
        "security/ir.model.access.csv",
        "security/bphs_approval_rules.xml",
        "data/mail_activity_type_data.xml",
    ],
}
