import re
from datetime import date
from decimal import Decimal
from random import Random

import pytest
from django.contrib.auth import authenticate

from gongkai.accounts.models import User
from gongkai.accounts.queries.scope import scope_of
from gongkai.decisions.models import Charge, Decision
from gongkai.decisions.models.facts import FEN_PER_WAN
from gongkai.demo.city import city
from gongkai.demo.plan import Planner
from gongkai.demo.sizes import SIZES
from gongkai.indexing.models import Dirty
from gongkai.journal.queries import chain
from gongkai.portal.models import FRONT, Page, Service, ServiceStage
from gongkai.records.domain.trace import KIND
from gongkai.records.models import Category, Record, Stage, Version
from gongkai.records.queries.counts import counts
from gongkai.records.queries.normative import in_force, normative_counts
from gongkai.reporting.queries import published
from gongkai.review.models import Review, ReviewState, Step
from gongkai.units.models import Guide, Unit
from gongkai.units.queries import tree

pytestmark = pytest.mark.django_db


def test_the_city_has_the_figures_it_was_asked_for(made):
    tiny, result = made.size, made.result
    units = list(Unit.objects.values_list("pk", flat=True))
    found = counts(units, 2024)
    assert [line.in_year for line in found.attributes] == [tiny.proactive, tiny.on_request, tiny.withheld]
    normative = normative_counts(2024, units)
    assert (normative.made, normative.repealed, normative.in_force) == (tiny.made, tiny.ended, tiny.in_force)
    assert in_force(units, date(2023, 12, 31)).count() == tiny.before
    kinds = [Decision.objects.filter(kind=kind).count() for kind in ("permit", "penalty", "coercion")]
    assert kinds == [tiny.permits, tiny.penalties, tiny.coercions]
    assert Decimal(sum(Charge.objects.values_list("amount_fen", flat=True))) / FEN_PER_WAN == Decimal("1002.3819")
    assert {stage: Record.objects.filter(made_on__year=2025, stage=stage).count() for stage in Stage} == {
        Stage.DRAFT: 2,
        Stage.REVIEWING: 2,
        Stage.READY: 1,
        Stage.PUBLISHED: 11,  # the budgets of the year, and what else its site shows
        Stage.FILED: 0,
        Stage.WITHDRAWN: 0,
    }
    assert Review.objects.filter(state=ReviewState.RETURNED).count() == 1
    assert (result.units, result.records) == (Unit.objects.count(), Record.objects.count())
    pages = Page.objects.filter(live__isnull=False).exclude(kind__in=FRONT).count()
    services = Service.objects.filter(stage=ServiceStage.LISTED).count()
    assert result.indexed == result.records + result.units + published.rows().count() + pages + services
    assert not Dirty.objects.exists()
    assert all(done <= total for _, done, total in made.told)


def test_nothing_got_past_the_review_and_the_journal_is_whole(made):
    verdict = chain.verify()
    assert verdict.broken is None
    assert verdict.checked > Record.objects.count()
    past = Record.objects.filter(stage__in=(Stage.READY, Stage.PUBLISHED, Stage.FILED, Stage.WITHDRAWN))
    past = past.filter(old_addresses=None)  # an old site reviewed what was on it
    passed = Review.objects.filter(kind=KIND, state=ReviewState.PASSED)
    assert set(past.values_list("pk", flat=True)) == set(passed.values_list("key", flat=True))
    assert not Step.objects.filter(review__in=passed).exclude(state="passed").exists()
    for key in set(passed.values_list("key", flat=True)):
        versions = set(Version.objects.filter(record=key).values_list("digest", flat=True))
        assert versions == set(passed.filter(key=key).values_list("version", flat=True))
    for review in passed:
        assert review.author_id not in set(review.steps.values_list("reviewer", flat=True))


def test_the_archive_of_reports_is_the_city_s_own(made):
    assert {(one.name, one.years) for one in published.bodies()} == {("海岚市人民政府", (2023, 2022))}


def test_people_sign_on_and_may_do_what_their_role_says(made, rf):
    handler = User.objects.get(username="shuili.jingban")
    assert authenticate(rf.post("/"), username="shuili.jingban", password=made.password) == handler
    assert scope_of(handler, made.today).units == {"handler": {Unit.objects.get(code="HL-016").pk}}
    everything = {node.id for node in tree.as_of(made.today)}
    assert scope_of(User.objects.get(username="zhuguan"), made.today).units == {"competent": everything}
    assert len(made.result.accounts) == User.objects.count() == 4 * 6 + 4 + 4


def test_the_reform_of_2019_left_its_traces(made):
    before, after = tree.as_of(date(2019, 3, 27)), tree.as_of(date(2019, 3, 28))
    codes = [{node.code for node in known} for known in (before, after)]
    assert codes[0] - codes[1] == {"HL-105", "HL-106", "HL-107"}
    assert codes[1] - codes[0] == {"HL-025"}


def test_the_text_of_a_normative_document_names_a_last_day_only_where_one_is_recorded(made):
    planned = Planner(city(), SIZES["small"], made.today, Random(3)).plan()
    said = {
        (one.fields.get("expires_on"), _term(one)) for one in planned if one.fields["category"] == Category.NORMATIVE
    }
    assert len(said) > 1
    assert all(term == (day and f"有效期至{day.year}年{day.month}月{day.day}日") for day, term in said)


def _term(planned):
    found = re.search(r"有效期[^。]*", planned.fields["body"])
    return found and found[0]


def test_titles_within_the_title_of_an_interpretation_have_single_marks(made):
    planned = Planner(city(), SIZES["small"], made.today, Random(3)).plan()
    titles = [one.interpretation.fields["title"] for one in planned if one.interpretation]
    assert any("〈" in title for title in titles)
    assert all(title.count("《") == title.count("》") == 1 for title in titles)


def test_every_guide_says_what_the_regulation_in_force_demands(made):
    guides = Guide.objects.filter(unit__code__in=made.size.units)
    assert guides.count() == len(made.size.units)
    for guide in guides:
        assert all((guide.classification, guide.arrangement, guide.obtaining, guide.office, guide.hours))
        assert guide.updated_on >= date(2019, 5, 15)


def test_the_same_seed_draws_the_same_documents_and_another_one_others(made):
    def drawn(seed):
        return Planner(city().only(made.size.units), made.size, made.today, Random(seed)).plan()

    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_every_size_has_the_normative_documents_of_the_year(size):
    assert (size.made, size.ended, size.before, size.in_force) == (34, 54, 245, 225)


def test_bodies_have_codes_names_and_marks_of_their_own():
    whole = city()
    assert 55 <= len(whole.places) <= 65
    for name in ("code", "name", "short", "slug", "mark"):
        values = [getattr(place, name) for place in whole.places]
        assert len(set(values)) == len(values), name
    codes = {place.code for place in whole.places}
    assert {place.below for place in whole.places} - codes == {""}
    assert {body.into for body in whole.ended} <= codes
