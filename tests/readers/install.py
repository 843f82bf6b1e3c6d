"""Install the packages of package-lock.json into the folder that is given; their own scripts are not run."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tests.readers.programs import node


def main(folder: Path) -> int:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name in ("package.json", "package-lock.json"):
        shutil.copy(Path(__file__).with_name(name), folder)
    npm = node().parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    return subprocess.run([node(), npm, "ci", *options], cwd=folder, stdin=subprocess.DEVNULL, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
