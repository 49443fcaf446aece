{
    "name": "Basic Public Health: Services",
    "summary": "What was done for whom, and what is due next",
    "version": "19.0.1.0.0",
    "category": "Healthcare",
    "license": "AGPL-3",
    "author": "Jiceng",
    "website": "https://jiceng.example",
    "depends": ["bphs_resident"],
    "data": [
        "security/ir.model.access.csv",
        "data/bphs_clock_data.xml",
        "data/bphs_clock_child_data.xml",
        "data/bphs_clock_schedule_data.xml",
        "views/bphs_clock_views.xml",
        "views/bphs_service_menus.xml",
    ],
    "application": True,
}
