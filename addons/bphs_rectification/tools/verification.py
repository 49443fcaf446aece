"""Who is told, level by level, when proof waits too long for its verifier (核验逾期).

Pure: no database, no clock. A level names roles, the keys of the `bphs_base.group_<role>` groups, and where they sit:
``own`` institution, its ``township``, the ``bureau``, or anywhere ``above`` it.
"""

# Working days that proof may wait.
DEFAULT_DAYS = 5

_SECTION = ("bureau", ("primary_care_officer", "rectification_clerk"))
_LEADERS = ("bureau", ("deputy_leader", "leader"))
_SECTION_HEAD = ("bureau", ("primary_care_officer",))

# By the level of the task's institution: a clinic's proof is seen by its township, a township's by the county; above
# the verifier stands their superior.
WAY_UP = {
    "clinic": {
        0: ("township", ("township_public_health",)),
        1: ("township", ("township_director",)),
        2: _SECTION,
        3: _LEADERS,
    },
    "township": {
        0: ("above", ("rectification_clerk", "county_specialist")),
        1: _SECTION_HEAD,
        2: ("bureau", ("deputy_leader",)),
        3: _LEADERS,
    },
    "county": {
        0: ("bureau", ("rectification_clerk",)),
        1: _SECTION_HEAD,
        2: ("bureau", ("deputy_leader",)),
        3: _LEADERS,
    },
}
