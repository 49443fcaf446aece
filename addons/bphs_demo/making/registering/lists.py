"""Lists taken out of the register: ready, taken, waiting for a second person, refused."""

from ..county import read


def lists(county):
    for row in read("lists"):
        export = county.as_(row["who"], "bphs.resident.export").create(
            {
                "reason": row["reason"],
                "group": row["group"],
                "file_state": row["file_state"],
                "unmasked": bool(row["unmasked"]),
            }
        )
        export.action_submit()
        _decide(county, row, export)


def _decide(county, row, export):
    director = f"director.{row['who'].partition('.')[2]}"
    if row["outcome"] == "downloaded":
        export.action_download()
        export._print_file("RESIDENTS", "xlsx")  # what the address of that step gives
    elif row["outcome"] == "approved":
        county.as_(director, export).action_approve()
    elif row["outcome"] == "refused":
        county.as_(director, export).action_refuse(row["answer"])
