"""All cases of the year, in few bodies, make the printed tables; the whole city is made by the benchmark."""

from dataclasses import replace

import pytest

from demo.prefecture.conftest import PASSWORD, TODAY, few, numbers_of, whole_of
from gongkai.demo.prefecture.figures import figures
from gongkai.demo.prefecture.making import make

# The same lines as in ``test_making``, for twenty times as many cases.
pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.no_cover]


def test_the_report_of_the_city_is_the_printed_one_cell_by_cell(installation):
    fewer = replace(figures(), made=1000, proactive=400)
    make(today=TODAY, password=PASSWORD, progress=lambda *_: None, city=few(), counts=fewer)
    found = numbers_of(whole_of("LZ-001"))
    assert {key: found[key] for key in figures().cells()} == figures().cells()
