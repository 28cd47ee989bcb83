"""Who may reach which address: one entry for every URL of the site. A new URL needs one line here.

``subject`` is what the number in the address means; ``readers`` are the roles that reach it where their units cover the
subject's; ``actors`` those of them whose act is carried out. To all others the subject does not exist (``refused``).
"""

import re
from dataclasses import dataclass
from datetime import timedelta

from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from gongkai.accounts.models import Role

EVERYBODY = frozenset(Role.values)
READERS = EVERYBODY - {Role.ADMINISTRATOR}
WATCHERS = frozenset({Role.COMPETENT, Role.OFFICE_HEAD, Role.AUDITOR, Role.SUPERVISOR, Role.ADMINISTRATOR})
REGISTRARS = frozenset({Role.COMPETENT, Role.ADMINISTRATOR})
HANDLERS = frozenset({Role.HANDLER})
HEADS = frozenset({Role.HANDLER, Role.OFFICE_HEAD})
DONE = frozenset({200, 302, 422})
IMPORTERS = HEADS | {Role.COMPETENT}
NOBODY = frozenset()
YESTERDAY = (timezone.localdate() - timedelta(days=1)).isoformat()
CASE_READERS = EVERYBODY - {Role.ADMINISTRATOR, Role.SUPERVISOR}
REVEALERS = HEADS | {Role.COMPETENT}
CHIEFS = frozenset({Role.OFFICE_HEAD})


@dataclass(frozen=True)
class Page:
    """What an address answers.

    ``granted`` are the answers to a reader who is no actor and to an actor; ``refused`` to everybody else.
    ``everywhere`` are roles that reach every unit. What an ended unit left is read like the rest, and acted on only
    where a page is ``settled_later``: somebody must answer for it still.
    ``in_every_state`` pages are visited with an object in each state by whoever reaches them, the others by turns;
    ``ended`` is the answer for a unit that ended, whoever asks; ``reveals`` says that names may be shown in full;
    ``is_public`` pages show what is published, whosever it is.
    """

    subject: str = ""
    method: str = "get"
    readers: frozenset = READERS
    actors: frozenset = NOBODY
    granted: frozenset = DONE
    refused: int = 404
    everywhere: frozenset = NOBODY
    settled_later: bool = False
    in_every_state: bool = False
    ended: int = 0
    reveals: bool = False
    anonymous: frozenset = frozenset({302})
    data: tuple = ()
    is_public: bool = False


def own(*answers):
    """Return a page about the person alone: everybody who signed on gets the same."""
    return Page(readers=frozenset(), refused=0, granted=frozenset(answers))


def anybody(*answers):
    """Return a page that answers everybody alike, whoever is signed on."""
    return Page(readers=frozenset(), refused=0, granted=frozenset(answers), anonymous=frozenset(answers))


def door(*answers):
    """Return a page before the sign-on: the answer to whoever is not signed on."""
    return Page(
        readers=frozenset(), refused=0, granted=frozenset({200, 302, 401, 404, 405}), anonymous=frozenset(answers)
    )


def public(*answers):
    """Return a page for everybody, of what is published and nothing else."""
    return Page(
        readers=frozenset(), refused=0, granted=frozenset(answers), anonymous=frozenset(answers), is_public=True
    )


def record(**fields):
    """Return an act on a record: posted, refused to whoever cannot read the record."""
    return Page(**({"subject": "record", "method": "post"} | fields))


def review(**fields):
    """Return an act on a review."""
    return Page(**({"subject": "review", "method": "post"} | fields))


def case(**fields):
    """Return an act on an application: its form when asked for, done when posted."""
    return Page(**({"subject": "application", "method": "post", "readers": CASE_READERS, "actors": HEADS} | fields))


def cases(**fields):
    """Return a page on cases for whoever reads any."""
    return Page(**({"readers": CASE_READERS, "granted": frozenset({200})} | fields))


def letter(**fields):
    """Return an act on a letter, as on its application."""
    return case(**({"subject": "letter", "data": (("seen", 1),)} | fields))


def office():
    """Return a page on the letters of an office, for its head."""
    return Page(subject="unit", readers=CHIEFS, ended=404)


def report(**fields):
    """Return a page or an act on the annual report of a unit: read by all its readers, filled in by three roles."""
    return Page(**({"subject": "report"} | fields))


def report_act(*data, **fields):
    """Return an act on the annual report of a unit."""
    return report(**({"method": "post", "actors": IMPORTERS, "data": (("seen", 0), *data)} | fields))


def person(**fields):
    """Return an act on an account: for those over it, and administrators."""
    always = {"subject": "person", "method": "post", "readers": WATCHERS, "actors": REGISTRARS}
    always |= {"everywhere": frozenset({Role.ADMINISTRATOR}), "settled_later": True}
    return Page(**(always | fields))


def reform():
    """Return a reform of a unit: everybody knows the unit, the competent department changes it."""
    return Page(subject="unit", readers=REGISTRARS, everywhere=frozenset({Role.ADMINISTRATOR}), refused=403, ended=404)


def unpublished(**fields):
    """Return a page on the reports of a body that has frozen some and published none: to all it does not exist."""
    return Page(**({"subject": "edition", "readers": NOBODY, "refused": 0, "granted": frozenset({404})} | fields))


OUTSIDE = unpublished(anonymous=frozenset({404}))
ABSENT = door(404)

MATRIX = {
    "account_login": door(200),
    "account_logout": door(302),
    "account_inactive": door(200),
    "account_reauthenticate": own(200, 302, 403),
    "account_change_password": own(200, 302),
    "mfa_index": own(200),
    "mfa_authenticate": door(302),
    "mfa_reauthenticate": own(200, 302, 403),
    "mfa_activate_totp": own(200, 302),
    "mfa_deactivate_totp": own(200, 302, 404),
    "mfa_view_recovery_codes": own(200, 302, 404),
    "mfa_generate_recovery_codes": own(200, 302, 404),
    "mfa_download_recovery_codes": own(200, 302, 404),
    "usersessions_list": own(200),
    "openid_connect_login": ABSENT,
    "openid_connect_callback": ABSENT,
    "socialaccount_login_cancelled": door(200),
    "socialaccount_login_error": door(302),
    "account_signup": ABSENT,
    "account_email": ABSENT,
    "account_email_verification_sent": ABSENT,
    "account_confirm_email": ABSENT,
    "account_set_password": ABSENT,
    "account_reset_password": ABSENT,
    "account_confirm_login_code": ABSENT,
    "socialaccount_signup": ABSENT,
    "socialaccount_connections": ABSENT,
    "office:home": own(200),
    "units:tree": Page(readers=EVERYBODY, refused=403),
    "units:establish": Page(readers=REGISTRARS, refused=403),
    "units:reporters": Page(readers=EVERYBODY, refused=403),
    "units:reporters-csv": Page(readers=EVERYBODY, refused=403),
    "units:detail": Page(subject="unit", readers=EVERYBODY, everywhere=EVERYBODY, refused=403),
    "units:guide": Page(subject="unit", readers=frozenset({Role.OFFICE_HEAD, Role.COMPETENT}), refused=403, ended=404),
    "units:rename": reform(),
    "units:move": reform(),
    "units:merge": reform(),
    "units:split": reform(),
    "units:abolish": reform(),
    "accounts:list": Page(readers=WATCHERS, refused=403, everywhere=frozenset({Role.ADMINISTRATOR})),
    "accounts:register": Page(readers=REGISTRARS, refused=403),
    "accounts:detail": Page(
        subject="person", readers=WATCHERS, everywhere=frozenset({Role.ADMINISTRATOR}), refused=404
    ),
    "accounts:train": person(data=(("day", "2025-01-02"), ("training", "跟岗"))),
    "accounts:give": person(),
    "accounts:end": person(subject="grant"),
    "accounts:deactivate": person(data=(("reason", "调离"),)),
    "accounts:reactivate": person(data=(("reason", "返岗"),)),
    "accounts:renew-password": person(),
    "accounts:end-sessions": person(),
    "accounts:forget-second-factor": person(),
    "journal:entries": Page(readers=frozenset({Role.AUDITOR, Role.ADMINISTRATOR}), refused=403),
    "journal:verify": Page(method="post", readers=frozenset({Role.AUDITOR, Role.ADMINISTRATOR}), refused=403),
    "review:inbox": own(200),
    "review:chains": Page(readers=REGISTRARS, refused=403),
    "review:detail": review(method="get", in_every_state=True),
    "review:refer": review(actors=frozenset({Role.SECRECY_REVIEWER}), data=(("to", "保密局"), ("question", "能否"))),
    "review:determine": review(actors=frozenset({Role.SECRECY_REVIEWER}), data=(("determination", "可以公开"),)),
    # Whoever reads a review may stand aside from it, now and for every later step.
    "review:recuse": review(actors=READERS, data=(("reason", "亲属"),)),
    "review:withdraw": review(),
    "records:list": own(200),
    "records:find": own(200, 302, 404),
    "records:new": own(200, 302),
    "records:attribute-fields": own(200),
    "records:counts": own(200),
    "records:secret-counts": own(200),
    "records:detail": record(method="get", in_every_state=True),
    "records:edit": record(method="get"),
    "records:versions": record(method="get", granted=frozenset({200, 404})),
    "records:attach": record(actors=HANDLERS),
    "records:download": Page(subject="attachment"),
    "records:detach": record(subject="attachment", actors=HANDLERS),
    "records:submit": record(actors=HANDLERS),
    "records:publish": record(actors=HEADS),
    "records:plan": record(actors=HEADS, data=(("publish_on", "2099-01-04"),)),
    "records:read-back": record(
        actors=HEADS | {Role.FIRST_REVIEWER}, data=(("outcome", "right"), ("note_text", "无误"))
    ),
    "records:validity": record(
        actors=HEADS, data=(("validity", "repealed"), ("day", "2099-01-04"), ("document", "甲"))
    ),
    "records:reassess": record(actors=HEADS, data=(("outcome", "open"), ("reason", "不再涉及"))),
    "records:recode": record(
        actors=frozenset({Role.OFFICE_HEAD, Role.COMPETENT}),
        data=(("number", "HL00100-0000-2025-00099"), ("reason", "甲")),
    ),
    "records:reopen": record(actors=HANDLERS),
    "records:withdraw": record(actors=frozenset({Role.OFFICE_HEAD, Role.COMPETENT}), data=(("reason", "有误"),)),
    "records:normative": own(200),
    "records:cleanup-list": own(200),
    "records:cleanup": Page(subject="clean-up"),
    "records:cleanup-print": Page(subject="clean-up"),
    "records:cleanup-line": Page(subject="clean-up-line"),
    "records:old-files": own(200),
    "records:handover-list": own(200),
    "records:handover-sealed": own(200),
    "records:handover-days": own(200),
    "records:handover": Page(subject="hand-over"),
    "records:handover-quarters": own(200),
    "records:handover-quarter": Page(subject="quarter"),
    "records:handover-period": Page(subject="unit", granted=frozenset({404})),
    "records:gazette-list": own(200),
    "records:gazette": Page(subject="gazette"),
    "records:gazette-place": record(subject="gazette", actors=HEADS),
    "records:gazette-distribute": record(subject="gazette", actors=HEADS, data=(("copies", "图书馆 2"),)),
    "records:gazette-publish": record(subject="gazette", actors=frozenset({Role.OFFICE_HEAD})),
    "records:gazette-print": Page(subject="gazette"),
    "records:gazette-move-up": record(subject="gazette-entry", actors=HEADS),
    "records:gazette-take-out": record(subject="gazette-entry", actors=HEADS),
    "records:items": own(200),
    "records:item-new": own(200, 302),
    "records:item": Page(subject="item"),
    "records:item-errors": Page(subject="item-import"),
    "reporting:campaigns": Page(readers=READERS),
    "reporting:mine": Page(readers=HEADS),
    "reporting:open": Page(readers=NOBODY),
    "reporting:campaign": Page(subject="board"),
    "reporting:campaign-list": Page(subject="board"),
    "reporting:campaign-chart": Page(subject="board"),
    "reporting:campaign-drawing": Page(subject="board"),
    "reporting:campaign-roster": Page(subject="board"),
    "reporting:campaign-export": Page(
        subject="board", method="post", actors=READERS, settled_later=True, data=(("format", "csv"),)
    ),
    "reporting:campaign-arrange": Page(subject="board", readers=frozenset({Role.COMPETENT}), ended=404),
    "reporting:campaign-accept": Page(subject="board", method="post", readers=frozenset({Role.COMPETENT}), ended=404),
    "reporting:campaign-chase": Page(
        subject="board",
        method="post",
        readers=frozenset({Role.COMPETENT}),
        actors=frozenset({Role.COMPETENT}),
        ended=404,
        data=(("all", "missing"),),
    ),
    "remedies:list": Page(readers=CASE_READERS),
    "remedies:table": Page(readers=CASE_READERS),
    "remedies:new": Page(readers=HEADS, granted=frozenset({200})),
    "remedies:detail": Page(subject="remedy", readers=CASE_READERS),
    "remedies:enter": record(
        subject="remedy",
        readers=CASE_READERS,
        settled_later=True,
        actors=HEADS,
        data=(("day", "2025-01-02"), ("text", "开庭"), ("seen", "1")),
    ),
    "remedies:strike": record(
        subject="remedy",
        readers=CASE_READERS,
        settled_later=True,
        actors=frozenset({Role.OFFICE_HEAD}),
        granted=DONE | {404},
        data=(("event", "1"), ("seen", "1"), ("reason", "误")),
    ),
    "remedies:reveal": record(
        subject="remedy", readers=CASE_READERS, settled_later=True, actors=IMPORTERS, data=(("reason", "答复"),)
    ),
    "remedies:evidence": record(subject="remedy", readers=CASE_READERS, settled_later=True, actors=IMPORTERS),
    "remedies:document": Page(subject="remedy", readers=CASE_READERS, granted=frozenset({404})),
    "intake:list": Page(readers=HEADS | REGISTRARS, granted=frozenset({200})),
    "intake:reveal": Page(
        subject="callback", method="post", readers=HEADS, actors=HEADS, settled_later=True, reveals=True
    ),
    "intake:done": Page(
        subject="callback", method="post", readers=HEADS, actors=HEADS, settled_later=True, data=(("result", "甲"),)
    ),
    # What is stuck belongs to no unit; there is none of this name.
    "intake:retry": Page(method="post", readers=NOBODY),
    "intake:dismiss": Page(method="post", readers=NOBODY),
    "apply:start": public(200),
    "apply:form": anybody(200),
    "apply:confirm": anybody(405),
    "apply:picture": anybody(200, 429),
    "apply:alike": anybody(405),
    "apply:found": anybody(200),
    "apply:help": anybody(200),
    "apply:track": anybody(200),
    "apply:case": anybody(302),
    "apply:leave": anybody(405),
    "apply:confirm-case": anybody(405),
    "apply:file": anybody(404),
    "apply:correction": anybody(422),
    "apply:withdrawal": anybody(422),
    "apply:rating": anybody(405),
    "portal:home": public(200),
    "portal:open": public(200),
    "portal:item": public(404),
    "portal:record": public(404),
    "portal:attachment": public(404),
    "portal:code": public(404),
    "portal:number": public(404),
    "portal:policies": public(200),
    "portal:normative": public(200),
    "portal:clean_up": public(404),
    "portal:interpretations": public(200),
    "portal:gazette": public(200),
    "portal:issue": public(404),
    "portal:decisions": public(200),
    "portal:decision": public(404),
    "portal:guide": public(200),
    "portal:institutions": public(200),
    "portal:institution": public(404),
    "portal:topics": public(200),
    "portal:topic": public(404),
    "portal:subtopic": public(404),
    "portal:column": public(404),
    "portal:areas": public(200),
    "portal:area": public(404),
    "portal:coverage": public(404),
    "portal:services": public(200),
    "portal:service": public(404),
    "editing:pages": own(200),
    "editing:page-new": own(200, 302),
    "editing:page": Page(subject="page"),
    "editing:page-edit": Page(subject="page"),
    "editing:page-preview": Page(subject="page"),
    "editing:page-application": Page(subject="page"),
    "editing:page-submit": record(subject="page", actors=HANDLERS),
    "editing:page-publish": record(subject="page", actors=HEADS),
    "editing:page-reopen": record(subject="page", actors=HANDLERS),
    "editing:page-withdraw": record(
        subject="page", actors=frozenset({Role.OFFICE_HEAD, Role.COMPETENT}), data=(("reason", "过时"),)
    ),
    "editing:areas": own(200, 302),
    "editing:area-new": own(200, 302),
    "editing:area": own(302, 404),
    "editing:area-edit": own(302, 404),
    "editing:services": own(200),
    "editing:service-new": own(200, 302),
    "editing:service-template": own(200, 302),
    "editing:service-errors": Page(subject="service-import"),
    "editing:service": Page(subject="service"),
    "editing:service-list": record(subject="service", actors=frozenset({Role.OFFICE_HEAD})),
    "editing:service-withdraw": record(
        subject="service", actors=frozenset({Role.OFFICE_HEAD, Role.COMPETENT}), data=(("reason", "过时"),)
    ),
    "portal:units": public(200),
    "portal:unit": public(404),
    "portal:unit_items": public(404),
    "portal:search": public(200, 503),
    "portal:feeds": public(200),
    "portal:feed": public(200),
    "portal:unit_feed": public(404),
    "portal:suggested": public(200),
    "portal:search_feed": public(200, 503),
    "portal:sitemap": public(200),
    "portal:sitemap_xml": public(200),
    "portal:sitemap_part": public(200),
    "portal:robots": public(200),
    "portal:accessibility": public(200),
    "api:home": public(200),
    "api:openapi": public(200),
    "api:nothing": public(404),
    "api:records": public(200),
    "api:record": public(422),
    "api:search": public(422),
    "api:units": public(200),
    "api:unit": public(404),
    "api:guide": public(404),
    "api:decisions": public(200),
    "api:decision": public(422),
    "api:annual_reports": public(200),
    "api:annual_report": public(404),
    "api:annual_report_version": public(404),
    "api:annual_json": public(404),
    "api:records_statistics": public(422),
    "api:decisions_statistics": public(422),
    "api:annual_reports_statistics": public(200),
    "api:datasets": public(200),
    "api:dataset": public(200),
    "reports:list": door(200),
    "reports:body": OUTSIDE,
    "reports:trends": OUTSIDE,
    "reports:report": OUTSIDE,
    "reports:version": OUTSIDE,
    "reports:file": OUTSIDE,
    "editions:list": Page(),
    "editions:import": Page(readers=CHIEFS | {Role.COMPETENT}, granted=frozenset({200})),
    "editions:trend": unpublished(),
    "decisions:list": own(200),
    "decisions:counts": own(200),
    "decisions:publish": Page(method="post", readers=frozenset(), refused=0),
    "decisions:detail": Page(subject="decision"),
    "decisions:reveal": record(subject="decision", settled_later=True, actors=READERS),
    "decisions:change": record(subject="decision", settled_later=True, actors=IMPORTERS),
    "decisions:withdraw": record(subject="decision", settled_later=True, actors=IMPORTERS),
    "decisions:batches": own(200),
    "decisions:upload": own(200, 404),
    "decisions:template": own(200, 404),
    "decisions:batch": Page(subject="batch"),
    "decisions:progress": Page(subject="batch"),
    "decisions:errors": Page(subject="batch", settled_later=True, actors=IMPORTERS, granted=frozenset({200, 404})),
    "decisions:settle": record(subject="batch", settled_later=True, actors=IMPORTERS),
    "decisions:charges": own(200),
    "decisions:charge-new": own(200, 404),
    "decisions:charge": Page(subject="charge", settled_later=True, readers=IMPORTERS),
    "decisions:procurements": own(200),
    "decisions:procurement-new": own(200, 404),
    "decisions:procurement": Page(subject="procurement", settled_later=True, readers=IMPORTERS),
    "reporting:submission": report(),
    "reporting:cell": report(),
    "reporting:override": report_act(("value", "3"), ("reason", "漏登")),
    "reporting:take-back": report_act(),
    "reporting:text": report(),
    "reporting:facts": report(),
    "reporting:fact-evidence": report(granted=frozenset({404})),
    "reporting:findings": report(),
    "reporting:explain": report_act(("fingerprint", "0"), ("words", "已核对")),
    "reporting:upload": report(),
    "reporting:upload-file": report(granted=frozenset({404})),
    "reporting:comparison": report(),
    "reporting:late": report(),
    "reporting:draft": report(),
    "reporting:sum-up": report_act(),
    "reporting:submit": report_act(),
    "reporting:freeze": report_act(actors=frozenset({Role.OFFICE_HEAD, Role.COMPETENT})),
    "reporting:publish": report_act(actors=frozenset({Role.OFFICE_HEAD, Role.COMPETENT})),
    "reporting:correct": report_act(("notice", "有误"), actors=frozenset({Role.OFFICE_HEAD, Role.COMPETENT})),
    "reporting:abandon": report_act(actors=frozenset({Role.OFFICE_HEAD, Role.COMPETENT})),
    "reporting:refill": report_act(),
    "reporting:redraft": report_act(),
    "reporting:drop-upload": report_act(),
    "reporting:accept": report_act(subject="handed-up", actors=frozenset({Role.COMPETENT})),
    "reporting:send-back": report_act(("reason", "有误"), subject="handed-up", actors=frozenset({Role.COMPETENT})),
    # Whoever checks sees the figures of the aspect in all reports, and none of the reports by that.
    "reporting:checks": Page(readers=HEADS),
    "reporting:check": Page(subject="campaign", readers=HEADS, ended=404),
    "applications:list": cases(),
    "applications:board": cases(),
    "applications:export": cases(method="post", actors=CASE_READERS, data=(("format", "csv"),)),
    "applications:fees": cases(),
    "applications:fees-export": cases(method="post", actors=CASE_READERS, data=(("format", "xlsx"),)),
    "applications:feeds": cases(),
    "applications:feed-revoke": record(subject="feed", readers=NOBODY),
    "applications:feed": door(404),
    "applications:counter": cases(readers=HEADS),
    "applications:likeness": cases(method="post", readers=HEADS, data=(("title", "甲"),)),
    "applications:confirming": cases(),
    "applications:changes": cases(),
    "applications:change-seen": case(subject="due-change"),
    "applications:download": case(subject="paper", method="get", actors=REVEALERS),
    "applications:evidence": case(subject="proof", method="get", actors=REVEALERS),
    "applications:checks": cases(),
    "applications:case-checks": case(method="get", actors=NOBODY),
    "applications:explain": case(data=(("note", "原件在档案室"),)),
    "applications:detail": case(method="get", actors=NOBODY, in_every_state=True),
    "applications:receipt": case(method="get", actors=NOBODY),
    "applications:reveal": case(actors=REVEALERS, data=(("reason", "制作、送达文书"),), reveals=True),
    "applications:confirm": case(data=(("day", YESTERDAY), ("way", "电话"))),
    "applications:attempt": case(data=(("day", YESTERDAY), ("way", "电话"), ("result", "无人接听"))),
    "applications:correction-answer": case(data=(("day", YESTERDAY),)),
    "applications:party-received": case(data=(("party", "third_party:第三方1"), ("day", YESTERDAY))),
    "applications:opinion": case(data=(("party", "third_party:第三方1"), ("day", YESTERDAY), ("consent", "no"))),
    "applications:reasons-answered": case(data=(("day", YESTERDAY),)),
    "applications:reasonable-period": case(data=(("day", YESTERDAY), ("until", "2099-01-05"))),
    "applications:fee-paid": case(data=(("day", YESTERDAY),)),
    "applications:fee-waive": case(
        actors=CHIEFS,
        data=(
            ("schedule", "pages"),
            ("pages", 40),
            ("day", YESTERDAY),
            ("reason", "低保"),
            ("approver", "甲"),
        ),
    ),
    "applications:fee-reduce": case(
        actors=CHIEFS, data=(("remaining", 50), ("day", YESTERDAY), ("reason", "低保"), ("approver", "甲"))
    ),
    "applications:fee-refund": case(
        actors=CHIEFS, data=(("amount", 50), ("day", YESTERDAY), ("reason", "多缴"), ("approver", "甲"))
    ),
    "applications:withdrawal": case(data=(("day", YESTERDAY),)),
    "applications:claim": case(),
    "applications:allocate": case(data=(("desk", "办公室"),)),
    "applications:hand-back": case(data=(("reason", "不属本科室"),)),
    "applications:search": case(
        data=(("day", YESTERDAY), ("searcher", "甲"), ("system", "乙"), ("keywords", "丙"), ("found", "无"))
    ),
    "applications:consultee": case(data=(("kind", "other_agency"), ("name", "某局"))),
    "applications:meeting": case(
        data=(("day", YESTERDAY), ("form", "三方会"), ("participants", "甲"), ("summary", "乙"))
    ),
    "applications:note": case(data=(("text", "已电话说明"),)),
    "applications:elsewhere": case(actors=NOBODY, data=(("agency", "某局"),)),
    "applications:take-over": case(settled_later=True),
    "applications:paper": case(data=(("kind", "other"),)),
    "applications:split": case(data=(("items", "甲\n乙"), ("reason", "一事一申请"))),
    "applications:correct-receipt": case(
        actors=CHIEFS, data=(("medium", "counter"), ("day", YESTERDAY), ("reason", "有误"))
    ),
    "applications:strike": case(actors=CHIEFS, data=(("reason", "有误"),)),
    "applications:secrecy": case(data=(("is_sure", "on"),)),
    "applications:guide": case(data=(("title", "如何答复"), ("question", "情况如下"))),
    "applications:mediated": case(data=(("day", YESTERDAY), ("summary", "已沟通"))),
    "applications:convert": case(data=(("title", "台账"), ("reason", "多人申请"))),
    "applications:archive": case(data=(("retention", "10"),)),
    "applications:matters": cases(),
    "applications:matters-export": cases(method="post", actors=CASE_READERS, data=(("format", "csv"),)),
    "applications:matter-new": cases(readers=HEADS),
    "applications:matter": case(subject="matter", method="get", actors=NOBODY),
    "applications:matter-do": case(
        subject="matter", granted=DONE | {404}, data=(("seen", "1"), ("day", YESTERDAY), ("text", "甲"))
    ),
    "applications:matter-letter-new": Page(subject="matter", readers=HEADS, ended=404),
    "applications:matter-archive": case(
        subject="matter", granted=DONE | {404}, data=(("seen", "1"), ("retention", "10"))
    ),
    "applications:guidances": cases(),
    "applications:guidance": case(subject="guidance", method="get", actors=NOBODY),
    "applications:guidance-reply": case(
        subject="guidance", actors=frozenset({Role.COMPETENT}), data=(("answer", "照章办理"),)
    ),
    "applications:guidance-withdraw": case(subject="guidance", actors=NOBODY, data=(("reason", "过时"),)),
    "applications:precedents": cases(),
    "applications:volumes": cases(),
    "applications:volume": case(subject="volume", method="get", actors=NOBODY),
    "applications:volume-export": case(subject="volume", actors=REVEALERS),
    "applications:receipt-letter": case(),
    # The file is a plain text, which the desk refuses; its pages, words and copies do not exist.
    "applications:redaction": Page(subject="information", readers=HEADS, ended=404),
    "applications:redaction-page": Page(subject="information", readers=HEADS, ended=404),
    "applications:redaction-search": Page(subject="information", method="post", readers=HEADS, ended=404),
    "applications:redaction-check": Page(subject="information", method="post", readers=HEADS, ended=404),
    "applications:redaction-made": Page(subject="information", granted=frozenset({404})),
    "applications:redaction-progress": Page(subject="information", granted=frozenset({404})),
    "applications:redaction-copy": Page(subject="information", granted=frozenset({404})),
    "applications:redaction-release": Page(subject="information", method="post", granted=frozenset({404})),
    "applications:letters": cases(),
    "applications:letters-run": cases(readers=IMPORTERS),
    "applications:seals": cases(),
    "applications:stationeries": cases(readers=CHIEFS),
    "applications:stationery": office(),
    "applications:wordings": office(),
    "applications:wording": office(),
    "applications:letter-new": Page(subject="application", readers=HEADS, ended=404),
    "applications:letter-form": case(method="get", actors=REVEALERS),
    "applications:letter": letter(method="get", actors=NOBODY),
    "applications:letter-edit": letter(method="get", actors=NOBODY),
    "applications:letter-preview": letter(actors=NOBODY),
    "applications:letter-file": letter(method="get", actors=REVEALERS),
    "applications:letter-paper": letter(method="get", actors=REVEALERS),
    "applications:letter-submit": letter(),
    "applications:letter-seal": letter(),
    "applications:letter-scan": letter(),
    "applications:letter-ofd": letter(),
    "applications:letter-send": letter(),
    "applications:letter-deliver": letter(),
    "applications:letter-returned": letter(),
    "applications:letter-redeliver": letter(),
    "applications:letter-void": letter(data=(("seen", 1), ("reason", "有误"))),
    "applications:imports": cases(readers=HEADS),
    "applications:import-upload": cases(readers=HEADS),
    "applications:import-template": own(200),
    "applications:import": Page(subject="register", readers=HEADS, ended=404),
    "applications:import-progress": Page(subject="register", readers=HEADS, ended=404),
    "applications:import-errors": Page(subject="register", readers=HEADS, ended=404, actors=HEADS),
    "applications:import-settle": record(subject="register", readers=HEADS, ended=404, actors=HEADS),
}


def _walked(patterns=None, prefix="", namespace=""):
    """Walk the resolver: the name of every address and the parameters it takes."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", re.findall(r"<(?:\w+:)?(\w+)>", prefix + str(pattern.pattern))
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walked(pattern.url_patterns, prefix + str(pattern.pattern), inner)


PARAMETERS = dict(_walked())
"""Every address of the site by name, with the parameters it takes."""


def address_of(world, name, relation="", state=""):
    """Return the address called ``name`` for its object in that relation and state."""
    page = MATRIX[name]
    values = {"provider_id": "platform", "key": "abc", "dataset": "decisions", "begins_on": "2000-01-01"}
    values |= {"token": "unknown", "happened": "note", "event": 0, "kind": "rectification", "act": "checked"}
    values |= {"which": "pdf", "kept": "review_confirmation", "paper": "delivery_receipt"}
    values |= {"page": 1, "pk": 1, "parent": "none", "uuid": "00000000-0000-4000-8000-000000000000"}
    values |= {"rest": "none", "name": "records", "form": "jsonl"}
    values |= {"number": 0, "file": 0, "code": "none", "called": "HL00-none"}
    values |= {"regulation": "2019", "worded": "extension_notice"}
    values |= {"year": 2024, "quarter": 1}
    values |= {"cell": "requests.received.total", "aspect": "decisions"}
    if page.subject:
        values["number"] = values["unit"] = world.subject(page.subject, relation, state)[0]
    values |= {"slug": f"hidden-{relation}", "version": 1, "format": "json"}
    if page.subject == "grant":
        values |= {"number": world.people[relation].pk, "grant": world.grants[relation].pk}
    return reverse(name, kwargs={parameter: values[parameter] for parameter in PARAMETERS[name]})
