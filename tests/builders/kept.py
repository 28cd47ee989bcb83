"""What takes long to build is built once for the tests of a module; each test has a copy and leaves no trace in it."""

from contextlib import contextmanager

from django.db import transaction


def commits(item):
    """Tell whether a test writes for good: what it stands on cannot lie in a transaction that is undone."""
    marker = item.get_closest_marker("django_db")
    return bool({"transactional_db", "live_server"} & set(item.fixturenames)) or bool(
        marker and marker.kwargs.get("transaction")
    )


@contextmanager
def once_for(module, blocker, build):
    """Yield what ``build`` makes, undone at the end; None where a test of the module writes for good."""
    if any(commits(item) for item in module.session.items if item.path == module.path):
        yield None
        return
    with blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)
