"""What a cold start pays for importing the app, beyond the platform's own library.

    python dev.py bench start [--json] [--runs N]

Each run is a new interpreter that imports azure.functions and then function_app, as a worker does.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys

SCRIPT = """
import json, sys, time
started = time.perf_counter()
import azure.functions
platform = time.perf_counter()
import function_app
ours = time.perf_counter()
print(json.dumps([(platform - started) * 1000, (ours - platform) * 1000, len(sys.modules)]))
"""


def main() -> None:
    """Print the table or the JSON object."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    parser.add_argument("--runs", type=int, default=15)
    options = parser.parse_args()
    runs = []
    for _ in range(options.runs + 1):
        done = subprocess.run([sys.executable, "-c", SCRIPT], check=True, stdout=subprocess.PIPE)
        runs.append(json.loads(done.stdout))
    platform, ours, modules = zip(*runs[1:], strict=True)  # the first one reads the disk
    if options.json:
        print(json.dumps({"import_ms_over_azure_functions": round(statistics.median(ours), 1)}))
        return
    for name, values in (("azure.functions", platform), ("function_app beyond it", ours)):
        middle, low, high = statistics.median(values), min(values), max(values)
        print(f"import {name:<24} {middle:6.1f} ms  ({low:.1f} to {high:.1f}, {len(values)} runs)")
    print(f"modules loaded                  {modules[0]:6d}")


if __name__ == "__main__":
    main()
