"""Every public way to a record × every state of a record: only what is published comes out."""

import itertools

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from builders.relations import RELATIONS, STATES, build, mark_of
from gongkai.files.domain import shelf, store
from gongkai.files.models import Blob
from gongkai.indexing import building
from gongkai.records.models import Record

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(world, settings):
    settings.HOME, settings.CLAMD_SOCKET, settings.CITY = world.home, "", "海岚市"


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """Build once, in a transaction that is rolled back at the end; the index is built of everything in it."""
    folder = tmp_path_factory.mktemp("home")
    with (
        django_db_blocker.unblock(),
        override_settings(HOME=folder, CLAMD_SOCKET="", CITY="海岚市"),
        transaction.atomic(),
    ):
        made = build(timezone.localdate())
        made.home = folder
        building.rebuild()
        shelf.sweep()
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def client(world):
    return Client()


HIDDEN = [state for state in STATES if state != "published"]
LISTS = (
    "/",
    "/policies/",
    "/normative/",
    "/interpretations/",
    "/gazette/",
    "/decisions/",
    "/units/",
    "/topics/",
    "/open/guide/",
    "/open/rules/",
    "/key-areas/",
    "/services/",
    "/units/HL-110/",
    "/units/HL-110/items/",
    "/feeds/latest.atom",
    "/feeds/units/HL-110.atom",
    "/sitemap/",
    "/sitemap.xml",
    "/sitemap-0.xml",
    "/search/?q=密语",
    "/search/?q=正文",
    "/search/?q=附件",
    "/search/suggested/?q=密语",
    "/feeds/search.atom?q=密语",
    "/reports/",
)


def answer(client, path):
    """Return status and everything that comes out: words and headers, file names among them."""
    response = client.get(path)
    words = b"".join(response).decode(errors="ignore") + "".join(f"{k}: {v}\n" for k, v in response.items())
    return response.status_code, words.replace("<mark>", "").replace("</mark>", "")


def betrayed(words):
    return {
        (relation, state)
        for relation, state in itertools.product(RELATIONS, STATES)
        if state != "published" and mark_of(relation, state) in words
    }


DATA = (
    "records/?limit=100",
    "search/?q=密语&limit=100",
    "search/?q=附件&limit=100",
    "decisions/?limit=100",
    "annual-reports/?limit=100",
    "units/",
    "statistics/records/?by=unit",
    "datasets/records.csv",
    "datasets/records.json",
    "datasets/records.jsonl",
    "datasets/decisions.jsonl",
    "datasets/annual-reports.jsonl",
    "datasets/units.csv",
)


@pytest.mark.parametrize("path", DATA)
def test_open_data_hold_nothing_that_is_not_published(client, path):
    status, words = answer(client, f"/api/v1/{path}")
    assert status == 200
    assert betrayed(words) == set()
    assert "·person·" not in words
    if "records" in path or "search" in path:
        assert "密语" in words or "unit" in path


@pytest.mark.parametrize("path", LISTS)
def test_a_list_holds_nothing_that_is_not_published(client, path):
    for page in ("", f"{'&' if '?' in path else '?'}page=2"):
        status, words = answer(client, path + page)
        assert status == 200
        assert betrayed(words) == set()
        assert not [kind for kind in ("person", "page", "service") if f"·{kind}·" in words]
        assert "·case-" not in words


def test_the_lists_do_hold_what_is_published(client):
    """Without this the tests here could pass on empty pages."""
    for path in ("/", "/policies/", "/units/HL-110/", "/feeds/latest.atom", "/search/?q=密语"):
        assert mark_of("own", "published") in answer(client, path)[1], path


@pytest.mark.parametrize("state", HIDDEN)
def test_a_record_in_any_other_state_comes_out_nowhere(client, world, state):
    for relation in RELATIONS:
        record = Record.objects.get(pk=world.records[relation, state].pk)
        file = world.attachments[relation, state]
        expected = 410 if record.withdrawn_reason else 404
        for path in (
            reverse("portal:record", args=[record.pk]),
            reverse("portal:attachment", args=[record.pk, file.pk]),
            reverse("portal:code", args=[record.pk]),
        ):
            status, words = answer(client, path)
            assert status == expected, path
            assert betrayed(words) == set()
            assert file.blob.digest not in words
        if record.index_number:
            assert answer(client, reverse("portal:number", args=[record.index_number]))[0] == 404


def test_a_published_record_comes_out_everywhere(client, world):
    for relation in RELATIONS:
        record = Record.objects.get(pk=world.records[relation, "published"].pk)
        file = world.attachments[relation, "published"]
        assert mark_of(relation, "published") in answer(client, reverse("portal:record", args=[record.pk]))[1]
        given = client.get(reverse("portal:attachment", args=[record.pk, file.pk]))
        assert b"".join(given) == f"{mark_of(relation, 'published')}附件".encode()
        number = client.get(reverse("portal:number", args=[record.index_number]))
        assert number["Location"] == reverse("portal:record", args=[record.pk])


def test_the_folder_that_the_public_side_is_shown_holds_the_files_of_published_records_alone(world):
    """Of everything that is kept: attachments in every state, applicants' papers, letters, evidence, reports."""
    expected = {world.attachments[relation, "published"].blob.digest for relation in RELATIONS}
    assert {path.name for path in (world.home / "published" / "files").rglob("*") if path.is_file()} == expected
    kept = set(Blob.objects.values_list("digest", flat=True))
    assert len(kept - expected) > len(HIDDEN) * len(RELATIONS), "there is more that could lie there"


def test_the_portal_cannot_open_a_file_that_is_not_published_even_by_its_digest(world, settings):
    published = {world.attachments[relation, "published"].blob.digest for relation in RELATIONS}
    settings.SERVICE = "portal"
    for blob in Blob.objects.all():
        for read in (store.read, shelf.read):
            if blob.digest in published:
                assert read(store.lying(digest=blob.digest, size=blob.size, kind=blob.kind))
            else:
                with pytest.raises(FileNotFoundError):
                    read(store.lying(digest=blob.digest, size=blob.size, kind=blob.kind))


def test_a_file_is_not_given_out_under_another_record(client, world):
    record = world.records["own", "published"]
    for state in HIDDEN:
        file = world.attachments["own", state]
        assert client.get(reverse("portal:attachment", args=[record.pk, file.pk])).status_code == 404


def test_no_public_page_sets_a_cookie_or_knows_who_looks(client, world):
    client.force_login(next(viewer.user for viewer in world.viewers if viewer.role == "competent"))
    anonymous = Client()
    for path in LISTS:
        with_session, without = client.get(path), anonymous.get(path)
        assert with_session.content == without.content, path
        assert not without.cookies, path
        assert "public" in without["Cache-Control"], path
