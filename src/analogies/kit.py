"""Where this clone of the kit lies on the disk."""

from pathlib import Path


def root() -> Path:
    """The folder of the clone (with lessons/, notebooks/, my-work/).

    Raises FileNotFoundError where the package was installed without a clone. Data never come by this path: they lie
    inside the package.
    """
    for folder in Path(__file__).resolve().parents:
        pyproject = folder / "pyproject.toml"
        if pyproject.is_file() and 'name = "analogies"' in pyproject.read_text(encoding="utf-8"):
            return folder
    raise FileNotFoundError(
        "the analogies package is installed here without the kit's folder of lessons; clone the kit and install it "
        "from there, as the README's first section says"
    )
