"""A paper register (登记簿) as an office would have kept it: years of good rows, bad ones of every kind among them."""

import io
from datetime import date, timedelta

from openpyxl import Workbook

from gongkai.law.calendar import CHINA

HEAD = (
    "登记号",
    "收到日期",
    "收到途径",
    "申请人",
    "申请人类别",
    "身份证号",
    "申请内容",
    "告知补正日期",
    "补正期限",
    "补正日期",
    "征求意见日期",
    "收到意见日期",
    "延期日期",
    "延期天数",
    "批准人",
    "答复日期",
    "办理结果",
    "答复文号",
    "送达方式",
    "备注",
)
FIRST, DAYS = date(2019, 6, 3), 1500
OUTCOMES = ("予以公开", "部分公开", "信息不存在", "非本机关", "过程性信息", "撤回")
MEDIA = ("当面", "挂号信", "网上", "电子邮件", "传真", "平信")
KINDS = ("自然人", "自然人", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他组织")

# 名称 / 改动 / 栏目 / 错误 / 要做什么或者依据
BAD = (
    ("日期不存在", {"收到日期": "2021-02-30"}, "收到日期", "不是存在的日期", "按条例第三十一条"),
    ("没有收到日期", {"收到日期": None}, "收到日期", "未填写", "请填"),
    ("没有申请人", {"申请人": ""}, "申请人", "未填写", "姓名或者单位名称"),
    ("没有内容", {"申请内容": " "}, "申请内容", "未填写", "所需政府信息的名称"),
    ("类别不认识", {"申请人类别": "外星人"}, "申请人类别", "“外星人”不是", "自然人、商业企业"),
    ("途径不认识", {"收到途径": "飞鸽"}, "收到途径", "“飞鸽”不是", "当面"),
    ("结果不认识", {"办理结果": "搁置"}, "办理结果", "没有办理结果“搁置”", "可以填写"),
    ("旧条例的结果", {"办理结果": "S1"}, "办理结果", "2019年条例没有办理结果“S1”", "可以填写"),
    ("送达不认识", {"送达方式": "口头"}, "送达方式", "“口头”不是", "之一"),
    ("有答复没有结果", {"办理结果": None}, "办理结果", "有答复日期而没有办理结果", "代码（A1…O3）"),
    ("有结果没有答复", {"答复日期": None}, "答复日期", "有办理结果而没有答复日期", "未办结的留空"),
    ("天数不是数", {"补正期限": "半月"}, "补正期限", "不是工作日数", "请填"),
    ("补正没有告知", {"补正日期": "="}, "补正日期", "没有“补正告知日期”", "收到补正的日期"),
    ("意见没有征求", {"收到意见日期": "="}, "收到第三方意见日期", "没有“征求第三方意见日期”", "收到第三方意见的日期"),
    ("答复早于收到", {"答复日期": -5}, "答复日期", "申请到达之前不可能办理", "第三十一条"),
    (
        "期满后延期",
        {"延期日期": 50, "延期天数": 20, "批准人": "陈主任", "答复日期": 60},
        "延期告知日期",
        "延期应在期限届满前",
        "第三十三条",
    ),
    (
        "延期没有批准",
        {"延期日期": 10, "延期天数": 20, "批准人": None, "答复日期": 30},
        "延期告知日期",
        "批准",
        "第三十三条",
    ),
    (
        "补正太晚",
        {"告知补正日期": 20, "补正期限": 10, "补正日期": 25, "答复日期": 28},
        "补正告知日期",
        "按现有内容办理",
        "第三十条",
    ),
    ("没有补正就逾期", {"办理结果": "逾期不补正"}, "答复日期", "没有正在等待的补正", "第三十条"),
    ("在条例之前", {"收到日期": "2008-04-01", "答复日期": "2008-04-20"}, "收到日期", "2008", "核对"),
)
"""What is changed in a good row, in which column it is to be said, what is wrong, and what to do or why.

Numbers are working days after the receipt, negative ones days before it; ``=`` is the day of receipt.
"""


def good(number, received=None):
    """Return a row that can stand, by caption."""
    received = received or FIRST + timedelta(days=number * 7 % DAYS)
    row = {
        "登记号": f"{received.year}-{number}",
        "收到日期": received,
        "收到途径": MEDIA[number % len(MEDIA)],
        "申请人": f"申请人{number}",
        "申请人类别": KINDS[number % len(KINDS)],
        "身份证号": f"35050019800101{number % 10000:04}",
        "申请内容": f"第{number}号地块征收补偿方案",
        "答复日期": CHINA.add(received, 12),
        "办理结果": OUTCOMES[number % len(OUTCOMES)],
        "答复文号": f"岚水复〔{received.year}〕{number}号",
        "送达方式": "邮寄",
    }
    if number % 11 == 0:
        row |= {"告知补正日期": CHINA.add(received, 3), "补正期限": 15, "补正日期": CHINA.add(received, 6)}
    elif number % 13 == 0:
        row |= {
            "延期日期": CHINA.add(received, 15),
            "延期天数": 20,
            "批准人": "陈主任",
            "答复日期": CHINA.add(received, 35),
        }
    elif number % 17 == 0:
        row |= {"征求意见日期": CHINA.add(received, 2), "收到意见日期": CHINA.add(received, 9)}
    return row


def bad(number, kind):
    """Return a row of a kind of ``BAD`` by its place there."""
    row = good(number * 2 * 3 * 11 * 13 * 17 + 1, FIRST + timedelta(days=number * 3 % DAYS)) | {
        "登记号": f"误-{number}"
    }
    row |= {"收到途径": "当面", "办理结果": "予以公开"}
    received = row["收到日期"]
    for caption, value in BAD[kind][1].items():
        if isinstance(value, int) and caption.endswith("日期"):
            row[caption] = CHINA.add(received, value) if value > 0 else received + timedelta(days=value)
        else:
            row[caption] = received if value == "=" else value
    return row


def register(count, wrong):
    """Return ``count`` rows, ``wrong`` of them bad and spread evenly, each with its kind (``None``: good)."""
    every = count // wrong
    made, seen = [], 0
    for number in range(count):
        if number % every == every // 2 and seen < wrong:
            made.append((bad(number, seen % len(BAD)), seen % len(BAD)))
            seen += 1
        else:
            made.append((good(number), None))
    return made


def workbook(rows):
    """Return rows by caption as an xlsx."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("登记簿")
    sheet.append(HEAD)
    for row in rows:
        sheet.append([row.get(caption) for caption in HEAD])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()
