"""Measurements: each bench is a module with `measure`, and every time stands beside a floor of the same run."""
