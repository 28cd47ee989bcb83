# ruff: noqa: E501 -- tables of law cases are read across
"""What the law forbids: one case per mistake (案名 / 收到日 / 事件 / 错误 / 依据)."""

from datetime import date

import pytest

from gongkai.law.clock import clock, errors, parse_event
from gongkai.law.editions import BeforeRegulationError
from gongkai.law.errors import InputError, LawError
from gongkai.law.fees import FeeBeforeScheduleError

D = date.fromisoformat
ART = "《政府信息公开条例》第"
OLD = "《政府信息公开条例》（2008年施行）第"
FEE = "国办函〔2020〕109号"
END = f"{ART}三十三条、第三十六条"

CASES = [
    ("到达之前的答复", "2024-02-05", ["answer:2024-02-04"], errors.EventBeforeReceiptError, f"{ART}三十一条"),
    ("答复之后再答复", "2024-02-05", ["answer:2024-02-06", "answer:2024-02-07"], errors.CaseEndedError, END),
    ("撤回之后延期", "2024-02-05", ["withdrawal:2024-02-06", "extension:2024-02-07:days=5,approver=王"],
     errors.CaseEndedError, END),
    ("第8个工作日告知补正", "2024-02-05", ["correction_notice:2024-02-21:period_days=5"], errors.CorrectionTooLateError,
     f"{ART}三十条"),
    ("再次告知补正", "2024-02-05", ["correction_notice:2024-02-06:period_days=9", "correction_notice:2024-02-07"],
     errors.SecondCorrectionError, f"{ART}三十条"),
    ("补正之后再次告知补正", "2024-02-05",
     ["correction_notice:2024-02-06:period_days=9", "correction_answer:2024-02-07", "correction_notice:2024-02-08"],
     errors.SecondCorrectionError, f"{ART}三十条"),
    ("没有告知的补正", "2024-02-05", ["correction_answer:2024-02-07"], errors.NoCorrectionNoticeError, f"{ART}三十条"),
    ("逾期的补正", "2024-02-05", ["correction_notice:2024-02-19:period_days=5", "correction_answer:2024-02-27"],
     errors.CorrectionOverdueError, f"{ART}三十条"),
    ("延期超过20个工作日", "2024-02-05", ["extension:2024-02-07:days=21,approver=王"], errors.ExtensionTooLongError,
     f"{ART}三十三条第二款"),
    ("旧条例延期超过15个工作日", "2018-05-14", ["extension:2018-05-15:days=16,approver=王"], errors.ExtensionTooLongError,
     f"{OLD}二十四条第二款"),
    ("再次延期", "2024-02-05", ["extension:2024-02-07:days=5,approver=王", "extension:2024-02-08:days=5,approver=王"],
     errors.SecondExtensionError, f"{ART}三十三条第二款"),
    ("届满之后延期", "2024-02-05", ["extension:2024-03-11:days=5,approver=王"], errors.ExtensionAfterDueError,
     f"{ART}三十三条第二款"),
    ("届满之后告知", "2024-02-05", ["extension:2024-03-08:days=5,approver=王,notified=2024-03-11"],
     errors.ExtensionAfterDueError, f"{ART}三十三条第二款"),
    ("没有批准人", "2024-02-05", ["extension:2024-02-07:days=5"], errors.ExtensionWithoutApproverError,
     f"{ART}三十三条第二款"),
    ("没有告知", "2024-02-05", ["extension:2024-02-07:days=5,approver=王,notified=no"],
     errors.ExtensionNotNotifiedError, f"{ART}三十三条第二款"),
    ("先告知后批准", "2024-02-05", ["extension:2024-02-07:days=5,approver=王,notified=2024-02-06"],
     errors.ExtensionNotNotifiedError, f"{ART}三十三条第二款"),
    ("等待补正时延期", "2024-02-05",
     ["correction_notice:2024-02-06:period_days=9", "extension:2024-02-07:days=5,approver=王"],
     errors.NothingRunsError, f"{ART}三十条"),
    ("等待缴费时延期", "2024-02-05", ["fee_notice:2024-02-06", "extension:2024-02-07:days=5,approver=王"],
     errors.NothingRunsError, f"{ART}四十二条；{FEE}"),
    ("等待缴费时告知补正", "2024-02-05", ["fee_notice:2024-02-06", "correction_notice:2024-02-07"],
     errors.NothingRunsError, f"{ART}四十二条；{FEE}"),
    ("合理期限之后延期", "2024-02-05",
     ["reasons_requested:2024-02-06", "reasons_answered:2024-02-07", "reasonable_period:2024-02-08:until=2024-06-28",
      "extension:2024-02-09:days=5,approver=王"], errors.ExtensionAfterReasonablePeriodError, f"{ART}三十三条第二款"),
    ("没有征求的意见", "2024-02-05", ["third_party_opinion:2024-02-07"], errors.NotConsultedError,
     f"{ART}三十二条、第三十三条第三款"),
    ("没有发出的签收", "2024-02-05", ["co_maker_received:2024-02-07"], errors.NotConsultedError,
     f"{ART}三十四条、第三十三条第三款"),
    ("重复的意见", "2024-02-05",
     ["other_agency_sent:2024-02-06", "other_agency_opinion:2024-02-07", "other_agency_opinion:2024-02-08"],
     errors.NotConsultedError, f"{ART}三十三条第三款"),
    ("旧条例没有征求的意见", "2018-05-14", ["co_maker_opinion:2018-05-15"], errors.NotConsultedError,
     f"{OLD}二十三条、第二十四条第三款"),
    ("没有要求的理由", "2024-02-05", ["reasons_answered:2024-02-07"], errors.NoReasonsRequestedError, f"{ART}三十五条"),
    ("没有理由的合理期限", "2024-02-05", ["reasons_requested:2024-02-06", "reasonable_period:2024-02-08:until=2024-06-28"],
     errors.ReasonablePeriodWithoutReasonsError, f"{ART}三十五条"),
    ("届满之后的合理期限", "2024-02-05",
     ["reasons_requested:2024-02-06", "reasons_answered:2024-02-07", "reasonable_period:2024-03-11:until=2024-06-28"],
     errors.ReasonablePeriodTooLateError, f"{ART}三十五条"),
    ("不晚于期限的合理期限", "2024-02-05",
     ["reasons_requested:2024-02-06", "reasons_answered:2024-02-07", "reasonable_period:2024-02-08:until=2024-03-08"],
     errors.ReasonablePeriodTooShortError, f"{ART}三十五条"),
    ("没有日期的合理期限", "2024-02-05",
     ["reasons_requested:2024-02-06", "reasons_answered:2024-02-07", "reasonable_period:2024-02-08"],
     errors.ReasonablePeriodTooShortError, f"{ART}三十五条"),
    ("等待补正时的合理期限", "2024-02-05",
     ["reasons_requested:2024-02-06", "reasons_answered:2024-02-07", "correction_notice:2024-02-07:period_days=9",
      "reasonable_period:2024-02-08:until=2024-06-28"], errors.NothingRunsError, f"{ART}三十条"),
    ("旧条例没有说明理由", "2018-05-14", ["reasons_requested:2018-05-15"], errors.NotInEditionError,
     f"{OLD}二十四条第二款"),
    ("2021年之前的收费", "2020-12-31", ["fee_notice:2021-01-04"], FeeBeforeScheduleError,
     f"{ART}四十二条；{FEE}（2021年1月1日起施行，未经证实）"),
    ("旧条例的收费", "2018-05-14", ["fee_notice:2018-05-15"], FeeBeforeScheduleError,
     f"{ART}四十二条；{FEE}（2021年1月1日起施行，未经证实）"),
    ("届满之后的收费通知", "2024-02-05", ["fee_notice:2024-03-11"], errors.FeeNoticeTooLateError,
     f"{ART}四十二条；{FEE}"),
    ("再次收费", "2024-02-05", ["fee_notice:2024-02-06", "fee_paid:2024-02-07", "fee_notice:2024-02-08"],
     errors.SecondFeeNoticeError, f"{ART}四十二条；{FEE}"),
    ("没有通知的缴费", "2024-02-05", ["fee_paid:2024-02-07"], errors.NoFeeNoticeError,
     f"{ART}四十二条；{FEE}（2021年1月1日起施行，未经证实）"),
    ("逾期的缴费", "2024-02-05", ["fee_notice:2024-03-01", "fee_paid:2024-04-01"], errors.FeeOverdueError,
     f"{ART}四十二条；{FEE}"),
    ("没有告知补正即以逾期不补正结案", "2024-02-05", ["answer:2024-02-07:outcome=O1"], errors.ClosureWithoutNoticeError,
     f"{ART}三十条"),
    ("没有收费通知即以逾期未缴费结案", "2024-02-05", ["answer:2024-02-07:outcome=O2"], errors.ClosureWithoutNoticeError,
     f"{ART}四十二条；{FEE}"),
    ("旧条例以逾期未缴费结案", "2018-05-14", ["answer:2018-05-15:outcome=O2"], errors.ClosureWithoutNoticeError,
     f"{OLD}二十四条第二款"),
    ("补正期限最后一日结案", "2024-02-05", ["correction_notice:2024-02-19:period_days=5", "answer:2024-02-26:outcome=O1"],
     errors.ClosureTooEarlyError, f"{ART}三十条"),
    ("缴费期限最后一日结案", "2024-02-05", ["fee_notice:2024-03-01", "answer:2024-03-29:outcome=O2"],
     errors.ClosureTooEarlyError, f"{ART}四十二条；{FEE}"),
    ("没有补正即以仍不明确答复", "2024-02-05", ["answer:2024-02-07:outcome=U3"], errors.OutcomeWithoutCorrectionError,
     f"{ART}三十条"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "received", "events", "error", "article"), CASES)
def test_the_law_forbids(name, received, events, error, article):
    with pytest.raises(error) as caught:
        clock(D(received), events=[parse_event(event) for event in events])
    assert (type(caught.value), caught.value.article) == (error, article), name


def test_every_mistake_has_a_case_and_a_code_of_its_own():
    classes = [found for found in vars(errors).values() if isinstance(found, type) and found is not LawError]
    tried = {case[3] for case in CASES} | {errors.ConfirmationBeforeReceiptError}
    assert set(classes) == tried - {FeeBeforeScheduleError}
    assert len({found.code for found in classes}) == len(classes)


def test_a_confirmation_before_the_arrival_is_refused():
    with pytest.raises(errors.ConfirmationBeforeReceiptError) as caught:
        clock(D("2024-02-05"), "internet", D("2024-02-04"))
    assert caught.value.article == f"{ART}三十一条"


def test_before_the_regulation_there_is_no_clock():
    with pytest.raises(BeforeRegulationError):
        clock(D("2008-04-30"))


def test_a_day_before_the_arrival_cannot_be_asked_about():
    with pytest.raises(InputError, match="早于申请到达之日"):
        clock(D("2024-02-05"), as_of=D("2024-02-04"))


def test_an_unknown_channel_is_not_understood():
    with pytest.raises(InputError, match="pigeon"):
        clock(D("2024-02-05"), "pigeon")


def test_what_is_refused_after_the_day_asked_about_is_left_out():
    late = parse_event("correction_notice:2024-02-21:period_days=5")
    assert clock(D("2024-02-05"), events=[late], as_of=D("2024-02-20")).status == "open"


def test_answering_as_unclear_after_a_correction_is_allowed():
    words = [
        "correction_notice:2024-02-06:period_days=9",
        "correction_answer:2024-02-07",
        "answer:2024-02-08:outcome=U3",
    ]
    assert clock(D("2024-02-05"), events=map(parse_event, words)).status == "answered"
