"""Templates and narrative of a stranger reach plain values and a known list of functions, and nothing behind them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass, replace
from datetime import date
from pathlib import Path
from types import MethodType

import pytest
from jinja2 import Environment
from jinja2.runtime import Macro
from markupsafe import Markup

from reportgen.compute.answers import Answers
from reportgen.narrative.errors import NarrativeError
from reportgen.narrative.figures import Figure, Missing
from reportgen.narrative.filters import Speech
from reportgen.narrative.language import Narrative
from reportgen.narrative.members import Member
from reportgen.narrative.narrative_names import Names, part_of
from reportgen.narrative.printer import Printer
from reportgen.presentation.words import words_of
from reportgen.problems import ModelError
from reportgen.report import html
from reportgen.report.html import fill
from reportgen.report.report_settings import default_report_settings
from reportgen.report.sandbox import Sandbox
from reportgen.report.view import ReportView, make_view

SECRET = "the-secret-of-the-environment"
FUNCTIONS = {
    "range", "dict", "cycler", "joiner", "namespace", "_", "gettext", "ngettext", "pgettext",
    "npgettext",
}  # fmt: skip


class Trap:
    """An object as none is offered, for the case that one day one is: what is behind it shows only through it."""

    secret = SECRET

    def reveal(self) -> str:
        return SECRET

    def __str__(self) -> str:
        return "a trap"

    __repr__ = __html__ = __str__

    def __getitem__(self, key: object) -> str:
        if key in ("secret", 0):
            return SECRET
        raise KeyError(key)

    def __format__(self, spec: str) -> str:
        return SECRET if spec else "a trap"


@pytest.fixture(autouse=True)
def _forget_what_has_no_translation() -> Iterator[None]:
    """The words of a locale remember what was asked for in vain, and all reports of a process share them."""
    yield
    words_of("de").missing.clear()


def templates() -> Environment:
    environment = html._environment(default_report_settings(), words_of("de"))
    assert isinstance(environment, Sandbox)
    return environment


def given(monkeypatch: pytest.MonkeyPatch, view: ReportView) -> Mapping[str, object]:
    """What `fill` hands to a template."""
    found: list[Mapping[str, object]] = []

    class Spied(Sandbox):
        def get_template(self, *_: object, **__: object) -> object:  # type: ignore[override]
            return self

        def render(self, **values: object) -> str:
            found.append(values)
            return "<html></html>"

    monkeypatch.setattr("reportgen.report.sandbox.Sandbox", Spied)
    fill(view, replace(default_report_settings(), own=None))
    return found[0]


def reached(value: object, path: str, seen: set[int]) -> Iterator[tuple[str, object]]:
    """Everything that public attributes and subscripts lead to, but for what is plain or led to before."""
    if isinstance(value, str | int | float | None) or id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from reached(key, f"{path} key", seen)
            yield from reached(each, f"{path}[{key!r}]", seen)
    elif isinstance(value, tuple | list | frozenset):
        for number, each in enumerate(value):
            yield from reached(each, f"{path}[{number}]", seen)
    elif is_dataclass(value) and type(value).__dataclass_params__.frozen:  # type: ignore[attr-defined]
        for name in (each for each in dir(value) if not each.startswith("_")):
            found = getattr(value, name)
            if not isinstance(found, MethodType) or Sandbox().is_safe_callable(found):
                yield from reached(found, f"{path}.{name}", seen)
    else:
        yield path, value


def test_a_template_is_given_plain_values_only(monkeypatch: pytest.MonkeyPatch, agents: Answers) -> None:
    values = given(monkeypatch, make_view(agents))
    assert set(values) == {"view", "brand", "charts", "settings"}
    assert list(reached(values, "given", set())) == []


def test_a_path_among_the_values_would_be_found() -> None:
    """The walk above looks into what it says it does."""
    report_settings = default_report_settings()
    found = dict(reached({"settings": report_settings}, "given", set()))
    assert any(path.startswith("given['settings'].brand.f") and isinstance(each, Path) for path, each in found.items())


def test_templates_are_offered_a_known_list_of_functions() -> None:
    environment = templates()
    assert set(environment.globals) == FUNCTIONS
    assert not {"attr", "random"} & set(environment.filters)


def attacks() -> Iterator[str]:
    """Each function, filter and test of templates, with each way of asking for what is behind a value."""
    environment = templates()
    texts = ("{p.secret}", "{p[secret]}", "{p[0]}", "{0.secret}", "{p!r:x}", "{p:x}", "%(p)s", "%(p.secret)s", "secret")
    for name in environment.globals:
        for text in texts:
            yield f"{{{{ {name}({text!r}, p=p) }}}}"
            yield f"{{{{ {name}({text!r}, {text!r}, p, p=p) }}}}"
            yield f"{{{{ {name}({text!r}, {text!r}, 1, p=p) }}}}"
            yield f"{{{{ {name}(p, {text!r}) }}}}"
        yield f"{{{{ {name}.__globals__ }}}}{{{{ {name}.__self__ }}}}{{{{ {name}['__globals__'] }}}}"
    for name in environment.filters:
        for text in texts:
            yield f"{{{{ {text!r} | {name}(p=p) }}}}"
            yield f"{{{{ {text!r} | {name}(p) }}}}"
            yield f"{{{{ p | {name}({text!r}) }}}}"
            yield f"{{{{ [p] | {name}({text!r}) | list }}}}"
            yield f"{{{{ [p] | {name}(attribute={text!r}) | list }}}}"
            yield f"{{{{ [{text!r}] | {name}('format', p=p) | list }}}}"
    for name in environment.tests:
        yield f"{{{{ p is {name}('secret') }}}}"
    for text in texts:
        yield f"{{{{ {text!r}.format(p, p=p) }}}}{{{{ ({text!r} | safe).format(p, p=p) }}}}"
        yield f"{{{{ {text!r}.format_map({{'p': p}}) }}}}{{{{ {text!r}['format'](p, p=p) }}}}"
        yield f"{{% set it = {text!r}.format %}}{{{{ it(p, p=p) }}}}"
        yield f"{{{{ {text!r} % {{'p': p}} }}}}{{{{ {text!r} % p }}}}"
        yield f"{{% trans p=p %}}{text}{{% endtrans %}}"
    yield "{{ p.secret }}"
    yield "{{ p.reveal() }}"
    yield "{% set f = p.reveal %}{{ f() }}"
    yield "{{ [p.reveal] | map('string') | list }}"
    yield "{% macro m(x) %}{{ x.secret }}{% endmacro %}{{ m(p) }}{{ m._environment }}"
    yield "{% for each in [p] %}{{ each.secret }}{{ loop._environment }}{{ loop.previtem.secret }}{% endfor %}"
    yield "{% set n = namespace(p=p) %}{{ n.p.secret }}"


def test_no_function_filter_or_test_of_templates_looks_into_an_object() -> None:
    environment = templates()
    count = 0
    for text in attacks():
        try:
            shown = environment.from_string(text).render(p=Trap())
        except Exception:  # refused, by whatever it came upon first: nothing is shown
            continue
        count += 1
        assert SECRET not in shown, text
    assert count > 100, "these do something, and print no secret"


@pytest.mark.parametrize("object_", ["view.cells", "caller", "cycler('a')", "gettext", "self"])
def test_no_environment_is_read_through_a_text(
    object_: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, team_view: ReportView
) -> None:
    monkeypatch.setenv("SECRET_NAME", SECRET)
    assert os.environ["SECRET_NAME"] == SECRET
    (tmp_path / "whitepaper").mkdir()
    behind = "{p.__func__.__globals__[os].environ[SECRET_NAME]}"
    (tmp_path / "whitepaper" / "template.html").write_text(
        f'{{{{ gettext("{behind}", p={object_}) }}}}', encoding="utf-8"
    )
    with pytest.raises(ModelError) as caught:
        fill(team_view, replace(default_report_settings(), own=tmp_path))
    (problem,) = caught.value.problems
    assert problem.code == "RG912" and SECRET not in problem.message


def test_a_translation_cannot_look_into_a_value() -> None:
    words = words_of("en")
    words.forms["{p} costs"] = ("{p.secret} kostet",)
    try:
        with pytest.raises(ValueError, match="braces hold the name of a value"):
            words.gettext("{p} costs", p=Trap())
    finally:
        del words.forms["{p} costs"]


def test_narrative_is_offered_a_known_list_of_functions() -> None:
    environment = Narrative(Speech(Printer()))
    assert set(environment.globals) == {"claim", "literal", "measure", "_joined"}
    assert set(environment.filters) == {"money", "quantity", "percent", "factor", "number", "date", "to"}
    assert environment.tests == {}


def test_no_function_or_filter_of_narrative_looks_into_an_object() -> None:
    environment = Narrative(Speech(Printer()))
    trap, texts = Trap(), ("{p.secret}", "{0.secret}", "{p[0]}", "%(secret)s", "secret")
    for function in (*environment.globals.values(), *environment.filters.values()):
        for text in texts:
            for arguments in ((text,), (text, trap), (text, True), (trap, text), (trap,), (1.0, text)):
                try:
                    shown = environment.speech.said(function(*arguments))
                except (NarrativeError, TypeError):
                    continue
                assert SECRET not in shown
    for text in ("{{ p.secret }}", "{{ p['secret'] }}", "{{ p.reveal() }}", "{{ p + 1 }}", "{{ p }}"):
        with pytest.raises(NarrativeError):
            environment.from_string(text).render(p=trap)


def test_every_name_of_the_narrative_leads_to_plain_values(team: Answers) -> None:
    names, seen = Names(team), 0
    open_ = [names.find(name) for name in names.known()]
    while open_:
        value = open_.pop()
        seen += 1
        assert isinstance(value, str | bool | int | float | date | None | Figure | Member | Missing), value
        parts = value.parts if isinstance(value, Member) else ()
        open_ += [part_of(value, each) for each in parts]
        for python in ("parts", "part", "values", "member", "__class__", "_found"):
            if python not in parts:
                with pytest.raises(NarrativeError):
                    part_of(value, python)
    assert seen > 100


def test_macros_and_markup_are_still_of_use() -> None:
    text = "{% macro m(x) %}<b>{{ x }}</b>{% endmacro %}{{ m('<') }}{{ gettext('{a} of {b}', a='<', b=2) }}"
    shown = templates().from_string(text).render()
    assert shown == "<b>&lt;</b>&lt; of 2"
    assert isinstance(templates().from_string("{% macro m() %}{% endmacro %}").module.m, Macro)  # type: ignore[attr-defined]
    assert templates().from_string("{{ p }}").render(p=Markup("<i>")) == "<i>"
