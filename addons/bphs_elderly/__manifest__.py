{
    "name": "Basic Public Health: Elderly People",
    "summary": "Red, yellow, green: everyone of 65 and over graded by the county's own rules, with the reasons",
    "version": "19.0.1.0.0",
    "category": "Healthcare",
    "license": "AGPL-3",
    "author": "Jiceng",
    "website": "https://jiceng.example",
    "depends": ["bphs_resident"],
    "data": [
        "security/ir.model.access.csv",
        "security/bphs_elderly_rules.xml",
        "views/bphs_elderly_ruleset_views.xml",
        "wizards/bphs_elderly_ruleset_import_views.xml",
        "views/bphs_elderly_menus.xml",
        "data/bphs_elderly_code_data.xml",
    ],
    "uninstall_hook": "uninstall_hook",
}
