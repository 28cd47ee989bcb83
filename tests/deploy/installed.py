"""An installation put together from the files under ``deploy/`` as the handbook says, in a folder of its own.

Names, commands and settings are those of the files; only paths, ports and passwords are others.
"""

import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
POSTGRES = ROOT / "tools" / "postgres.sh"
PROGRAM = [sys.executable, "-P", "-m", "gongkai"]
PUBLIC, OFFICE = "www.example.gov.cn", "xxgk-office.example.gov.cn"


def values_of(unit, name):
    """Return every value of a setting in a unit file, in order."""
    lines = (DEPLOY / "systemd" / f"gongkai-{unit}").read_text(encoding="utf-8").splitlines()
    return [line.partition("=")[2] for line in lines if line.startswith(f"{name}=")]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


PORTAL_USER = "47811"
"""A number that is nobody's: the portal's user where the tests may change users."""
AS_PORTAL = ["setpriv", f"--reuid={PORTAL_USER}", f"--regid={PORTAL_USER}", "--clear-groups", "--no-new-privs"]


def has_two_users():
    """Tell whether the portal can be run as another user here, with a view of the files of its own."""
    if os.getuid() != 0 or not all(map(shutil.which, ("setpriv", "unshare", "nsenter"))):
        return False
    # By way of ``env``: what is started first still has the rights of root while it is looked up.
    tries = (["unshare", "--mount", "true"], [*AS_PORTAL, "env", *PROGRAM, "--version"])
    return all(
        subprocess.run(one, env=clean(), cwd="/", capture_output=True, check=False).returncode == 0 for one in tries
    )


class Installed:
    """The folder and what runs in it."""

    def __init__(self, folder):
        self.folder = folder
        self.ports = {"8001": free_port(), "8002": free_port(), "80": free_port(), "443": free_port()}
        self.certificate = folder / "tls" / "both.pem"
        self.processes = {}
        self.has_two_users = has_two_users()
        self._make_folders()

    def _make_folders(self):
        """Make the folders of the services, by the file that makes them."""
        lines = (DEPLOY / "tmpfiles.d" / "gongkai.conf").read_text(encoding="utf-8").splitlines()
        for _, path, mode, user, *_ in (line.split() for line in lines if line.startswith("d ")):
            folder = Path(self.moved(path))
            folder.mkdir()
            folder.chmod(int(mode, 8))
            self.hand_over(folder, user)

    def hand_over(self, path, user):
        """Give a file to the user of the portal, if it is his and has a number here; all else is of this process."""
        if user == "gongkai-portal" and self.has_two_users:
            os.chown(path, int(PORTAL_USER), int(PORTAL_USER))

    def moved(self, text):
        """Return a file of the recipe with the paths of this folder."""
        for there, here in (
            ("/etc/gongkai/", f"{self.folder}/etc/"),
            ("/var/lib/", f"{self.folder}/"),
            ("/var/backups/gongkai", f"{self.folder}/backups"),
            ("/run/postgresql", str(self.folder / "postgres")),
            ("/run/clamav/clamd.ctl", ""),
        ):
            text = text.replace(there, here)
        return text

    @contextmanager
    def database(self):
        """Start a server, let its roles in by password alone, and make them and the database by ``roles.sql``."""
        given = os.environ | {"GONGKAI_POSTGRES": str(self.folder / "postgres")}
        subprocess.run([POSTGRES, "start"], env=given, check=True, capture_output=True)
        try:
            socket_folder = str(self.folder / "postgres")
            ask = [
                "psql",
                "--no-psqlrc",
                "--quiet",
                "--set=ON_ERROR_STOP=1",
                f"--host={socket_folder}",
                "--username=postgres",
            ]
            run = lambda *words: subprocess.run([*ask, *words], env=given, check=True, capture_output=True, text=True)  # noqa: E731
            run("--dbname=postgres", "--command=DROP DATABASE gongkai")
            given |= {"OFFICE_PASSWORD": "geheim-1", "PORTAL_PASSWORD": "geheim-2"}
            run("--dbname=postgres", f"--file={DEPLOY / 'postgresql' / 'roles.sql'}")
            hba = self.folder / "postgres" / "data" / "pg_hba.conf"
            lines = (DEPLOY / "postgresql" / "pg_hba.conf").read_text().replace("peer", "trust")
            hba.write_text(lines + hba.read_text())
            run("--dbname=postgres", "--command=SELECT pg_reload_conf()")
            yield
        finally:
            subprocess.run([POSTGRES, "stop"], env=given, check=True, capture_output=True)

    def configure(self):
        """Lay out the settings. Where the portal cannot be shown a folder by a mount it is shown it by a link."""
        (self.folder / "etc").mkdir()
        for file in (DEPLOY / "env").iterdir():
            text = self.moved(file.read_text(encoding="utf-8"))
            text = text.replace("OFFICE_PASSWORD", "geheim-1").replace("PORTAL_PASSWORD", "geheim-2")
            (self.folder / "etc" / file.name).write_text(text, encoding="utf-8")
        if not self.has_two_users:
            for source, target in self.binds():
                target.rmdir()
                target.symlink_to(source)
        self.script = self.folder / "gongkai-as"
        text = self.moved((DEPLOY / "bin" / "gongkai-as").read_text(encoding="utf-8"))
        text = text.replace('setpriv --reuid="$user" --regid="$user" --init-groups ', "$user ")
        text = text.replace("user=gongkai-portal", f"user='{' '.join(AS_PORTAL) if self.has_two_users else ''}'")
        text = text.replace("user=gongkai", "user=")
        self.script.write_text(text.replace("/opt/gongkai/bin/gongkai", shlex.join(PROGRAM)), encoding="utf-8")
        self.script.chmod(0o755)

    def binds(self):
        """Return which folders of the office the portal is shown, and where it finds each."""
        pairs = [
            self.moved(bind).removeprefix("-").split(":") for bind in values_of("portal.service", "BindReadOnlyPaths")
        ]
        return [(Path(source), Path(target)) for source, target in pairs if Path(source).exists()]

    def confined(self, unit, command):
        """Return what runs ``command`` as the user of a unit, who sees what the unit binds and cannot change it."""
        if values_of(unit, "User") == ["gongkai"] or not self.has_two_users:
            return command
        mounts = "".join(
            f"mount --bind {source} {target} && mount -o remount,bind,ro {target} && "
            for source, target in self.binds()
        )
        return ["unshare", "--mount", "sh", "-c", f'{mounts}exec "$@"', "sh", *AS_PORTAL, *command]

    def run(self, side, *words, status=0):
        """Run a command by hand, as the handbook says, and return what it said."""
        command = [self.script, side, *words]
        done = subprocess.run(command, env=clean(), capture_output=True, text=True, check=False, timeout=600)
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout + done.stderr

    def settings(self, unit):
        """Return the environment that systemd gives to a unit."""
        files = [self.moved(path) for path in values_of(unit, "EnvironmentFile")]
        script = "set -a; " + "".join(f". {shlex.quote(path)}; " for path in files) + "env -0"
        said = subprocess.run(["sh", "-c", script], env=clean(), capture_output=True, check=True).stdout.decode()
        return dict(line.split("=", 1) for line in said.split("\0") if line)

    @contextmanager
    def started(self, unit):
        """Start a unit by its own command, and stop it as systemd does; it must be gone within its bound."""
        (command,) = values_of(unit, "ExecStart")
        words = [str(self.ports.get(word, word)) for word in shlex.split(command)]
        assert words[0] == "/opt/gongkai/bin/gongkai"
        with (self.folder / f"{unit}.log").open("w+") as log:
            command = self.confined(unit, [*PROGRAM, *words[1:]])
            process = subprocess.Popen(command, env=self.settings(unit), cwd="/", umask=0o077, stdout=log, stderr=log)
            self.processes[unit] = process
            try:
                yield process
                begun = time.monotonic()
                process.terminate()
                status = process.wait(timeout=int(values_of(unit, "TimeoutStopSec")[0]))
                self.stopped = getattr(self, "stopped", {}) | {unit: (status, time.monotonic() - begun)}
            finally:
                process.kill()
                process.wait()

    @contextmanager
    def nginx(self):
        """Start nginx with the site of the recipe."""
        text = (DEPLOY / "nginx" / "gongkai.conf").read_text(encoding="utf-8")
        for number in ("80", "443"):
            text = text.replace(f"listen {number}", f"listen 127.0.0.1:{self.ports[number]}")
            six = f"listen [::1]:{self.ports[number]}" if has_ipv6() else "# listen"
            text = text.replace(f"listen [::]:{number}", six)
        for number in ("8001", "8002"):
            text = text.replace(f"127.0.0.1:{number}", f"127.0.0.1:{self.ports[number]}")
        text = re.sub(r"ssl_certificate /\S+;", f"ssl_certificate {self.certificate};", text)
        text = re.sub(r"ssl_certificate_key /\S+;", f"ssl_certificate_key {self.certificate};", text)
        here = self.folder / "nginx"
        here.mkdir()
        text = text.replace("/var/log/nginx", str(here))
        temporary = "".join(
            f"{name}_temp_path {here}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        (here / "site.conf").write_text(text, encoding="utf-8")
        user = "user root;\n" if os.getuid() == 0 else ""
        (here / "nginx.conf").write_text(
            f"{user}pid {here}/pid;\nerror_log {here}/error.log;\ndaemon off;\nevents {{}}\n"
            f"http {{\n{temporary}include {here}/site.conf;\n}}\n",
            encoding="utf-8",
        )
        command = [shutil.which("nginx"), "-p", str(here), "-e", f"{here}/error.log", "-c", f"{here}/nginx.conf"]
        checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stderr
        assert "[warn]" not in checked.stderr, checked.stderr
        process = subprocess.Popen(command)
        try:
            yield process
            process.terminate()
            assert process.wait(timeout=30) == 0
        finally:
            process.kill()
            process.wait()


def clean():
    """Return the environment without anything of the tests' own installation."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GONGKAI_", "DJANGO_"))}
    return kept | {"PYTHONUTF8": "1", "PYTHONPATH": str(ROOT / "tests")}


def has_ipv6():
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


def missing_programs():
    """Return what the recipe needs and this machine does not have."""
    found = {"nginx": shutil.which("nginx"), "openssl": shutil.which("openssl")}
    found |= {"postgresql": any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))}
    return [name for name, path in found.items() if not path]


@contextmanager
def installed():
    # The server of the database runs as a user of its own, who must be able to come here.
    folder = Path(tempfile.mkdtemp(prefix="gongkai-deploy-"))
    folder.chmod(0o755)
    try:
        yield Installed(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
