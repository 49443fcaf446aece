"""The states of a document under approval, and every step between them, in one table."""

DRAFT, SUBMITTED, APPROVED = "draft", "submitted", "approved"
SUBMIT, APPROVE, RETURN, WITHDRAW = "submit", "approve", "return", "withdraw"

STATES = (DRAFT, SUBMITTED, APPROVED)
VERDICTS = (SUBMIT, APPROVE, RETURN, WITHDRAW)

# (state, verdict, whether the stage decided is the last one) -> state. What is not here is not
# allowed: an approved document stays approved, and is put right by a document that reverses it.
TRANSITIONS = {
    (DRAFT, SUBMIT, False): SUBMITTED,
    (SUBMITTED, APPROVE, False): SUBMITTED,
    (SUBMITTED, APPROVE, True): APPROVED,
    (SUBMITTED, RETURN, False): DRAFT,
    (SUBMITTED, RETURN, True): DRAFT,
    (SUBMITTED, WITHDRAW, False): DRAFT,
    (SUBMITTED, WITHDRAW, True): DRAFT,
}


def next_state(state, verdict, last_stage=False):
    """The state a verdict leads to.

    :param str state: one of :data:`STATES`
    :param str verdict: one of :data:`VERDICTS`
    :param bool last_stage: whether no stage follows the one that is decided
    :return: one of :data:`STATES`, or None where the step is not allowed
    """
    return TRANSITIONS.get((state, verdict, bool(last_stage)))
