"""Analogies: take historical analogies apart, test them on evidence, do them better. `import analogies as an`.

The public names, loaded when first used; nothing else.
"""

import sys
from importlib import import_module
from types import ModuleType

__version__ = "0.1.0"

# name: (module, what it is called there; None for the module itself)
_PUBLIC = {
    "argument": ("analogies.methods.argument", None),
    "bibliography": ("analogies.facts.cite", "bibliography"),
    "case": ("analogies.facts.ask", "case"),
    "cases": ("analogies.facts.ask", "cases"),
    "cite": ("analogies.facts.cite", "cite"),
    "claims": ("analogies.facts.ask", "claims"),
    "codebook": ("analogies.facts.ask", "codebook"),
    "coding": ("analogies.methods.coding", None),
    "exercise": ("analogies.check", "exercise"),
    "features": ("analogies.facts.ask", "features"),
    "invocations": ("analogies.facts.ask", "invocations"),
    "ledger": ("analogies.methods.ledger", "ledger"),
    "measure": ("analogies.methods.measure", None),
    "progress": ("analogies.check", "course_progress"),
    "series": ("analogies.facts.ask", "series"),
    "show": ("analogies.figures", "show"),
    "timeline": ("analogies.timeline", "timeline"),
}

__all__ = sorted(_PUBLIC)


def __getattr__(name: str):
    if name in _PUBLIC:
        module, attribute = _PUBLIC[name]
        found = import_module(module)
        value = getattr(found, attribute) if attribute else found
        globals()[name] = value
        return value
    from difflib import get_close_matches

    near = get_close_matches(name, __all__, n=1)
    hint = f" Did you mean an.{near[0]}?" if near else f" It offers: {', '.join(__all__)}."
    raise AttributeError(f"the kit has no {name!r}.{hint}", name=name, obj=None)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__", "__doc__"])


class _Kit(ModuleType):
    """Keeps `an.timeline` the function: Python would set it to the package analogies.timeline when that is imported.
    Inside the kit write `from analogies.timeline import layout`, which does not go by the attribute."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _PUBLIC and isinstance(value, ModuleType) and value.__name__ == f"{__name__}.{name}"):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Kit
