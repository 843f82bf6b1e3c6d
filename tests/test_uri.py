"""Addresses become legal URIs where only one thing can be meant by them, and links nowhere else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.uri import MAX_LENGTH, NoLinkError, link, link_or_nothing

LEGAL = re.compile(
    r"(https?://([A-Za-z0-9._~!$&'()*+,;=:%-]*@)?([A-Za-z0-9._-]+|\[[0-9a-f:.]+\])(:\d*)?(/P*)?|mailto:P+)"
    r"(\?[P/?]*)?(#[P/?]*)?".replace("[P/?]", r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})").replace(
        "P", r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})"
    )
)
"""RFC 3986, appendix A, for these schemes."""


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://example.com", "https://example.com"),
        ("https://example.com/a?b=c&d=%20#e", "https://example.com/a?b=c&d=%20#e"),
        ("HTTP://user@Example.com:8080/", "http://user@Example.com:8080/"),
        ("https://www.bücher.example/preise [1].html", "https://www.xn--bcher-kva.example/preise%20%5B1%5D.html"),
        ("https://BÜCHER.example", "https://xn--bcher-kva.example"),
        ("https://straße.example", "https://xn--strae-oqa.example"),
        ("https://日本語.example/価格", "https://xn--wgv71a119e.example/%E4%BE%A1%E6%A0%BC"),
        ("https://example.com/100%", "https://example.com/100%25"),
        ("https://example.com/%zz%41", "https://example.com/%25zz%41"),
        ("https://example.com/#a#b", "https://example.com/#a%23b"),
        ("https://example.com/?a[]=1", "https://example.com/?a%5B%5D=1"),
        ("https://[2001:db8::1]:8443/", "https://[2001:db8::1]:8443/"),
        ('https://example.com/"<>^`{|}', "https://example.com/%22%3C%3E%5E%60%7B%7C%7D"),
        ("mailto:a@example.com?subject=Hi there", "mailto:a@example.com?subject=Hi%20there"),
        ("https://example.com/" + "x" * (MAX_LENGTH - 20), "https://example.com/" + "x" * (MAX_LENGTH - 20)),
    ],
)
def test_addresses_that_are_links(address: str, expected: str) -> None:
    assert link(address) == expected
    assert link(expected) == expected


@pytest.mark.parametrize(
    ("address", "why", "hint"),
    [
        ("https:// www.example.com", "has a blank", "write https://www.example.com"),
        ("https://", "names no site", "for example"),
        ("https:///prices", "names no site", "for example"),
        ("https://[example]/", "no address of a site", "for example"),
        ("https://a..example", "cannot be the name of a site", "for example"),
        ("https://a.example\uff0fb", "cannot be the name of a site", "for example"),
        ("https://exam%70le.com", "cannot be the name of a site", "for example"),
        ("https://" + "a" * 64 + ".example", "cannot be the name of a site", "for example"),
        ("https://example.com:port/", "no address of the web", "for example"),
        ("https://example.com\\prices", "backslash", "write /"),
        ("https://example.com/\nprices", "line break", "in one line"),
        ("ftp://example.com", "no address of the web", "for example"),
        ("javascript:alert(1)", "no address of the web", "for example"),
        ("mailto:", "no address of the web", "for example"),
        ("https://example.com/" + "x" * (MAX_LENGTH - 19), "2,080 characters", "shorter"),
        ("https://example.com/" + "ü" * 400, "2,420 characters", "shorter"),
    ],
)
def test_addresses_that_are_text(address: str, why: str, hint: str) -> None:
    with pytest.raises(NoLinkError, match=re.escape(why)) as caught:
        link(address)
    assert hint in caught.value.hint
    assert link_or_nothing(address) == ""


@given(st.text(alphabet="ab1ü日❤[]%#?/:@. \\-_\u0301\u00ad&", max_size=40))
def test_every_link_is_a_legal_uri(rest: str) -> None:
    found = link_or_nothing(f"https://{rest}")
    assert not found or (LEGAL.fullmatch(found) and link(found) == found)
