"""Who can sign in to the demo county."""

import os
import re
import subprocess

SIGN_INS = """
    SELECT users.login, string_agg(line.role_id::text, ',' ORDER BY line.role_id)
      FROM res_users users JOIN res_users_role_line line ON line.user_id = users.id
     WHERE users.active AND NOT users.share AND users.password IS NOT NULL
     GROUP BY users.id ORDER BY users.id
"""


def sign_ins():
    """[(login, roles)] in the order of the table that scripts/run prints."""
    return [tuple(line.split(" ")) for line in ask(SIGN_INS)]


def logins():
    """The login of everybody, whether they can sign in or are only named."""
    return ask("SELECT login FROM res_users ORDER BY length(login) DESC")


def ask(query):
    command = ["psql", "-X", "-A", "-t", "-F", " ", "-d", os.environ["JICENG_DATABASE"], "-c", query]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()


def one_of_each_role():
    """The first login of every role."""
    first = {}
    for login, roles in sign_ins():
        first.setdefault(roles, login)
    return list(first.values())


def sign_in(context, login, password):
    """Sign in as the form of the sign-in page does, without drawing it. :return: whether that let them in"""
    form = context.request.get("/web/login").text()
    token = re.search(r'name="csrf_token" value="([^"]+)"', form)[1]
    values = {"csrf_token": token, "login": login, "password": password}
    return re.search("/odoo", context.request.post("/web/login", form=values).url) is not None
