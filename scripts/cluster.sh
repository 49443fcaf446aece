# The private PostgreSQL of this checkout. Sourced after common.sh, never run.
# shellcheck shell=bash disable=SC1090
#
# start_cluster NAME [fast]   makes the cluster where it is missing, starts it, exports PGHOST, PGPORT, PGUSER, PGPASSWORD
# stop_cluster NAME
# `fast` gives up crash safety for speed: for tests and benches only. Where PGHOST is set, that server is used and
# nothing is started or stopped.

# PostgreSQL refuses to run as root, and its own user cannot enter a folder only root may enter.
as_cluster_user() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid="$PG_OS_USER" --regid="$(id -g "$PG_OS_USER")" --clear-groups env -C / HOME=/ "$@"
    else "$@"
    fi
}

cluster_folder() {
    PG_OS_USER=$(id -un)
    if [ "$(id -u)" = 0 ]; then
        PG_OS_USER=postgres
        id postgres >/dev/null 2>&1 || useradd --system --home-dir / --shell /usr/sbin/nologin postgres
    fi
    CLUSTER=$VAR/pg-$1
    mkdir -p "$VAR"
    if ! as_cluster_user test -x "$VAR"; then
        local outside
        outside=/var/tmp/jiceng-$(id -un)-$(printf '%s' "${VAR%/var}" | sha256sum | cut -c1-8)
        CLUSTER=$outside/pg-$1
        # The folder is everyone's: what another user put there under this name is not ours.
        [ ! -e "$outside" ] || [ -O "$outside" ] || die "$outside belongs to someone else"
        mkdir -p "$outside"
    fi
}

cluster_running() { as_cluster_user "$(pg_bin)/pg_ctl" -D "$CLUSTER/data" status >/dev/null 2>&1; }

start_cluster() {
    [ -n "${PGHOST:-}" ] && return
    cluster_folder "$1"
    local secret=$VAR/pg-$1.env
    exec 6>"$VAR/pg-$1.lock"; flock 6   # two commands at once start one server
    if ! as_cluster_user test -d "$CLUSTER/data"; then
        case $CLUSTER in "$VAR"/*) ;; *) say "PostgreSQL's files are in $CLUSTER" ;; esac
        rm -rf "$CLUSTER"; mkdir -p "$CLUSTER"
        [ "$(id -u)" = 0 ] && chown "$PG_OS_USER" "$CLUSTER"
        chmod 700 "$CLUSTER"
        (umask 077; printf 'PGPASSWORD=%s\n' "$(head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n')" >"$secret")
        (. "$secret"; printf '%s' "$PGPASSWORD") | as_cluster_user sh -c 'cat >"$1"' sh "$CLUSTER/pw"
        as_cluster_user "$(pg_bin)/initdb" -D "$CLUSTER/new" -U jiceng --pwfile="$CLUSTER/pw" \
            --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 >/dev/null
        as_cluster_user rm "$CLUSTER/pw"
        as_cluster_user mv "$CLUSTER/new" "$CLUSTER/data"   # so that what is there is whole
    fi
    # Never made anew over data that is there.
    [ -f "$secret" ] || die "$secret is gone, the password of the data in $CLUSTER; delete that folder to begin anew"
    . "$secret"
    if ! cluster_running; then
        local options tries=0
        # No socket in the file system: its path may not be longer than 107 bytes.
        options="-c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
        options="$options -c max_connections=120 -c shared_buffers=512MB -c work_mem=16MB"
        # What a statement was about to store is nobody's to read in a log: neither the statement nor the row.
        options="$options -c log_min_error_statement=panic -c log_error_verbosity=terse"
        [ "${2:-}" = fast ] && options="$options -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        # Compiling a statement over the few rows of tests takes longer than running it; benches are measured with it.
        [ "$1" = test ] && options="$options -c jit=off -c wal_level=minimal -c max_wal_senders=0"
        # Another checkout that starts in the same second may take the port that was free: then the next one is.
        until as_cluster_user "$(pg_bin)/pg_ctl" -D "$CLUSTER/data" -w -s -l "$CLUSTER/log" \
            -o "$options -c port=$(free_port 54320)" start 6>&- 2>/dev/null; do
            [ $((tries += 1)) -lt 5 ] || die "PostgreSQL did not start: see $CLUSTER/log"
        done
    fi
    PGPORT=$(as_cluster_user sed -n 4p "$CLUSTER/data/postmaster.pid")
    exec 6>&-
    export PGHOST=127.0.0.1 PGPORT PGUSER=jiceng PGPASSWORD
}

stop_cluster() {
    cluster_folder "$1"
    cluster_running && as_cluster_user "$(pg_bin)/pg_ctl" -D "$CLUSTER/data" -s -m fast stop || true
}
