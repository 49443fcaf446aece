{
    "name": "Basic Public Health: Workload",
    "summary": "Planned, reported and verified work of each clinic, per period and service item",
    "version": "19.0.1.3.0",
    "category": "Healthcare",
    "license": "AGPL-3",
    "author": "Jiceng",
    "website": "https://jiceng.example",
    "depends": ["bphs_base"],
    "data": [
        "security/ir.model.access.csv",
        "security/bphs_workload_rules.xml",
        "wizards/bphs_workload_open_views.xml",
        "wizards/bphs_workload_import_views.xml",
        "views/bphs_workload_event_views.xml",
        "views/bphs_workload_line_views.xml",
        "views/bphs_workload_views.xml",
        "views/bphs_workload_menus.xml",
    ],
    "assets": {
        "web.assets_backend": ["bphs_workload/static/src/**/*"],
    },
    "uninstall_hook": "uninstall_hook",
}
