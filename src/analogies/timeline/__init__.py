"""Timelines: pure layout, a picture of it (matplotlib), a widget of it (anywidget), a page of it (HTML)."""
