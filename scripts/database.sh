# Making a database of the suite. Sourced after common.sh with a PostgreSQL server at hand, never run.

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
env["ir.qweb"]._pregenerate_assets_bundles()
env.cr.commit()
PY
    [ "$demo" = demo ] || printf '%s\n' "$password"
}
