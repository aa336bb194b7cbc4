"""Benchmarks: `python -m benchmarks` measures each part of tipgraph in turn with named alternatives."""
