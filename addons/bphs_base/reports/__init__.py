"""What the printed forms of all modules share: records in, a form description out.

The words come from the county's templates, the figures from the records; how it is drawn is the paper kit's business.
"""
