# Items of the shipped schemes whose rate an indicator counts: code of the scheme -> item -> indicator.
SHIPPED = {
    "XJ1000": {
        "C1": "EHR_OPEN",
        "C2": "ELDER_MANAGED",
        "C3": "HTN_STANDARD",
        "C4": "DM_STANDARD",
        "C5": "FULFIL_ITEM",
    },
    "CS100": {"B1": "HTN_STANDARD", "B2": "DM_STANDARD", "B3": "ELDER_MANAGED", "B4": "FULFIL_ITEM"},
}


def post_init_hook(env):
    """Let the drafts that came with the evaluation take their online rates (线上) over from indicators."""
    for scheme, codes in SHIPPED.items():
        for code, rate_code in codes.items():
            env["bphs.evaluation.item"].search(
                [
                    ("scheme_id.code", "=", scheme),
                    ("scheme_id.state", "=", "draft"),
                    ("code", "=", code),
                    ("channel", "=", "online"),
                    ("rate_code", "=", False),
                ]
            ).rate_code = rate_code


def uninstall_hook(env):
    """Drop the trigger function: its table goes with the module, the function would stay."""
    env.cr.execute("DROP FUNCTION IF EXISTS bphs_indicator_value_kept() CASCADE")
