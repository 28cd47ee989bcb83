from gongkai.jobs.models.periodic_state import PeriodicState
from gongkai.jobs.models.worker import Worker

__all__ = ["PeriodicState", "Worker"]
