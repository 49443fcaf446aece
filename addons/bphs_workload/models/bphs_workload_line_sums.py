from odoo import api, models

SUMS = {f"{name}:sum" for name in ("planned", "reported", "invalid", "false_qty", "verified")}
ITEMS = "item_id:array_agg_distinct"


class BphsWorkloadLine(models.Model):
    """Lists and tables of lines sum what has one unit: papers and visits make no figure together."""

    _inherit = "bphs.workload.line"

    @api.model
    @api.readonly
    def formatted_read_group(self, domain, groupby=(), aggregates=(), **how):
        if not SUMS & set(aggregates):
            return super().formatted_read_group(domain, groupby, aggregates, **how)
        groups = super().formatted_read_group(domain, groupby, [*aggregates, ITEMS], **how)
        return self._without_mixed_sums(groups, ITEMS in aggregates)

    @api.model
    @api.readonly
    def formatted_read_grouping_sets(self, domain, grouping_sets, aggregates=(), **how):
        if not SUMS & set(aggregates):
            return super().formatted_read_grouping_sets(domain, grouping_sets, aggregates, **how)
        sets = super().formatted_read_grouping_sets(domain, grouping_sets, [*aggregates, ITEMS], **how)
        return [self._without_mixed_sums(groups, ITEMS in aggregates) for groups in sets]

    @api.model
    def _without_mixed_sums(self, groups, asked):
        """:param bool asked: the items of a group are told to who asked
        :return: the groups; where a group has items of several units it has no sums
        """
        # sudo: the catalogue is everybody's; which items these are was asked as the user
        items = self.env["bphs.service.item"].sudo().browse({id_ for group in groups for id_ in group[ITEMS] or ()})
        unit = {item.id: item.unit for item in items}
        for group in groups:
            if len({unit[id_] for id_ in group[ITEMS] or ()}) > 1:
                group.update(dict.fromkeys(SUMS & group.keys()))
            if not asked:
                del group[ITEMS]
        return groups
