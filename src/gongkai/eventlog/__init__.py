"""The log of a case: one row for each thing that happened, numbered, never changed, struck out by another row.

No app of Django's: the rows stand in the tables of the rooms whose cases they belong to.
"""
