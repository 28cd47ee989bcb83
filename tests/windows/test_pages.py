"""What is kept of public pages."""

import pytest
from django.http import HttpResponse

from gongkai.windows import pages


@pytest.fixture
def asked(settings, rf):
    """Return a function that asks a page which names the host it was asked by."""
    pages.forget()
    settings.PUBLIC_SECONDS = 3.0
    settings.ALLOWED_HOSTS = ["a.example", "b.example"]
    made = []

    @pages.public
    def page(request):
        made.append(request.get_host())
        return HttpResponse(request.get_host())

    yield lambda host: page(rf.get("/x/", headers={"host": host})).content.decode(), made
    pages.forget()


def test_a_page_that_is_kept_is_made_once(asked):
    ask, made = asked
    assert [ask("a.example"), ask("a.example")] == ["a.example", "a.example"]
    assert made == ["a.example"]


def test_what_one_host_was_told_is_not_told_to_another(asked):
    ask, _ = asked
    assert [ask("a.example"), ask("b.example")] == ["a.example", "b.example"]
