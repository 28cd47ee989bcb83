"""What reports do by themselves."""

from __future__ import annotations

from gongkai.jobs.registry import Every, periodic
from gongkai.reporting.domain.chasing import remind

# A missed day heals with the next run: reminders belong to legal days, not to runs.
periodic("reporting.remind", remind, every=Every.DAY)
