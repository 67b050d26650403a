"""CAS 3.0: a ticket that is asked about once. Our own few lines: a library would bring an account for everybody."""

import re
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import complete_social_login
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.providers.base import AuthError, ProviderException
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from requests import RequestException

from dangwu.access.sso import answers
from dangwu.access.sso.entries import CasEntry
from dangwu.access.sso.providers import FromEntry, callback_url

NAMESPACE = "{http://www.yale.edu/tp/cas}"
DECLARATION = re.compile(rb"<!(?!--|\[CDATA\[)")


class CasProvider(FromEntry):
    """A CAS server. The protocol has no state of its own, so ours is a part of the address that it comes back to."""

    id = "cas"
    supports_redirect = True
    entry: CasEntry

    def redirect(
        self,
        request: HttpRequest,
        process: str,
        next_url: str | None = None,
        data: object = None,
        **_: object,
    ) -> HttpResponseRedirect:
        """Send the browser to the server's sign-in."""
        state = self.stash_redirect_state(request, process, next_url, data)
        return HttpResponseRedirect(
            f"{self.entry.server}/login?{urlencode({'service': self._service(request, state)})}"
        )

    def finish(self, request: HttpRequest) -> HttpResponse:
        """Answer the browser that comes back with a ticket."""
        state_id, ticket = request.GET.get("state", ""), request.GET.get("ticket", "")
        state = statekit.unstash_state(request, provider_id=self.sub_id, state_id=state_id)
        if state is None:
            return answers.expired(request, self)
        if not ticket:
            return answers.failed(request, self, AuthError.CANCELLED, None)
        try:
            login = self.sociallogin_from_response(request, self._told(self._service(request, state_id), ticket))
        except (ProviderException, RequestException) as error:
            return answers.failed(request, self, AuthError.UNKNOWN, error)
        login.state = state
        answer: HttpResponse = complete_social_login(request, login)
        return answer

    def _service(self, request: HttpRequest, state: str) -> str:
        return f"{callback_url(request, self.entry)}?{urlencode({'state': state})}"

    def _told(self, service: str, ticket: str) -> dict[str, str]:
        with get_adapter().get_requests_session() as session:
            question = {"service": service, "ticket": ticket}
            answer = session.get(f"{self.entry.server}/p3/serviceValidate", params=question)
        answer.raise_for_status()
        return read_answer(answer.content)


def read_answer(content: bytes) -> dict[str, str]:
    """The principal (`user`) and its attributes. Raises ProviderException where the ticket was refused."""
    if DECLARATION.search(content):
        raise ProviderException("an answer that declares a document type")
    try:
        answer = ET.fromstring(content, ET.XMLParser(encoding="utf-8"))  # noqa: S314 - no declarations, limited in size
    except ET.ParseError as error:
        raise ProviderException("not XML") from error
    success = answer.find(f"{NAMESPACE}authenticationSuccess")
    user = success.findtext(f"{NAMESPACE}user", "").strip() if success is not None else ""
    if success is None or not user:
        raise ProviderException("refused")
    return _attributes(success) | {"user": user}


def _attributes(success: ET.Element) -> dict[str, str]:
    attributes = success.find(f"{NAMESPACE}attributes")
    elements = attributes if attributes is not None else ()
    return {element.tag.removeprefix(NAMESPACE): (element.text or "").strip() for element in elements}
