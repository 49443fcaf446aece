"""Checks of files as files: code style, Odoo conventions, XML, translations, shell, containers."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from lxml import etree

from . import house
from .job import ADDONS, ROOT, VAR, Result, loud_lines

XML_HEAD = b'<?xml version="1.0" encoding="UTF-8" ?>'


# Readmes are fragments in readme/; hooks of ours return nothing; a guarded public method has a private
# door beside it; a model with several ideas has a file for each.
PYLINT = (
    "pylint",
    "--disable=missing-readme,missing-return,super-method-mismatch,consider-merging-classes-inherited"
    # A method that names many terms says `_ = self.env._` once.
    ",prefer-env-translation",
)
# A number in a data file means the same with and without eval="..".
OCA_CHECKS = ("oca-checks-odoo-module", "--disable=xml-field-numeric-without-eval")

# SC1007 dislikes `local a= b=`, which says plainly that they begin empty.
SHELLCHECK = (
    "shellcheck", "--shell=bash", "--severity=warning", "--exclude=SC1007",
    "--external-sources", "--source-path=SCRIPTDIR",
)  # fmt: skip


def tool(*command):
    """Runs a tool of the environment; its output is the problem where it is not content."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    lines = (done.stdout + done.stderr).splitlines()
    return (lines or [f"exit code {done.returncode}"]) if done.returncode else []


def xml_problems(folders):
    problems = []
    for path in sorted(path for folder in folders for path in folder.rglob("*.xml")):
        text = path.read_bytes()
        if not text.startswith(XML_HEAD):
            problems.append(f"{path.relative_to(ROOT)}: the first line is not {XML_HEAD.decode()}")
        try:
            etree.fromstring(text)
        except etree.XMLSyntaxError as error:
            problems.append(f"{path.relative_to(ROOT)}: {error}")
    return problems


def shell_scripts():
    folders = [ROOT / "scripts", ROOT / ".ci", ROOT / "docker"]
    found = []
    for path in sorted(path for folder in folders for path in folder.iterdir() if path.is_file()):
        with path.open("rb") as file:
            head = file.readline()
        if path.suffix == ".sh" or re.match(rb"#!.*\b(ba)?sh\b", head):
            found.append(path)
    return found


def shell_problems(scripts):
    problems = [line for path in scripts for line in tool("bash", "-n", str(path))]
    if not shutil.which("shellcheck"):
        return problems + ["shellcheck is not installed: apt-get install shellcheck"]
    names = [str(path.relative_to(ROOT)) for path in scripts]
    return problems + tool(*SHELLCHECK, *names)


def script_layout(result, folders):
    """JavaScript as prettier lays it out; a machine without node is told, and its people are not stopped."""
    prettier = Path(os.environ["PRETTIER_HOME"]) / "node_modules" / "prettier" / "bin" / "prettier.cjs"
    files = [str(path.relative_to(ROOT)) for folder in folders for path in folder.glob("static/**/*.js")]
    if not files:
        return
    if not shutil.which("node") or not prettier.exists():
        print("prettier is not installed here: the layout of JavaScript was not looked at")
        return
    result.check("layout of JavaScript", tool("node", str(prettier), "--check", "--log-level=warn", *sorted(files)))


def container_problems():
    compose = "docker/compose.yaml"
    return [
        *tool("hadolint", "--failure-threshold=warning", "docker/Dockerfile"),
        *tool("check-jsonschema", "--builtin-schema", "vendor.compose-spec", compose),
    ]


def configuration_problems():
    """What Odoo itself says about each of the sample settings when it reads them (and makes the data folder, here)."""
    code = "import sys; from odoo.tools import config; config.parse_config(sys.argv[1:], setup_logging=True)"
    problems = []
    for path in sorted((ROOT / "config").glob("odoo-*.conf")):
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("ODOO_", "PG"))}
        done = subprocess.run(
            [sys.executable, "-c", code, "-c", str(path), "-D", str(VAR / "data")],
            env=environment, capture_output=True, text=True,
        )  # fmt: skip
        # The folder named there is the operator's, not this machine's.
        loud = [line for line in loud_lines(done.stderr.splitlines()) if "no such directory" not in line]
        problems += [f"{path.name}: {line}" for line in loud]
        if done.returncode:
            problems.append(f"{path.name}: {done.stderr}")
    return problems


def run(job):
    result = Result()
    folders = [ADDONS / module for module in job.modules]
    code = [str(folder.relative_to(ROOT)) for folder in folders]
    everywhere = code if job.only else ["."]
    result.check("ruff", tool("ruff", "check", "--no-cache", "--output-format=concise", *everywhere))
    result.check("layout of Python", tool("ruff", "format", "--no-cache", "--check", *everywhere))
    script_layout(result, folders)
    result.check("xml", xml_problems(folders))
    result.check("house rules", house.problems(folders))
    if folders:
        result.check("pylint-odoo", tool(*PYLINT, *code))
        result.check("OCA module checks", tool(*OCA_CHECKS, *code))
        catalogues = [str(path) for folder in folders for path in folder.glob("i18n/*.po*")]
        if catalogues:
            result.check("OCA translation checks", tool("oca-checks-po", *catalogues))
        # It runs a script in the folder for temporary files, where a stranger's enum.py would be taken for Python's.
        licences = ["env", f"TMPDIR={VAR}", "manifestoo"]
        licences += [f"--addons-path={ADDONS},{os.environ['ODOO_SRC']}/odoo/addons"]
        licences += [f"--select={','.join(job.modules)}", "check-licenses"]
        result.check("licences", tool(*licences))
    if not job.only:
        result.check("shell scripts", shell_problems(shell_scripts()))
        result.check("container files", container_problems())
        result.check("sample settings", configuration_problems())
    return result
