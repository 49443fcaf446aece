# nginx in front of a local Odoo with workers: pages and their websocket on one port. Sourced after common.sh, never run.
# shellcheck shell=bash

# nginx of this machine, else the one scripts/setup unpacks; Debian's is outside an ordinary user's PATH
nginx_program() {
    PATH=$PATH:/usr/sbin:/usr/local/sbin command -v nginx || echo "$CACHE/nginx/usr/sbin/nginx"
}

# write_proxy FOLDER PORT HTTP_PORT GEVENT_PORT   makes FOLDER/nginx.conf: what comes to PORT goes to those two of Odoo
write_proxy() {
    mkdir -p "$1"
    local folder=${ROOT//[\\&#]/\\&}/config/nginx
    sed -e "s#HTTP_PORT#$3#; s#GEVENT_PORT#$4#; s#PORT#$2#" \
        -e "s#PAGES#$folder/pages.conf#; s#LIMITS#$folder/limits.conf#" \
        "$ROOT/config/nginx/local.conf.in" >"$1/nginx.conf"
}
