"""The papers of an evaluation, one file a form.

:data:`.registry.FORMS` names them all.
"""
