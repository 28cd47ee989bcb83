"""What an old address answers."""

import pytest

from builders.old_site import HOST, ordinary
from gongkai.takeover.models import AddressKind, OldAddress, TakeOver
from gongkai.takeover.queries.published import target_of

from .conftest import TODAY

pytestmark = pytest.mark.django_db


def test_an_old_address_leads_on_however_it_is_asked_for(take, mirror):
    take(mirror([ordinary(1)]))
    target = target_of("/xxgk/content.asp", "id=1", HOST)
    assert target.startswith("/records/")
    for query in ("id=1&utm_source=x", "&id=1", "from=timeline&id=1"):
        assert target_of("/xxgk//content.asp", query) == target
    assert target_of("/xxgk/content.asp", "id=2") is None
    assert target_of("/") is None
    assert target_of("/a\0") is None


def test_of_two_old_sites_the_one_that_was_asked_counts(head):
    for site, target in (("a.example.cn", "/open/"), ("b.example.cn", "/policies/")):
        run = TakeOver.objects.create(site=site, source="x", basis="y", user=head, day=TODAY)
        OldAddress.objects.create(takeover=run, site=site, address="/tz", kind=AddressKind.COLUMN, target=target)
    assert target_of("/tz/", host="B.example.cn") == "/policies/"
    assert target_of("/tz/index.html", host="new.example.cn") is None


def test_one_query_tells(take, mirror, django_assert_num_queries):
    take(mirror([ordinary(n) for n in range(3)]))
    for path in (ordinary(0).path, "/nothing"):
        with django_assert_num_queries(1):
            target_of(path)
