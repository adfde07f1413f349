"""The gradebook: every mark, and how marks come and are told."""
