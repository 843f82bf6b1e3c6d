"""The script `run` on made-up machines: a PATH that holds a few real tools and stand-ins that write down how they are
called. No network, and nothing of this machine is changed.
"""

from __future__ import annotations

import ctypes
import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = (ROOT / "run").read_text(encoding="utf-8")
REAL_TOOLS = ("cat", "cksum", "cp", "dirname", "env", "head", "mkdir", "readlink", "rm", "sed", "sh", "tail", "tr")
PANGO = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core"
OFFICE = "libreoffice-calc-nogui python3-uno poppler-utils"
TEST_TOOLS = f"{OFFICE} chromium-headless-shell libatomic1 default-jre-headless libjaxb-java"

# Each stand-in begins with this: what the machine has are files in $has, and calls are logged there too. The PATH stays
# as it is: a stand-in for sudo must not find the real apt-get.
HEAD = """#!/bin/sh
has={has}
name=${{0##*/}}
"""

# A Python, of the system or of .venv. $has/venv: it can make environments; $has/pango: the libraries load;
# $has/bridge: `import uno` works; $has/offline: pip finds nothing; $has/gutted: packages are gone from .venv;
# $has/fails-NAME: that checker finds something.
PYTHON = """
case "$*" in
    *ensurepip*) [ -e "$has/venv" ] && echo "$0"; exit ;;
    *find_spec*) [ ! -e "$has/gutted" ]; exit ;;
    *ctypes*) [ -e "$has/pango" ]; exit ;;
    *"import uno"*) [ -e "$has/bridge" ]; exit ;;
esac
echo "$name $*" >>"$has/log"
case "$*" in
    "-m venv --clear "*)
        rm -rf "$4" && mkdir -p "$4/bin" && cp "$0" "$4/bin/python" && echo "executable = $0" >"$4/pyvenv.cfg"
        rm -f "$has/gutted"
        ;;
    "-m pip install "*)
        if [ -e "$has/offline" ]; then echo "no route to the index"; exit 1; fi
        [ "$PIP_USER" = 0 ] || exit 1  # or a person's own pip settings would be in force
        case "$*" in *--editable*) echo script >"${0%/*}/reportgen" ;; esac
        ;;
    "-m pytest"*)
        echo "pytest in $(pwd)"
        [ ! -e "$has/fails-pytest" ]
        ;;
    "-m "*) [ ! -e "$has/fails-$2" ] ;;
    *"/bin/reportgen "*)
        shift
        echo "reportgen in $(pwd):" "$#" "$@"
        [ ! -e "$has/fails-reportgen" ] || exit 3
        ;;
esac
"""

# Packages can be installed once the lists have been fetched ($has/lists).
APT = """
echo "$name $*" >>"$has/log"
case "$*" in
    *update*) [ -e "$has/no-network" ] || : >"$has/lists" ;;
    *install*)
        [ -e "$has/lists" ] || exit 100
        case "$*" in *python3-venv*) : >"$has/venv" ;; esac
        case "$*" in *libpango*) : >"$has/pango" ;; esac
        case "$*" in *python3-uno*) : >"$has/bridge" ;; esac
        case "$*" in *libreoffice-calc-nogui*) mkdir -p "$has/office" && : >"$has/office/libsclo.so" ;; esac
        ;;
esac
"""

# Without $has/sudo-rights it asks for a password, which `sudo -n` must not.
SUDO = """
echo "$name $*" >>"$has/log"
if [ "$1" = -n ]; then
    shift
    [ -e "$has/sudo-rights" ] || exit 1
fi
"$@"
"""


class Machine:
    """A machine with a checkout, a package manager (or none), and a Python that may lack this or that."""

    def __init__(self, folder: Path) -> None:
        self.has = folder / "has"
        self.bin = folder / "bin"
        self.checkout = folder / "a checkout"
        for path in (self.has, self.bin, self.checkout):
            path.mkdir()
        for tool in REAL_TOOLS:
            real = shutil.which(tool)
            assert real is not None, tool
            (self.bin / tool).symlink_to(real)
        for file in ("pyproject.toml", "constraints.txt"):
            shutil.copy(ROOT / file, self.checkout)
        (self.checkout / "tests" / "readers").mkdir(parents=True)
        shutil.copy(ROOT / "tests" / "readers" / "package-lock.json", self.checkout / "tests" / "readers")
        self.system_python = self.stand_in("system-python", PYTHON)
        self.script = self.checkout / "run"
        assert SCRIPT.count("/usr/bin/python3") == 1
        assert SCRIPT.count("/usr/share/java/") == 1
        script = SCRIPT.replace("/usr/bin/python3", str(self.system_python))
        self.script.write_text(script.replace("/usr/share/java/", f"{self.has}/"), encoding="utf-8")
        self.script.chmod(0o755)
        self.stand_in("uname", 'echo "${UNAME:-Linux}"')
        self.stand_in("python3", PYTHON)
        self.user(0)

    def stand_in(self, name: str, body: str) -> Path:
        path = self.bin / name
        path.write_text(HEAD.format(has=self.has) + body, encoding="utf-8")
        path.chmod(0o755)
        return path

    def user(self, number: int) -> None:
        self.stand_in("id", f"echo {number}")

    def give(self, *things: str) -> None:
        for thing in things:
            (self.has / thing).touch()

    def take(self, *things: str) -> None:
        for thing in things:
            (self.has / thing).unlink()

    def office(self) -> None:
        """LibreOffice's, Poppler's, Chromium's and Java's commands; the spreadsheet itself comes with its package."""
        (self.has / "office").mkdir()
        (self.has / "office" / "soffice").touch(mode=0o755)
        (self.bin / "soffice").symlink_to(self.has / "office" / "soffice")
        self.stand_in("pdftotext", "")
        self.stand_in("pdftoppm", "")
        self.stand_in("chromium-headless-shell", "")
        self.stand_in("java", "")
        (self.has / "jaxb-runtime.jar").touch()

    def run(
        self,
        *arguments: str,
        script: Path | None = None,
        cwd: Path | None = None,
        stderr: int = subprocess.PIPE,
        **variables: str,
    ) -> subprocess.CompletedProcess[str]:
        """Call the script. What it and its children called is then in `calls`."""
        log = self.has / "log"
        log.write_text("")
        done = subprocess.run(
            [script or self.script, *arguments],
            cwd=cwd or self.checkout,
            env={"PATH": str(self.bin), **variables},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
            timeout=60,
            check=False,
        )
        self.calls = log.read_text().splitlines()
        return done

    def called(self, beginning: str) -> list[str]:
        return [call for call in self.calls if call.startswith(beginning)]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.fixture
def ready(machine: Machine) -> Machine:
    """A machine on which the script has run once and lacked nothing."""
    machine.give("venv", "pango")
    assert machine.run("show").returncode == 0
    return machine


def test_syntax_is_that_of_the_plain_shell() -> None:
    subprocess.run(["sh", "-n", ROOT / "run"], check=True)
    assert os.access(ROOT / "run", os.X_OK)


# ---- a first run


def test_bare_machine(machine: Machine) -> None:
    machine.stand_in("apt-get", APT)
    done = machine.run("build", "my model.yaml")
    assert done.returncode == 0
    assert done.stdout == f"reportgen in {machine.checkout}: 2 build my model.yaml\n"
    calls = [call.replace("-q -y -o DPkg::Lock::Timeout=300 ", "") for call in machine.calls]
    pip = "python -m pip install --quiet --no-input --disable-pip-version-check --constraint constraints.txt "
    assert calls == [
        "apt-get install --no-install-recommends python3 python3-venv",
        "apt-get update",
        "apt-get install --no-install-recommends python3 python3-venv",
        f"python3 -m venv --clear {machine.checkout}/.venv",
        f"{pip}hatchling editables",
        f"{pip}--no-build-isolation --editable .",
        f"apt-get install --no-install-recommends {PANGO}",
        f"python {machine.checkout}/.venv/bin/reportgen build my model.yaml",
    ]
    assert all(line.startswith("run: ") for line in done.stderr.splitlines())


def test_looks_behind_an_unfit_python(machine: Machine, tmp_path: Path) -> None:
    machine.give("pango")
    fit = tmp_path / "other bin" / "python3.12"
    fit.parent.mkdir()
    fit.write_text(HEAD.format(has=machine.has) + PYTHON.replace('[ -e "$has/venv" ] && ', ""), encoding="utf-8")
    fit.chmod(0o755)
    done = machine.run("show", PATH=f"{machine.bin}:{fit.parent}")
    assert done.returncode == 0
    assert f"making .venv with {fit}" in done.stderr


@pytest.mark.parametrize("there", [(), ("no-network",)])
def test_no_python_to_be_had(machine: Machine, there: tuple[str, ...]) -> None:
    if there:
        machine.stand_in("apt-get", APT)
        machine.give(*there)
    done = machine.run("show")
    assert (done.returncode, done.stdout) == (4, "")
    command = "apt-get update && apt-get install python3 python3-venv" if there else "by the means of this system"
    assert command in done.stderr


def test_failed_download(machine: Machine) -> None:
    machine.give("venv", "pango", "offline")
    done = machine.run("show")
    assert (done.returncode, done.stdout) == (4, "")
    assert "no route to the index" in done.stderr
    assert "could not be installed" in done.stderr
    assert not machine.called("python /")
    machine.take("offline")
    assert machine.run("show").returncode == 0
    assert machine.called("python3 -m venv")  # what the failure left is not trusted


def test_failed_update_is_not_taken_for_done(ready: Machine) -> None:
    """What the failure left is not trusted, even when pyproject.toml is put back to what the stamp had."""
    project = ready.checkout / "pyproject.toml"
    before = project.read_text(encoding="utf-8")
    project.write_text(before + "# changed\n", encoding="utf-8")
    ready.give("offline")
    assert ready.run("show").returncode == 4
    ready.take("offline")
    project.write_text(before, encoding="utf-8")
    assert ready.run("show").returncode == 0
    assert ready.called("python3 -m venv")


def test_read_only_checkout(machine: Machine) -> None:
    machine.give("venv", "pango")
    # As root every folder can be written, so the question is answered for the script.
    text = machine.script.read_text(encoding="utf-8")
    assert text.count('[ ! -w "$root" ]') == 1
    machine.script.write_text(text.replace('[ ! -w "$root" ]', "true"), encoding="utf-8")
    done = machine.run("show")
    assert (done.returncode, done.stdout, machine.calls) == (3, "", [])


# ---- later runs


def test_second_run_only_starts_reportgen(ready: Machine) -> None:
    done = ready.run("show", "--json")
    assert done.stdout == f"reportgen in {ready.checkout}: 2 show --json\n"
    assert done.stderr == ""
    assert ready.calls == [f"python {ready.checkout}/.venv/bin/reportgen show --json"]


def test_exit_code_is_passed_on(ready: Machine) -> None:
    ready.give("fails-reportgen")
    assert ready.run("build").returncode == 3


@pytest.mark.parametrize("file", ["pyproject.toml", "constraints.txt"])
def test_changed_file_is_installed_over(ready: Machine, file: str) -> None:
    with (ready.checkout / file).open("a", encoding="utf-8") as opened:
        opened.write("# changed\n")
    assert ready.run("show").returncode == 0
    assert ready.called("python -m pip install")
    assert not ready.called("python3 -m venv")
    ready.run("show")
    assert not ready.called("python -m pip install")


@pytest.mark.parametrize("harm", ["no stamp", "empty stamp", "no python", "no packages", "no script"])
def test_broken_environment_is_made_anew(ready: Machine, harm: str) -> None:
    venv = ready.checkout / ".venv"
    match harm:
        case "no stamp":
            (venv / "stamp").unlink()
        case "empty stamp":
            (venv / "stamp").write_text("")
        case "no python":
            (venv / "bin" / "python").unlink()
        case "no packages":
            ready.give("gutted")
        case "no script":
            (venv / "bin" / "reportgen").unlink()
    assert ready.run("show").returncode == 0
    assert ready.called("python3 -m venv")
    assert ready.called("python -m pip install")
    ready.run("show")
    assert not ready.called("python3 -m venv")


def test_moved_checkout_is_made_anew(ready: Machine) -> None:
    """An editable install would go on running the code of the old place."""
    ready.checkout = ready.checkout.rename(ready.checkout.with_name("moved"))
    done = ready.run("show", script=ready.checkout / "run")
    assert done.stdout == f"reportgen in {ready.checkout}: 1 show\n"
    assert ready.called("python3 -m venv")


def test_called_through_links_from_elsewhere(ready: Machine, tmp_path: Path) -> None:
    elsewhere = tmp_path / "else where"
    elsewhere.mkdir()
    (elsewhere / "second").symlink_to("../first")
    (tmp_path / "first").symlink_to(ready.script)
    done = ready.run("show", "a.yaml", script=elsewhere / "second", cwd=tmp_path)
    assert done.stdout == f"reportgen in {tmp_path}: 2 show a.yaml\n"
    assert len(ready.calls) == 1


# ---- Pango


def test_pango_without_fetching_the_lists(machine: Machine) -> None:
    machine.stand_in("apt-get", APT)
    machine.give("venv", "lists")
    assert machine.run("show").returncode == 0
    options = "-q -y -o DPkg::Lock::Timeout=300 install --no-install-recommends"
    assert machine.called("apt-get") == [f"apt-get {options} {PANGO}"]


def test_pango_is_installed_through_sudo(machine: Machine) -> None:
    machine.user(1000)
    machine.stand_in("apt-get", APT)
    machine.stand_in("sudo", SUDO)
    machine.give("venv", "lists", "sudo-rights")
    assert machine.run("show").returncode == 0
    assert machine.called("sudo env DEBIAN_FRONTEND=noninteractive apt-get")
    assert (machine.has / "pango").exists()


@pytest.mark.parametrize("sudo", [True, False])
def test_no_rights_to_install_pango(machine: Machine, sudo: bool) -> None:
    machine.user(1000)
    machine.stand_in("apt-get", APT)
    machine.give("venv", "lists")
    if sudo:
        machine.stand_in("sudo", SUDO)
    done = machine.run("show")
    assert done.returncode == 0
    assert done.stdout == f"reportgen in {machine.checkout}: 1 show\n"
    assert not machine.called("apt-get")
    assert len(done.stderr.splitlines()) == 3  # .venv, packages, and the advice
    assert machine.called("sudo") == ["sudo -n true"] * sudo
    if sudo:
        assert f"with: sudo apt-get update && sudo apt-get install {PANGO}\n" in done.stderr
    else:
        assert f"as root with: apt-get update && apt-get install {PANGO}\n" in done.stderr


def test_sudo_may_ask_a_person(machine: Machine) -> None:
    machine.user(1000)
    machine.stand_in("apt-get", APT)
    machine.stand_in("sudo", SUDO)
    machine.give("venv", "lists")
    terminal, end = pty.openpty()
    try:
        assert machine.run("show", stderr=end).returncode == 0
    finally:
        os.close(terminal)
        os.close(end)
    assert (machine.has / "pango").exists()


def test_pango_installed_but_of_no_use(machine: Machine) -> None:
    machine.stand_in("apt-get", "exit 0")
    machine.give("venv")
    assert "no PDF can be made without Pango" in machine.run("show").stderr


def test_pango_is_tried_once(machine: Machine) -> None:
    machine.stand_in("apt-get", APT)
    machine.give("venv", "no-network")
    assert "no PDF can be made without Pango" in machine.run("show").stderr
    assert machine.called("apt-get")
    assert "no PDF can be made without Pango" in machine.run("show").stderr
    assert not machine.called("apt-get")


@pytest.mark.parametrize(
    ("manager", "command"),
    [
        ("dnf", "dnf install pango harfbuzz dejavu-sans-fonts"),
        ("zypper", "zypper install libpango-1_0-0 libharfbuzz-subset0 dejavu-fonts"),
        ("pacman", "pacman -S pango ttf-dejavu"),
        ("apk", "apk add so:libpangoft2-1.0.so.0 so:libharfbuzz-subset.so.0 font-dejavu"),
        ("nothing known", "install pango by the means of this system"),
    ],
)
def test_pango_on_other_systems_is_named(machine: Machine, manager: str, command: str) -> None:
    machine.stand_in(manager, 'echo "$name $*" >>"$has/log"')
    machine.give("venv")
    done = machine.run("show")
    assert done.returncode == 0
    assert done.stdout == f"reportgen in {machine.checkout}: 1 show\n"
    assert f"{command}\n" in done.stderr
    assert not machine.called(manager)


def test_pango_on_a_mac(machine: Machine) -> None:
    machine.user(501)
    machine.stand_in("brew", 'echo "$name $*" >>"$has/log"; : >"$has/pango"')
    machine.stand_in("apt-get", APT)  # some have it, but not for this
    machine.give("venv")
    done = machine.run("show", UNAME="Darwin")
    assert done.returncode == 0
    assert machine.called("brew") == ["brew install pango"]
    assert not machine.called("apt-get")
    assert "no PDF" not in done.stderr
    machine.take("pango")
    assert "install it with: brew install pango\n" in machine.run("show", UNAME="Darwin").stderr


# ---- the tests and the benchmarks


@pytest.fixture
def tested(ready: Machine) -> Machine:
    """A machine on which the tests have run once and lacked nothing."""
    ready.office()
    ready.stand_in("apt-get", APT)
    ready.give("lists")
    assert ready.run("test").returncode == 0
    return ready


def test_test_gets_its_tools_once(ready: Machine) -> None:
    ready.office()
    ready.stand_in("apt-get", APT)
    ready.give("lists")
    (ready.bin / "pdftoppm").unlink()
    (ready.bin / "chromium-headless-shell").unlink()
    (ready.bin / "java").unlink()
    done = ready.run("test")
    assert done.returncode == 4  # the stand-in for apt has no pdftoppm to give
    assert "poppler" in done.stderr
    assert "chromium java" in done.stderr
    ready.stand_in("pdftoppm", "")
    ready.stand_in("chromium-headless-shell", "")
    ready.stand_in("java", "")
    assert len(ready.called("apt-get")) == 1
    assert ready.called("apt-get")[0].endswith(TEST_TOOLS)
    assert ready.called("python -m pip install")[-1].endswith("--editable .[test]")
    assert not ready.called("python -m tests.readers.install")
    assert ready.run("test").returncode == 0
    readers = f"{ready.checkout}/.venv/readers"
    assert ready.called("python -m pip install")[0].endswith(f"--no-deps --target {readers}/java pyreportjasper")
    assert ready.called("python -m tests.readers") == [f"python -m tests.readers.install {readers}/javascript"]
    assert ready.run("test").returncode == 0
    assert not ready.called("apt-get")
    assert not ready.called("python -m pip")
    assert not ready.called("python -m tests.readers")
    assert not ready.called("python3 -m venv")


@pytest.mark.parametrize("missing", ["bridge", "pango"])
def test_test_stops_without_a_tool(tested: Machine, missing: str) -> None:
    tested.user(1000)
    tested.take(missing)
    done = tested.run("test")
    assert done.returncode == 4
    package = {"bridge": "python3-uno", "pango": PANGO}[missing]
    assert f"as root with: apt-get update && apt-get install {package}\n" in done.stderr
    assert not tested.called("python -m pytest")


def test_test_stops_off_linux(tested: Machine) -> None:
    done = tested.run("test", UNAME="Darwin")
    assert done.returncode == 4
    assert "Linux" in done.stderr


def test_test_runs_every_checker(tested: Machine) -> None:
    in_processes = "python -m pytest -n auto --maxprocesses 4 --dist worksteal"
    checkers = ["python -m ruff check", "python -m ruff format --check", "python -m mypy", in_processes]
    assert tested.run("test").returncode == 0
    assert tested.calls == checkers
    tested.give("fails-mypy")
    done = tested.run("test")
    assert (done.returncode, tested.calls) == (1, checkers)
    assert done.stderr.endswith("run: failed: mypy\n")
    assert done.stdout == f"pytest in {tested.checkout}\n"


def test_test_with_arguments_is_pytest_alone(tested: Machine) -> None:
    tests = tested.checkout / "tests"
    (tests / "test_a.py").touch()
    pytest_call = f"python -m pytest -c {tested.checkout}/pyproject.toml --rootdir {tested.checkout} "
    # A path is seen from where the caller stands; without one, all tests are meant.
    for argument, cwd in [("test_a.py::test_b", tests), ("--lf", tested.checkout)]:
        done = tested.run("test", argument, cwd=tests)
        assert (done.returncode, done.stdout) == (0, f"pytest in {cwd}\n")
        assert tested.calls == [pytest_call + argument]
    tested.give("fails-pytest")
    assert tested.run("test", "--lf").returncode == 1


def test_tools_of_a_newer_package_are_installed_again(tested: Machine) -> None:
    with (tested.checkout / "constraints.txt").open("a", encoding="utf-8") as opened:
        opened.write("# changed\n")
    assert tested.run("test").returncode == 0
    assert [call.rpartition(" ")[2] for call in tested.called("python -m pip")] == [
        "editables",
        ".",
        "editables",
        ".[test]",
        "pyreportjasper",
    ]


def test_readers_are_installed_again_with_another_lock(tested: Machine) -> None:
    with (tested.checkout / "tests" / "readers" / "package-lock.json").open("a", encoding="utf-8") as opened:
        opened.write("\n")
    tested.give("fails-tests.readers.install")
    done = tested.run("test")
    assert done.returncode == 4
    assert "packages of npm could not be installed" in done.stderr
    assert not tested.called("python -m pytest")
    tested.take("fails-tests.readers.install")
    assert tested.run("test").returncode == 0  # what the failure left is not trusted
    assert tested.called("python -m tests.readers.install")


def test_bench(tested: Machine) -> None:
    assert tested.run("bench", "--quick").returncode == 0
    assert tested.calls == ["python -P -m benchmarks --quick"]


def test_fuzz(tested: Machine) -> None:
    assert tested.run("fuzz", "30", "--seed", "7").returncode == 0
    assert tested.calls == ["python -P -m tests.fuzz 30 --seed 7"]


# ---- the questions put to Python, which the stand-ins answer above


def question(about: str) -> str:
    (code,) = [code for code in re.findall(r"-I -c '\n(.+?)\n'", SCRIPT, re.DOTALL) if about in code]
    return code


def answer(code: str) -> int:
    """The exit code, if the question is put to this Python."""
    try:
        exec(compile(code, "run", "exec"), {"__name__": "__main__"})
    except SystemExit as stopped:
        return int(stopped.code or 0)
    return 0


def test_finds_the_interpreter_behind_an_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    real = tmp_path / "python3.11"
    real.touch()
    (tmp_path / "python3").symlink_to(real)
    monkeypatch.setattr(sys, "_base_executable", str(tmp_path / "python3"))
    assert answer(question("ensurepip")) == 0
    assert capsys.readouterr().out == f"{real}\n"


def test_python_3_10_is_too_old(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 12))
    assert answer(question("ensurepip")) == 1
    assert capsys.readouterr().out == ""


def test_gutted_environment_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert answer(question("find_spec")) == 0
    monkeypatch.setattr(sys, "path", [folder for folder in sys.path if "site-packages" not in folder])
    for name in [name for name in sys.modules if name.partition(".")[0] in ("click", "weasyprint")]:
        monkeypatch.delitem(sys.modules, name)
    assert answer(question("find_spec")) == 1


@pytest.mark.parametrize(
    ("platform", "files"),
    [
        (
            "linux",
            "libgobject-2.0.so.0 libpango-1.0.so.0 libpangoft2-1.0.so.0 "
            "libharfbuzz.so.0 libharfbuzz-subset.so.0 libfontconfig.so.1",
        ),
        (
            "darwin",
            "libgobject-2.0.0.dylib libpango-1.0.0.dylib libpangoft2-1.0.0.dylib "
            "libharfbuzz.0.dylib libharfbuzz-subset.0.dylib libfontconfig.1.dylib",
        ),
    ],
)
def test_every_library_of_weasyprint_is_asked_for(monkeypatch: pytest.MonkeyPatch, platform: str, files: str) -> None:
    there = set(files.split())

    def load(path: str) -> object:
        folder, _, name = path.rpartition("/")
        if name in there and folder == ("/opt/homebrew/lib" if platform == "darwin" else ""):
            return object()
        raise OSError(path)

    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(ctypes, "CDLL", load)
    assert answer(question("ctypes")) == 0
    for file in files.split():
        there.remove(file)
        assert answer(question("ctypes")) == 1
        there.add(file)
