"""Methods that put a claim to the evidence: one method a module."""
