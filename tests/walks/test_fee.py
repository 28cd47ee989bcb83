"""A fee in the browser, wide and narrow: asked for, let off in part, paid, given back, and found in the ledger."""

from datetime import date

import pytest

from gongkai.applications.domain import fees, receiving
from gongkai.applications.domain.identity import Identity
from gongkai.applications.domain.receiving import Arrival, Request
from gongkai.applications.models import ApplicantKind, Application, Medium

MAY, DAY = date(2024, 5, 20), date(2024, 5, 24)


@pytest.fixture
def asked(city, staff):
    """Register an application to the bureau and ask for the fee of so many pages."""

    def made(pages, received=MAY, day=DAY):
        application = receiving.receive(
            unit=city.water,
            arrival=Arrival(Medium.COUNTER, received),
            applicant_kind=ApplicantKind.NATURAL_PERSON,
            applicants=[Identity(name="张晓岚", telephone="13800001234")],
            request=Request(title=f"河道采砂许可台账（{pages}页）"),
            user=staff.author,
            today=received,
        )
        fees.notify(application=application, schedule="pages", pages=pages, day=day, user=staff.author, today=day)
        return Application.objects.get(pk=application.pk)

    return made


@pytest.mark.parametrize("width", [1280, 390])
def test_a_fee_is_let_off_in_part_paid_given_back_and_found_in_the_ledger(enter, staff, asked, width):
    case = asked(250)
    asked(60, date(2024, 4, 8), date(2024, 4, 10))
    forgone = asked(120)
    head = enter("何负责", staff.head, width=width)
    head.opens(f"/office/applications/{case.pk}/").follows("减收费用").sees("现应缴")
    head.fills(**{"减收后应缴（元）": "1000", "决定日期": date(2024, 5, 31), "理由": "申请人属低保对象"})
    head.presses("减收费用").sees("已登记减收")
    head.follows("缴清费用").fills(日期=date(2024, 6, 3)).presses("已缴费").sees("已登记缴费")
    head.follows("退还费用").fills(**{"退还金额（元）": "200", "退还日期": date(2024, 6, 3), "理由": "多收"})
    head.presses("退还费用").sees("已登记退还")
    head.opens(f"/office/applications/{forgone.pk}/").follows("免收费用").sees("不再等待缴费")
    head.fills(决定日期=date(2024, 6, 3), 理由="用于公益诉讼").presses("免收费用").sees("已登记免收")
    head.opens("/office/applications/fees/").sees("逾期未缴", "免收", "已退还", case.number)
    head.fills(状态="逾期未缴").presses("查看").sees("按量计收，60 页")
