"""What applications do by themselves."""

from gongkai.applications.domain.reminding import remind
from gongkai.jobs.registry import Every, periodic

# A missed day heals with the next run: reminders belong to legal days, not to runs.
periodic("applications.remind", remind, every=Every.DAY)
