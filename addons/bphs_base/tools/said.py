"""What a client's words name: ids as Odoo and the database read them, and lines of a form however they are said."""

import ast


def holds_values(command):
    """Whether what is said of a line brings values for it. Odoo looks at the first three words, however many follow."""
    return isinstance(command, (list, tuple)) and len(command) > 2 and isinstance(command[2], dict)


def said_ids(words):
    """:return tuple: the ids that these words are: a text of digits is one too, and what is cut to a whole number"""
    numbers = []
    for word in words if isinstance(words, (list, tuple, set)) else ():
        try:
            numbers.append(int(word))
        except (TypeError, ValueError, OverflowError):
            continue  # a new line, of which the client keeps a name of its own; or nothing
    return tuple(number for number in numbers if number > 0)


def ids_in_text(text):
    """:return tuple: the ids that a text holds, alone or as a list"""
    try:
        found = ast.literal_eval(str(text))
    except (ValueError, SyntaxError):
        return ()
    return said_ids(found if isinstance(found, (list, tuple, set)) else [found])


def ids_of_lines(said):
    """:param list said: what a client says of lines: commands, or as Odoo takes them too, values and ids
    :return tuple: the ids of those it names
    """
    named = []
    for one in said:
        if isinstance(one, dict):
            continue
        if not isinstance(one, (list, tuple)):
            named.append(one)
        elif len(one) > 2 and one[0] == 6:
            named += one[2] if isinstance(one[2], (list, tuple, dict, str)) else ()
        elif len(one) > 1:
            named.append(one[1])
    return said_ids(named)
