"""Addresses as the operator may write them: encrypted, or on this very machine."""

import ipaddress
from urllib.parse import urlsplit

HTTPS_ONLY = "要以 https:// 开头；只有本机（127.0.0.1）可以用 http://"
LDAPS_ONLY = "要以 ldaps:// 开头，或者用 ldap:// 并写上 starttls = true；只有本机（127.0.0.1）可以不加密"


def web_address(text: str) -> str:
    """A base address without its last slash; ValueError with the reason where it may not be used."""
    parts = urlsplit(text)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname)):
        raise ValueError(HTTPS_ONLY)
    if not parts.hostname or parts.username or parts.query or parts.fragment or "\\" in text:
        raise ValueError("只写协议、主机和路径，例如 https://sso.example.gov.cn/cas")
    return text.rstrip("/")


def origin(address: str) -> str:
    """Scheme, host and port with a slash: everything on that server starts with it."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}/".lower()


def is_loopback(host: str | None) -> bool:
    """Whether a host is this machine."""
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return host == "localhost"
