"""The views: what they let through, that nothing can be written through them, and whom they are opened to."""

import pytest
from django.db import connection

from gongkai.windows import laying
from gongkai.windows.window import ReadOnlyError, readable, windows, writable

pytestmark = pytest.mark.django_db


def test_every_window_is_a_view_with_the_columns_of_its_model():
    assert windows()
    for window in windows():
        assert window._meta.db_table.startswith(laying.PREFIX)
        assert not window._meta.managed
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {window._meta.db_table}")
            names = {column[0] for column in cursor.description}
        assert names == {field.column for field in window._meta.fields}


def test_nothing_is_written_through_a_window():
    window = windows()[0]
    for act in (
        lambda: window.objects.all().delete(),
        window.objects.create,
        lambda: window.objects.update(id=1),
        lambda: window().save(),
        lambda: window().delete(),
    ):
        with pytest.raises(ReadOnlyError):
            act()


def test_laying_the_views_again_leaves_each_standing_once():
    laying.lay()
    laying.lay()
    with connection.cursor() as cursor:
        views = [table.name for table in connection.introspection.get_table_list(cursor) if table.type == "v"]
    assert sorted(views) == sorted(window._meta.db_table for window in windows())


def test_lifted_views_are_gone_and_come_back():
    laying.lift()
    with connection.cursor() as cursor:
        assert not [table for table in connection.introspection.get_table_list(cursor) if table.type == "v"]
    laying.lay()
    assert not windows()[0].objects.filter(pk=0).exists()


def test_no_rights_are_given_where_no_role_is_named():
    assert not list(laying.rights(connection, ""))


def test_the_role_may_read_no_table_that_holds_anything_unpublished():
    inside = {"records_record", "decisions_decision", "reporting_edition", "accounts_user", "applications_application"}
    assert inside.isdisjoint(readable())
    assert not set(readable()) & set(writable())


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL knows roles")
def test_the_public_role_reads_the_windows_and_nothing_else():
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE gongkai_public_of_test")
        for statement in laying.rights(connection, "gongkai_public_of_test"):
            cursor.execute(statement)
        cursor.execute(
            "SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v')"
            " AND has_table_privilege('gongkai_public_of_test', c.oid, 'SELECT')"
        )
        assert sorted(name for (name,) in cursor.fetchall()) == readable()
        cursor.execute(
            "SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v')"
            " AND has_table_privilege('gongkai_public_of_test', c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')"
        )
        assert sorted(name for (name,) in cursor.fetchall()) == list(writable())
