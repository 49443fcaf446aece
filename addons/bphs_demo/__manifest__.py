{
    "name": "Basic Public Health: Demo County",
    "summary": "A county in the middle of its budget year: three quarters settled, the fourth at every stage",
    "version": "19.0.1.3.0",
    "category": "Healthcare",
    "license": "AGPL-3",
    "author": "Jiceng",
    "website": "https://jiceng.example",
    "depends": ["bphs_evaluation", "bphs_fund", "bphs_indicator", "bphs_rectification", "bphs_service", "bphs_team"],
    "data": [
        "security/ir.model.access.csv",
        "data/ir_config_parameter_data.xml",
        "views/bphs_division_views.xml",
        "views/bphs_institution_views.xml",
    ],
    "pre_init_hook": "pre_init_hook",
    "post_init_hook": "post_init_hook",
}
