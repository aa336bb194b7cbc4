"""Decisions of people: which entries are the same, which contradictions are real, which texts may stay.

cases of a kind (identity · conflicts · allowlist)  →  desk  ⇄  ledger (a CSV table)
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
