"""Who may come to which address. The objects are those of the first branch (`world.World.arguments`)."""

from tests.permissions.world import DUTIES, PEOPLE, ROLES

ALL = frozenset(PEOPLE)
SIGNED_IN = ALL - {"anonymous"}
SEE = frozenset({"secretary", "clerk", "supervisor", "discipline"})
"""Whoever sees the branch, in whatever capacity."""
KEEP = frozenset({"secretary", "clerk"})
DECIDE = frozenset({"clerk"})
"""The level above decides on the branch's name and place."""
ANYWHERE = frozenset(ROLES)
FOLLOW = ANYWHERE - {"discipline"}
"""Whoever sees what organisations send and have to do, anywhere."""
CLERKS = frozenset({"clerk", "stranger"})
KEEP_ANYWHERE = frozenset({"secretary", "sibling", "clerk", "stranger"})
ADMINISTRATORS = frozenset(DUTIES)
SYSTEM, SECURITY, AUDIT = frozenset({"system"}), frozenset({"security"}), frozenset({"audit"})
MEMBER = frozenset({"member"})
NOBODY: frozenset[str] = frozenset()

Expectation = tuple[str, frozenset[str]]

EXPECTED: dict[str, Expectation] = {}


def _all(names: str, people: frozenset[str], arguments: str = "") -> dict[str, Expectation]:
    return dict.fromkeys(names.split(), (arguments, people))


EXPECTED |= _all("live ready account_login account_inactive new-password appearance", ALL)
# what leads to the entrance, or is not there where nothing is under way
EXPECTED |= _all("account_logout sign-out begin hand-over mfa_deactivate_totp mfa_view_recovery_codes", NOBODY)
EXPECTED |= _all("mfa_edit_webauthn mfa_remove_webauthn end-delegation", NOBODY, "nothing")
EXPECTED |= _all("sign_on sign_on_callback sign_on_connect", NOBODY, "no provider")
# what has ended already is said, and leads back
EXPECTED |= _all("end-my-session", SIGNED_IN, "no session") | _all("sign_on_unbind", SIGNED_IN, "no provider")
EXPECTED |= _all("rules", ALL) | _all("rule", ALL, "rule")
# packs hold for a whole unit, and this one has two heads
EXPECTED |= _all("rule-packs", NOBODY, "committee")
EXPECTED |= _all("home search mfa_authenticate account_reauthenticate", SIGNED_IN)
EXPECTED |= _all("mfa_reauthenticate mfa_reauthenticate_webauthn my-account my-password my-sessions", SIGNED_IN)
EXPECTED |= _all("end-my-sessions find-colleague mfa_index mfa_activate_totp mfa_list_webauthn", SIGNED_IN)
EXPECTED |= _all("mfa_add_webauthn mfa_generate_recovery_codes sign_on_bindings mine letters", SIGNED_IN)
EXPECTED |= _all("undo", SIGNED_IN, "no undo")
EXPECTED |= _all("organisations organisations-list organisations-found members members-found corrections", SIGNED_IN)

EXPECTED |= _all("accounts", SYSTEM | SECURITY) | _all("account", SYSTEM | SECURITY, "account")
EXPECTED |= _all("open-account", SYSTEM)
EXPECTED |= _all("rename-account disable-account enable-account reset-account end-sessions", SYSTEM, "account")
EXPECTED |= _all("lift-second-factor", SECURITY, "account")
EXPECTED |= _all("appointments appoint find-account find-organisation-to-appoint", SECURITY)
EXPECTED |= _all("end-appointment", SECURITY, "appointment")
EXPECTED |= _all("administrators propose-administrator", ADMINISTRATORS)
EXPECTED |= _all("propose-end", ADMINISTRATORS - SYSTEM, "administration")
EXPECTED |= _all("agree", SYSTEM, "proposal") | _all("withdraw", ADMINISTRATORS, "proposal")
EXPECTED |= _all("bind-account let-account-go", SYSTEM, "account")
EXPECTED |= _all("system", SYSTEM) | _all("posts-without-account", SECURITY)
EXPECTED |= _all("audit audit-review audit-export audit-verifier audit-checkpoints audit-sign", AUDIT)
EXPECTED |= _all("audit-entry", AUDIT, "entry") | _all("audit-checkpoint", AUDIT, "checkpoint")
EXPECTED |= _all("delegate", frozenset({"secretary"}), "appointment")

EXPECTED |= _all("checks try-demo", ANYWHERE - {"discipline"})
EXPECTED |= _all("report", DECIDE, "report")
EXPECTED |= _all("terms-ending probations-ending", SIGNED_IN)
EXPECTED |= _all("check findings due problems workbooks delete", DECIDE, "check")

EXPECTED |= _all("organisation organisations-below", SEE, "organisation")
EXPECTED |= _all("organisation-new", SYSTEM)
EXPECTED |= _all("organisation-rename organisation-kind organisation-move", DECIDE, "organisation")
EXPECTED |= _all("organisation-merge organisation-split organisation-dissolve", DECIDE, "organisation")
EXPECTED |= _all("organisation-describe term-new group-new", KEEP, "organisation")
EXPECTED |= _all("term-edit", KEEP, "term") | _all("group-edit group-disband", KEEP, "group")
EXPECTED |= _all("units unit-new", CLERKS | SYSTEM) | _all("unit-edit", CLERKS | SYSTEM, "unit")

EXPECTED |= _all("branch", SEE, "organisation") | _all("branch-duty", SEE, "verdict")
EXPECTED |= _all("branch-answer", KEEP, "verdict")
# the level above decides, and nobody for himself
EXPECTED |= _all("branch-overrule branch-exempt branch-withdraw", DECIDE, "verdict")
EXPECTED |= _all("remind", KEEP_ANYWHERE)
EXPECTED |= _all("overview overview-levels", ANYWHERE) | _all("overview-duty", ANYWHERE, "periodic rule")
EXPECTED |= _all("figures", ANYWHERE) | _all("figure", ANYWHERE, "figure")

EXPECTED |= _all("member-new accounts-found-free", KEEP_ANYWHERE)
EXPECTED |= _all("member", SEE, "member")
EXPECTED |= _all("member-describe member-advance member-transfer member-regroup member-leave", KEEP, "member")
EXPECTED |= _all("member-settle member-admission post-take member-join-group member-link member-unlink", KEEP, "member")
EXPECTED |= _all("member-correct", KEEP, "row") | _all("member-correct-transfer", KEEP, "arrival")
EXPECTED |= _all("member-reveal", KEEP, "number")
EXPECTED |= _all("post-leave", KEEP, "post") | _all("member-leave-group", KEEP, "place")
EXPECTED |= _all("correction-answer", KEEP, "request")
EXPECTED |= _all("own-copy", MEMBER) | _all("correction-ask", MEMBER, "own column")
EXPECTED |= _all("correction-ask-row", MEMBER, "own row")

EXPECTED |= _all("export", KEEP_ANYWHERE, "form")
EXPECTED |= _all("reconcile", KEEP_ANYWHERE) | _all("reconcile-form reconcile-filled", KEEP_ANYWHERE, "part")
EXPECTED |= _all("reconciled reconciled-discard", DECIDE, "reconciled")
EXPECTED |= _all("imports", KEEP_ANYWHERE | SECURITY) | _all("import-form", KEEP_ANYWHERE, "form")
# a batch is its owner's; what was written is told to whoever keeps the branch
EXPECTED |= _all("import-columns import-fixes import-problems import-rows import-back", DECIDE, "batch")
EXPECTED |= _all("import-confirm import-again import-discard", DECIDE, "batch") | _all(
    "import-problem", DECIDE, "problem"
)
EXPECTED |= _all("import import-undo", KEEP, "written")

EXPECTED |= _all("notices", SIGNED_IN) | _all("notice-read", frozenset({"secretary"}), "delivery")
EXPECTED |= _all("notices-kept", FOLLOW) | _all("notice-new notice-channels", KEEP_ANYWHERE)
# what the committee sends is for those at the committee
EXPECTED |= _all("notice", frozenset({"clerk", "supervisor"}), "notice")
EXPECTED |= _all("notice-edit notice-send notice-discard", DECIDE, "draft") | _all("notice-drop", DECIDE, "addressee")
EXPECTED |= _all("notice-channel", DECIDE, "committee")

FOLLOW_BRANCH = frozenset({"secretary", "clerk", "supervisor"})
EXPECTED |= _all("duties duty-tasks campaigns", FOLLOW) | _all("directive-new campaign-new", KEEP_ANYWHERE)
EXPECTED |= _all("duty-task", FOLLOW_BRANCH, "task") | _all("campaign", FOLLOW_BRANCH, "campaign")
EXPECTED |= _all("duty-task-edit duty-hand-on duty-remind", DECIDE, "task") | _all("measure-new", DECIDE, "campaign")
# the branch fulfils its own, and the level that set the task confirms
EXPECTED |= _all("duty", FOLLOW_BRANCH, "duty") | _all("duty-confirm duty-return", DECIDE, "duty")
EXPECTED |= _all("duty-use-record duty-study duty-report duty-note", KEEP, "duty")
EXPECTED |= _all("activities activities-alike talks my-activities", SIGNED_IN) | _all("partners-found", KEEP_ANYWHERE)
EXPECTED |= _all("record-choose", KEEP, "organisation") | _all("organisation-activities", SEE, "organisation")
EXPECTED |= _all("record activity-plan", KEEP, "kind") | _all("talk-record", KEEP, "talk kind")
EXPECTED |= _all("activity activity-calendar activity-code", SEE | MEMBER, "planned")
EXPECTED |= _all("activity-minutes activity-replan activity-call activity-cancel", KEEP, "planned")
EXPECTED |= (
    _all("partner-answer", KEEP, "partner") | _all("activity-correct", KEEP, "held") | _all("talk", MEMBER, "talk")
)

EXPECTED |= _all("calendar calendar-feed calendar-feed-end", SIGNED_IN) | _all("calendar-ics", NOBODY, "no feed")
EXPECTED |= _all("ledgers", ANYWHERE) | _all("organisation-ledgers", SEE, "organisation")
EXPECTED |= _all("ledger", SEE, "paper") | _all("minutes-file", SEE, "held paper")

# files of activities
EXPECTED |= _all("activity-files", KEEP, "activity")
EXPECTED |= _all("activity-file", SEE, "attachment")
EXPECTED |= _all("activity-file-remove", KEEP, "attachment")
EXPECTED |= _all("ledger-placeholders ledger-sample", SIGNED_IN)
EXPECTED |= _all("ledger-pack ledger-forms", SEE, "organisation") | _all("ledger-form-bring", KEEP, "organisation")
EXPECTED |= _all("ledger-form-blank ledger-form-retire", KEEP, "own form")
EXPECTED |= _all("ledger-bundle ledger-archive", frozenset({"secretary"}), "bundle")
