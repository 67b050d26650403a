from allauth.account.views import AccountInactiveView, reauthenticate
from allauth.mfa.base.views import reauthenticate as reauthenticate_by_code
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from dangwu.access import (
    account_pages,
    administrator_pages,
    appointment_pages,
    entrance_pages,
    handing_over,
    my_pages,
)

# the names that begin with account_ and mfa_ are those by which allauth finds its own pages
entrance = [
    path("sign-in/", entrance_pages.sign_in, name="account_login"),
    path("sign-in/code/", entrance_pages.code, name="mfa_authenticate"),
    path("sign-in/disabled/", login_not_required(AccountInactiveView.as_view()), name="account_inactive"),
    path("sign-in/new-password/", entrance_pages.new_password, name="new-password"),
    path("sign-out/", entrance_pages.sign_out, name="sign-out"),
    path("sign-out/", entrance_pages.sign_out, name="account_logout"),
    path("begin/", entrance_pages.begin, name="begin"),
]
confirming = [
    path("confirm/", reauthenticate, name="account_reauthenticate"),
    path("confirm/code/", reauthenticate_by_code, name="mfa_reauthenticate"),
    path("confirm/key/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
]
mine = [
    path("account/", my_pages.rights, name="my-account"),
    path("account/password/", my_pages.password, name="my-password"),
    path("account/sessions/", my_pages.sessions, name="my-sessions"),
    path("account/sessions/end/", my_pages.end_others, name="end-my-sessions"),
    path("account/sessions/<int:session>/end/", my_pages.end_one, name="end-my-session"),
    path("account/delegate/<int:pk>/", my_pages.hand_over, name="delegate"),
    path("account/delegate/find/", my_pages.find_colleague, name="find-colleague"),
    path("account/delegations/<int:pk>/end/", my_pages.take_back, name="end-delegation"),
    path("account/factors/", my_pages.factors, name="mfa_index"),
    path("account/factors/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/factors/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/factors/codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/factors/codes/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/factors/keys/", my_pages.factors, name="mfa_list_webauthn"),
    path("account/factors/keys/add/", keys.add_webauthn, name="mfa_add_webauthn"),
    path("account/factors/keys/<int:pk>/rename/", keys.edit_webauthn, name="mfa_edit_webauthn"),
    path("account/factors/keys/<int:pk>/remove/", my_pages.remove_key, name="mfa_remove_webauthn"),
]
keeping = [
    path("accounts/", account_pages.accounts, name="accounts"),
    path("accounts/open/", account_pages.open_new, name="open-account"),
    path("accounts/hand-over/", handing_over.slip, name="hand-over"),
    path("accounts/<int:pk>/", account_pages.account, name="account"),
    path("accounts/<int:pk>/rename/", account_pages.rename, name="rename-account"),
    path("accounts/<int:pk>/disable/", account_pages.disable, name="disable-account"),
    path("accounts/<int:pk>/enable/", account_pages.enable, name="enable-account"),
    path("accounts/<int:pk>/reset/", account_pages.reset, name="reset-account"),
    path("accounts/<int:pk>/end-sessions/", account_pages.end_sessions, name="end-sessions"),
    path("accounts/<int:pk>/lift/", account_pages.lift, name="lift-second-factor"),
    path("appointments/", appointment_pages.appointments, name="appointments"),
    path("appointments/new/", appointment_pages.appoint_new, name="appoint"),
    path("appointments/<int:pk>/end/", appointment_pages.end, name="end-appointment"),
    path("appointments/find/account/", appointment_pages.find_account, name="find-account"),
    path("appointments/find/organisation/", appointment_pages.find_organisation, name="find-organisation-to-appoint"),
    path("administrators/", administrator_pages.administrators, name="administrators"),
    path("administrators/propose/", administrator_pages.propose_new, name="propose-administrator"),
    path("administrators/<int:pk>/end/", administrator_pages.propose_to_end, name="propose-end"),
    path("administrators/proposals/<int:pk>/agree/", administrator_pages.agree_to, name="agree"),
    path("administrators/proposals/<int:pk>/withdraw/", administrator_pages.withdraw_one, name="withdraw"),
]
elsewhere = [path("sign-on/", include("dangwu.access.sso.urls"))]
urlpatterns = entrance + confirming + mine + keeping + elsewhere
