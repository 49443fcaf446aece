"""Red, yellow, green: grading rules, pure Python that a replay, the models and the tests call alike."""
