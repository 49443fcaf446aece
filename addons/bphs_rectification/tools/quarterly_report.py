"""The quarterly report on training and guidance (季度培训指导情况): who hands it in, and until when.

Pure: no database, no clock. Roles are the keys of the `bphs_base.group_<role>` groups; kinds are those of institutions.
"""

# The notice asks the hospitals of the medical group for it, and makes guidance the duty of the county's professional
# institutions: both report.
_TOWNSHIP = ("township_public_health", "township_director")
_COUNTY = ("county_specialist",)
REPORTERS = {
    "township_hospital": _TOWNSHIP,
    "community_centre": _TOWNSHIP,
    "cdc": _COUNTY,
    "mch_centre": _COUNTY,
    "tcm_hospital": _COUNTY,
}
KEEPERS = ("rectification_clerk", "primary_care_officer")
# Working days after the quarter's end.
DEFAULT_DAYS = 10


def reporters_of(kind: str) -> tuple[str, ...]:
    """The roles that write and hand in the report of an institution of this kind; empty: it reports nothing."""
    return REPORTERS.get(kind, ())
