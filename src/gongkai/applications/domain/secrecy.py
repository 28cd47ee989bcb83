"""Cases about state secrets: this is a non-classified system, so such a case holds no content at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.applications.domain.authority import authorise, locked
from gongkai.applications.domain.entering import append
from gongkai.applications.domain.trace import trace

if TYPE_CHECKING:
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.applications.models import Application

ARTICLE = "《保守国家秘密法》（2024年）"
TITLE = "（涉密申请，内容不在本系统留存）"


@transaction.atomic
def mark_secret(*, application: Application, user: User, today: date, seen: int | None = None) -> Application:
    """Empty a case of its content: what was asked, where it was looked for, the papers but for identity.

    What remains is that the case exists, its events with their days, and who searched when.
    """
    application = locked(application, seen)
    authorise(application, user, today, "按涉密申请处理")
    application.is_secret = True
    application.title, application.document_number, application.description = TITLE, "", ""
    application.fingerprint = ""
    application.save(update_fields=["is_secret", "title", "document_number", "description", "fingerprint"])
    application.searches.update(system="", keywords="", found="")
    application.papers.filter(is_personal=False).delete()
    append(application, "secrecy", today, user, today=today)
    trace("marked_secret", application, user, ARTICLE)
    return application
