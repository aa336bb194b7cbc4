"""How sure a finding is."""
