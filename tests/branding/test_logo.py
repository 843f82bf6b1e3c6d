"""Logos: pictures, drawings, and drawings that hold more than shapes."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from reportgen.brand import BRAND_FILE, Brand, read_brand, shipped_brand, shipped_names
from reportgen.branding import trial
from reportgen.branding.logo import as_png
from reportgen.problems import ModelError
from tests.branding.hostile import PNGS, SVG, SVGS

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 20">'
SHAPE = '<path d="M0 0h9v9z" fill="url(#a)" style="stroke: #123"/>'


def brand_with(folder: Path, name: str, data: bytes) -> Brand:
    (folder / name).write_bytes(data)
    (folder / BRAND_FILE).write_text(f"name: A\nlogo: {{file: {name}, alternative: A sign}}\n")
    return read_brand(folder / BRAND_FILE, shipped_brand())


def refused(folder: Path, name: str, data: bytes) -> str:
    with pytest.raises(ModelError) as caught:
        brand_with(folder, name, data)
    (problem,) = caught.value.problems
    assert problem.code == "RG903" and problem.span is not None
    assert problem.source.text[problem.span.start : problem.span.end] == name
    return problem.message


def picture(width: int, height: int) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height), "#12355B").save(out, "PNG")
    return out.getvalue()


def test_a_drawing_of_shapes_is_taken_without_what_its_program_left_in_it(tmp_path: Path) -> None:
    inkscape = 'xmlns:i="http://www.inkscape.org/namespaces/inkscape"'
    inside = (
        f"<!-- a remark --><title>A sign</title><i:grid {inkscape}/>"
        '<defs><linearGradient id="a"><stop/></linearGradient>'
        f'<style>.b {{ fill: url("#a") }}</style></defs>{SHAPE}<use xlink:href="#b"/>'
        f'<image href="data:image/png;base64,{b64encode(picture(2, 1)).decode()}"/>'
    )
    logo = brand_with(tmp_path, "sign.svg", f"{HEAD}{inside}</svg>".encode()).logo
    assert logo is not None and logo.dark is None
    assert (logo.light.kind, logo.light.width, logo.light.height) == ("svg", 40, 20)
    assert b"<path" in logo.light.data and b"remark" not in logo.light.data and b"grid" not in logo.light.data


BAD_DRAWINGS = {
    "script": ("<script>alert(1)</script>", "the element <script>"),
    "script of another language": ('<h:script xmlns:h="http://www.w3.org/1999/xhtml"/>', "the element <script>"),
    "handler": ('<path onload="alert(1)"/>', "an event handler, onload"),
    "handler in capitals": ('<path onClick="alert(1)"/>', "an event handler, onClick"),
    "foreign object": ("<foreignObject/>", "the element <foreignObject>"),
    "letters": ("<text>Example</text>", "turn letters into paths"),
    "animation": ('<set attributeName="href" to="javascript:alert(1)"/>', "the element <set>"),
    "link": ('<a xlink:href="https://example.com"/>', "the element <a>"),
    "picture elsewhere": ('<image xlink:href="https://example.com/x.png"/>', "outside it: https://example.com/x.png"),
    "file": ('<image href="file:///etc/hostname"/>', "outside it: file:///etc/hostname"),
    "drawing in data": ('<image href="data:image/svg+xml;base64,PHN2Zy8+"/>', "outside it: data:image/svg+xml"),
    "data of a part": ('<use href="data:image/png;base64,iVBORw0KGgo="/>', "outside it: data:image/png"),
    "part of another file": ('<use href="other.svg#a"/>', "outside it: other.svg#a"),
    "script as address": ('<use href=" javascript:alert(1)"/>', "outside it: javascript:"),
    "base": ('<g xml:base="https://example.com/"/>', "relative to"),
    "import": ("<style>@import 'https://example.com/a.css';</style>", "a rule, @import"),
    "font": ("<style>@font-face { src: url(x) }</style>", "a rule, @font-face"),
    "hidden import": ("<style>@\\69mport 'x';</style>", "a backslash"),
    "style": ('<path style="fill: url(https://example.com/x.svg#a)"/>', "outside it: https://example.com/x.svg#a"),
    "fill": ('<path fill="URL( &quot;//example.com/a&quot; )"/>', "outside it: //example.com/a"),
    "open address": ('<path style="fill: url(https://example.com"/>', "outside it"),
    "image set": ("<style>path { mask: image-set('x.png' 1x) }</style>", "outside it"),
}


@pytest.mark.parametrize("name", BAD_DRAWINGS)
def test_a_drawing_that_holds_more_than_shapes_is_refused(tmp_path: Path, name: str) -> None:
    inside, said = BAD_DRAWINGS[name]
    assert said in refused(tmp_path, "sign.svg", f"{HEAD}{SHAPE}{inside}</svg>".encode())


BAD_FILES = {
    "entities": (f'<!DOCTYPE svg [<!ENTITY a "b">]>{HEAD}</svg>', "document type"),
    "outside entities": (f'<!DOCTYPE svg SYSTEM "file:///etc/hostname">{HEAD}</svg>', "document type"),
    "style sheet": (f'<?xml-stylesheet href="https://example.com/a.css"?>{HEAD}</svg>', "a processing instruction"),
    "no drawing": ("<html/>", "no SVG"),
    "no XML": ("sign", "no well-formed SVG"),
    "empty": ("", "no well-formed SVG"),
    "no size": ('<svg xmlns="http://www.w3.org/2000/svg"/>', "neither a viewBox nor a width and height"),
    "no height": ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 0"/>', "neither a viewBox"),
    "no numbers": ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 a b" width="1e" height="2"/>', "neither"),
    "endless": ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 inf nan"/>', "neither a viewBox"),
    "wide": ('<svg xmlns="http://www.w3.org/2000/svg" width="500px" height="10px"/>', "500 wide and 10 high"),
    "many elements": (f"{HEAD}{'<g/>' * 5_001}</svg>", "more than 5,000 elements"),
    "itself": (f'{HEAD}<g id="a"><use href="#a"/></g></svg>', "a part of it refers to itself"),
    "its own mask": (f'{HEAD}<mask id="a"><g mask="url(#a)"/></mask></svg>', "a part of it refers to itself"),
    "tenfold": (
        HEAD + "".join(f'<g id="a{n}">' + f'<use xlink:href="#a{n + 1}"/>' * 10 + "</g>" for n in range(10)) + "</svg>",
        "draws more than 20,000 elements",
    ),
    "chain": (
        HEAD + "".join(f'<g id="a{n}"><use href="#a{n + 1}"/></g>' for n in range(2_400)) + "</svg>",
        "refer to each other too deeply",
    ),
    "deep": (f"{HEAD}{'<g>' * 4_000}{'</g>' * 4_000}</svg>", "no well-formed SVG"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_is_no_plain_drawing_is_refused(tmp_path: Path, name: str) -> None:
    text, said = BAD_FILES[name]
    assert said in refused(tmp_path, "sign.svg", text.encode())


@pytest.mark.parametrize("name", SVGS)
def test_a_drawing_that_would_be_endless_is_refused_before_it_is_drawn(tmp_path: Path, name: str) -> None:
    text, said = SVGS[name]
    assert said in refused(tmp_path, "sign.svg", text.encode())


@pytest.mark.parametrize("name", [name for name, (_, said) in PNGS.items() if said])
def test_a_picture_is_refused_before_it_is_decoded(tmp_path: Path, name: str) -> None:
    data, said = PNGS[name]
    assert said in refused(tmp_path, "sign.png", data)


def test_what_cannot_be_told_from_a_drawing_is_tried_with_bounds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial, "MAX_SECONDS", 1)
    monkeypatch.setattr("reportgen.branding.svg.MAX_DRAWN", 10**12)
    shapes = '<mask id="a">' + '<path d="M0 0L900 900L3 700z" fill="#fff"/>' * 900 + "</mask>"
    endless = f'{SVG}viewBox="0 0 900 900">{shapes}{"<path mask=%surl(#a)%s d=%sM0 0h900v900%s/>" * 900}</svg>'
    endless = endless % (('"',) * 3600)
    assert "more than 1 seconds" in refused(tmp_path, "sign.svg", endless.encode())


def test_a_drawing_without_a_view_is_drawn_whole(tmp_path: Path) -> None:
    shape = '<path d="M0 0h189v94h-189z" fill="#123456"/>'
    logo = brand_with(tmp_path, "sign.svg", f'{SVG}width="50mm" height="25mm">{shape}</svg>'.encode()).logo
    assert logo is not None and logo.light.width == pytest.approx(188.976, abs=0.001)
    with Image.open(BytesIO(as_png(logo.light).data)) as opened:
        assert opened.size == (320, 160) and opened.convert("RGBA").getpixel((310, 150)) == (0x12, 0x34, 0x56, 255)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-7"])
def test_another_encoding_hides_nothing(tmp_path: Path, encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>{HEAD}<script>alert(1)</script></svg>'
    refused(tmp_path, "sign.svg", text.encode(encoding))


def test_a_picture_is_whole_small_and_of_a_sane_shape(tmp_path: Path) -> None:
    real = picture(200, 50)
    for data, said in (
        (real[:20], "no PNG"),
        (real[:60], "no PNG picture, or a damaged one"),
        (real + b"\0" * 500_001, "larger than 500 kB"),
        (b"GIF89a", "no PNG"),
        (picture(1_100, 100), "1100 wide and 100 high; at most 10 times as wide as high"),
        (picture(20, 41), "2 times as high as wide"),
    ):
        assert said in refused(tmp_path, "sign.png", data)
    logo = brand_with(tmp_path, "sign.png", real).logo
    assert logo is not None and as_png(logo.light) is logo.light
    assert (logo.light.kind, logo.light.width, logo.light.height) == ("png", 200, 50)


def test_a_link_does_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "brand").mkdir()
    (tmp_path / "secret.png").write_bytes(picture(20, 10))
    (tmp_path / "brand" / "sign.png").symlink_to(tmp_path / "secret.png")
    (tmp_path / "brand" / BRAND_FILE).write_text("name: A\nlogo: {file: sign.png, alternative: A sign}\n")
    with pytest.raises(ModelError, match="outside the brand’s folder"):
        read_brand(tmp_path / "brand" / BRAND_FILE, shipped_brand())


def test_a_logo_that_is_a_link_to_itself(tmp_path: Path) -> None:
    (tmp_path / "sign.svg").symlink_to("sign.svg")
    (tmp_path / BRAND_FILE).write_text("name: A\nlogo: {file: sign.svg, alternative: A sign}\n")
    with pytest.raises(ModelError, match="too many levels of symbolic links"):
        read_brand(tmp_path / BRAND_FILE, shipped_brand())


def test_one_logo_for_light_grounds_and_one_for_dark(tmp_path: Path) -> None:
    for name in ("a.png", "b.png"):
        (tmp_path / name).write_bytes(picture(20, 10))
    text = "name: A\nlogo: {light: {file: a.png, alternative: A sign}, dark: {file: b.png, alternative: Sign}}\n"
    (tmp_path / BRAND_FILE).write_text(text)
    logo = read_brand(tmp_path / BRAND_FILE, shipped_brand()).logo
    assert logo is not None and logo.dark is not None
    assert (logo.light.alternative, logo.dark.alternative) == ("A sign", "Sign")
    (tmp_path / BRAND_FILE).write_text("name: A\nlogo: {dark: {file: b.png, alternative: Sign}}\n")
    with pytest.raises(ModelError, match="`logo` has no `light`"):
        read_brand(tmp_path / BRAND_FILE, shipped_brand())


@pytest.mark.parametrize("name", shipped_names())
def test_a_drawing_becomes_a_picture_of_the_same_shape_for_workbooks(name: str) -> None:
    logos = shipped_brand(name=name).logo
    assert logos is not None
    shown = as_png(logos.light)
    assert shown.kind == "png" and shown.height >= 100
    assert shown.width / shown.height == pytest.approx(logos.light.width / logos.light.height, rel=0.02)
    with Image.open(BytesIO(shown.data)) as opened:
        assert opened.size == (shown.width, shown.height)
        assert opened.convert("RGBA").getpixel((0, 0))[3] == 0, "its ground is see-through"  # type: ignore[index]
        assert len(opened.convert("RGBA").getcolors(100_000) or ()) > 3, "something is drawn"
