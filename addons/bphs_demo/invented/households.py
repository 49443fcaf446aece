"""Who lives with whom: the people of a village put together to households."""

from bisect import bisect_left
from dataclasses import dataclass, field
from random import Random

_ADULT = 24
_GENERATION = range(20, 41)  # years between a parent and a child
_MARRIED, _AT_HOME, _WITH_PARENTS = 0.85, 0.55, 0.35
_TRIES = 12  # homes looked at before somebody stays in their own


@dataclass
class Member:
    """One person before they have a name: age in years, and how they stand to the head of the household."""

    age: int
    sex: str
    relation: str = "head"


@dataclass
class Home:
    """A household: its head first."""

    members: list[Member] = field(default_factory=list)

    @property
    def youngest_parent(self):
        return min(member.age for member in self.members if member.relation in ("head", "spouse"))


def draw_households(chance: Random, people: list[Member]) -> list[Home]:
    """Every person in one household: couples of like age, children with somebody old enough to be a parent.

    A child for whom the village has no such household lives with whoever is nearest in age.
    """
    grown = sorted((one for one in people if one.age >= _ADULT), key=lambda one: one.age)
    if not grown:
        for other in people[1:]:
            other.relation = "other"
        return [Home(people)]
    homes = _couples(chance, grown)
    ages = [home.youngest_parent for home in homes]
    for child in (one for one in people if one.age < _ADULT):
        child.relation = "child"
        first = bisect_left(ages, child.age + _GENERATION.start)
        last = bisect_left(ages, child.age + _GENERATION.stop)
        if first == last:
            first, last = max(first - 1, 0), max(first, 1)
        homes[chance.randrange(first, last)].members.append(child)
    return _three_generations(chance, homes)


def _couples(chance, grown):
    """Heads and couples, by the age of the younger of them."""
    homes, waiting = [], {"male": [], "female": []}
    for one in grown:
        partners = waiting["female" if one.sex == "male" else "male"]
        if partners and one.age - partners[0].age <= 8 and chance.random() < _MARRIED:
            other = partners.pop(0)
            head, spouse = (one, other) if one.sex == "male" else (other, one)
            spouse.relation = "spouse"
            homes.append(Home([head, spouse]))
            continue
        waiting[one.sex].append(one)
        if len(waiting[one.sex]) > 6:
            homes.append(Home([waiting[one.sex].pop(0)]))
    homes += [Home([one]) for queue in waiting.values() for one in queue]
    return sorted(homes, key=lambda home: home.youngest_parent)


def _three_generations(chance, homes):
    """Some elders live with a grown child, some grown children with their parents."""
    kept, joined = [], []
    for home in homes:
        age = home.members[0].age
        small = len(home.members) <= 2
        if small and age >= 65 and chance.random() < _WITH_PARENTS:
            joined.append((home, "parent"))
        elif small and len(home.members) == 1 and age < 35 and chance.random() < _AT_HOME:
            joined.append((home, "child"))
        else:
            kept.append(home)
    for home, relation in joined:
        hosts = (chance.choice(kept) for _try in range(_TRIES) if kept)
        host = next((other for other in hosts if _fits(other, home, relation)), None)
        if not host:
            kept.append(home)
            continue
        for member in home.members:
            member.relation = relation
        host.members += home.members
    return kept


def _fits(host, home, relation):
    older, younger = (home, host) if relation == "parent" else (host, home)
    gap = older.youngest_parent - younger.youngest_parent
    return gap in _GENERATION and len(host.members) < 6
