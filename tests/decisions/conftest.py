"""A small city whose officers bring in decisions."""

import csv
import io
from datetime import date
from types import SimpleNamespace

import pytest

from builders import city as build
from gongkai.accounts.models import Role
from gongkai.decisions.domain import importing, intake
from gongkai.decisions.models import Dataset
from gongkai.journal.domain.entry import SYSTEM
from gongkai.units.domain import structure
from gongkai.units.models import Kind

TODAY = date(2024, 6, 3)
CAPTIONS = [
    "决定机关",
    "决定类别",
    "决定书文号",
    "相对人名称",
    "相对人类别",
    "事项",
    "决定日期",
    "公示日期",
    "法律依据",
]


def table(*rows, captions=CAPTIONS, encoding="utf-8"):
    """Return a csv file."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([captions, *rows])
    return text.getvalue().encode(encoding)


def line(number, **cells):
    """Return an ordinary row; ``cells`` by caption."""
    ordinary = {
        "决定机关": "HL-001",
        "决定类别": "行政许可",
        "决定书文号": f"岚水许〔2024〕{number}号",
        "相对人名称": "澜江建材有限公司",
        "相对人类别": "法人及非法人组织",
        "事项": "取水许可（新办）",
        "决定日期": "2024-05-20",
        "公示日期": "2024-05-24",
        "法律依据": "",
    }
    return list((ordinary | cells).values())


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    settings.CLAMD_SOCKET = ""


@pytest.fixture
def city(db):
    """The city, a bureau below it that took over from one abolished, and a bureau nobody here acts for."""
    root = build.unit("HL", "海岚市人民政府", kind=Kind.GOVERNMENT)
    bureau = build.unit("HL-001", "海岚市水利局", parent=root)
    ended = build.unit("HL-009", "海岚市渔业局", parent=root)
    structure.abolish(unit=ended, day=date(2024, 3, 1), document="岚政〔2024〕3号", actor=SYSTEM, successor=bureau)
    ended.refresh_from_db()
    other = build.unit("HL-002", "海岚市林业局", parent=root)
    return SimpleNamespace(
        root=root,
        bureau=bureau,
        ended=ended,
        other=other,
        handler=build.person("handler", bureau, Role.HANDLER, name="林录入"),
        stranger=build.person("stranger", other, Role.HANDLER, name="木生"),
        auditor=build.person("auditor", root, Role.AUDITOR, name="审计员", with_subtree=True),
        competent=build.person("competent", root, Role.COMPETENT, name="主管员", with_subtree=True),
    )


@pytest.fixture
def receive(city):
    """Take a file in as the bureau's officer; what is not said is ordinary."""

    def received(data, name="许可.csv", **chosen):
        ordinary = {"dataset": Dataset.DECISIONS, "kind": "", "unit": city.bureau, "user": city.handler, "day": TODAY}
        return intake.receive(pieces=[data], name=name, **(ordinary | chosen))

    return received


@pytest.fixture
def bring(receive):
    """Take a file in and import it."""

    def brought(data, name="许可.csv", **chosen):
        return importing.run(batch=receive(data, name, **chosen).pk)

    return brought
