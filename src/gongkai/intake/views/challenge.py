"""What a form asks to be sure that a person fills it in, and how it is asked again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.intake import limits, tickets
from gongkai.intake.tickets import StaleTicketError, Ticket

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpRequest

TRAP = "homepage"
"""A field that people do not see; machines fill it in."""


def checked(request: HttpRequest, form: Form, *, is_sent: bool = True) -> Ticket | None:
    """Return the ticket of a posted form; ``None`` where something is amiss, which then stands in the errors.

    ``is_sent`` is false where a script only asks what is amiss: that does not use the ticket up.
    """
    try:
        ticket = tickets.opened(request.POST.get("ticket", ""))
    except StaleTicketError:
        form.add_error(None, "页面打开的时间过长，已经失效。您填写的内容还在，请核对后再提交一次。")
        return None
    if request.POST.get(TRAP):
        form.add_error(None, "提交被判断为程序自动填写。请清空隐藏的栏目，或者关闭浏览器的自动填写后再提交。")
    elif ticket.is_hasty:
        form.add_error(None, "提交得太快。请稍等几秒，核对内容后再提交。")
    elif not ticket.is_worked(request.POST.get("work", "")) and not ticket.is_answered(
        request.POST.get("figures", "")[:20], request.POST.get("sum", "")[:20]
    ):
        form.add_error(None, "验证没有通过。请填写图片中的数字，或者回答算术题。")
    elif is_sent and not form.errors and limits.is_spent(ticket.name):
        form.add_error(None, "这个页面已经提交过多次，须重新验证。您填写的内容还在，请核对后再提交一次。")
    return None if form.errors else ticket


def of(ticket: Ticket | None = None) -> dict[str, object]:
    """Return what a page with a form shows of its ticket: a new one where there is none."""
    ticket = ticket or tickets.issue()
    return {"ticket": ticket, "bits": tickets.WORK_BITS, "trap": TRAP}
