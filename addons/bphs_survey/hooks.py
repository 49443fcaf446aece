# Items of the shipped schemes whose rate a survey counts.
SHIPPED = {"E1": "SURVEY_AWARE", "E2": "SURVEY_SATISFIED"}


def post_init_hook(env):
    """Let the drafts that came with the evaluation take awareness and satisfaction over from surveys."""
    for code, rate_code in SHIPPED.items():
        env["bphs.evaluation.item"].search(
            [
                ("code", "=", code),
                ("channel", "=", "survey"),
                ("rate_code", "=", False),
                ("scheme_id.state", "=", "draft"),
            ]
        ).rate_code = rate_code
