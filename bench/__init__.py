"""Measurements, side by side in one run. Nothing here is asserted by a test."""

import sys
from pathlib import Path

# What is only compared with is found behind everything else, and by the benchmarks alone.
sys.path.append(str(Path(__file__).resolve().parent.parent / ".dev" / "bench"))
