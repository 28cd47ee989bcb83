"""Small pieces of the pages on which staff edit the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.urls import reverse
from django.utils.html import format_html

from gongkai.portal.models import PageStage, ServiceStage

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from gongkai.portal.models import Page, Service
    from gongkai.portal.views.page_acts import Act

register = template.Library()

TONES = {
    PageStage.DRAFT: "secondary",
    PageStage.REVIEWING: "blue",
    PageStage.READY: "purple",
    PageStage.PUBLISHED: "green",
    PageStage.ENDED: "secondary",
    PageStage.WITHDRAWN: "red",
    ServiceStage.LISTED: "green",
}
"""The colour of each state; the word stands beside it."""


@register.simple_tag
def page_stage(page: Page) -> SafeString:
    """Return where a page is, and whether the public sees an earlier version of it meanwhile."""
    word = _badge(page.stage, page.get_stage_display())
    if page.live_id is None or page.stage == PageStage.PUBLISHED:
        return word
    return format_html("{} {}", word, _badge(PageStage.PUBLISHED, "公开中"))


@register.simple_tag
def service_stage(service: Service) -> SafeString:
    """Return where an entry is."""
    return _badge(service.stage, service.get_stage_display())


@register.simple_tag
def act_url(act: Act, page: Page) -> str:
    """Return where an act on a page is posted to."""
    return reverse(f"editing:page-{act.name}", args=[page.pk])


def _badge(stage: str, words: str) -> SafeString:
    return format_html('<span class="badge bg-{}-lt">{}</span>', TONES[stage], words)
