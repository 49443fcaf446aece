"""Dated facts about a person: which there are, and which stand in the register as a key group or a mark too.

Pure. The codes are those that grading rules name.
"""

CONDITIONS = [
    ("hypertension", "Hypertension"),
    ("diabetes", "Type 2 Diabetes"),
    ("copd", "COPD"),
    ("chd", "Coronary Heart Disease"),
    ("stroke_sequelae", "After-Effects of a Stroke"),
    ("heart_failure", "Chronic Heart Failure"),
    ("atrial_fibrillation", "Atrial Fibrillation"),
    ("dyslipidaemia", "Dyslipidaemia"),
    ("ckd", "Chronic Kidney Disease"),
    ("dialysis", "On Dialysis"),
    ("cancer_active", "Cancer Under Treatment"),
    ("cancer_stable", "Cancer, Stable"),
    ("palliative", "Palliative Care"),
    ("dementia", "Dementia"),
    ("smi", "Severe Mental Illness"),
    ("tb", "Tuberculosis"),
    ("retinopathy", "Disease of the Retina"),
    ("nephropathy", "Kidney Damage from Pressure or Sugar"),
    ("neuropathy", "Disease of Peripheral Nerves"),
    ("peripheral_vascular", "Disease of Peripheral Vessels"),
    ("diabetic_foot", "Diabetic Foot"),
    ("heart_damage", "Heart Damage from Pressure"),
    ("other", "Other Disease"),
]
# Harm that a chronic disease did.
COMPLICATIONS = frozenset(
    {
        *("stroke_sequelae", "heart_failure", "retinopathy", "nephropathy", "neuropathy", "peripheral_vascular"),
        *("diabetic_foot", "heart_damage"),
    }
)
# For named persons alone.
SENSITIVE = frozenset({"smi", "tb"})
EVENTS = [
    ("stroke", "Stroke"),
    ("mi", "Heart Attack"),
    ("heart_failure", "Acute Heart Failure"),
    ("hip_fracture", "Hip Fracture"),
    ("vertebral_fracture", "Fracture of a Vertebra"),
    ("fracture", "Other Fracture"),
    ("fall", "Fall"),
    ("fall_injury", "Fall with Injury"),
    ("major_surgery", "Major Operation"),
    ("surgery", "Other Operation"),
    ("discharge", "Discharge from Hospital"),
]
SOCIALS = [
    ("living_alone", "Living Alone"),
    ("empty_nest", "Empty Nest"),
    ("no_carer", "Without a Carer"),
    ("bedridden", "Bedridden for Long"),
    ("special_family", "Special Family Under Family Planning"),
    ("extreme_poverty", "Extreme Poverty Support"),
    ("minimum_living", "Minimum Living Allowance"),
    ("low_income", "Low Income"),
    ("poverty_relieved", "Relieved from Poverty"),
    ("disability_card", "Disability Card"),
    ("disabled", "Disabled"),
]
# Of the same code in the register.
CONDITION_GROUPS = frozenset({"hypertension", "diabetes", "copd", "smi", "tb"})
SOCIAL_GROUPS = frozenset({"disabled", "low_income", "poverty_relieved", "special_family"})
SOCIAL_MARKS = frozenset({"living_alone", "empty_nest", "extreme_poverty", "minimum_living", "disability_card"})
