"""Which lines are counted as covered."""

from contextlib import contextmanager

from coverage import Coverage


@contextmanager
def uncounted():
    """Run what other tests have covered without counting its lines, which would take half as long again."""
    counter = Coverage.current()
    if counter is None:
        yield
        return
    counter.stop()
    try:
        yield
    finally:
        counter.start()
