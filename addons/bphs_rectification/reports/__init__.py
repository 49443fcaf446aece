"""The printed forms of rectification: one file a form, records in, a form description out.

The words come from the county's templates, the facts from the records; how it is drawn is the paper kit's business.
:data:`.registry.FORMS` names them all.
"""
