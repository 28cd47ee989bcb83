"""Signing on: a new officer from the register to the first draft, the lock, the second factor, the devices."""

import base64
import time

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.core.cache import cache

from builders.city import person
from gongkai.accounts.models import Role, User
from gongkai.journal.models import Entry

RIGHT, BETTER = "right-Password-1", "harbour-Lantern-42"


@pytest.fixture(autouse=True)
def no_earlier_failures():
    """Failed attempts of other tests count against the same address."""
    cache.clear()


def code_of(secret):
    """What an authenticator shows now, computed by another library than the one that checks it."""
    return TOTP(base64.b32decode(secret), 6, SHA1(), 30).generate(time.time()).decode()


def signs_on(visitor, username, password):
    return visitor.opens("/account/login/").fills(用户名=username, 密码=password).presses("登录")


def test_an_officer_is_registered_and_may_work_from_the_day_of_the_training_on(enter, staff, calendar):
    zhou = enter("周政宁", staff.competent)
    zhou.opens("/office/").follows("备案人员").follows("备案").fills(所在机构="水利局", 姓名="方新", 用户名="Fang")
    zhou.fills(职务="科员", 办公电话="0590-1234567", 备案日=calendar.today).presses("备案并开通账号")
    zhou.sees("用户名须以小写字母开头").fills(用户名="fang").presses("备案并开通账号").sees("此密码只显示这一次。")
    password = zhou.reads(".secret")
    zhou.follows("已记下，前往人员页面").sees("未完成跟岗培训")
    zhou.fills(角色="经办", 机构="水利局").presses("授权").sees("已授予方新“经办”。", "下列办理角色尚不生效")

    fang = enter("方新", width=390)
    for _ in range(4):
        signs_on(fang, "fang", "wrong-Password").sees("用户名或密码不正确。")
    signs_on(fang, "fang", "wrong-Password").sees("登录已暂时锁定", "三十分钟")
    signs_on(fang, "fang", password).sees("登录已暂时锁定")
    assert Entry.objects.filter(act="accounts.locked_out").count() >= 1
    zhou.presses("重发一次性密码并解锁").sees("此密码只显示这一次。")
    password = zhou.reads(".secret")
    signs_on(fang, "fang", password).sees("您使用的是一次性密码，请先修改。")
    fang.opens("/office/records/").sees("您使用的是一次性密码，请先修改。")
    for new, words in (
        ("short-1", "密码过短，不得少于 10 个字符。"),
        ("12345678901", "密码只包含数字。"),
        (password, "新密码不能与原密码相同。"),
    ):
        fang.fills(当前密码=password, 新密码=new, 再次输入新密码=new).presses("修改密码").sees(words)
    fang.fills(当前密码=password, 新密码=BETTER, 再次输入新密码=BETTER).presses("修改密码").sees("今天没有待办事项。")
    fang.sees("跟岗培训").opens("/office/records/new/").sees("您不是任何机构的经办人员，不能拟稿。")

    zhou.follows("已记下，前往人员页面").fills(跟岗培训日=calendar.today, 培训记录="市公开办跟岗五日，合格")
    zhou.presses("登记培训").sees("已登记方新的跟岗培训")
    fang.opens("/office/").sees_no("跟岗培训").opens("/office/records/").follows("拟稿").sees("发布机构")
    fang.pulls_down("方新").presses("退出").sees("登录")
    fang.opens("/office/records/").sees("用户名")
    acts = Entry.objects.filter(subject=f"accounts.user:{User.objects.get(username='fang').pk}")
    assert {"accounts.registered", "accounts.granted", "accounts.trained", "accounts.password_changed"} <= set(
        acts.values_list("act", flat=True)
    )


def test_who_decides_for_others_sets_a_second_factor_up_and_signs_on_with_it(enter, city, settings):
    settings.SECOND_FACTOR = True
    person("ops", city.root, Role.ADMINISTRATOR, name="欧运维")
    desk, telephone = enter("台式"), enter("手机", width=390)
    signs_on(desk, "ops", RIGHT).sees("您的角色须启用两步验证后才能办理事项。")
    desk.fills(密码="wrong").presses("确认").sees("密码不正确，请重新输入。").fills(密码=RIGHT).presses("确认")
    desk.sees("扫描下面的二维码")
    desk.fills(动态码="000000").presses("启用").sees("动态码不正确。")
    desk.fills(动态码=code_of(desk.reads(".secret"))).presses("启用").sees("恢复码", "每个只能用一次")
    recovery = desk.reads(".codes code")
    desk.follows("已保管好，进入工作台").sees("今天没有待办事项。")
    signs_on(telephone, "ops", RIGHT).sees("动态码").fills(动态码="123456").presses("登录").sees("动态码不正确。")
    telephone.fills(动态码=recovery).presses("登录").sees("今天没有待办事项。")
    telephone.pulls_down("欧运维").follows("登录的设备").sees("本机").presses("结束其他设备上的登录")
    desk.opens("/office/").sees("用户名")
    assert Entry.objects.filter(act="accounts.second_factor_added").exists()
