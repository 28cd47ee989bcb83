"""Counting what a page asks of the database."""

from django.db import connection
from django.test.utils import CaptureQueriesContext


def count_queries(client, page):
    """Return the queries of a page that is opened for the second time; the first fills what is kept between pages."""
    client.get(page)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    return len(queries)
