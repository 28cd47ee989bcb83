"""The preview beside the draft follows what is typed, in a browser."""

from datetime import timedelta

import pytest
from django.utils import timezone

from builders.browser import WIDE, cookie_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_preview_follows_what_is_typed(in_browser, live_server, receive, drafted, staff):
    today = timezone.localdate()
    application = receive(today - timedelta(days=3), today=today)
    letter = drafted(application, "extension_notice", today)
    session = {"name": "sessionid", "value": cookie_of(staff.handler), "url": live_server.url}

    def type_and_read(browser):
        context = browser.new_context(viewport={"width": WIDE, "height": 900})
        context.add_cookies([session])
        page = context.new_page()
        page.goto(f"{live_server.url}/office/applications/letters/{letter.pk}/edit/")
        page.get_by_label("理由").fill("所涉台账正在清点")
        page.locator("#preview").get_by_text("因所涉台账正在清点，本机关不能在原定期限内作出答复").wait_for()
        page.get_by_role("button", name="保存，去送审").click()
        page.get_by_role("heading", name="政府信息公开延期答复告知书").wait_for()
        words = page.content()
        context.close()
        return words

    assert "因所涉台账正在清点" in in_browser(type_and_read)
