"""When a refusal is told: at full moments after it was asked, however long it took to find out.

To refuse what is hidden takes the server longer than to refuse what is not there: the record is read, and its rules are
asked. Told at once, one call said which it was.
"""

STEP = 0.25


def seconds_to_wait(elapsed: float) -> float:
    """How long until the next full moment.

    :param elapsed: seconds since it was asked
    """
    return STEP - elapsed % STEP if STEP else 0
