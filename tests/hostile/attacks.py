"""What a hostile answer cell may try.  Each is the code of question q3 of exercise 03; BAIT stands for what lies outside.

A cell that gets what it wants puts OUT into its answer, so that the tests see it.
"""

from __future__ import annotations

import platform
from dataclasses import dataclass
from textwrap import dedent, indent

from analogies.grading.sandbox.filter import MACHINES
from analogies.grading.sandbox.syscalls import CLONE3, DENIED, LIMITED

OUT = "BROKE OUT"


@dataclass(frozen=True)
class Attack:
    """name: a phrase; code: of the answer cell; why: words that the reason must hold; alone: other questions keep their
    marks; refusal: the errors, one of which must have been the answer, so that a slip in an attack does not pass for safety."""

    name: str
    code: str
    why: str = ""
    alone: bool = True
    refusal: str = ""


def refused(name: str, code: str, refusal: str = "PermissionError FileNotFoundError") -> Attack:
    """An attack that tells whether it got through: by the end of `code` it did."""
    body = indent(dedent(code).strip("\n"), "    ")
    return Attack(name, f"q3 = ['nothing']\ntry:\n{body}\n    q3 = ['{OUT}']\nexcept Exception as fault:\n    q3 = ['refused', type(fault).__name__]", refusal=refusal)


def plain(name: str, code: str, why: str = "", alone: bool = True) -> Attack:
    return Attack(name, dedent(code).strip("\n"), why, alone)


_SYSCALL = "import ctypes, os\nlibc = ctypes.CDLL(None, use_errno=True)\n"


def syscall(name: str, *arguments: object, refusal: str = "PermissionError", number: int | None = None, label: str = "") -> Attack:
    """A direct call of the kernel, past Python."""
    known = DENIED.get(name) or LIMITED.get(name)
    if number is None and known:
        number = known[MACHINES[platform.machine()][1]]
    given = ", ".join(map(str, (number, *arguments)))
    code = f"{_SYSCALL}if libc.syscall({given}) == -1:\n    raise OSError(ctypes.get_errno(), 'refused')"
    return refused(f"{label or name} by ctypes", code, refusal)


READING = [
    refused("reads the hidden tests", "import analogies.check.questions as q, os\nfor p in q.__path__:\n    assert os.listdir(p)", "AssertionError"),
    refused("imports the questions", "import importlib\nimportlib.import_module('analogies.check.questions.03_syria_2015')", "ModuleNotFoundError"),
    refused("asks the catalogue for the questions", "from analogies.check import catalogue\ncatalogue.questions('03-syria-2015')", "UnknownExercise"),
    refused("asks for the model answer", "from pathlib import Path\nfrom analogies.check.solutions import model_answer\nassert model_answer(Path(BAIT['root']), '03-syria-2015', 'q3')", "AssertionError"),
    refused("reads the solutions", "open(BAIT['root'] + '/solutions/03-syria-2015.ipynb').read()"),
    refused("reads another student's work", "open(BAIT['other']).read()"),
    refused("reads a key in the home folder", "open(BAIT['key']).read()"),
    refused("reads the gradebook", "open(BAIT['gradebook']).read()"),
    refused("reads the list of users", "open('/etc/passwd').read(); open('/etc/shadow').read()"),
    refused("goes round by /proc/1/root", "import os\nos.listdir('/proc/1/root') or os.listdir('/proc/self')"),
    refused("goes up out of the root", "import os\nos.chdir('/')\nfor _ in range(50): os.chdir('..')\nassert os.path.exists(BAIT['key'])", "AssertionError"),
    refused("follows a link of its own", "import os\nos.symlink(BAIT['key'], 'link')\nopen('link').read()"),
    refused("opens by handle", "import os\nos.open('.', os.O_RDONLY)\n" + _SYSCALL + "assert libc.open_by_handle_at(3, None, 0) >= 0", "AssertionError"),
    plain("looks for secrets in the environment", "import os\nq3 = [f'{k}={v}' for k, v in os.environ.items()]"),
    plain("looks for secrets among all objects", """
        import gc, sys
        found = [o for o in gc.get_objects() if type(o).__name__ in ('Question', 'Wrong', 'WrongAnswer')]
        found += [name for name in sys.modules if 'questions.' in name or 'gradebook' in name or 'score' in name]
        q3 = ['BROKE OUT'] if found else []
    """),
]  # fmt: skip
READING += [
    plain("looks for the student before among all objects", """
        import gc, re, sys
        gc.unfreeze()
        said, frame = [], sys._getframe()
        while frame:
            said.append(repr(list(frame.f_locals.values())))
            frame = frame.f_back
        for one in gc.get_objects():
            if type(one) in (list, tuple, dict, set):
                said += [item for item in (one.values() if type(one) is dict else one) if type(item) in (str, bytes)]
        q3 = sorted({found for text in said for found in re.findall('honest-work-[0-9a-f]{32}', str(text))})
    """),
    plain("looks for the student before in memory that was given back", """
        import ctypes, gc, re
        gc.unfreeze()
        pages = {id(one) >> 12 for one in gc.get_objects()} | {id(one) >> 12 for one in vars().values()}
        kept = re.compile(b'honest-work-[0-9a-f]{32}')
        q3 = sorted({found.decode() for page in pages for found in kept.findall(ctypes.string_at(page << 12, 4096))})
    """),
]  # fmt: skip
WRITING = [
    refused("writes the gradebook", "open(BAIT['gradebook'], 'a').write('10')"),
    refused("writes another's submission", "open(BAIT['other'], 'w').write('{}')"),
    refused("writes into the kit", "import analogies\nopen(analogies.__file__, 'a').write('#')", "PermissionError OSError"),
    refused("writes into a library", "import numpy\nopen(numpy.__file__, 'a').write('#')", "PermissionError OSError"),
    refused("leaves a sitecustomize", "import sys\nfor p in sys.path:\n    if p: open(p + '/sitecustomize.py', 'w').write('1')", "OSError"),
    refused("leaves a file at the top", "open('/left', 'w').write('1')", "OSError"),
    refused("makes the libraries writable", "import os, numpy\nos.chmod(numpy.__file__, 0o777)", "OSError PermissionError"),
    plain("leaves a link and a module for the next one", """
        import os
        q3 = [name for name in os.listdir('.') if name.endswith('.py') or name == 'q3']
        os.symlink('/nowhere', 'q3')
        for name in ('numpy', 'pandas', 'random', 'statistics', 'datetime', 'analogies'):
            open(name + '.py', 'w').write('raise SystemExit')
        q3 = ['BROKE OUT'] if q3 else []
    """),
    plain("fills /tmp", """
        data = b'x' * (1 << 20)
        with open('full', 'wb', buffering=0) as file:
            for _ in range(10_000): file.write(data)
    """, "OSError"),
    plain("makes files without end", "for n in range(10**6): open(f'{n}', 'w').close()", "OSError"),
    plain("opens files without end", "kept = [open('/dev/null') for _ in range(10**5)]", "OSError"),
]  # fmt: skip
REACHING = [
    refused("connects to a server", "import socket\nsocket.create_connection(('127.0.0.1', BAIT['port']), 1)"),
    refused("connects to an abstract socket", "import socket\ns = socket.socket(socket.AF_UNIX)\ns.connect('\\0' + BAIT['abstract'])"),
    refused("sends by a pair of datagram sockets", "import socket\na, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)\na.sendto(b'x', '\\0' + BAIT['abstract'])"),
    refused("gets a netlink socket", "import socket\nsocket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)"),
    refused("starts a program", "import subprocess\nsubprocess.run(['/bin/true'])"),
    refused("replaces itself by a program", "import os, sys\nos.execv(sys.executable, ['python', '-c', '1'])"),
    refused("starts a shell", "import os\nassert os.system('true') == 0", "AssertionError"),
    refused("starts processes without end", "import os\nwhile True: os.fork()"),
    refused("signals its parent", "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)"),
    refused("signals all processes", "import os, signal\nos.kill(-1, signal.SIGKILL)"),
    refused("signals its group", "import os, signal\nos.killpg(0, signal.SIGKILL)"),
    refused("signals a process of ours", "import os, signal\nos.kill(BAIT['canary'], signal.SIGKILL)"),
    refused("mounts", "from analogies.grading.sandbox import kernel\nkernel.mount('tmpfs', '/tmp')"),
    refused("makes a namespace", "from analogies.grading.sandbox import kernel\nkernel.unshare(kernel.NEWUSER)"),
    refused("lifts a limit", "import resource\nresource.setrlimit(resource.RLIMIT_AS, (-1, -1))", "ValueError"),
    refused("becomes root", "import os\nos.setuid(0)"),
    syscall("ptrace", 16, "BAIT['canary']", 0, 0),
    syscall("process_vm_readv", "BAIT['canary']", 0, 0, 0, 0, 0),
    syscall("io_uring_setup", 8, 0),
    syscall("bpf", 0, 0, 0),
    syscall("perf_event_open", 0, 0, -1, -1, 0),
    syscall("userfaultfd", 0),
    syscall("memfd_create", "b'x'", 0),
    syscall("keyctl", 0, -3, 0),
    syscall("shmget", 77, 4096, 0o1666),
    syscall("clone", 0x10000011, 0, 0, 0, 0, label="clone with a new user namespace"),
    syscall("clone3", 0, 0, number=CLONE3, refusal="OSError"),
    syscall("a call that is yet to come", number=600, refusal="OSError"),
    refused("looks at a thread of its parent", "import os\nassert os.getppid()", "AssertionError"),
    refused("maps a file of its own as a program", "import mmap\nwith open('p', 'w+b') as f:\n    f.write(b'x' * 4096); f.flush()\n    mmap.mmap(f.fileno(), 4096, mmap.MAP_PRIVATE, mmap.PROT_READ | mmap.PROT_EXEC)"),
]  # fmt: skip
LASTING = [
    plain("asks for 50 GB", "x = bytearray(50 * 10**9)", "more than 400 MB of memory"),
    plain("takes memory bit by bit", "l = []\nwhile True: l.append(bytearray(10**6))", "more than 400 MB of memory"),
    plain("prints without end", "while True: print('x' * 1000)", "printed more than 100 kB"),
    plain("prints without end and holds on", "while True:\n    try:\n        while True: print('x' * 1000)\n    except BaseException: pass", "printed more than 100 kB"),
    plain("loops and holds every interrupt", """
        import signal
        for s in range(1, 65):
            try: signal.signal(s, signal.SIG_IGN)
            except (OSError, ValueError): pass
        while True:
            try:
                while True: pass
            except BaseException: pass
    """, "still running"),
    plain("sleeps for ever in the kernel", "import threading\nthreading.Event().wait()", "still running"),
    plain("ends Python", "import os\nos._exit(0)", "ended Python"),
    plain("crashes Python", "import ctypes\nctypes.string_at(0)", "SIGSEGV"),
    plain("recurses in C", "import sys\nsys.setrecursionlimit(10**9)\ndef f(x): return max([x], key=f)\nf(1)", "SIGSEGV"),
    plain("exits", "import sys\nsys.exit()", "SystemExit"),
    plain("starts threads without end", """
        import threading, time
        while True: threading.Thread(target=time.sleep, args=(99,), daemon=True).start()
    """, ""),
    plain("leaves a thread that ends the next cells", """
        import os, threading, time
        threading.Thread(target=lambda: (time.sleep(0.01), os._exit(0)), daemon=True).start()
    """, alone=False),
    plain("leaves a thread that changes answers", """
        import threading
        def change(names=globals()):
            while True: names['present'] = names['q3'] = 10**9
        threading.Thread(target=change, daemon=True).start()
    """, alone=False),
    plain("has something done at the end", """
        import atexit, os
        class Late:
            def __del__(self): os.write(3, b'late')
        late = Late()
        atexit.register(lambda: os.write(3, b'late'))
    """),
]  # fmt: skip
FORGING = [
    plain("an object that equals everything", "class E:\n    def __eq__(self, other): return True\n    def __hash__(self): return 0\n    def __iter__(self): return iter([self] * 7)\n    def __len__(self): return 7\n    def __contains__(self, x): return True\nq3 = E()"),
    plain("a list of such objects", "class E:\n    __eq__ = lambda *a: True\n    __hash__ = lambda self: 0\nq3 = [E() for _ in range(7)]"),
    plain("a text that equals everything", "class S(str):\n    __eq__ = lambda *a: True\n    __hash__ = lambda self: hash('syria-2015-iran-deal')\nq3 = [S('x') for _ in range(7)]"),
    plain("a list of its own kind", "class L(list):\n    __iter__ = lambda self: iter(['syria-2015-iran-deal'])\nq3 = L()"),
    plain("a type that pretends", "class M(type):\n    __eq__ = lambda *a: True\n    __hash__ = lambda c: hash(list)\nclass P(metaclass=M):\n    __class__ = list\nq3 = P()"),
    plain("a pickle as an answer", "import pickle\nclass P:\n    def __reduce__(self): return (print, ('x',))\nq3 = pickle.dumps(P())"),
    plain("an object with a pickle's method", "class P:\n    def __reduce__(self): return (open, (BAIT['gradebook'], 'w'))\nq3 = [P()]"),
    plain("replaced built-in names", """
        import builtins
        for name in ('len', 'isinstance', 'sorted', 'sum', 'all', 'any', 'abs', 'set', 'list', 'str', 'type', 'print'):
            setattr(builtins, name, lambda *a, **k: True)
    """),
    plain("a replaced run_code", """
        ip = get_ipython()
        async def run_code(*a, **k): return False
        ip.run_code = ip.run_cell = type(ip).run_code = type(ip).run_cell = run_code
    """, alone=False),
    plain("a replaced codec", """
        import analogies.check.values as v, analogies.check.wire as w, analogies.grading.sandbox.cells as c, json
        v.encode = c.encode = w.dump = lambda value: b'true'
        json.dumps = lambda *a, **k: '{"earned": 4, "possible": 4}'
        w.Encoder.__call__ = lambda self, value: {"t": "pass"}
    """, alone=False),
    plain("a replaced question", """
        import analogies.check.question as q, analogies.check.outcome as o
        q.Question.check = lambda self, values: o.Outcome(self.points, self.points, o.PASS)
    """),
    plain("a word into the channel", "import os\nos.write(3, b'q3: 4 of 4')", "grader's channel", alone=True),
    plain("a forged frame", "from analogies.grading.sandbox.frames import frame, VALUE\nimport os\nos.write(3, frame(VALUE, 9, b'\\0' + b'{\"earned\": 4}'))", "grader's channel"),
    plain("a forged end", "from analogies.grading.sandbox.frames import frame, DONE\nimport os\nos.write(3, frame(DONE))", "grader's channel"),
    plain("a flood in the channel", "import os\nwhile True: os.write(3, b'\\x03' * 65536)", "grader's channel"),
    plain("a length that never ends", "from analogies.grading.sandbox.frames import HEADER, VALUE\nimport os, time\nos.write(3, HEADER.pack(VALUE, 0, 8000000))\ntime.sleep(99)", "still running"),
    plain("a closed channel", "import os, time\nos.close(3)\ntime.sleep(99)", "closed the grader's channel"),
    plain("a channel turned elsewhere", "import os\nos.dup2(os.open('/dev/null', os.O_WRONLY), 3)", alone=False),
    plain("a huge number", "q3 = [10**100_000]"),
    plain("a huge text", "q3 = ['x' * 100_000_000]"),
    plain("a list that holds itself", "q3 = []\nq3.append(q3)"),
    plain("lists 100,000 deep", "q3 = []\nfor _ in range(100_000): q3 = [q3]"),
    plain("a table of a million rows", "import pandas as pd\nq3 = pd.DataFrame({'a': range(10**6)})"),
    plain("a broken table", "import pandas as pd\nclass D(pd.DataFrame):\n    def __getattribute__(self, name): raise SystemExit\nq3 = D()"),
    plain("a stopped clock", "import time\ntime.process_time = time.monotonic = time.time = lambda: -10**9"),
    plain("a tracing function", "import sys, os\ndef trace(frame, event, what):\n    frame.f_globals['q3'] = 'x'\n    return trace\nsys.settrace(trace)\nsys.setprofile(lambda *a: None)"),
    plain("changed facts", "import analogies as an\nan.case('syria').events.drop(columns='date', inplace=True)\nfrom analogies.facts import load\nload.load().__dict__.clear()\nq3 = []", alone=False),
    plain("an error whose text never ends", "class E(Exception):\n    def __str__(self):\n        while True: pass\nraise E", "still running"),
    plain("an error that speaks to the terminal", "raise ValueError('\\x1b[2J\\x1b]0;x\\x07 <script>' + 'y' * 10**6)", "ValueError"),
    plain("no names left", "globals().clear()", alone=False),
]  # fmt: skip
INTEL = [
    plain("a call of the x32 kind", "import ctypes\nctypes.CDLL(None).syscall(0x40000000 + 41, 2, 1, 0)", "SIGSYS"),
    plain("a call as of a processor of 32 bits", """
        import ctypes, mmap
        page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
        page.write(b'\\xb8\\x02\\x00\\x00\\x00\\xcd\\x80\\xc3')  # mov eax, 2 (fork); int 0x80; ret
        ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
    """, "ended Python"),
]  # fmt: skip
ATTACKS = [*READING, *WRITING, *REACHING, *LASTING, *FORGING, *(INTEL if platform.machine() == "x86_64" else [])]
