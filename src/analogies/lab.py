"""Open JupyterLab at the kit's root, the same for a whole class, and leave the user's home alone.

Everything that JupyterLab keeps for itself (settings, open tabs, the key that trusts notebooks, IPython's history)
goes to `.analogies/`, a folder of the kit that git ignores. So a class sees one and the same lab whatever each
student has set up before, the lab also works where the home folder cannot be written, and deleting the clone
deletes every trace. The price: settings of the user's own JupyterLab (a dark theme, say) are chosen once more here.

Bytecode is compiled by whoever installs: uv by `compile-bytecode` in pyproject.toml, pip and conda by default.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

START = "notebooks/00-start-here.ipynb"
WORK = "my-work"
STATE = ".analogies"
HANDED_OUT = ".handed-out.json"  # in my-work/: which release each exercise there was copied from

# What the instructor's set (nbgrader, jupytext) brings into JupyterLab; `notebook` arrives with nbgrader and adds
# buttons of its own. A student sees none of it, installed or not.
INSTRUCTOR_PANELS = ("@jupyter/nbgrader", "jupyterlab-jupytext", "@jupyter-notebook/lab-extension")
INSTRUCTOR_SERVICES = (
    "jupyterlab_jupytext",
    "nbgrader.server_extensions.assignment_list",
    "nbgrader.server_extensions.course_list",
    "nbgrader.server_extensions.formgrader",
    "nbgrader.server_extensions.validate_assignment",
    "notebook",
)
# Values that JupyterLab would otherwise ask for in a pop-up, or fetch from the network; its settings can change them.
QUIET = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}}
# Kernels say on every start that they talk without encryption; the lab's kernels listen on loopback alone.
KERNEL_SETTINGS = "ipython/profile_default/ipython_kernel_config.json"
QUIET_KERNEL = {"IPKernelApp": {"log_level": "ERROR"}}


class LabError(Exception):
    """Why the lab cannot start, in one sentence that says what to do."""


def launch(*, browser: bool = True, port: int | None = None, instructor: bool = False) -> int:
    """Start JupyterLab on loopback with a token and stay until it is stopped (Ctrl-C); return the exit code.

    Raises LabError, before anything is started, for a taken port, a missing start notebook, a folder that cannot be
    written, and a kit that is not a clone.
    """
    root = clone_root()
    require_port(port)
    require_writable(root)
    for sentence in hand_out(root):
        print(sentence)
    os.environ.update(environment(root, instructor=instructor))
    trust(root)
    print(f"Your exercises are in {root / WORK}. To stop the lab, press Ctrl-C in this window.", flush=True)
    from jupyterlab.labapp import LabApp  # after the environment is set: Jupyter reads its paths when imported

    server = LabApp.initialize_server(argv=arguments(root, browser=browser, port=port))
    # Jupyter itself stops in good order on Ctrl-C only in a terminal of Linux or macOS; kernels would live on elsewhere.
    signal.signal(signal.SIGINT, lambda *_: server.stop(from_signal=True))
    server.start()
    print("The lab has stopped.")
    return 0


def clone_root() -> Path:
    """The folder of the clone. Raises LabError where there is none, or where its start notebook is missing."""
    from analogies import kit

    try:
        root = kit.root()
    except FileNotFoundError as error:
        raise LabError(
            "The lab needs the whole kit (notebooks, exercises), and this installation of analogies is not in a clone"
            " of it: clone the kit, and run the command inside the clone."
        ) from error
    if not (root / START).is_file():
        raise LabError(
            f"The start notebook {START} is missing in {root}: bring it back with"
            f" `git checkout -- {START}`, or make it with `analogies build`."
        )
    return root


def require_port(port: int | None) -> None:
    """Raise LabError if a port was asked for and cannot be opened. With None, JupyterLab finds a free one."""
    if port is None:
        return
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name == "posix":  # as the server does: a connection that closed a moment ago does not count as taken
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError as error:
            raise LabError(f"Port {port} is reserved by the system: choose one above 1023, such as 8888.") from error
        except OSError as error:
            raise LabError(
                f"Port {port} is taken by another program, perhaps by another lab: choose another with --port,"
                " or leave --port out and a free one is found."
            ) from error


def require_writable(root: Path) -> None:
    """Make my-work/ and .analogies/ where they are missing. Raises LabError if either cannot be written."""
    for folder in (root / WORK, root / STATE):
        try:
            folder.mkdir(exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError as error:
            raise LabError(
                f"The folder {folder} cannot be written ({error.strerror}), and the lab keeps your work there:"
                " clone the kit into a folder of your own, and start the lab in it."
            ) from error


def hand_out(root: Path) -> Iterator[str]:
    """Copy each exercise that is not in my-work/ yet; overwrite nothing; yield one sentence for each thing to know.

    my-work/.handed-out.json keeps the SHA-256 of the release that each copy was made from, so that a later release
    is noticed although the student has changed the copy.
    """
    work, ledger = root / WORK, root / WORK / HANDED_OUT
    releases = read_ledger(ledger)
    before = dict(releases)
    for exercise in sorted((root / "exercises").glob("*.ipynb")):
        content = exercise.read_bytes()
        release = hashlib.sha256(content).hexdigest()
        copy = work / exercise.name
        try:
            with copy.open("xb") as file:  # "x" refuses a file that exists: a student's work cannot be overwritten
                file.write(content)
        except FileExistsError:
            if releases.get(exercise.name, release) != release:
                yield (
                    f"A newer release of {exercise.name} is in exercises/; your copy in {WORK}/ was left as it is:"
                    " rename yours and start the lab again to be given the new one."
                )
        else:
            releases[exercise.name] = release
            yield f"{WORK}/{exercise.name} is ready for you."
    if releases != before:
        ledger.write_text(json.dumps(releases, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def read_ledger(path: Path) -> dict[str, str]:
    """Which release each exercise was copied from; empty where that was never written or cannot be read."""
    try:
        ledger = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # lost or damaged: the copies are still safe, a newer release is just not noticed
        return {}
    return ledger if isinstance(ledger, dict) else {}


def environment(root: Path, *, instructor: bool) -> dict[str, str]:
    """Write the lab's own settings under .analogies/; return the environment variables that make Jupyter use them."""
    state = root / STATE
    settings = state / ("instructor" if instructor else "student")
    files = {"labconfig/default_setting_overrides.json": QUIET, "../" + KERNEL_SETTINGS: QUIET_KERNEL}
    if not instructor:
        files["labconfig/page_config.json"] = {"disabledExtensions": dict.fromkeys(INSTRUCTOR_PANELS, True)}
        files["jupyter_server_config.json"] = {
            "ServerApp": {"jpserver_extensions": dict.fromkeys(INSTRUCTOR_SERVICES, False)}
        }
    for name, content in files.items():
        path = settings / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    others = os.environ.get("JUPYTER_CONFIG_PATH")
    return {
        "JUPYTER_CONFIG_PATH": os.pathsep.join([str(settings), *([others] if others else [])]),
        "JUPYTER_CONFIG_DIR": str(state / "config"),  # user settings and workspaces live below it
        "JUPYTER_DATA_DIR": str(state / "data"),  # the notebooks' signatures and the running servers
        "IPYTHONDIR": str(state / "ipython"),
    }


def trust(root: Path) -> None:
    """Sign the kit's own notebooks, so that their stored pictures and tables are shown when they are opened.

    Only notebooks/ and solutions/, which come with the clone; what a student brings to my-work/ is not signed.
    """
    import nbformat
    from nbformat.sign import NotebookNotary

    data = root / STATE / "data"
    data.mkdir(exist_ok=True)
    notary = NotebookNotary(data_dir=str(data))
    for path in sorted([*(root / "notebooks").glob("*.ipynb"), *(root / "solutions").glob("*.ipynb")]):
        try:
            notebook = nbformat.read(path, as_version=4)
        except Exception:  # a damaged notebook: JupyterLab itself says so when it is opened, and the rest still opens
            continue
        if not notary.check_signature(notebook):
            notary.sign(notebook)
    notary.store.close()


def arguments(root: Path, *, browser: bool, port: int | None) -> list[str]:
    """JupyterLab's command line: given there, no configuration file of the machine can open the server to a network."""
    given = [
        f"--ServerApp.root_dir={root}",
        "--ServerApp.ip=127.0.0.1",
        f"--LabApp.default_url=/lab/tree/{START}",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",  # its other form looks packages up on the network
        "--LanguageServerManager.autodetect=False",  # else npm is run to look for some, and leaves files in the home
        "--Application.log_level=ERROR",  # the address is still shown; Jupyter's warnings are not for students
    ]
    if not browser:
        given.append("--no-browser")
    if port is not None:
        given += [f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    if sys.platform != "win32" and os.geteuid() == 0:
        given.append("--allow-root")  # containers run as root; loopback and the token hold all the same
    return given
