"""Who may do what with what staff edit of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.accounts.models import Role
from gongkai.portal.models import PageStage, ServiceStage

if TYPE_CHECKING:
    from gongkai.accounts.queries.scope import Scope
    from gongkai.portal.models import Page, Service


def may_draft(scope: Scope, unit: int) -> bool:
    """Allow the officers of the unit."""
    return scope.may(unit, Role.HANDLER)


def may_edit(scope: Scope, page: Page) -> bool:
    """Allow the officers of the unit, while the working copy is a draft."""
    return page.stage == PageStage.DRAFT and may_draft(scope, page.unit_id)


def may_reopen(scope: Scope, page: Page) -> bool:
    """Allow the officers of the unit to begin a new working copy of what was published."""
    done = {PageStage.PUBLISHED, PageStage.ENDED, PageStage.WITHDRAWN}
    return page.stage in done and may_draft(scope, page.unit_id)


def may_publish(scope: Scope, page: Page) -> bool:
    """Allow officers and the head of the disclosure office to put an approved page out."""
    return page.stage == PageStage.READY and scope.may(page.unit_id, Role.HANDLER, Role.OFFICE_HEAD)


def may_withdraw(scope: Scope, page: Page) -> bool:
    """Allow the head of the disclosure office and the competent department to take a page down."""
    return page.live_id is not None and scope.may(page.unit_id, Role.OFFICE_HEAD, Role.COMPETENT)


def may_set_areas(scope: Scope) -> bool:
    """Allow the competent department, whose work the key areas are."""
    return bool(scope.of(Role.COMPETENT))


def may_write_services(scope: Scope, unit: int) -> bool:
    """Allow officers and the head of the disclosure office of the unit that deals with the matter."""
    return scope.may(unit, Role.HANDLER, Role.OFFICE_HEAD)


def may_edit_service(scope: Scope, service: Service) -> bool:
    """Allow officers while an entry is not listed; one that is public is changed by the head alone."""
    if service.stage == ServiceStage.LISTED:
        return scope.may(service.unit_id, Role.OFFICE_HEAD)
    return may_write_services(scope, service.unit_id)


def may_list_service(scope: Scope, service: Service) -> bool:
    """Allow the head of the disclosure office to make an entry public."""
    return service.stage != ServiceStage.LISTED and scope.may(service.unit_id, Role.OFFICE_HEAD)


def may_withdraw_service(scope: Scope, service: Service) -> bool:
    """Allow the head of the disclosure office and the competent department to take an entry down."""
    return service.stage == ServiceStage.LISTED and scope.may(service.unit_id, Role.OFFICE_HEAD, Role.COMPETENT)
