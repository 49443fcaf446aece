{
    "name": "Basic Public Health: Family-Doctor Teams",
    "summary": "Who is responsible for whom: teams, their members and villages, on any day",
    "version": "19.0.1.0.0",
    "category": "Healthcare",
    "license": "AGPL-3",
    "author": "Jiceng",
    "website": "https://jiceng.example",
    "depends": ["bphs_approval", "bphs_rectification", "bphs_resident"],
    "data": [
        "security/ir.model.access.csv",
        "security/bphs_team_rules.xml",
        "wizards/bphs_team_change_views.xml",
        "data/bphs_team_settings_data.xml",
        "views/teams/bphs_team_views.xml",
        "views/absences/bphs_team_absence_views.xml",
        "views/settings/bphs_team_settings_views.xml",
        "views/bphs_team_board_views.xml",
        "views/bphs_team_menus.xml",
    ],
    "assets": {
        "web.assets_backend": ["bphs_team/static/src/**/*"],
    },
}
