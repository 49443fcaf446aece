"""The population figures the county's rates are reckoned over: the notice mixes three of them."""

from datetime import date

# 长上卫字〔2026〕2号: of the funds, of the files, and about so many for signing.
FIGURES = (("funding", "财政拨款人口", 316_289), ("file", "建档人数", 310_869), ("signing", "签约服务人口", 271_000))
SOURCE = "长上卫字〔2026〕2号（签约口径为约数）"
AS_OF = date(2025, 12, 31)


def populations(county):
    """Entered by the primary-care section, approved by the administrator."""
    figures = county.as_("primarycare", "bphs.population").create(
        [
            {
                "basis": basis,
                "name": name,
                "number": number,
                "division_id": county.bureau.division_id.id,
                "source": SOURCE,
                "date": AS_OF,
            }
            for basis, name, number in FIGURES
        ]
    )
    county.as_("bureauadmin", figures).action_approve()
