"""What the processes of a server hold of memory, and use of the processor (Linux)."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def family(pid: int) -> set[int]:
    """A process and its descendants."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True)
    parents = dict(map(int, line.split()) for line in listed.stdout.splitlines())
    found = {pid}
    for _ in range(4):
        found |= {child for child, parent in parents.items() if parent in found}
    return found


def memory(pid: int) -> int:
    """KiB that a process and its descendants hold."""
    return sum(_numbers(member, 21) * os.sysconf("SC_PAGE_SIZE") // 1024 for member in family(pid))


def processor(pid: int) -> float:
    """Microseconds of the processor that a process and its descendants have used."""
    return sum(_numbers(member, 11, 12) for member in family(pid)) * 1e6 / os.sysconf("SC_CLK_TCK")


def _numbers(pid: int, *fields: int) -> int:
    """The sum of fields of a process's status, counted from its state (proc(5)); nothing of one that has ended."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return sum(int(told[field]) for field in fields)
