"""Tables as they stand in a file: columns, cells, CSV, and files that take their place together.

What export and review share, so that ``ratings.csv`` and ``review.csv`` keep the same promises.
"""
