"""A case of each room that keeps a log: an application that was answered, and the reconsideration against it."""

import pytest

from remedies.conftest import answered, bureau, city, contest, enter, home, receive, staff

__all__ = ["answered", "bureau", "city", "contest", "enter", "home", "receive", "staff"]


@pytest.fixture(params=["application", "remedy"])
def case(request, answered, contest):
    """Return a case with events, of either room."""
    application = answered()
    return application if request.param == "application" else contest(application)
