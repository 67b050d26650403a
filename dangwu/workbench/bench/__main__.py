"""One measurement in a process of its own: `python -m dangwu.workbench.bench MODULE ARGUMENT…` answers with JSON."""

import json
import sys
from importlib import import_module

import django

if __name__ == "__main__":
    django.setup()
    module = import_module(f"dangwu.workbench.bench.{sys.argv[1]}")
    sys.stdout.write(json.dumps(module.measure_here(*sys.argv[2:])))
