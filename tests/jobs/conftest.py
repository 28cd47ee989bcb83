"""A worker, and periodic work of the test's own."""

import pytest

from gongkai.jobs import registry
from gongkai.jobs.domain import presence


@pytest.fixture
def worker(db):
    return presence.arrive(queues=["default"])


@pytest.fixture
def only(monkeypatch):
    """Register periodic work, with nothing else registered."""
    monkeypatch.setattr(registry, "_registered", {})
    return registry.periodic
