"""The files of a record."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_POST

from gongkai.files.domain import store
from gongkai.files.errors import FileRefusedError
from gongkai.files.http import bytes_of
from gongkai.files.http import download as serve
from gongkai.records import rules
from gongkai.records.domain import draft
from gongkai.records.errors import RecordError
from gongkai.records.forms.acts import AttachForm
from gongkai.records.models import Attachment
from gongkai.records.views.access import demand, record_of
from gongkai.records.views.acts import ACTS
from gongkai.records.views.detail import page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from gongkai.records.models import Record

logger = logging.getLogger(__name__)


@require_POST
def attach(request: HttpRequest, number: int) -> HttpResponse:
    """Add a file to a draft."""
    record = record_of(request, number)
    form = AttachForm(request.POST, request.FILES, auto_id="attach_%s")
    if not form.is_valid():
        return page(request, record, ACTS, {"attach": form})
    try:
        demand(rules.may_draft(request.scope, record.unit_id), "添加附件")
        made = _keep(request, record, form.cleaned_data["file"])
    except FileRefusedError as error:
        form.add_error("file", str(error))
        return page(request, record, ACTS, {"attach": form})
    except RecordError as error:
        messages.error(request, str(error), extra_tags="danger")
    else:
        messages.success(request, f"已添加附件“{made.name}”。")
    return redirect("records:detail", number)


def _keep(request: HttpRequest, record: Record, file: object) -> Attachment:
    return draft.attach(record=record, user=request.user, data=bytes_of(file), name=file.name)


@require_POST
def detach(request: HttpRequest, number: int) -> HttpResponse:
    """Take a file off a draft."""
    attachment = _attachment(request, number)
    try:
        demand(rules.may_draft(request.scope, attachment.record.unit_id), "删除附件")
        draft.detach(attachment=attachment, user=request.user)
    except RecordError as error:
        messages.error(request, str(error), extra_tags="danger")
    else:
        messages.success(request, f"已移除附件“{attachment.name}”。")
    return redirect("records:detail", attachment.record_id)


@require_GET
def download(request: HttpRequest, number: int) -> HttpResponse:
    """Send a file, to be saved and never shown in place: its content comes from outside."""
    attachment = _attachment(request, number)
    try:
        data = store.read(attachment.blob)
    except (OSError, ValueError):
        logger.exception("the bytes of attachment %s cannot be served", attachment.pk)
        messages.error(request, f"附件“{attachment.name}”读取失败，请联系系统管理员从备份恢复。", extra_tags="danger")
        return redirect("records:detail", attachment.record_id)
    return serve(data, attachment.blob, attachment.name)


def _attachment(request: HttpRequest, number: int) -> Attachment:
    files = Attachment.objects.select_related("record", "record__unit", "blob")
    return get_object_or_404(files.filter(record__unit__in=request.scope.readable), pk=number)
