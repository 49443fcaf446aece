from odoo.exceptions import AccessError


def remembering(make):
    """Refusals of a model, in the same words, without asking once more which groups would have been let in.

    :param make: `_make_access_error` of `ir.model.access`
    """
    words = {}

    def remembered(self, model, mode):
        asked = model, mode, self.env.lang
        if asked not in words:
            words[asked] = str(make(self, model, mode))
        return AccessError(words[asked])

    return remembered
