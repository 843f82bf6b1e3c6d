"""Fixed texts: all are in the catalogs, all translations can be filled, and what a language lacks is reported."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from reportgen.brand import shipped_brand
from reportgen.compute.features import INCLUDED, STATUSES
from reportgen.model.features_model import ANSWERS
from reportgen.model.model import INCOMPLETE, NOT_QUOTED
from reportgen.model.published_model import VERDICTS
from reportgen.model.spec import EVIDENCE
from reportgen.presentation.terms import TERMS
from reportgen.presentation.words import CATALOGS, Words, catalog_path, parsed_locale, read_catalog, words_of
from reportgen.problems import render
from reportgen.report.collect_messages import update_catalog
from reportgen.report.report_settings import LOCALES, ReportSettings
from reportgen.report.translations import (
    missing_messages,
    placeholders,
    texts_of_program,
    texts_of_templates,
    translation_problems,
)
from reportgen.resources import templates_folder

GERMAN = catalog_path(templates_folder(), "de")
HEAD = 'msgid ""\nmsgstr ""\n"Language: de\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
LETTER = '<p>{{ view.title }}</p>\n<p>{{ gettext("Contents") }}</p>\n<h1>{{ gettext("Dear board") }}</h1>\n'


def report_settings_of(locale: str, own: Path | None = None) -> ReportSettings:
    return ReportSettings(shipped_brand(), locale=locale, own=own)


def translations() -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Each text with its translations, in as many forms as they have."""
    found = []
    for each in read_catalog(GERMAN):
        texts = (each.id,) if isinstance(each.id, str) else tuple(each.id)
        forms = (each.string,) if isinstance(each.string, str) else tuple(each.string or ())
        if texts[0]:
            found.append((texts, forms))
    return found


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A user's folder with a template that says something of its own."""
    (tmp_path / "letter").mkdir()
    (tmp_path / "letter" / "template.html").write_text(LETTER, encoding="utf-8")
    (tmp_path / CATALOGS).mkdir()
    return tmp_path


def write_catalog(own: Path, text: str) -> None:
    catalog_path(own, "de").write_text(HEAD + text, encoding="utf-8")


@pytest.mark.parametrize("locale", LOCALES)
def test_no_language_lacks_a_text(locale: str) -> None:
    assert missing_messages(report_settings_of(locale)) == ()


def test_the_catalog_holds_just_what_is_said() -> None:
    said = {each.one for each in (*texts_of_program(), *texts_of_templates(templates_folder()))}
    catalog = read_catalog(GERMAN)
    assert {texts[0] for texts, _ in translations()} == said
    assert [each.id for each in catalog if each.id and each.fuzzy] == []
    assert dict(catalog.obsolete) == {}
    assert len(said) > 300


def test_a_text_has_a_plural_in_all_places_or_in_none() -> None:
    plurals: dict[str, set[str]] = {}
    for each in (*texts_of_program(), *texts_of_templates(templates_folder())):
        plurals.setdefault(each.one, set()).add(each.many)
    assert {one: forms for one, forms in plurals.items() if len(forms) > 1} == {}


def test_translations_have_the_values_of_their_texts() -> None:
    wrong = [
        (text, form)
        for texts, forms in translations()
        for text, form in zip(texts, forms, strict=True)
        if placeholders(text) != placeholders(form) or ("%" in text) != ("%" in form)
    ]
    assert wrong == []


def test_what_the_template_engine_fills_can_be_filled() -> None:
    for texts, forms in translations():
        if any("%(" in text or "%%" in text for text in texts):
            for form in forms:
                assert form % defaultdict(lambda: "x"), form


def test_german_has_two_forms_and_its_own_signs() -> None:
    catalog = read_catalog(GERMAN)
    assert catalog.num_plurals == 2
    assert all(len(texts) == len(forms) for texts, forms in translations())
    text = GERMAN.read_text(encoding="utf-8")
    german = "\n".join(form for _, forms in translations() for form in forms)
    assert "fuzzy" not in text
    assert re.findall(r"\d %|[\"”]|'", german) == []
    assert german.count("„") == german.count("“") > 0


def test_counts_choose_the_form_and_are_written_as_in_the_language() -> None:
    german, english = words_of("de"), words_of("en")
    shown = [german.ngettext("{count} source", "{count} sources", count) for count in (0, 1, 2, 1_200)]
    assert shown == ["0 Quellen", "1 Quelle", "2 Quellen", "1.200 Quellen"]
    assert english.ngettext("{count} source", "{count} sources", 1_200) == "1,200 sources"
    assert words_of("de_CH").ngettext("{count} source", "{count} sources", 1_200) == "1’200 Quellen"
    assert german.ngettext("{count} source", "{count} sources", 2, count="two") == "two Quellen"


def test_swiss_german_has_no_sharp_s_and_its_own_quotation_marks() -> None:
    text = "{criterion} by the total “{total}”"
    assert words_of("de-AT").gettext(text, criterion="Maß", total="x") == "Maß nach der Summe „x“"
    assert words_of("de-CH").gettext(text, criterion="Maß", total="x") == "Maß nach der Summe «x»"
    assert not any("ß" in form for forms in words_of("de-CH").forms.values() for form in forms)


def test_locales_are_written_with_either_sign() -> None:
    assert parsed_locale("de-AT") == parsed_locale("de_AT")
    assert words_of("de-AT") is words_of("de_AT", ())
    assert (report_settings_of("de-AT").language, report_settings_of("en").language) == ("de", "en")


def test_a_list_is_written_as_in_the_language() -> None:
    assert words_of("en").listed(["a", "b", "c"]) == "a, b, and c"
    assert words_of("de").listed(["a", "b", "c"]) == "a, b und c"


def test_every_state_of_the_models_vocabulary_is_a_term() -> None:
    vocabulary = {*ANSWERS, *STATUSES, *VERDICTS, *EVIDENCE, INCLUDED, NOT_QUOTED, INCOMPLETE, "none"}
    assert set(TERMS) == vocabulary


def test_a_text_without_translation_stays_english_and_is_remembered() -> None:
    words = Words(parsed_locale("de"), {"a": ("A",)}, lambda count: int(count != 1))
    assert [words.gettext("a"), words.gettext("b {x}", x=1), words.ngettext("c", "cs", 2)] == ["A", "b 1", "cs"]
    assert words.missing == {"b {x}", "c"}


def test_what_an_own_template_says_untranslated_is_reported_at_its_place(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = own.rename(own.parent / "mine")
    monkeypatch.chdir(mine.parent)
    (problem,) = translation_problems(report_settings_of("de", Path("mine")))
    page = (Path(__file__).parents[2] / "docs" / "errors.md").read_text(encoding="utf-8")
    assert f"```text\n{render(problem)}\n```" in page
    assert missing_messages(report_settings_of("de", Path("mine"))) == ("Dear board",)
    assert translation_problems(report_settings_of("en", Path("mine"))) == ()


def test_what_a_template_makes_up_as_it_runs_is_reported_afterwards(own: Path) -> None:
    report_settings = report_settings_of("de-AT", own)
    words_of(report_settings.locale, report_settings.own_folders).gettext("Dear " + "customer")
    problems = translation_problems(report_settings)
    assert [each.message.split("`")[1] for each in problems] == ["Dear board", "Dear customer"]
    assert (problems[1].source.name, problems[1].span) == (str(catalog_path(own, "de")), None)


def test_an_own_catalog_goes_before_the_shipped_one(own: Path) -> None:
    write_catalog(own, 'msgid "Dear board"\nmsgstr "Sehr geehrter Vorstand"\n\nmsgid "Contents"\nmsgstr "Übersicht"\n')
    report_settings = report_settings_of("de", own)
    assert translation_problems(report_settings) == ()
    words = words_of(report_settings.locale, report_settings.own_folders)
    assert [words.gettext("Dear board"), words.gettext("Contents"), words.gettext("Summary")] == [
        "Sehr geehrter Vorstand",
        "Übersicht",
        "Zusammenfassung",
    ]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('msgid "{count} stale"\nmsgstr "{cuont} veraltet"\n', "has not the values"),
        ('msgid "{count} stale"\nmsgstr "{count veraltet"\n', "has not the values"),
        ("Contents: Inhalt\n", "the catalog cannot be read"),
    ],
)
def test_an_own_catalog_that_is_unsound_is_reported_and_not_used(own: Path, written: str, said: str) -> None:
    write_catalog(own, written)
    (problem,) = translation_problems(report_settings_of("de", own))
    assert problem.code == "RG911"
    assert said in problem.message
    assert problem.source.name == str(catalog_path(own, "de"))
    assert problem.span is not None
    assert problem.source.position(problem.span.start)[0] >= 6


def test_a_catalog_that_is_not_utf_8_is_reported(own: Path) -> None:
    catalog_path(own, "de").write_bytes(HEAD.encode() + 'msgid "Contents"\nmsgstr "Übersicht"\n'.encode("latin-1"))
    (problem,) = translation_problems(report_settings_of("de", own))
    assert "cannot be read" in problem.message


def test_a_catalog_is_brought_up_to_date(own: Path) -> None:
    write_catalog(own, 'msgid "Gone"\nmsgstr "Weg"\n\nmsgid "Contents"\nmsgstr "Inhalt"\n')
    lacking = update_catalog(catalog_path(own, "de"), own)
    written = catalog_path(own, "de").read_text(encoding="utf-8")
    assert "Dear board" in lacking
    assert "Contents" not in lacking
    assert written.startswith(HEAD)
    assert "Gone" not in written
    assert '\n#: letter/template.html\nmsgid "Dear board"\nmsgstr ""\n' in written.replace(f"{own.name}/", "")
    assert update_catalog(catalog_path(own, "de"), own) == lacking
    assert catalog_path(own, "de").read_text(encoding="utf-8") == written
