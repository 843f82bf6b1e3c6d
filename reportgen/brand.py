"""The look that workbooks and reports share: name, logo, colours by role, fonts, and what stands in the footer.

It is read from a `brand.yaml`: a shipped one, one in the model's folder, or another that is asked for. Those that are
not shipped may leave roles, series and fonts to the plain shipped one. What is wrong in it is reported as in a model,
with its place in the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reportgen.branding.contrast import check_contrast
from reportgen.branding.fonts import FontFace, Fonts, Type, read_type
from reportgen.branding.logo import Logos, read_logos
from reportgen.branding.palette import Colors, read_palette
from reportgen.model.document import read_source, read_tree
from reportgen.model.fields import Fields
from reportgen.model.load import model_path
from reportgen.problems import Collector, ModelError, Problem, suggestion
from reportgen.resources import templates_folder
from reportgen.source import Source

BRAND_FILE = "brand.yaml"
PLAIN = "reportgen"
"""The shipped brand of who chooses none."""

MAX_NAME, MAX_FOOTER, MAX_LEGAL_LINES = 80, 80, 20
_KEYS = "name logo color typography footer legal disclaimer"


@dataclass(frozen=True, slots=True)
class Brand:
    """`footer` stands on printed pages; the lines of `legal` and the paragraph `disclaimer` once in a report; each may
    be empty. `faces` are the font files of reports; `folder` is where the brand's own files lie,
    `file` what it was read from if it is not a shipped one."""

    name: str
    logo: Logos | None
    colors: Colors
    fonts: Fonts
    footer: str
    legal: tuple[str, ...]
    disclaimer: str = ""
    faces: tuple[FontFace, ...] = ()
    folder: Path | None = None
    file: Path | None = None

    @property
    def font_folders(self) -> tuple[Path, ...]:
        """Where the files of its faces lie."""
        return tuple(dict.fromkeys(face.file.parent for face in self.faces))


def brand_of(model: Path, chosen: str = "") -> Brand:
    """The brand of the model at this path: the chosen one, else of the `brand.yaml` in its folder, else the plain one.

    Raises ModelError with every problem that was found.
    """
    if chosen:
        return find_brand(chosen, model)
    own = model_path(model).parent / BRAND_FILE
    return read_brand(own, shipped_brand()) if own.is_file() else shipped_brand()


def find_brand(name_or_path: str, model: Path) -> Brand:
    """A shipped brand by its name, or the brand of a file or a folder, seen from the model's folder or from here.

    Raises ModelError: RG211 if there is none, or with what is wrong in it.
    """
    if name_or_path in shipped_names():
        return shipped_brand(name=name_or_path)
    file = model_path(model)
    for folder in (file.parent, Path()):
        path = folder / name_or_path
        try:
            path = path / BRAND_FILE if path.is_dir() else path
            if path.is_file():
                return read_brand(path, shipped_brand())
        except (OSError, ValueError):  # too long for a file's name, or with signs that none has
            break
    known = shipped_names()
    listed = f"the shipped brands are {', '.join(known)}; others by the path of their {BRAND_FILE}"
    near = suggestion(name_or_path, known)
    problem = Problem(
        "RG211",
        f"there is no brand `{name_or_path[:120]}`",
        Source(str(file), ""),
        None,
        f"{near} {listed}" if near else listed,
    )
    raise ModelError([problem])


def shipped_names(templates: Path | None = None) -> tuple[str, ...]:
    """The names of the brands that come with reportgen, or with another templates folder."""
    folder = (templates or templates_folder()) / "brands"
    return tuple(sorted(file.parent.name for file in folder.glob(f"*/{BRAND_FILE}")))


@cache
def shipped_brand(templates: Path | None = None, name: str = PLAIN) -> Brand:
    """A brand that comes with a templates folder, the shipped one unless given. Raises ModelError."""
    return read_brand((templates or templates_folder()) / "brands" / name / BRAND_FILE)


def read_brand(path: Path, otherwise: Brand | None = None) -> Brand:
    """The brand of a file; `otherwise` has the colours and fonts that it may leave out. Raises ModelError."""
    source = read_source(path)
    problems = Collector(source)
    keys = Fields(read_tree(source, problems), "the brand", _KEYS, problems)
    painted = read_palette(keys, otherwise.colors if otherwise else None)
    check_contrast(painted, problems)
    type_ = read_type(keys, path.parent, Type(otherwise.fonts, otherwise.faces) if otherwise else None)
    found = Brand(
        name=keys.text("name", most=MAX_NAME),
        logo=read_logos(keys, path.parent, is_own=otherwise is not None),
        colors=painted.colors,
        fonts=type_.fonts,
        footer=keys.text("footer", required=False, most=MAX_FOOTER),
        legal=_legal(keys),
        disclaimer=" ".join(keys.text("disclaimer", required=False).split()),
        faces=type_.faces,
        folder=path.parent.resolve(),
        file=path.parent.resolve() / path.name if otherwise else None,
    )
    problems.raise_if_failed()
    return found


def _legal(keys: Fields) -> tuple[str, ...]:
    lines = keys.texts("legal")
    if len(lines) > MAX_LEGAL_LINES:
        message = f"`legal` has {len(lines):,} lines; {MAX_LEGAL_LINES} can be shown"
        keys.problems.error("RG213", message, lines[MAX_LEGAL_LINES].span, "put them together, or refer to a page")
    return tuple(line.text for line in lines)
