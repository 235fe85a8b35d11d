"""How what the doctor finds is mended, as a command, by the code of the finding."""

import shlex

from tracker.rules.doctor.finding import Finding

HOW = {
    "program.loose": "pip install -e .",
    "program.python": "python3.12 -m venv .venv, and install the tracker there",
    "program.library": "pip install {wanted}",
    "program.sqlite": "install a newer Python, which brings its own SQLite",
    "fonts.missing": "pip install {wanted}",
    "terminal.dumb": "export TERM=xterm-256color",
    "terminal.multiplexer": "export TERM={name}-256color",
    "terminal.size_unknown": "stty rows 24 columns 80",
    "terminal.encoding": "export LC_ALL=C.UTF-8",
    "terminal.wide": "export LC_CTYPE=C.UTF-8",
    "locale.zone": "unset TZ, or export TZ=Europe/London",
    "clock.behind": "timedatectl; an administrator sets it right",
    "disk.read_only": "findmnt --target {path}; an administrator mounts it for writing",
    "disk.full": "df -h {path}; make room",
    "disk.little": "df -h {path}; make room",
    "disk.not_writable": "export TMPDIR=FOLDER, one that you may write",
    "disk.noexec": "export TMPDIR=FOLDER while you install",
    "folder.file": "mv {path} {path}.old",
    "folder.not_writable": "chmod u+rwx {path}, or ask its owner",
    "folder.not_makeable": "mkdir -p {path}, by somebody who may",
    "folder.no_home": "export HOME=FOLDER, one that you may write",
    "folder.open": "chmod go-w {path}",
    "file.missing": "tracker init --file {path}, or name another with --file",
    "file.not_made": "tracker init “NAME”, or tracker demo to look around",
    "file.folder": "tracker --file FILE, a file in it",
    "file.special": "tracker --file FILE",
    "file.unseen": "ls -ld {path}; ask the owner of its folder",
    "file.unreadable": "chmod u+r {path}, or ask its owner",
    "file.not_writable": "chmod u+w {path}, or ask its owner",
    "file.folder_not_writable": "ask the owner of the folder, or copy the file and name the copy with --file",
    "file.mode": "chmod 600 {path}",
    "file.cut_off": "tracker check --file {path}",
    "file.leftover": "rm {path}{ending}, when no tracker runs on it anywhere",
    "file.foreign": "tracker restore --file {path} lists backups; or name your file with --file",
    "file.wal": "tracker check --file {path}",
    "file.unchecked": "tracker check --file {path}",
    "file.damaged": "tracker restore --file {path} lists backups",
    "file.problems": "tracker check --file {path} names them",
    "file.newer": "pip install --upgrade transformation-tracker",
    "file.older": "tracker check --file {path}",
    "file.no_backup": "tracker backup --file {path}",
    "file.old_backup": "tracker backup --file {path}",
}


def mend(finding: Finding) -> str:
    """Return the command that mends what a finding says, or the beginning of one; empty where there is none."""
    values = {name: _quoted(str(value)) for name, value in finding.values.items()}
    return HOW.get(finding.code, "").format(**values)


def _quoted(text: str) -> str:
    """Return a word as a shell takes it; ~ stays outside of the quotes, where it is read as the home folder."""
    if text.startswith("~/"):
        return "~/" + shlex.quote(text[2:])
    return shlex.quote(text)
