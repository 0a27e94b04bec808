"""The builds of the kernel must not leak code for newer processors into the rest of the program.

The linker keeps one copy of each inline function. Were a copy compiled for AVX-512 among the candidates, a
processor without it could be given that one, outside the choice made at start.
"""

from __future__ import annotations

import os
import re
import subprocess

import pytest

# FIREBREAK_KERNEL_v2 and so on: the object files of that build, separated by colons.
BUILDS = [
    (kernel, path)
    for kernel in ("v2", "v3", "v4")
    for path in os.environ.get(f"FIREBREAK_KERNEL_{kernel}", "").split(":")
    if path
]


def shared_symbols(kernel: str, listing: str) -> list[str]:
    """Return the defined symbols of an `nm -C --defined-only` listing that the linker may share.

    Data such as the exception-handling references (V DW.ref.*) holds no code and may be shared.
    """
    symbols = re.findall(r"^\S* *([A-Zuvw]) (.+)$", listing, re.MULTILINE)
    own = f"firebreak::{kernel}::"
    return [name for kind, name in symbols if kind in "TWwu" and not name.startswith(own)]


@pytest.mark.skipif(not BUILDS, reason="no object files named")
@pytest.mark.parametrize(("kernel", "path"), BUILDS)
def test_a_kernel_defines_only_its_own_namespace(kernel: str, path: str) -> None:
    """Every function another file could link to is inside firebreak::<kernel>."""
    command = ["nm", "-C", "--defined-only", path]
    listing = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert shared_symbols(kernel, listing) == []


def test_an_inline_function_would_be_found() -> None:
    """A listing with a weak copy of a standard function is reported."""
    listing = (
        "0000000000000000 T firebreak::v4::advance(double*)\n"
        "0000000000000000 W void std::vector<double>::_M_realloc_insert(double&&)\n"
        "0000000000000000 V DW.ref.__gxx_personality_v0\n"
        "0000000000000000 t firebreak::v4::advance(double*) [clone .cold]\n"
    )
    assert shared_symbols("v4", listing) == [
        "void std::vector<double>::_M_realloc_insert(double&&)"
    ]
