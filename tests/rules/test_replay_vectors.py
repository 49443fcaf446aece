"""The worked documents, through the command itself, byte for byte."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VECTORS = sorted((ROOT / "tests" / "vectors").glob("*.in.json"))


def run(*args, data=None, **env):
    return subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "replay"), *args],
        input=data,
        capture_output=True,
        env={**os.environ, **env},
        timeout=60,
    )


def refused(done):
    """Return the one line of a refusal, having checked that it is one and nothing else."""
    assert done.returncode == 2
    assert done.stdout == b""
    line = done.stderr.decode()
    assert line.endswith("\n") and line.count("\n") == 1
    assert "Traceback" not in line
    return line


def replays_byte_for_byte(path):
    """Check that the command makes of a worked document of any kind exactly its result."""
    done = run(str(path))
    assert done.stderr == b""
    assert done.returncode == 0
    assert done.stdout == path.with_name(path.name.replace(".in.", ".out.")).read_bytes()


def test_there_are_vectors():
    assert len(VECTORS) == 10


@pytest.mark.parametrize("path", VECTORS, ids=lambda path: path.name)
def test_a_vector_replays_byte_for_byte(path):
    replays_byte_for_byte(path)


def test_standard_input_gives_the_same():
    data = VECTORS[0].read_bytes()
    assert run("-", data=data).stdout == run(str(VECTORS[0])).stdout


def test_the_script_runs_by_itself_from_anywhere(tmp_path):
    script = ROOT / "scripts" / "replay"
    done = subprocess.run([str(script), str(VECTORS[0])], capture_output=True, cwd=tmp_path)
    assert done.returncode == 0 and json.loads(done.stdout)["totals"]


def test_the_result_is_utf8_in_any_locale():
    document = json.loads((ROOT / "tests/vectors/one-quarter.in.json").read_bytes())
    document["institutions"][0]["code"] = "荫城村卫生室"
    data = json.dumps(document).encode()
    done = run("-", data=data, LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0
    assert json.loads(done.stdout.decode())["institutions"][0]["code"] == "荫城村卫生室"
    document["institutions"][0]["quarters"][0]["score"] = None
    done = run("-", data=json.dumps(document).encode(), PYTHONIOENCODING="ascii")
    assert "institutions[0].quarters[0].score" in refused(done)


def test_the_results_of_a_folder_are_written_anew(tmp_path):
    """What `tests/vectors` holds comes out as it stands; a result that is other or missing is named and written."""
    folder = tmp_path / "vectors"
    shutil.copytree(ROOT / "tests" / "vectors", folder)
    assert run("--anew", str(folder)).stdout == b""
    other, missing = folder / "clinic-a.out.json", folder / "grading" / "random-strict.out.json"
    other.write_bytes(b"{}")
    missing.unlink()
    done = run("--anew", str(folder))
    assert (done.returncode, done.stdout.decode().split()) == (0, [str(other), str(missing)])
    for path in folder.rglob("*.json"):
        assert path.read_bytes() == (ROOT / "tests" / "vectors" / path.relative_to(folder)).read_bytes()


def test_where_one_document_breaks_a_rule_no_result_is_written(tmp_path):
    shutil.copy(ROOT / "tests" / "vectors" / "clinic-a.in.json", tmp_path)
    (tmp_path / "broken.in.json").write_text('{"scheme": {}}')
    assert refused(run("--anew", str(tmp_path))).startswith("broken.in.json: institutions: ")
    assert not list(tmp_path.glob("*.out.json"))
    assert "NAME.in.json" in refused(run("--anew", str(tmp_path / "nothing")))


def test_help_says_what_it_does():
    done = run("--help")
    assert done.returncode == 0 and b"replay document" in done.stdout


@pytest.mark.parametrize("name", ["no-such-file.json", "."])
def test_a_file_that_cannot_be_read(name, tmp_path):
    assert name in refused(run(str(tmp_path / name) if name != "." else "."))


def test_a_name_that_is_no_file_name():
    assert "no.json" in refused(run("no.json\nanother"))


def test_no_argument_is_a_usage_error():
    assert run().returncode == 2


def test_a_broken_document_is_one_line_that_names_the_field():
    assert refused(run("-", data=b'{"scheme": {}}')).startswith("institutions: ")
