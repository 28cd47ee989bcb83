"""Rooms above bring panels to the page of a case without being imported by it."""

import pytest

from applications.conftest import TODAY
from gongkai.accounts.queries.scope import scope_of
from gongkai.applications import panels
from gongkai.applications.panels import Panel, panels_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def nothing_registered(monkeypatch):
    monkeypatch.setattr(panels, "_providers", {})


def test_panels_come_in_order_and_only_where_their_room_shows_one(nothing_registered, receive, staff, stranger):
    application = receive()

    def later(application, scope, today):
        return Panel("复议、诉讼", "later.html", {"number": application.number, "today": today})

    def guarded(application, scope, today):
        return Panel("只给本机构", "guarded.html") if scope.may(application.unit_id, "handler") else None

    panels.register("later", 20, later)
    panels.register("guarded", 10, guarded)

    own = panels_for(application, scope_of(staff.handler, TODAY), TODAY)
    assert [panel.title for panel in own] == ["只给本机构", "复议、诉讼"]
    assert own[1].context == {"number": application.number, "today": TODAY}
    assert [p.title for p in panels_for(application, scope_of(stranger, TODAY), TODAY)] == ["复议、诉讼"]


def test_registering_again_replaces(nothing_registered, receive, staff):
    panels.register("one", 10, lambda *_: Panel("旧", "a.html"))
    panels.register("one", 10, lambda *_: Panel("新", "b.html"))
    assert [p.title for p in panels_for(receive(), scope_of(staff.handler, TODAY), TODAY)] == ["新"]
