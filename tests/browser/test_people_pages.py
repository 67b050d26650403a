"""Every page about organisations, people, accounts and the audit: by day and by night, on wide and narrow screens."""

from collections.abc import Iterator, Mapping
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from dangwu.access.models import Account, Administration, Appointment
from dangwu.members.models import Affiliation, CorrectionRequest, Post
from dangwu.members.services.correcting import ask_correction
from dangwu.organisations.models import Group, Term, Unit
from tests.accounts import account, actor
from tests.browser.bureau import Bureau, small_bureau
from tests.browser.walking import opened_as
from tests.browsing import Live

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ASKED = date(2026, 3, 2)
SEEN, HEIGHT = (1280, 375), 900
NARROW = (320, 640)  # pixels: the narrowest telephone, and a usual screen at 200 %
WHY = "a test"


@pytest.fixture
def bureau(live: Live) -> Bureau:  # noqa: ARG001 - its database is the one that the site uses
    return small_bureau()


def faults_of(page: Page, path: str) -> Iterator[str]:
    """What is wrong with a page on any screen, by day or by night."""
    answer = page.goto(path)
    if answer is None or not answer.ok:
        yield f"{path}: {answer and answer.status}"
    for width in SEEN:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        yield from too_wide(page, path, width)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # axe would see colours half way
            yield from (f"{path} {width} {scheme}: {found}" for found in found_by_axe(page))
    for width in NARROW:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        yield from too_wide(page, path, width)


def too_wide(page: Page, path: str, width: int) -> Iterator[str]:
    if (needed := page.evaluate("document.documentElement.scrollWidth")) > width:
        yield f"{path}: {needed} pixels on a screen of {width}"


def found_by_axe(page: Page) -> Iterator[str]:
    for rule in Axe().run(page).response["violations"]:
        yield f"{rule['id']} {rule['nodes'][0]['target']}"


def sweep(live: Live, who: Account, paths: Mapping[str, object] | list[str]) -> list[str]:
    page = opened_as(live, who)
    return [fault for path in paths for fault in faults_of(page, path)]


def test_pages_of_organisations(live: Live, bureau: Bureau) -> None:
    term = Term.objects.unscoped(WHY).get(organisation=bureau.branch)
    group = Group.objects.unscoped(WHY).get(organisation=bureau.branch)
    verbs = ("", "rename/", "kind/", "move/", "merge/", "split/", "dissolve/", "describe/", "below/")
    its = [
        *verbs,
        "terms/new/",
        f"terms/{term.pk}/",
        "groups/new/",
        f"groups/{group.pk}/",
        f"groups/{group.pk}/disband/",
    ]
    unit = Unit.objects.get()
    others = ["", "?on=2021-01-01", "list/", "list/?as=print", f"new/?under={bureau.committee.pk}"]
    paths = [f"/organisations/{bureau.branch.pk}/{path}" for path in its]
    paths += [f"/organisations/{path}" for path in others]
    paths += [f"/organisations/{bureau.committee.pk}/", "/units/", "/units/new/", f"/units/{unit.pk}/"]
    assert sweep(live, bureau.clerk, paths) == []


def test_pages_of_members(live: Live, bureau: Bureau) -> None:
    secretary = bureau.others["白洁"]
    post = Post.objects.unscoped(WHY).get(person=secretary)
    row = Affiliation.objects.unscoped(WHY).get(person=secretary)
    its = (
        "",
        "?on=2021-01-01",
        "describe/",
        "membership/",
        "transfer/",
        "group/",
        "leave/",
        "circumstances/",
        "account/",
    )
    further = ("posts/new/", f"posts/{post.pk}/leave/", "groups/new/", f"rows/affiliation/{row.pk}/", "numbers/phone/")
    paths = [f"/members/{secretary.pk}/{path}" for path in (*its, *further)]
    others = ("", "?more=1", "?kind=gone", "?on=2021-01-01", "?as=print", "new/", "corrections/")
    paths += [f"/members/{path}" for path in others] + [f"/members/{bureau.person.pk}/account/end/"]
    assert sweep(live, bureau.clerk, [*paths, "/search/?q=bj", "/search/?q=nobody", "/"]) == []


def test_pages_of_a_member(live: Live, bureau: Bureau) -> None:
    asked = {"person": bureau.person, "column": "members.person.native_place", "on": ASKED, "wanted": "江苏无锡"}
    ask_correction(by=actor(bureau.member, ASKED), note="户口簿上写的是无锡", row=None, **asked)  # type: ignore[arg-type]
    request = CorrectionRequest.objects.unscoped(WHY).get()
    assert sweep(live, bureau.member, ["/", "/me/", "/me/correct/native_place/", "/account/"]) == []
    assert sweep(live, bureau.clerk, ["/members/corrections/", f"/members/corrections/{request.pk}/", "/me/"]) == []


def test_pages_of_accounts(live: Live, bureau: Bureau) -> None:
    system, security = account("zhong", name="钟正", duty="system"), account("tan", name="谭安", duty="security")
    verbs = ("", "rename/", "disable/", "reset/", "end-sessions/")
    its = [f"/accounts/{bureau.clerk.pk}/{path}" for path in verbs]
    shared = ["/", "/administrators/", "/administrators/propose/"]
    held = Administration.objects.get(account=security)
    theirs = ["/accounts/", "/accounts/open/", *its, "/organisations/", "/organisations/new/", "/units/", "/system/"]
    assert sweep(live, system, [*shared, *theirs, f"/administrators/{held.pk}/end/"]) == []
    appointment = Appointment.objects.unscoped(WHY).get(account=bureau.clerk)
    ends = ["/appointments/", "/appointments/new/", f"/appointments/{appointment.pk}/end/", "/appointments/?as=print"]
    assert sweep(live, security, [*shared, *ends, f"/accounts/{bureau.clerk.pk}/lift/"]) == []


def test_pages_of_ones_own_account(live: Live, bureau: Bureau) -> None:
    appointment = Appointment.objects.unscoped(WHY).get(account=bureau.clerk)
    its = ("", "password/", "sessions/", "factors/", "factors/app/", f"delegate/{appointment.pk}/")
    assert sweep(live, bureau.clerk, [*(f"/account/{path}" for path in its), "/sign-on/"]) == []


def test_pages_of_the_audit(live: Live, bureau: Bureau) -> None:  # noqa: ARG001 - what was done there is audited
    audit = account("shen", name="沈明", duty="audit")
    its = ("", "?as=print", "1/", "5/", "review/", "export/", "checkpoints/")
    assert sweep(live, audit, ["/", *(f"/audit/{path}" for path in its)]) == []


def test_pages_before_the_sign_in(live: Live, bureau: Bureau) -> None:  # noqa: ARG001 - the site is not new
    page = live.open("/sign-in/")
    paths = ["/sign-in/", "/sign-in/new-password/", "/sign-in/disabled/"]
    assert [fault for path in paths for fault in faults_of(page, path)] == []
