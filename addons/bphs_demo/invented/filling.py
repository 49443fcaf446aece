"""Invented residents put into a database by COPY: for the demo, for measuring, for training rooms.

Never for a county's own database: what is put in stays, as every file does.
"""

from collections.abc import Iterator
from datetime import timedelta
from itertools import groupby
from random import Random

from odoo import Command
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.bphs_resident.tools.columns import (
    GROUP_COLUMNS,
    HOUSEHOLD_COLUMNS,
    RESIDENT_COLUMNS,
    copy_line,
    row_of,
)
from odoo.addons.bphs_resident.tools.roll_columns import FACTS
from odoo.addons.bphs_resident.tools.row_stream import RowStream

from .county import Person, Village, draw_county, villages_of

ID_REGION_NAME = "演练区"
BASIS = "演示数据"
_GAPS = 0.1
_STAMPS = ("create_uid", "create_date", "write_uid", "write_date")


def fill(env, residents: int, seed: int = 1) -> int:
    """Put residents into every village that an institution serves, and count them.

    :raise UserError: there are residents already, or no villages
    """
    # sudo: also files that whoever runs this may not see
    if env["bphs.resident"].sudo().with_context(active_test=False).search_count([], limit=1):
        raise UserError(env._("There are residents in this database already."))
    served = env["bphs.institution"]._responsible()
    if not served:
        raise UserError(env._("No institution serves a village yet."))
    villages = {village.code: village.id for village in env["bphs.division"].browse(served).sorted("code")}
    drawn = draw_county([Village(code) for code in villages], residents, seed)
    filling = _Filling(env)
    # The stream is in order of villages; the other groupby would hold all of it.
    for code, people in groupby(  # pylint: disable=bad-builtin-groupby
        drawn, key=lambda person: person.village
    ):
        filling.village(people, villages[code], *served[villages[code]])
    filling.end()
    env.invalidate_all()
    return residents


def make_county(env, villages: int = 260):
    """Make divisions and institutions of a county that is none: 13 townships, a clinic a village.

    :return: bphs.institution, the bureau
    """
    places = villages_of(villages)
    division, institution = env["bphs.division"], env["bphs.institution"]
    county = division.create({"code": places[0].code[:6] + "000000", "name": ID_REGION_NAME, "level": "county"})
    bureau = institution.create({"code": "Y00", "name": f"{ID_REGION_NAME}卫健局", "kind": "health_bureau"})
    codes = sorted({place.code[:9] for place in places})
    townships = division.create(
        [
            {"code": f"{code}000", "name": f"{_NUMERALS[at]}镇", "level": "township", "parent_id": county.id}
            for at, code in enumerate(codes)
        ]
    )
    hospitals = institution.create(
        [
            {
                "code": f"{township.code[:9]}000",
                "name": f"{township.name}卫生院",
                "kind": "township_hospital",
                "parent_id": bureau.id,
                "division_id": township.id,
            }
            for township in townships
        ]
    )
    at = {code: (township, hospital) for code, township, hospital in zip(codes, townships, hospitals, strict=True)}
    made = division.create(
        [
            {
                "code": place.code,
                "name": f"{at[place.code[:9]][0].name[:-1]}{int(place.code[9:]) - 199}村",
                "level": "village",
                "parent_id": at[place.code[:9]][0].id,
            }
            for place in places
        ]
    )
    institution.create(
        [
            {
                "code": village.code,
                "name": f"{village.name}卫生室",
                "kind": "village_clinic",
                "parent_id": at[village.code[:9]][1].id,
                "division_id": village.id,
                "village_ids": [Command.set(village.ids)],
            }
            for village in made
        ]
    )
    return bureau


_NUMERALS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"


class _Filling:
    """Writes villages one after another, their numbers counted on from those of the database."""

    def __init__(self, env):
        self.env, self.today = env, env.user._county_today()
        self.keys = env["bphs.resident.keyring"]._keys()
        self.stamps = (env.uid, env.cr.now(), env.uid, env.cr.now())
        self.chance = Random(1)  # noqa: S311 no secret hangs on it
        self.ids = {table: self._spread(self._last(table)) for table in ("bphs_resident", "bphs_household")}

    def _spread(self, last):
        """Ids with gaps, as years of use leave them: one that is missing tells of nobody."""
        while True:
            last += 2 if self.chance.random() < _GAPS else 1
            yield last

    def _last(self, table):
        ((last,),) = self.env.execute_query(SQL("SELECT coalesce(max(id), 0) FROM %s", SQL.identifier(table)))
        return last

    def village(self, people: Iterator[Person], division_id: int, institution_id: int, township_id: int):
        """Write the people of one village with their households and groups."""
        place = {"division_id": division_id, "institution_id": institution_id, "township_id": township_id}
        households, residents, groups = {}, [], []
        for person in people:
            if person.household not in households:
                households[person.household] = next(self.ids["bphs_household"])
            resident_id = next(self.ids["bphs_resident"])
            facts = self._facts(person, households[person.household]) | place
            residents.append((resident_id, *row_of(facts, self.keys, self.today), *self.stamps))
            since = max(person.birth_date, person.file_created_on)
            groups += [(resident_id, group, since, None, BASIS, *self.stamps) for group in person.groups]
        homes = [
            (id_, number, division_id, institution_id, township_id, None, True, *self.stamps)
            for number, id_ in households.items()
        ]
        self._copy("bphs_household", ("id", *HOUSEHOLD_COLUMNS), homes)
        self._copy("bphs_resident", ("id", *RESIDENT_COLUMNS), residents)
        self.chance.shuffle(groups)
        self._copy("bphs_resident_group", GROUP_COLUMNS, groups)

    def _facts(self, person, household_id):
        quiet = person.quiet_days
        return {
            **{
                name: getattr(person, name) or None
                for name in ("ehr_number", "name", "sex", "birth_date", "id_type", "id_number", "id_reason", "phone",
                             "relation", "residence_kind", "file_created_on", "groups")
            },
            **{fact: fact in person.facts for fact in FACTS},
            "household_id": household_id,
            "last_service_on": None if quiet is None else self.today - timedelta(days=quiet),
        }  # fmt: skip

    def _copy(self, table, columns, rows):
        names = ", ".join(f'"{name}"' for name in (*columns, *_STAMPS))
        self.env.cr.copy_expert(f'COPY "{table}" ({names}) FROM STDIN', RowStream(map(copy_line, rows)), size=1 << 16)

    def end(self):
        """Let the database count on from here, and know what it holds."""
        for table in self.ids:
            self.env.cr.execute(SQL("SELECT setval(%s, %s)", f"{table}_id_seq", self._last(table)))
        for table in (*self.ids, "bphs_resident_group"):
            self.env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))
