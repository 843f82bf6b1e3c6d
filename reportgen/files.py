"""Put finished files in place: the old one stays until the new one is complete on disk."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def put_in_place(path: Path, data: bytes) -> None:
    """Write a file atomically, making its folder. Raises OSError; then what was there before is unchanged."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
