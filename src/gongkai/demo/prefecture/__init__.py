"""A fictional prefecture-level city of 520 units and the year 2019, whose cases add up to a printed report."""
