"""Addresses as links hold them: what authors write, encoded where only one thing can be meant by it.

A link is a legal URI (RFC 3986) everywhere: Excel and others refuse a whole file for one that is not. Hosts become
ASCII as browsers do it (UTS #46: `bücher.example` is `xn--bcher-kva.example`, and `ß` stays itself), everything behind
them UTF-8 in per cent signs.
"""

from __future__ import annotations

import re
import unicodedata
from ipaddress import IPv6Address
from urllib.parse import quote

MAX_LENGTH = 2_079
"""Of what Excel takes for a link."""

_WEB = re.compile(
    r"(?P<scheme>https?)://(?:(?P<user>[^/?#@]*)@)?(?P<host>\[[^\]/?#]*\]|[^/?#@:]*)(?P<port>:\d{0,5})?"
    r"(?P<path>/[^?#]*)?(?P<query>\?[^#]*)?(?P<fragment>#.*)?",
    re.IGNORECASE | re.DOTALL,
)
_MAIL = re.compile(r"(?P<scheme>mailto):(?P<path>[^?#@]+@[^?#@]+)(?P<query>\?[^#]*)?", re.IGNORECASE | re.DOTALL)
_LABEL = re.compile(r"[A-Za-z0-9_-]{1,63}")
_LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_EXAMPLE = "for example https://example.com/prices"


class NoLinkError(ValueError):
    """An address that no link can hold. The text says why, `hint` what to do."""

    def __init__(self, why: str, hint: str) -> None:
        super().__init__(why)
        self.hint = hint


def link_or_nothing(address: str) -> str:
    """The link, "" where the address can be shown as text only."""
    try:
        return link(address)
    except NoLinkError:
        return ""


def link(address: str) -> str:
    """The URI that an address of the web, or one for mail, means. Raises NoLinkError where that is not certain."""
    if found := re.search(r"[\t\r\n]|\\", address):
        if found.group() == "\\":
            raise NoLinkError("it has a backslash in it", "write / between its parts")
        raise NoLinkError("it has a line break or a tab in it", "write it in one line, without blanks")
    parts = _WEB.fullmatch(address) or _MAIL.fullmatch(address)
    if parts is None:
        raise NoLinkError("it is no address of the web", _EXAMPLE)
    named = parts.groupdict(default="")
    start = named["scheme"].lower() + ":"
    if "host" in named:
        user = f"{_encoded(named['user'])}@" if named["user"] else ""
        start += f"//{user}{_host(named['host'], address)}{named['port']}"
    whole = start + "".join(_encoded(named.get(part, "")) for part in ("path", "query", "fragment"))
    if len(whole) > MAX_LENGTH:
        raise NoLinkError(f"it has {len(whole):,} characters; a link has {MAX_LENGTH:,} at most", "find a shorter one")
    return whole


def _encoded(part: str) -> str:
    """A path, query or fragment with the sign that begins it; what is encoded already stays so."""
    start = part[:1] if part[:1] in ("?", "#") else ""
    return start + quote(_LONE_PERCENT.sub("%25", part[len(start) :]), safe="%!$&'()*+,;=:@/?")


def _host(host: str, address: str) -> str:
    if not host:
        raise NoLinkError("it names no site", _EXAMPLE)
    if re.search(r"\s", host):
        better = address.replace(host, "".join(host.split()), 1)[:200]
        raise NoLinkError("the name of its site has a blank in it", f"write {better}")
    if host.startswith("["):
        return _numbered_host(host)
    name = host if host.isascii() else unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", host).lower())
    labels = [_label(label) for label in name.removesuffix(".").split(".")]
    if not all(labels) or len(".".join(labels)) > 253:
        raise NoLinkError(f"`{host[:80]}` cannot be the name of a site", _EXAMPLE)
    return ".".join(labels) + ("." if name.endswith(".") else "")


def _label(label: str) -> str:
    """A part of a host's name in ASCII; "" where it cannot be one."""
    if not label.isascii():
        kinds = {unicodedata.category(sign)[0] for sign in label if sign != "-"}
        if not kinds <= {"L", "M", "N"} or unicodedata.category(label[0])[0] == "M":
            return ""
        label = "xn--" + label.encode("punycode").decode()
    return label if _LABEL.fullmatch(label) else ""


def _numbered_host(host: str) -> str:
    try:
        return f"[{IPv6Address(host[1:-1]).compressed}]"
    except ValueError:
        raise NoLinkError(f"`{host[:80]}` is no address of a site", _EXAMPLE) from None
