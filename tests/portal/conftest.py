"""A city whose public site is looked at."""

from datetime import date

import pytest

from builders.city import unit
from gongkai.accounts.models import User
from gongkai.records.models import Attribute, Category, Record, Stage
from gongkai.units.models import Guide, Kind
from gongkai.windows.pages import forget

DAY = date(2024, 6, 3)


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME, settings.CLAMD_SOCKET, settings.CITY, settings.SECOND_FACTOR = tmp_path, "", "海岚市", False
    settings.SITE = dict.fromkeys(settings.SITE, "") | {
        "address": "https://www.example.gov.cn",
        "code": "3505820001",
        "icp": "闽ICP备00000000号",
        "police": "闽公网安备 35058200000000号",
        "host": "海岚市人民政府办公室",
    }


@pytest.fixture
def kept(settings):
    """Keep answers and values for a moment, as an installation does."""
    forget()
    settings.PUBLIC_SECONDS = 3.0
    yield
    forget()


@pytest.fixture
def bureau(db):
    city = unit("HL-001", "海岚市人民政府", kind=Kind.GOVERNMENT)
    found = unit("HL-010", "海岚市水利局", city)
    Guide.objects.create(
        unit=found,
        office="水利局办公室",
        address="滨海路5号",
        hours="工作日",
        telephone="0599-1",
        cautions="请留电话",
        updated_on=DAY,
    )
    return found


@pytest.fixture
def make(bureau):
    """Return a function that puts a record into the register as it stands after its verbs; numbers count up."""
    author = User.objects.create_user("author", name="经办甲")
    made = []

    def record(title="关于供水的通知", **fields):
        made.append(title)
        values = {
            "unit": bureau,
            "author": author,
            "category": Category.DOCUMENT,
            "attribute": Attribute.PROACTIVE,
            "stage": Stage.PUBLISHED,
            "made_on": DAY,
            "published_on": DAY,
            "index_number": f"HL06010-2001-2024-{len(made):05d}",
            "body": "<p>正文。</p>",
        }
        return Record.objects.create(title=title, **(values | fields))

    return record
