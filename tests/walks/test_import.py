"""A file of decisions with bad rows: the good ones go in, the bad ones come back in a file and go in corrected."""

import csv
import re
from datetime import date

from gongkai.decisions.models import Decision, ImportBatch

CAPTIONS = "决定机关,决定类别,决定书文号,相对人名称,相对人类别,事项,决定日期,公示日期,法律依据"


def row(number, **cells):
    ordinary = {"机关": "HL-010", "日期": "2024-05-20", "公示": "2024-05-24"} | cells
    return (
        f"{ordinary['机关']},行政许可,岚水许〔2024〕{number}号,澜江建材有限公司,法人及非法人组织,取水许可,"
        f"{ordinary['日期']},{ordinary['公示']},"
    )


def test_the_bad_rows_of_a_file_come_back_and_go_in_corrected(enter, staff, worker, tmp_path):
    file = tmp_path / "许可.csv"
    bad = [row(2, 日期="2024-02-30"), row(3, 机关="林业局")]
    file.write_text("\n".join([CAPTIONS, row(1), *bad, row(4)]), encoding="utf-8")
    lin = enter("林一诺", staff.author)
    lin.opens("/office/").follows("数据导入").sees("还没有导入过数据。").follows("上传文件").sees("涉密文件不得上传")
    fake = tmp_path / "图片.xlsx"
    fake.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    lin.fills(文件=fake).presses("上传并导入").sees("不是")
    lin.fills(文件=file).presses("上传并导入").sees("等待", "可以离开本页")
    worker()
    lin.sees("下载错误行", "4 行", "2 行，未入库").sees("2024-02-30", "没有名为“林业局”的机构")
    lin.opens("/office/").takes_up("更正“许可.csv”的 2 行错误")
    name, errors = lin.takes("下载错误行")
    with errors.open(encoding="utf-8-sig", newline="") as stream:
        table = list(csv.reader(stream))
    assert (name, [line[-2] for line in table[1:]]) == ("许可-错误行.csv", ["3", "4"])
    corrected = tmp_path / name
    words = {"2024-02-30": "2024-02-28", "林业局": "HL-010"}
    with corrected.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([words.get(cell, cell) for cell in line] for line in table)
    lin.follows("上传更正后的文件").fills(文件=corrected).presses("上传并导入").sees("可以离开本页")
    worker()
    lin.sees("2 行").sees_no("下载错误行")
    lin.follows("数据导入").follows("上传文件").fills(文件=corrected).presses("上传并导入")
    lin.sees(re.compile(r"同一文件已于 2024-06-03 全部导入（第 \d+ 批，2 行），没有新增数据。"))
    lin.opens("/office/").takes_up("更正“许可.csv”的 2 行错误").presses("已处理，不再提示").sees(
        "已办结，待办中不再提示。"
    )
    lin.opens("/office/").sees("今天没有待办事项。")
    lin.follows("行政决定").sees("岚水许〔2024〕2号", "岚水许〔2024〕3号")
    assert Decision.objects.count() == 4
    assert [(batch.rows_in, batch.rows_bad) for batch in ImportBatch.objects.order_by("pk")] == [(2, 2), (2, 0)]
    assert Decision.objects.get(number="岚水许〔2024〕2号").decided_on == date(2024, 2, 28)
