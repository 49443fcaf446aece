"""What every chapter needs: the files, the people, the institutions made so far."""

import csv
import random
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from .. import county_clock

FOLDER = Path(__file__).parent.parent / "county"
CODE = "140404"
SEED = 20250101


def read(name):
    """The rows of a file of the county as dicts of text."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class County:
    """The demo county while it is being made.

    ``townships`` and ``villages`` are the rows of the files; a township's ``login`` is the name its people sign in
    by, as in ``ph.yincheng``. ``seat``: {township code: its hospital}; ``clinic``: {village code: its clinic};
    ``place``: {division code: division}; ``planned``: {village code: {item code: quantity of the year}}.
    """

    def __init__(self, env):
        # Texts that are stored (reasons, titles) are written in the county's language.
        self.env = env(
            context={
                **env.context,
                "lang": "zh_CN",
                "tz": "Asia/Shanghai",
                "tracking_disable": True,
            }
        )
        self.townships = read("townships")
        self.villages = read("villages")
        self.items = read("items")
        self.user = {}
        self.seat = {}
        self.clinic = {}
        self.place = {}
        self.planned = {}
        self.documents = {}
        self.bureau = self.env["bphs.institution"]
        self.budget = self.env["bphs.fund.budget"]
        self.scheme = self.env["bphs.fund.scheme"]

    def as_(self, login, records):
        """`records`, or the model of that name, in the hands of `login`."""
        model = self.env[records] if isinstance(records, str) else records
        return model.with_user(self.user[login])

    def period(self, code):
        return self.env["bphs.period"].search([("code", "=", code)])

    def item_ids(self):
        """{item code: id}."""
        return {item.code: item.id for item in self.env["bphs.service.item"].search([])}

    def draw(self, *key):
        """Chance of its own for each thing it is asked for, the same on every installation."""
        return random.Random("/".join(map(str, (SEED, *key))))  # noqa: S311 no secret hangs on it

    def throw(self, *key):
        """The database's own chance goes on as it does each time after this key."""
        self.env.cr.execute("SELECT setseed(%s)", [self.draw("database", *key).uniform(-1, 1)])

    @contextmanager
    def days_ago(self, days):
        """What is done within is dated so many days back, as if the county had done it then."""
        with self.on(self.env["base"]._county_today() - timedelta(days=days)):
            yield

    @contextmanager
    def on(self, day):
        """What is done within is dated that day, at half past nine in the county."""
        with county_clock.on(self.env, day):
            yield

    def of_township(self, login):
        """The villages' rows of the township whose people sign in as `login`."""
        code = next(row["code"] for row in self.townships if row["login"] == login)
        return [row for row in self.villages if row["township"] == code]

    def countersign(self, records):
        """The second finance officer looks at what the first entered, and confirms it."""
        window = self.as_("finance2", records).action_open_countersign()
        self.as_("finance2", window["res_model"]).browse(window["res_id"]).action_countersign()

    def approve(self, document, *logins, **vals):
        """Each of these people approves the stage that waits for them."""
        for login in logins:
            self.as_(login, document).action_approval_approve(**vals)
