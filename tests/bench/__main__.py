"""`make bench`: every figure, measured here and now. Name parts to run only those: `python -m tests.bench start`."""

from __future__ import annotations

import importlib
import sys

PARTS = (
    "start", "answers", "transport", "search_quality", "search_speed", "planning", "pacing", "delivery", "publishing",
)  # fmt: skip
"""Each is a module beside this one with `measure()`, which gives rows of (what, number, unit)."""


def main() -> None:
    """Measure the parts named, or all."""
    for part in sys.argv[1:] or PARTS:
        print(f"\n{part}", flush=True)
        for name, value, unit in importlib.import_module(f"tests.bench.{part}").measure():
            print(f"  {name:<58} {value:>12,.2f} {unit}", flush=True)


if __name__ == "__main__":
    main()
