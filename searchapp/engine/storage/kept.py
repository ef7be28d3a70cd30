"""Which generations are kept by name? One small file under its own checksum, replaced whole."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from searchapp.engine.storage.durable import replace_synced
from searchapp.engine.storage.manifest import damaged, sealed, unsealed

KEPT = "KEPT"
CURE = "Put it back from a backup, or delete it and name the generations again with `searchapp keep N --name NAME`"


def read_kept(root: Path) -> dict[int, str]:
    """The name of each generation that has one; IndexDamaged where the file is not what was written."""
    try:
        text = (root / KEPT).read_bytes().decode("ascii", errors="replace")
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise damaged(KEPT, f"cannot be read: {error.strerror}", CURE) from error
    names: dict[str, str] = json.loads(unsealed(text, file=KEPT, cure=CURE))
    return {int(number): name for number, name in names.items()}


def write_kept(root: Path, names: Mapping[int, str]) -> None:
    """Return once these names, and no others, stand on the disk."""
    body = json.dumps({str(number): name for number, name in sorted(names.items())}, indent=1)
    replace_synced(root / KEPT, sealed(body))
