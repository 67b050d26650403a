"""Where passkeys work: browsers offer them only under a name, and only over HTTPS or on the machine itself."""

from ipaddress import ip_address

from django.http import HttpRequest


def can_have_passkeys(request: HttpRequest) -> bool:
    """Whether a browser will offer passkeys at the address by which the site is visited."""
    host = request.get_host().rsplit(":", 1)[0].strip("[]")
    return not _is_number(host) and (request.is_secure() or host == "localhost")


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
