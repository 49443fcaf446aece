# Making a database of the suite. Sourced after common.sh with a PostgreSQL server at hand, never run.
# shellcheck shell=bash

# suite_modules [demo]   every module of addons/, comma separated; those named *_demo only where asked for
suite_modules() {
    local manifest module list=
    for manifest in "$ROOT"/addons/*/__manifest__.py; do
        module=$(basename "$(dirname "$manifest")")
        case $module in *_demo) [ "${1:-}" = demo ] || continue ;; esac
        list=$list,$module
    done
    printf '%s' "${list#,}"
}

# addons_hash   a mark of the code a database was installed with
addons_hash() {
    (cd "$ROOT" && find addons config/requirements -type f ! -name '*.pyc' ! -path '*/tests/*' -print0 \
        | LC_ALL=C sort -z | xargs -0 sha256sum) | sha256sum | cut -c1-32
}

# logged FILE COMMAND...   runs it with its output in FILE; where it fails, shows the end of it
logged() {
    local file=$1; shift
    "$@" >>"$file" 2>&1 || { tail -n 30 "$file" >&2; die "that failed; the whole log is $file"; }
}

# make_database NAME LOG plain|demo   an installed, Chinese database. Its administrator gets the demo county's
# password where there is one, else one that make_database prints on standard output.
make_database() {
    local name=$1 log=$2 demo=$3 password
    password=$(head -c 12 /dev/urandom | od -An -tx1 | tr -d ' \n')
    logged "$log" "$ODOO" db init "$name" --language zh_CN --country CN
    logged "$log" "$ODOO" -d "$name" -i "$(suite_modules "$demo")" --skip-auto-install --stop-after-init
    logged "$log" "$ODOO" shell -d "$name" --no-http <<PY
shared = env["ir.config_parameter"].sudo().get_param("bphs_demo.password")
env.ref("base.user_admin").write({"password": shared or "$password", "tz": "Asia/Shanghai"})
# Scripts and styles of pages, made once for whoever opens the first; those of Odoo's own tests nobody opens.
for kind, bundles in zip(("js", "css"), env["ir.qweb"]._get_bundles_to_pregenarate()):
    for bundle in sorted(one for one in bundles if "test" not in one):
        getattr(env["ir.qweb"]._get_asset_bundle(bundle, css=kind == "css", js=kind == "js"), kind)()
env.cr.commit()
PY
    [ "$demo" = demo ] || printf '%s\n' "$password"
}

# answers URL   whether a page is given there
answers() {
    "$VENV/bin/python" - "$1" <<'PY' 2>/dev/null
import sys, urllib.request as web
web.build_opener(web.ProxyHandler({})).open(sys.argv[1], timeout=30).read()
PY
}

# sign_ins DATABASE   the table of people who can sign in to the demo county
sign_ins() {
    { printf '角色\t登录名\t姓名\t密码\n'; psql -X -q -A -t -F $'\t' -d "$1" -c "
        SELECT COALESCE(string_agg(COALESCE(grp.name ->> 'zh_CN', grp.name ->> 'en_US'), '、'), ''),
               users.login, partner.name,
               COALESCE((SELECT value FROM ir_config_parameter WHERE key = 'bphs_demo.password'), '')
          FROM res_users users
          JOIN res_partner partner ON partner.id = users.partner_id
          LEFT JOIN res_users_role_line line ON line.user_id = users.id
          LEFT JOIN res_users_role held ON held.id = line.role_id
          LEFT JOIN res_groups grp ON grp.id = held.group_id
         -- Without a password nobody signs in: most of the demo's village doctors have none.
         WHERE users.active AND NOT users.share AND users.password IS NOT NULL
         GROUP BY users.id, users.login, partner.name ORDER BY users.id"; } | table
}

# table   tab-separated lines in columns; a Chinese character takes two places
table() {
    "$VENV/bin/python" -c '
import sys, unicodedata
rows = [line.rstrip("\n").split("\t") for line in sys.stdin]
width = lambda text: sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
columns = [max(map(width, column)) for column in zip(*rows)]
for row in rows:
    print("  " + "  ".join(cell + " " * (size - width(cell)) for cell, size in zip(row, columns)).rstrip())
'
}

# use_server CONFIGURATION   the server scripts/run uses, or the one an odoo.conf names
use_server() {
    "$ROOT/scripts/setup" </dev/null
    export ODOO=$VENV/bin/odoo ODOO_ADDONS_PATH=$ROOT/addons
    started=
    if [ -n "$1" ]; then
        [ -r "$1" ] || die "cannot read $1"
        export ODOO_RC=$1
        local option value
        for option in PGHOST=db_host PGPORT=db_port PGUSER=db_user PGPASSWORD=db_password; do
            value=$(sed -nE "s/^[ \t]*${option#*=}[ \t]*=[ \t]*(.*[^ \t])[ \t]*$/\1/p" "$1" | tail -n 1)
            case $value in ''|False|None) ;; *) export "${option%%=*}=$value" ;; esac
        done
    else
        export ODOO_RC=$ROOT/config/odoo-development.conf ODOO_DATA_DIR=${ODOO_DATA_DIR:-$VAR/data}
        cluster_folder run
        if [ -z "${PGHOST:-}" ] && ! cluster_running; then started=run; fi
        start_cluster run
    fi
}

# leave_server   stops what use_server had to start
leave_server() { [ -z "$started" ] || stop_cluster "$started"; }
