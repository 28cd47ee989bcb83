"""What holds for all tests: how long one example takes says something of the machine, not of the code."""

import gc

from hypothesis import HealthCheck, settings

settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


def pytest_collection_finish(session):
    """Look for garbage among what the tests make, more rarely: modules and models live until the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
