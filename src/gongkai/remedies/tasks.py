"""What remedies do by themselves."""

from gongkai.jobs.registry import Every, periodic
from gongkai.remedies.domain.projection import refresh

# Chances to appeal lapse, and holidays are announced, without anything happening in a case.
periodic("remedies.refresh", refresh, every=Every.DAY)
