{
    "name": "Basic Public Health: Foundation",
    "summary": "Divisions, institutions, periods, roles and scope of a county's basic public health services",
    "version": "19.0.1.0.0",
    "category": "Healthcare",
    "license": "AGPL-3",
    "author": "Jiceng",
    "website": "https://jiceng.example",
    "depends": ["mail", "base_user_role", "queue_job"],
    "external_dependencies": {"python": ["python-calamine", "reportlab", "xlsxwriter"]},
    "data": [
        "security/bphs_base_groups.xml",
        "security/ir.model.access.csv",
        "security/bphs_base_rules.xml",
        "data/res_users_role_data.xml",
        "data/res_company_data.xml",
        "data/bphs_service_item_data.xml",
        "data/bphs.working.day.csv",
        "views/bphs_import_views.xml",
        "views/bphs_base_menus.xml",
    ],
    "uninstall_hook": "uninstall_hook",
    "assets": {
        # The Debian package leaves this file out although the bundle lists it.
        "web.assets_backend": [
            ("remove", "mail/static/lib/selfie_segmentation/selfie_segmentation.js"),
        ],
    },
    "application": True,
}
