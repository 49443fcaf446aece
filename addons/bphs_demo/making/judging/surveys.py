"""Residents are asked: one survey is closed with the figures of the notice, one is running."""

from odoo import Command

# Of the notice: 519 valid, 465 satisfied. How many were aware it does not say.
VALID, SATISFIED, AWARE = 519, 465, 441
# Who did not count, and how often; and three who answered twice.
QUICK, CONTRADICTING, AWAY, REFUSED, TWICE = 3, 4, 2, 6, 3
ASKED = 548
BEFORE = {
    "before_valid": 500,
    "before_aware": 402,
    "before_satisfied": 433,
    "before_source": "上半年居民问卷汇总（纸质）",
}
FILES = 60
RUNNING_ASKED, RUNNING_ANSWERED = 260, 57
KNOWING = [f"choice_know_{what}" for what in ("free", "exam", "follow", "doctor", "file")]


def ask_and_close(county, round_):
    """The survey of the finished round: asked over five days, closed before the sheets are entered."""
    with county.days_ago(69):
        survey = _issued(county, round_, "第三季度居民知晓率满意度调查", ASKED, **BEFORE)
        seen = _seen(survey)
    kinds = (
        [{"satisfied": place < SATISFIED} for place in range(VALID)]
        + [{"spent": 4}] * QUICK
        + [{"against": True}] * CONTRADICTING
        + [{"away": True}] * AWAY
        + [{"refused": True}] * REFUSED
    )
    chance = county.draw("survey", "order")
    chance.shuffle(kinds)
    chance.shuffle(seen)  # whoever does not answer lives anywhere
    aware = set(chance.sample([place for place, kind in enumerate(kinds) if "satisfied" in kind], AWARE))
    with county.days_ago(66):
        for place, (code, sight) in enumerate(seen[: len(kinds)]):
            _answer(county, survey, code, sight, place, **kinds[place], aware=place in aware)
        for place, (code, sight) in enumerate(seen[:TWICE]):
            _answer(county, survey, code, sight, len(kinds) + place, satisfied=True)
    with county.days_ago(64):
        survey.action_close()


def ask(county, round_):
    """The survey of the running round: some have answered, and whoever comes by may."""
    with county.days_ago(5):
        survey = _issued(county, round_, "第四季度居民知晓率满意度调查", RUNNING_ASKED, is_open=True)
        seen = _seen(survey)
    with county.days_ago(3):
        chance = county.draw("survey", "running")
        for place, (code, sight) in enumerate(chance.sample(seen, RUNNING_ANSWERED)):
            _answer(county, survey, code, sight, place, satisfied=chance.random() < 0.88, aware=chance.random() < 0.85)


def _issued(county, round_, name, asked, **vals):
    """Drawn among the files of every township, by their numbers alone."""
    sample = county.as_("primarycare", "bphs.evaluation.sample").create(
        {
            "name": f"{name}对象",
            "evaluation_id": round_.id,
            "size": asked,
            "reserves": 0,
            "frame_ids": [
                Command.create({"unit_id": seat.id, "references": _files(county, code)})
                for code, seat in county.seat.items()
            ],
        }
    )
    sample.action_draw()
    survey = county.as_("primarycare", "bphs.survey").create(
        {"name": name, "evaluation_id": round_.id, "sample_id": sample.id, **vals}
    )
    survey.action_issue()
    return survey


def _files(county, township):
    """Numbers of files of a township: its villages in turn, so many of each."""
    villages = [row["code"] for row in county.villages if row["township"] == township]
    return "\n".join(f"{villages[place % len(villages)]}{place // len(villages) + 1:05}" for place in range(FILES))


def _seen(survey):
    """:return list: the codes of those who are asked, and when each opened the page"""
    doors = survey.env["bphs.survey.door"].sudo()  # sudo: residents sign in nowhere
    codes = survey.sudo().invitation_ids.sorted("reference").mapped("token")  # sudo: as above
    return [(code, doors._sight({"token": code})) for code in codes]


def _answer(county, survey, code, sight, place, **kind):
    """One resident taps through the page of their code."""
    doors = survey.env["bphs.survey.door"].sudo()  # sudo: residents sign in nowhere
    told = doors._take(
        doors._of_token(code),
        {
            "key": f"demo-{survey.period_id.code}-{place:06}",
            "sight": sight,
            "spent": kind.get("spent") or county.draw("survey", "spent", place).randint(40, 240),
            "refused": kind.get("refused", False),
            "chosen": _chosen(county, survey, place, **kind),
        },
    )
    assert told == {"state": "kept"}, told


def _chosen(county, survey, place, satisfied=False, aware=False, against=False, away=False, **_others):
    chance = county.draw("survey", survey.period_id.code, place)

    def choice(name):
        return survey.env.ref(f"bphs_survey.{name}")

    known = set(chance.sample(KNOWING, chance.randint(3, 5) if aware else chance.randint(0, 2)))
    made = [choice(f"{name}_{'yes' if name in known else 'no'}") for name in KNOWING]
    made.append(choice("choice_resident_no" if away else "choice_resident_yes"))
    made.append(choice("choice_served_no" if against else "choice_served_yes"))
    made.append(choice(chance.choice(("choice_last_quarter", "choice_last_half", "choice_last_year"))))
    made.append(choice(chance.choice(("choice_manner_good", "choice_manner_good", "choice_manner_fair"))))
    made.append(
        choice(
            chance.choice(("choice_satisfied_very", "choice_satisfied_yes"))
            if satisfied
            else chance.choice(("choice_satisfied_fair", "choice_satisfied_fair", "choice_satisfied_no"))
        )
    )
    return {str(one.question_id.id): str(one.id) for one in made}
