"""Keeps the addons' Chinese translations complete. Called by scripts/i18n; see its --help.

usage: translations.py merge|check FOLDER_OF_EXPORTED_POT MODULE...
       translations.py apply PAIRS.json MODULE...
"""

import json
import re
import sys
from pathlib import Path

import polib

ADDONS = Path(__file__).resolve().parent.parent / "addons"
PLACEHOLDER = re.compile(r"%\(\w+\)[.\d]*[sdf]|%[sd]|\$\{[^}]*\}|(?<!\{)\{\w*\}(?!\})")

# Fields every model has.
COMMON = {
    "Created by": "创建人",
    "Created on": "创建时间",
    "Display Name": "显示名称",
    "ID": "编号",
    "Last Updated by": "最后修改人",
    "Last Updated on": "最后修改时间",
}


def po_path(module):
    return ADDONS / module / "i18n" / "zh_CN.po"


def pot_path(module):
    return ADDONS / module / "i18n" / f"{module}.pot"


def header(module, language):
    # No dates and no names of people: the same terms always give the same file.
    fields = {
        "Project-Id-Version": module,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    return fields | ({"Language": language} if language else {})


def exported(folder, module):
    """The terms of a module as Odoo exports them; none exported means none to translate."""
    path = Path(folder) / f"{module}.pot"
    return polib.pofile(str(path)) if path.exists() and path.stat().st_size else polib.POFile()


def known(path):
    """The translations a file holds: {English: Chinese}, fuzzy and obsolete ones left out."""
    if not path.exists():
        return {}
    entries = polib.pofile(str(path))
    return {e.msgid: e.msgstr for e in entries if e.msgstr and not e.fuzzy and not e.obsolete}


def shared():
    """What all addons say already: a word translated in one is translated alike in the next."""
    texts = dict(COMMON)
    for path in sorted(ADDONS.glob("*/i18n/zh_CN.po")):
        texts |= known(path)
    return texts


def write(path, module, terms, translations=None):
    out = polib.POFile(wrapwidth=78)  # as Odoo and the OCA checks have it
    out.metadata = header(module, "zh_CN" if translations is not None else "")
    for term in sorted(terms, key=lambda term: term.msgid):
        out.append(
            polib.POEntry(
                msgid=term.msgid,
                msgstr=(translations or {}).get(term.msgid, ""),
                comment=term.comment,
                occurrences=sorted(term.occurrences),
                flags=[flag for flag in term.flags if flag != "fuzzy"],
            )
        )
    path.parent.mkdir(exist_ok=True)
    out.save(str(path))


def untranslated(module):
    return [e.msgid for e in polib.pofile(str(po_path(module))) if not e.msgstr or e.fuzzy]


def merge(module, folder):
    terms = exported(folder, module)
    write(pot_path(module), module, terms)
    write(po_path(module), module, terms, shared() | known(po_path(module)))
    return []


def apply(module, pairs):
    if not po_path(module).exists():
        return ["has no i18n/zh_CN.po yet: export its terms first"]
    terms = polib.pofile(str(po_path(module)))
    wanted = {e.msgid for e in terms}
    given = {text: chinese for text, chinese in pairs.items() if text in wanted and chinese}
    write(po_path(module), module, terms, known(po_path(module)) | given)
    return []


def check(module, folder):
    """What keeps a module from being complete in Chinese, a line each."""
    have = known(po_path(module))
    problems = []
    terms = {term.msgid for term in exported(folder, module)}
    for text in sorted(terms):
        if text not in have:
            problems.append(f"not translated: {text!r}")
        elif sorted(PLACEHOLDER.findall(text)) != sorted(PLACEHOLDER.findall(have[text])):
            problems.append(f"placeholders differ: {text!r} -> {have[text]!r}")
    problems += [f"no longer in the code: {text!r}" for text in sorted(set(have) - terms)]
    in_template = set()
    if pot_path(module).exists():
        in_template = {e.msgid for e in polib.pofile(str(pot_path(module)))}
    if in_template != terms:
        problems.append(f"{pot_path(module).name} is out of date: run scripts/i18n {module}")
    return problems


def main(mode, source, *modules):
    pairs = {}
    if mode == "apply":
        pairs = json.loads(Path(source).read_text(encoding="utf-8"))
        if not isinstance(pairs, dict) or not all(isinstance(v, str) for v in pairs.values()):
            sys.exit(f"{source}: an object of texts is needed")
    failed, used = False, set()
    for module in modules:
        if mode == "check":
            problems = check(module, source)
        else:
            problems = apply(module, pairs) if mode == "apply" else merge(module, source)
            if not problems:
                missing = untranslated(module)
                used |= {e.msgid for e in polib.pofile(str(po_path(module)))}
                print(f"{module}: {len(missing)} to translate", *map(repr, missing), sep="\n    ")
        for problem in problems:
            print(f"{module}: {problem}")
            failed = True
    for text in sorted(set(pairs) - used):
        print(f"{source}: no module named here has the term {text!r}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    if len(sys.argv) < 4 or sys.argv[1] not in ("merge", "apply", "check"):
        sys.exit(__doc__)
    main(*sys.argv[1:])
