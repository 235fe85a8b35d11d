"""A home for the whole run of the tests, set when this is imported: nothing of the developer's own is read or written.

Fixtures of a session run before those of a test change HOME, and what is imported may look for it once and for all.
"""

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

PLACES = ("HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")
FOLDER = Path(tempfile.mkdtemp(prefix="tracker-tests-"))
DEVELOPERS = {name: os.environ.get(name, "") for name in PLACES}

atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
for _name in PLACES:
    os.environ[_name] = str(FOLDER / _name.lower())
for _name in ("TRACKER_FILE", "TRACKER_USER", "TRACKER_TEMPLATES", "TRACKER_SHARED", "TRACKER_BRAND"):
    os.environ.pop(_name, None)
# A container that forbids it has every process of the tests compile the program and the tests anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
