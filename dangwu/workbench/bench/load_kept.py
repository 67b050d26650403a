"""What is there of the records made under load, looked at by a process of its own."""

from dangwu.workbench.bench.load_site import kept_here as measure_here

__all__ = ["measure_here"]
