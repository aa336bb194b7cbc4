"""What people see of the kit, pinned: `python -m tests.golden` compares it with the files beside this one."""
