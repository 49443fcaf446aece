def post_init_hook(env):
    """Bring the shipped schemes in as drafts: a county makes them its own and publishes them."""
    env["bphs.evaluation.scheme"]._load_shipped()


def uninstall_hook(env):
    """Drop the trigger function: its tables go with the module, a function would stay."""
    env.cr.execute("DROP FUNCTION IF EXISTS bphs_evaluation_fixed() CASCADE")
