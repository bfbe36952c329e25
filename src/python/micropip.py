"""A small micropip: installs pure Python packages from the index of this page, and from nowhere else.

    await micropip.install("clinic-report")     the newest that fits, with all that it needs
    print(micropip.list())
    micropip.uninstall("clinic-report")

It asks as pip asks a package index. Nothing is written before every wheel was fetched and looked through:

    simple/index.json          which packages there are
    simple/<name>/index.json   the wheels of a package, each with its hash   (PEP 691; names: PEP 503)
    wheels/<file>.whl          a zip: modules, METADATA, RECORD              (PEP 427)
    site-packages              where the files go, and Python finds them; it is emptied for the next run

Versions are numbers with dots. Whatever else a version, a requirement or a marker may say is refused in words.
"""

import base64
import io
import json
import operator
import os
import re
import shutil
import sys
import zipfile

from place import KEPT, SITE

# email, hashlib and importlib.metadata are imported where they are used: here they would make the page's first start of
# Python a tenth longer.

NO_PYPI = "This page has an index of its own and never asks PyPI."


class Index:
    """The way to the files of the index; runner.py gives it anew for every run."""

    read = None

    def file(self, path):
        """Bytes, or None where the index has no such file."""
        text = self.read(path)
        return text.encode("latin-1") if text else None


index = Index()


async def install(requirements, *, deps=True):
    """Installs a package, or a list of them: "clinic-units", "clinic-units==1.0"."""
    plan = {}
    for text in [requirements] if isinstance(requirements, str) else requirements:
        _add(plan, text, deps)
    for wheel in plan.values():
        wheel.unpack()
    _look_again()


def uninstall(packages):
    for text in [packages] if isinstance(packages, str) else packages:
        found = _installed().get(_normal(text))
        if found is None:
            raise ValueError(f"{text} is not installed")
        # By its RECORD; a wheel from here keeps its files in folders of its own.
        for folder in {str(file).split("/")[0] for file in found.files}:
            shutil.rmtree(f"{SITE}/{folder}", ignore_errors=True)
    _look_again()


def list():
    """What is installed, by name."""
    return Packages({name: found.version for name, found in sorted(_installed().items())})


def _look_again():
    """What Python knows of the folder is from before. importlib.invalidate_caches() would read the whole library anew."""
    import importlib.metadata

    sys.path_importer_cache.pop(SITE, None)
    importlib.metadata.MetadataPathFinder.invalidate_caches()


class Packages(dict):
    def __repr__(self):
        width = max(map(len, ("Name", *self)))
        rows = [("Name", "Version"), ("-" * width, "-------"), *self.items()]
        return "\n".join(f"{name:<{width}} | {version}" for name, version in rows)


# -- what is asked for --------------------------------------------------------------------------

_REQUIREMENT = re.compile(r"([A-Za-z0-9][\w.-]*)\s*\(?([^;()\[\]@]*)\)?\s*(?:;(.*))?")
_SPECIFIER = re.compile(r"(==|!=|>=|<=|~=|<|>)\s*([0-9.]+)(\.\*)?")
_MARKER = re.compile(r"""(\w+)\s*(==|!=|>=|<=|<|>)\s*["']([^"']*)["']""")
_COMPARE = {
    "==": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    "<=": operator.le,
    "<": operator.lt,
    ">": operator.gt,
}


class Requirement:
    """`clinic-units>=1.1; python_version >= "3.9"`"""

    def __init__(self, text):
        found = _REQUIREMENT.fullmatch(text.strip())
        if found is None:
            raise ValueError(f"{text!r} is not understood here: write a name and versions, as in 'clinic-units>=1.0'")
        self.name = _normal(found[1])
        self.wanted = found[2].strip()
        _specifiers(self.wanted)
        self.holds = found[3] is None or _marker(found[3].strip())


def _normal(name):
    """PEP 503: Clinic_Units and clinic.units are clinic-units."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _marker(text):
    """Whether it holds for this Python; one comparison, as most packages have it."""
    found = _MARKER.fullmatch(text)
    known = {
        "python_version": "%d.%d" % sys.version_info[:2],
        "platform_system": os.uname().sysname,
        "sys_platform": sys.platform,
        "os_name": os.name,
        # Nobody asks for extras here.
        "extra": "",
    }
    if found is None or found[1] not in known:
        raise ValueError(f"the marker {text!r} is not understood here")
    if found[1] == "python_version":
        return _fits(known[found[1]], found[2] + found[3])
    return _COMPARE[found[2]](known[found[1]], found[3])


def _release(version):
    """1.10 is newer than 1.9, and 1.0 is the same as 1 (PEP 440)."""
    if not re.fullmatch(r"[0-9]+(\.[0-9]+)*", version):
        raise ValueError(f"the version {version!r} is not understood here: only numbers with dots are")
    numbers = [int(part) for part in version.split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return numbers


def _specifiers(wanted):
    """`>=1.0, !=1.1` -> what each part asks for: (how, version, whether it ends in `.*`)."""
    parts = []
    for part in filter(None, map(str.strip, wanted.split(","))):
        found = _SPECIFIER.fullmatch(part)
        if found is None or found[3] and found[1] not in ("==", "!="):
            raise ValueError(f"{part!r} is not understood here: a version is asked for as in '>=1.0' or '==1.1'")
        _release(found[2])
        parts.append((found[1], found[2], found[3] is not None))
    return parts


def _fits(version, wanted):
    return all(_fits_one(version, *part) for part in _specifiers(wanted))


def _fits_one(version, how, asked, is_any):
    if how == "~=":
        # At least this, and the same up to the last number but one.
        return _fits_one(version, ">=", asked, False) and _fits_one(version, "==", asked.rpartition(".")[0], True)
    if is_any:
        count = len(asked.split("."))
        first = [*map(int, version.split(".")), *[0] * count][:count]
        return _COMPARE[how](first, [*map(int, asked.split("."))])
    return _COMPARE[how](_release(version), _release(asked))


# -- what is there ------------------------------------------------------------------------------


def _installed():
    """Found by its METADATA, in the folders of packages: the library has none, and is large."""
    import importlib.metadata

    folders = [each for each in sys.path if each == SITE or each.startswith(KEPT)]
    return {_normal(each.name): each for each in importlib.metadata.distributions(path=folders)}


def _add(plan, text, deps):
    """The package that is asked for, and then what it needs, into the plan by name."""
    asked = Requirement(text)
    if not asked.holds:
        return
    here = _installed().get(asked.name)
    version = plan[asked.name].version if asked.name in plan else here and here.version
    if version is not None:
        if not _fits(version, asked.wanted):
            raise ValueError(f"{text!r} was asked for, but {asked.name}=={version} is already installed")
        return
    wheel = plan[asked.name] = _choose(asked)
    wheel.fetch()
    for needed in wheel.metadata.get_all("Requires-Dist", []) if deps else []:
        _add(plan, needed, deps)


def _choose(asked):
    """The newest wheel that fits."""
    names = [each["name"] for each in json.loads(index.file("simple/index.json"))["projects"]]
    if asked.name not in names:
        raise ValueError(f"no package named {asked.name!r} in this index; there are {', '.join(names)}. {NO_PYPI}")
    page = json.loads(index.file(f"simple/{asked.name}/index.json"))
    wheels = [Wheel(each) for each in page["files"]]
    python = "%d.%d.%d" % sys.version_info[:3]
    fitting = [each for each in wheels if _fits(each.version, asked.wanted) and _fits(python, each.python)]
    if not fitting:
        versions = ", ".join(each.version for each in wheels)
        raise ValueError(f"no {asked.name} fits {asked.wanted!r} and Python {python}; there is {versions}. {NO_PYPI}")
    return max(fitting, key=lambda each: _release(each.version))


class Wheel:
    def __init__(self, listed):
        self.file = listed["filename"]
        self.hash = listed["hashes"]["sha256"]
        self.python = listed.get("requires-python", "")
        self.name, self.version = self.file.split("-")[:2]
        self.zip = self.metadata = None

    def fetch(self):
        """Fetches it, and looks it through as an installer has to: nobody knows who had it in between."""
        data = index.file(f"wheels/{self.file}")
        import email.parser
        import hashlib

        came = hashlib.sha256(data or b"").hexdigest()
        if came != self.hash:
            raise ValueError(
                f"{self.file} is refused: it is not the file that the index lists.\n"
                f"  listed sha256 {self.hash}\n"
                f"  came   sha256 {came}"
            )
        self.zip = zipfile.ZipFile(io.BytesIO(data))
        self._check_record()
        text = self.zip.read(f"{self._info()}/METADATA").decode()
        self.metadata = email.parser.HeaderParser().parsestr(text)
        if not _fits("%d.%d.%d" % sys.version_info[:3], self.metadata.get("Requires-Python", "")):
            raise ValueError(f"{self.file} needs Python {self.metadata['Requires-Python']}")

    def unpack(self):
        self.zip.extractall(SITE)
        with open(f"{SITE}/{self._info()}/INSTALLER", "w") as file:
            file.write("micropip\n")

    def _info(self):
        return f"{self.name}-{self.version}.dist-info"

    def _check_record(self):
        """RECORD lists every file but itself by its hash and its size."""
        record = f"{self._info()}/RECORD"
        listed = {}
        for line in self.zip.read(record).decode().splitlines():
            path, hashed, size = line.rsplit(",", 2)
            listed[path] = (hashed, size)
        import hashlib

        for path in {*listed, *self.zip.namelist()} - {record}:
            if path not in listed or path not in self.zip.namelist():
                raise ValueError(f"{self.file} is refused: its RECORD and its files differ in {path}")
            if path.startswith("/") or ".." in path.split("/"):
                raise ValueError(f"{self.file} is refused: {path} would leave the folder of packages")
            data = self.zip.read(path)
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
            if listed[path] != (f"sha256={digest}", str(len(data))):
                raise ValueError(f"{self.file} is refused: {path} is not what its RECORD says")
