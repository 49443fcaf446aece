# Shared by the scripts of this folder: where things are, and small helpers. Sourced, never run.
# shellcheck shell=bash disable=SC2034
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
VAR=${JICENG_VAR:-$ROOT/var}
CACHE=${JICENG_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/jiceng}
ODOO_HOME=$CACHE/odoo-19
ODOO_SRC=${ODOO_SRC:-$ODOO_HOME/usr/lib/python3/dist-packages}
# One environment per content of the pinned lists and Odoo's source, shared by every clone of this user.
VENV=$CACHE/venv-$( (cat "$ROOT"/config/requirements/{oca,odoo,test}.txt; echo "$ODOO_SRC") | sha256sum | cut -c1-12)

# Compiled Python is kept, though never beside the source: without it each start of Odoo compiles some three thousand files.
unset PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX=${PYTHONPYCACHEPREFIX:-$VAR/pycache}

# prettier lies outside the environment: it is node's, and needed by lint alone.
PRETTIER_HOME=$CACHE/$(sed -n '/^prettier@/s/@/-/p' "$ROOT/config/requirements/prettier.txt")

say() { printf '%s\n' "$*" >&2; }
die() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; exit 1; }
usage() { sed -n '2,/^[^#]/{s/^# \{0,1\}//p}' "$0"; }

# Reads what the scripts on a database have in common, --help, -d DATABASE and -c CONFIGURATION, and asks the script's own
# `option` about everything else: it says by `took` how many words it took. What follows the options stands in `rest`.
read_options() {
    while [ $# -gt 0 ]; do
        taken=0
        case $1 in
            --help) usage; exit 0 ;;
            -d) database=${2:?a database name follows -d}; took 2 ;;
            -c) configuration=$(realpath "${2:?a file follows -c}"); took 2 ;;
            -*) option "$@" ;;
            *) break ;;
        esac
        [ "$taken" -gt 0 ] || die "unknown option $1 (see --help)"
        shift "$taken"
    done
    rest=("$@")
}
option() { :; }
took() { taken=$1; }

# Runs a command as root: directly, or through sudo where that asks for no password.
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then sudo -n "$@"
    else return 1
    fi
}

# PostgreSQL's own programs, of the newest version installed; empty where there is no server.
pg_bin() { find /usr/lib/postgresql -path '*/bin/postgres' 2>/dev/null | sort -V | tail -n 1 | sed 's#/postgres$##'; }

free_port() { # the first free port from $1 upwards on the loopback address
    "$VENV/bin/python" - "$1" <<'PY'
import socket, sys
for port in range(int(sys.argv[1]), 65000):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            continue
        print(port)
        break
PY
}

# The key that seals residents' numbers on this machine, for development and tests: made once, kept out of the database
# and out of the repository. Where JICENG_RESIDENT_KEY names a file already, that one is used.
use_resident_key() {
    if [ -z "${JICENG_RESIDENT_KEY:-}" ]; then
        JICENG_RESIDENT_KEY=$VAR/resident.key
        if [ ! -s "$JICENG_RESIDENT_KEY" ]; then
            mkdir -p "$VAR"
            (umask 077; printf 'k1 %s\n' "$(head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n')" >"$JICENG_RESIDENT_KEY.$$")
            mv -n "$JICENG_RESIDENT_KEY.$$" "$JICENG_RESIDENT_KEY"; rm -f "$JICENG_RESIDENT_KEY.$$"
        fi
    fi
    export JICENG_RESIDENT_KEY
}
