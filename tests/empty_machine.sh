#!/bin/sh
# Release check: an empty Debian, with nothing but its minimal base, becomes a desk that answers.
#
#   sudo tests/empty_machine.sh [FOLDER] [COMMAND…]      COMMAND defaults to: ./desk test tests/test_floors.py -q
#
# Takes what is committed. Where packages come from is read from this machine's own configuration of apt, pip and npm,
# and given to the empty one. SUITE=trixie tries Debian 13 instead of 12. A FOLDER that exists already is used again.
# Needs root, debootstrap, and 3 GB.
set -eu

suite=${SUITE:-bookworm}
tree=${1:-$(mktemp -d)/tree}
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- ./desk test tests/test_floors.py -q
here=$(cd "$(dirname "$0")/.." && pwd)

own_suite() { sed -n 's/^VERSION_CODENAME=//p' /etc/os-release; }

mirror() { # where this machine gets Debian itself from
    # shellcheck disable=SC2016
    apt-get indextargets --format '$(CODENAME) $(REPO_URI)' |
        awk -v own="$(own_suite)" '$1 == own { print $2; exit }'
}

lend() { # the same file or folder in the tree as on this machine, where there is one
    for path in "$@"; do
        [ -e "$path" ] || continue
        mkdir -p "$tree/$(dirname "$path")"
        rm -rf "${tree:?}/$path"
        cp -aL "$path" "$tree/$path"
    done
}

if [ ! -d "$tree/srv" ]; then
    debootstrap --variant=minbase "$suite" "$tree" "$(mirror)" >/dev/null
    lend /etc/apt /usr/share/keyrings /usr/local/share/ca-certificates /etc/pip.conf /etc/hosts /etc/resolv.conf
    find "$tree/etc/apt" \( -name '*.list' -o -name '*.sources' \) -exec sed -i "s/\b$(own_suite)/$suite/g" {} +
    mkdir -p "$tree/root/.config"
    for path in .npmrc .config/pip; do
        [ ! -e "$HOME/$path" ] || cp -aL "$HOME/$path" "$tree/root/$path"
    done
    mkdir "$tree/srv/foyer"
    git -C "$here" archive HEAD | tar -x -C "$tree/srv/foyer"
fi

# What the clients of this machine are told by its environment; one NAME=VALUE a line.
clients='^(pip_|npm_config_|https?_proxy=|no_proxy=|ssl_cert|requests_ca|node_extra_ca|curl_ca|desk_)'
told=$(env | grep -iE "$clients" || :)
IFS='
'
begun=$(date +%s)
# Mounts and processes live in namespaces of their own and end with them.
# shellcheck disable=SC2016,SC2086
unshare --mount --pid --fork --kill-child sh -c '
    cd "$1"
    shift
    mount -t proc proc proc
    mkdir -p dev/shm
    mount -t tmpfs -o mode=1777 tmpfs dev/shm
    exec chroot . /usr/bin/env -i "$@"
' sh "$tree" PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 $told \
    sh -c 'cd /srv/foyer && exec "$@"' sh "$@"
unset IFS
echo "$* took $(($(date +%s) - begun)) s in $tree"
