"""Every address of the site, for every role and relation of units, with an object in each state: nothing leaks.

The matrix is data (``builders.matrix``); an address without an entry there fails. What is posted is undone after each
request, and an act that was refused must not have left an entry in the journal.
"""

import itertools
import logging
import re
from contextlib import contextmanager

import pytest
from django.core.handlers.base import BaseHandler
from django.db import transaction
from django.test import Client, RequestFactory, override_settings
from django.utils import timezone

from builders.cases import CASE_STATES
from builders.matrix import CASE_READERS, MATRIX, PARAMETERS, address_of
from builders.relations import ENDED, RELATIONS, REVIEWED, STATES, build
from gongkai.applications.models import Application
from gongkai.journal.models import Head

pytestmark = pytest.mark.django_db

MARK = re.compile(r"密语·(\w+)·[\w-]+·")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """Build once for all addresses, in a transaction that is rolled back at the end."""
    logging.disable(logging.ERROR)  # thousands of refusals are what is asked for
    with django_db_blocker.unblock(), override_settings(HOME=tmp_path_factory.mktemp("home")), undone():
        made = build(timezone.localdate())
        for viewer in made.viewers:
            client = Client()
            if viewer.user is not None:
                client.force_login(viewer.user)
            cookies[viewer.name] = {name: cookie.value for name, cookie in client.cookies.items()}
        yield made
    logging.disable(logging.NOTSET)


cookies = {}
HANDLER = BaseHandler()
HANDLER.load_middleware()
"""The whole site, middleware and all; the test client would copy every context of every template besides."""


@contextmanager
def undone():
    """Take back whatever is written inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_every_address_has_an_entry_and_every_entry_an_address():
    assert sorted(PARAMETERS) == sorted(MATRIX)


STATES_OF = {"record": STATES, "attachment": STATES, "review": REVIEWED, "application": CASE_STATES}


def visits(page, world):
    """Walk through viewers, relations and states.

    The pages that show an object are visited in every state. Where the unit alone refuses, and for acts, the states
    take turns, so that each address still meets all of them. A role with the subtree and one without differ below the
    unit, not at it: there the one without is asked. Where even the one with it is refused, the other, which covers
    less, is not asked again.
    """
    turns = itertools.count()
    for viewer, relation in itertools.product(world.viewers, RELATIONS if page.subject else ("",)):
        if viewer.with_subtree and relation in {"own", "merged"}:
            continue
        if viewer.role and not viewer.with_subtree and relation in {"ancestor", "sibling", "abolished", "estranged"}:
            continue
        states = STATES_OF.get(page.subject, ("",))
        if page.in_every_state and reaches(page, viewer, relation):
            yield from ((viewer, relation, state) for state in states)
        else:
            yield viewer, relation, states[next(turns) % len(states)]


def ask(world, name, viewer, relation="", state=""):
    """Send one request; return the answer, its words, and whether anything was recorded."""
    page = MATRIX[name]
    address = address_of(world, name, relation, state)
    data = dict(page.data)
    if page.subject == "application":
        data["seen"] = Application.objects.get(pk=world.subject(page.subject, relation, state)[0]).version
    request = getattr(RequestFactory(), page.method)(address, data)
    request.COOKIES.update(cookies[viewer.name])
    request._dont_enforce_csrf_checks = True
    with undone():
        before = Head.objects.get(pk=1).sequence
        response = HANDLER.get_response(request)
        words = b"".join(response).decode(errors="ignore") + "".join(response.headers.values())
        has_acted = Head.objects.get(pk=1).sequence != before
    if page.is_public:
        for each in RELATIONS:
            words = words.replace(world.subject("record", each, "published")[1], "")
    return response.status_code, words, has_acted


def leaked(viewer, page, words):
    """Return the relations whose words stand in an answer though the viewer's role does not reach them."""
    reached = {relation for relation in RELATIONS if viewer.covers(relation) or viewer.role in page.everywhere}
    found = set(MARK.findall(words)) - reached
    if viewer.role not in CASE_READERS and "·case-" in words:
        found.add("a case")
    if "·identity·" in words and not page.reveals:
        found.add("a name")
    return found


@pytest.mark.no_cover  # what these tens of thousands of requests prove is not lines: each room tests its own pages
@pytest.mark.parametrize("name", sorted(MATRIX))
def test_an_address_answers_as_declared(world, name):
    page = MATRIX[name]
    wrong = []
    for viewer, relation, state in visits(page, world):
        case = (viewer.name, relation, state)
        status, words, has_acted = ask(world, name, viewer, relation, state)
        if status not in expected(page, viewer, relation):
            wrong.append((*case, status))
        if has_acted and not may_act(page, viewer, relation):
            wrong.append((*case, "acted"))
        if found := leaked(viewer, page, words):
            wrong.append((*case, sorted(found)))
    assert wrong == []


def reaches(page, viewer, relation):
    if viewer.role in page.everywhere:
        return True
    return viewer.role in page.readers and (not page.subject or viewer.covers(relation))


def expected(page, viewer, relation):
    if viewer.user is None:
        return page.anonymous
    if page.ended and relation in ENDED:
        return {page.ended} if viewer.role else {page.ended, page.refused}
    if not page.refused or reaches(page, viewer, relation):
        return page.granted
    return {page.refused}


def may_act(page, viewer, relation):
    is_settled = relation in ENDED and not page.settled_later
    return viewer.role in page.actors and not is_settled and reaches(page, viewer, relation)


def viewer_called(world, name):
    return next(viewer for viewer in world.viewers if viewer.name == name)


def test_whoever_may_read_sees_the_words_that_others_must_not(world):
    """Without this the test above could pass on empty pages."""
    auditor = viewer_called(world, "auditor-subtree")
    for relation, (name, states) in itertools.product(
        ("own", "descendant", "abolished", "merged"),
        {
            "records:detail": STATES,
            "review:detail": REVIEWED,
            "accounts:detail": ("",),
            "applications:detail": CASE_STATES,
        }.items(),
    ):
        for state in states:
            mark = world.subject(MATRIX[name].subject, relation, state)[1]
            assert mark in ask(world, name, auditor, relation, state)[1]
    listing = ask(world, "records:list", auditor)[1]
    assert set() < set(MARK.findall(listing)) <= {"own", "descendant", "abolished", "merged"}


@pytest.mark.parametrize(
    ("name", "role", "state"),
    [
        ("records:submit", "handler", "draft"),
        ("records:publish", "office_head", "ready"),
        ("records:withdraw", "competent", "published"),
        ("review:refer", "secrecy_reviewer", "reviewing"),
        ("applications:confirm", "handler", "unconfirmed"),
        ("applications:note", "office_head", "answered"),
        ("applications:claim", "handler", "consulting"),
        ("applications:opinion", "handler", "consulting"),
        ("applications:correct-receipt", "office_head", "open"),
        ("applications:reveal", "competent", "open"),
        ("applications:export", "auditor", ""),
        ("applications:letter-submit", "handler", ""),
        ("applications:letter-file", "office_head", ""),
        ("reporting:campaign-chase", "competent", ""),
        ("reporting:campaign-export", "auditor", ""),
        ("reporting:override", "handler", ""),
        ("reporting:refill", "office_head", ""),
        ("reporting:send-back", "competent", ""),
        ("accounts:deactivate", "competent", ""),
        ("accounts:renew-password", "administrator", ""),
    ],
)
def test_an_act_is_carried_out_by_whom_it_belongs_to(world, name, role, state):
    """Without this every act could be refused and the matrix hold."""
    assert ask(world, name, viewer_called(world, role), "own", state)[2] is True
