"""Timelines: pure layout, a picture of it (matplotlib), a widget of it (anywidget), a page of it (HTML)."""

__all__ = ["Timeline", "timeline"]


def __getattr__(name: str):
    # Loaded when asked for, so that the layout can be used without the widget's libraries.
    if name in __all__:
        from analogies.timeline import widget

        return getattr(widget, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
