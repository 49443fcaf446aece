"""The residents of an invented county, one after another: the same seed gives the same people for ever.

Nothing is kept but one village and a counter a birthday, so three million people take no more memory than one
thousand. ID numbers are of region 140499, which no county has; phones begin with 1540, which no operator was given.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from stdnum.cn import ric

from .ages import draw_age, draw_groups
from .households import Member, draw_households
from .names import draw_name, draw_surname

ID_REGION = "140499"
PHONE_PREFIX = "1540"
MOST_PEOPLE = 3_000_000
MOST_FILES = 99_999  # of one village: five digits
TODAY = date(2025, 12, 31)  # of the notice's year: another would give other people
_YEAR = timedelta(days=365)
_PHONES = 10**7
# Without a common factor with what they run over, so that each number comes once before any comes again.
_PHONE_STEP, _SEQUENCE_STEP, _SEQUENCES = 7_368_787, 187, 499
_NO_PHONE, _MIGRANT, _NO_ID_YET, _PASSPORT = 0.04, 0.06, 0.12, 0.0004
_SERVED, _EVER_SERVED = 0.985, 0.995
_HEAD_UNSTATED = 0.04
_FIRST_FILES = date(2009, 9, 1)


@dataclass(frozen=True, slots=True)
class Village:
    """Where people live: the 12-digit code of its division, and its weight among the villages."""

    code: str
    weight: int = 1


@dataclass(slots=True)
class Person:
    """A resident as a file of the county's old system would give them; empty texts where nothing is known."""

    ehr_number: str
    name: str
    sex: str
    birth_date: date
    id_type: str
    id_number: str
    id_reason: str
    phone: str
    village: str
    household: str
    relation: str
    residence_kind: str
    file_created_on: date
    groups: tuple[str, ...]
    facts: tuple[str, ...]
    quiet_days: int | None  # since the last service; None: there was none


def villages_of(count: int = 260) -> list[Village]:
    """Villages of a county that is none: 13 townships of region 140499, as many villages in each as fit."""
    townships = ["001", *(f"{number}" for number in range(101, 113))]
    return [
        Village(f"{ID_REGION}{townships[at % len(townships)]}{200 + at // len(townships):03}", 500 + at * 137 % 1300)
        for at in range(count)
    ]


def draw_county(
    villages: Iterable[Village], count: int, seed: int = 1, today: date = TODAY, used: int = 0
) -> Iterator[Person]:
    """Exactly `count` residents, village by village, each village's share by its weight.

    :param used: so many ID numbers of each birthday and sex are left out, for other people beside these
    :raise ValueError: more people than ID numbers or file numbers suffice for
    """
    villages = list(villages)
    if count > MOST_PEOPLE:
        raise ValueError(f"at most {MOST_PEOPLE} residents")
    numbers = _Numbers(used)
    total = sum(village.weight for village in villages)
    placed = weight = 0
    for village in villages:
        weight += village.weight
        upto = count * weight // total
        chance = Random(f"{seed}/{village.code}")  # noqa: S311 no secret hangs on it
        yield from _Village(chance, village.code, numbers, today).people(upto - placed)
        placed = upto


class _Numbers:
    """ID numbers and phones, each given once."""

    def __init__(self, used):
        self.drawn = defaultdict(lambda: used)
        self.phones = 0

    def identity(self, birth, sex):
        day = birth.strftime("%Y%m%d")
        at = self.drawn[day, sex]
        self.drawn[day, sex] = at + 1
        if at >= _SEQUENCES:
            raise ValueError(f"more than {_SEQUENCES} people of one sex born on {birth}")
        sequence = (at * _SEQUENCE_STEP + int(day)) % _SEQUENCES * 2 + (1 if sex == "male" else 2)
        body = f"{ID_REGION}{day}{sequence:03}"
        return body + ric.calc_check_digit(body + "0")

    def phone(self):
        self.phones += 1
        return f"{PHONE_PREFIX}{self.phones * _PHONE_STEP % _PHONES:07}"


class _Village:
    """Draws the people of one village."""

    def __init__(self, chance, code, numbers, today):
        self.chance, self.code, self.numbers, self.today = chance, code, numbers, today
        self.files = self.households = iter(())
        self.heads = Random(f"heads/{code}")  # noqa: S311 no secret hangs on it

    def people(self, count):
        chance = self.chance
        if count > MOST_FILES:
            raise ValueError(f"more than {MOST_FILES:,} files in village {self.code}")
        # In no order, as the register draws them.
        drawn = Random(f"numbers/{self.code}")  # noqa: S311 no secret hangs on it
        self.files, self.households = (iter(drawn.sample(range(1, MOST_FILES + 1), count)) for _kind in range(2))
        members = [Member(draw_age(chance), "male" if chance.random() < 0.505 else "female") for _ in range(count)]
        if members:
            for home in draw_households(chance, members):
                yield from self._home(home)

    def _home(self, home):
        chance, household = self.chance, f"{self.code}H{next(self.households):05}"
        surname = draw_surname(chance)
        if self.heads.random() < _HEAD_UNSTATED:
            home.members[0].relation = ""  # the head: old systems did not ask
        kind = "migrant" if chance.random() < _MIGRANT else "registered"
        facts = self._facts(home)
        phone = self.numbers.phone()
        for member in home.members:
            # A wife keeps her father's name; whoever lives with their grown child may be the wife's parent.
            own = member.relation in ("spouse", "other") or (member.relation == "parent" and chance.random() < 0.5)
            yield self._person(member, draw_surname(chance) if own else surname, kind, facts, phone, household)

    def _facts(self, home):
        """Facts of the whole household, as the rules for elders ask for them."""
        chance, facts = self.chance, []
        if all(member.age >= 65 for member in home.members):
            facts.append("living_alone" if len(home.members) == 1 else "empty_nest")
            if facts == ["living_alone"] and chance.random() < 0.03:
                facts.append("extreme_poverty")
        if chance.random() < 0.028:
            facts.append("minimum_living")
        return facts

    def _person(self, member, surname, kind, facts, home_phone, household):
        chance, age, sex = self.chance, member.age, member.sex
        birth = self.today - age * _YEAR - timedelta(days=age // 4 + chance.randrange(364))
        groups = tuple(draw_groups(chance, age, sex))
        id_type, id_reason = self._id_type(age, kind)
        since = max(birth, _FIRST_FILES)
        return Person(
            ehr_number=f"{self.code}{next(self.files):05}",
            name=draw_name(chance, surname, sex, birth.year),
            sex=sex,
            birth_date=birth,
            id_type=id_type,
            id_number=self._id_number(id_type, birth, sex),
            id_reason=id_reason,
            phone=self._phone(age, home_phone),
            village=self.code,
            household=household,
            relation=member.relation,
            residence_kind=kind,
            file_created_on=since + timedelta(days=int((self.today - since).days * chance.random() ** 2)),
            groups=groups,
            facts=tuple([*facts, "disability_card"] if "disabled" in groups else facts),
            quiet_days=self._quiet_days(),
        )

    def _quiet_days(self):
        chance = self.chance.random()
        if chance < _SERVED:
            return int(300 * chance / _SERVED)
        return 400 + int(1000 * (chance - _SERVED)) if chance < _EVER_SERVED else None

    def _id_type(self, age, kind):
        if not age and self.chance.random() < _NO_ID_YET:
            return "none", "新生儿，尚未登记户口"
        if kind == "migrant" and self.chance.random() < _PASSPORT / _MIGRANT:
            return "passport", ""
        return "resident_id", ""

    def _id_number(self, id_type, birth, sex):
        if id_type == "resident_id":
            return self.numbers.identity(birth, sex)
        return f"E{self.chance.randrange(10**8):08}" if id_type == "passport" else ""

    def _phone(self, age, home_phone):
        if self.chance.random() < _NO_PHONE:
            return ""
        return home_phone if age < 16 or age > 75 else self.numbers.phone()
