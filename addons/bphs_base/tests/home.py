"""What every first page keeps, whoever looks at it: a count and its list are one query, within one's own rights."""

from decimal import Decimal

from odoo.addons.bphs_base.tools.money import to_decimal


def lists_behind(env):
    """The page of the user of ``env``, and each figure on it beside the list it opens.

    :return: (page, [(name, figure as told, model, domain)])
    """
    page = env["bphs.home"].load()
    found = [(row["name"], str(row["count"]), row) for row in page["waiting"]]
    for card in page["cards"]:
        found += [(f"{card['title']} {line['label']}", line, line) for line in card["lines"] if line["model"]]
    return page, [(name, figure, source["action"], source["domain"]) for name, figure, source in found]


def check_page(case, env):
    """Each count is that of the list the action opens by that domain; each sum too.

    :return: the page
    """
    page, figures = lists_behind(env)
    for name, figure, action, domain in figures:
        window = env["ir.actions.act_window"]._for_xml_id(action)  # whoever sees the figure may open its list
        records = env[window["res_model"]].search(domain)
        if not isinstance(figure, dict):
            case.assertEqual(int(figure), len(records), name)
        elif not figure["exact"]:
            case.assertEqual(figure["figure"].replace(",", ""), str(len(records)), name)
        else:
            case.assertIn(abs(Decimal(figure["exact"].replace(",", ""))), _sums(records), name)
    return page


def _sums(records):
    """The absolute sums of every amount of these records: one of them is what the figure says."""
    names = [name for name, field in records._fields.items() if field.type == "monetary"]
    return {abs(sum((to_decimal(record[name] or 0) for record in records), Decimal())) for name in names}
