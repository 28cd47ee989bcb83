"""What holds for all tests.

How long one example takes says something of the machine, not of the code. Tests are told apart by what they stand on:
``database`` and ``browser``. Lines are not counted where a browser looks, which proves more than they can tell.
"""

import gc

import pytest
from django.db.migrations.loader import MigrationLoader
from hypothesis import HealthCheck, settings

from builders.counting import uncounted

settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


DATABASE = {"db", "transactional_db", "django_db_setup", "live_server"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark what stands on the database, which may be another, and what is looked at in the browser."""
    for item in items:
        if item.get_closest_marker("django_db") or DATABASE & set(item.fixturenames):
            item.add_marker("database")
        if "in_browser" in item.fixturenames:
            item.add_marker("browser")
            item.add_marker("no_cover")


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef):
    """Count the lines of the migrations once they are read; to run them would take half as long again."""
    if fixturedef.argname != "django_db_setup":
        return (yield)
    MigrationLoader(None)
    with uncounted():
        return (yield)


def pytest_collection_finish(session):
    """Look for garbage among what the tests make, more rarely: modules and models live until the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
