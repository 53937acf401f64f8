"""What the kernel keeps a worker process from: more memory than its share, and any connection of its own.

Reading a query for SERVICE and LOAD gives a client a clear answer; this makes sure of it, whatever a reader
of queries may have missed.
"""

from __future__ import annotations

import ctypes
import platform
import resource
import struct

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
SOCKET_CALL = {"x86_64": 41, "aarch64": 198}  # the number of socket(2), by architecture
LOAD_WORD, JUMP_EQUAL, RETURN = 0x20, 0x15, 0x06  # the three instructions of classic BPF that are needed
ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | 13  # the latter fails the call with EACCES


class _Program(ctypes.Structure):
    """struct sock_fprog of <linux/filter.h>."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def limit_memory(mebibytes: int) -> None:
    """Let the process hold so much memory of its own; an engine that asks for more aborts."""
    most = mebibytes << 20
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def forbid_sockets() -> bool:
    """Make socket(2) fail in this process from now on; False where the system has no such filter."""
    call = SOCKET_CALL.get(platform.machine())
    if platform.system() != "Linux" or call is None:
        return False
    filters = struct.pack(
        "HBBI" * 4,
        *(LOAD_WORD, 0, 0, 0),  # the call's number
        *(JUMP_EQUAL, 0, 1, call),
        *(RETURN, 0, 0, REFUSE),
        *(RETURN, 0, 0, ALLOW),
    )
    program = _Program(4, filters)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) == 0)
