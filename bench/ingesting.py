"""How many documents does an ingest read, clean, tag and index in a second of CPU, and in how much memory?"""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
from pathlib import Path


def measure_ingest(corpus: Path, index: Path) -> dict[str, float | int]:
    """One ingest of `corpus` into an empty `index`, then one of the same: CPU seconds, rate, peak memory."""
    shutil.rmtree(index, ignore_errors=True)
    first, cpu, peak = _run(corpus, index)
    again, cpu_again, _ = _run(corpus, index)
    return {
        "documents": int(first["indexed"]),
        "cpu_seconds": round(cpu, 1),
        "documents_per_cpu_second": round(first["indexed"] / cpu, 1),
        "peak_megabytes": round(peak),
        "unchanged_again": int(again["unchanged"]),
        "cpu_seconds_again": round(cpu_again, 1),
        "index_megabytes": round(sum(file.stat().st_size for file in index.rglob("*") if file.is_file()) / 2**20),
    }


def _run(corpus: Path, index: Path) -> tuple[dict[str, int], float, float]:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "searchapp.cli", "ingest", str(corpus), "--index", str(index), "--json"]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return json.loads(done.stdout), cpu, after.ru_maxrss / 1024
