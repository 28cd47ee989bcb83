"""What staff wrote and the screens they write it on, in the browser: nothing is too wide, axe finds nothing serious."""

from datetime import timedelta

import pytest
from django.urls import reverse

from builders.axe import serious
from builders.browser import NARROW, WIDE, in_browser, visitors  # noqa: F401 -- a fixture
from gongkai.portal.domain import publishing
from gongkai.portal.domain.areas import set_usual
from gongkai.portal.models import KeyArea, PageKind
from gongkai.windows import laying

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def filled(city, today, write, approve, published, publish_record, listed):
    """One page of every kind, filled, by who looks at it."""
    laying.lay()
    record = publish_record("水利局2024年部门预算", scope_item="20.07")
    table = "<table><caption>价目</caption><thead><tr><th>作业</th></tr></thead><tr><td>旋耕</td></tr></table>"
    above = published("farming", title="春耕备耕服务", body=f"<h2>补贴</h2><p>甲。</p>{table}", records=[record.pk])
    published("machines", parent=above, title="农机作业服务")
    published("about", kind=PageKind.COLUMN, title="关于本站")
    published("rules", kind=PageKind.INSTITUTION, title="公开审查制度", records=[record.pk])
    ends_on = today + timedelta(days=5)
    published("hours", kind=PageKind.NOTICE, title="窗口搬迁", ends_on=ends_on)
    published("slot", kind=PageKind.HIGHLIGHT, title="春耕补贴怎样领", shows=above, ends_on=ends_on)
    gone = published("gone")
    publishing.withdraw(page=gone, user=city.head, day=today, reason="数据有误")
    set_usual(user=city.chief, day=today)
    area = KeyArea.objects.get(slug="budgets")
    one, draft = listed(), write("draft", title="起草中的专题")
    waiting = write("waiting")
    publishing.submit(page=waiting, user=city.author, day=today)
    public = ["/", "/open/", "/open/guide/", "/open/rules/", "/open/rules/rules/", "/topics/", "/topics/farming/"]
    public += ["/topics/farming/machines/", "/pages/about/", "/topics/gone/", "/key-areas/", "/key-areas/budgets/"]
    public += ["/key-areas/budgets/coverage/", "/services/", reverse("portal:service", args=[one.pk]), "/sitemap/"]
    public += ["/units/HL-016/items/"]
    office = [reverse(f"editing:{name}") for name in ("pages", "page-new", "services", "service-new")]
    office += [reverse(f"editing:page{name}", args=[draft.pk]) for name in ("", "-edit", "-application", "-preview")]
    office += [reverse("editing:page", args=[above.pk]), reverse("editing:page-application", args=[waiting.pk])]
    office += [reverse("editing:service", args=[one.pk])]
    chief = [reverse("editing:areas"), reverse("editing:area-new")]
    chief += [reverse(f"editing:area{name}", args=[area.pk]) for name in ("", "-edit")]
    chief += [reverse("editing:page", args=[above.pk])]
    return {"市民": (None, public), "经办": (city.author, office), "主管": (city.chief, chief)}


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_every_page_holds_on_every_screen(in_browser, live_server, filled, width):  # noqa: F811 -- the fixture
    found = []
    with visitors(in_browser, live_server.url) as enter:
        for name, (user, paths) in filled.items():
            visitor = enter(name, user=user, width=width)
            for path in paths:
                visitor.opens(path)
                found += [f"{path} {one}" for one in visitor._run(lambda _, v=visitor: serious(v._page))]
    assert found == []


def test_a_page_is_written_by_keyboard(in_browser, live_server, city, today):  # noqa: F811 -- the fixture
    laying.lay()
    with visitors(in_browser, live_server.url) as enter:
        author = enter("经办", user=city.author)
        author.opens(reverse("editing:pages")).follows("新建页面")
        author.fills(类别="专题专栏", 网址名="farming", 标题="春耕备耕服务", 目的="便民", 责任人="甲", 开始日=today)
        author.fills(正文="补贴打入社会保障卡。")
        author.presses("保存草稿").sees("草稿已保存", "补贴打入社会保障卡。")
        author.follows("预览").sees("春耕备耕服务", "补贴打入社会保障卡。")
