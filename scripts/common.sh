# What scripts/run and scripts/test share: a Swift toolchain, and Debian packages. Sourced, plain sh.

# One line that says what is missing, then the end.
fail() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 4
}

# Swift on PATH, or where its installers put it. Its version is asked once the packages it starts with are there.
need_swift() {
  [ "$(uname -s)" = Linux ] || fail "redeye is built on Debian; this is $(uname -s)"
  command -v apt-get >/dev/null 2>&1 && command -v dpkg-query >/dev/null 2>&1 ||
    fail "redeye is built on Debian 12; this system has no apt-get"
  for folder in /opt/swift/usr/bin /usr/libexec/swift/bin "${HOME:-/root}/.local/share/swiftly/bin"; do
    command -v swift >/dev/null 2>&1 && break
    [ -x "$folder/swift" ] && PATH="$folder:$PATH"
  done
  command -v swift >/dev/null 2>&1 || fail "no Swift toolchain: install Swift 6.3 from https://www.swift.org/install"
}

# A Swift that starts, and is new enough.
need_swift_6() {
  said=$(swift --version 2>&1) || fail "swift does not start: $(echo "$said" | head -n 1)"
  version=$(echo "$said" | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)
  case "$version" in
  6.[2-9] | 6.[1-9][0-9] | [7-9].* | [1-9][0-9].*) ;;
  *) fail "Swift ${version:-of an unknown version} is too old: install Swift 6.3 from https://www.swift.org/install" ;;
  esac
}

# Installs those of the named Debian packages that are not there, in one go; silent when there is nothing to do.
need_packages() {
  missing=
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
  done
  [ -z "$missing" ] && return
  echo "Installing:$missing"
  sudo=
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null 2>&1 || fail "these packages are missing and there is no sudo: apt-get install$missing"
    sudo=sudo
  fi
  # Lists are absent on a fresh machine, and old ones name versions that are gone.
  find /var/lib/apt/lists -name '*Packages*' -mtime -7 2>/dev/null | grep -q . ||
    $sudo apt-get -qq update || fail "apt-get update failed"
  # shellcheck disable=SC2086 # a list of words
  $sudo env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get -qq -y --no-install-recommends install $missing \
    >/dev/null || fail "apt-get could not install:$missing"
}

# Lays the checkers of pages, packages of Python, into .build/checkers, unless those of the list are there.
need_checkers() {
  list=scripts/checkers.txt
  place=.build/checkers
  cmp -s "$list" "$place/list" && return
  echo "Laying the checkers of pages into $place"
  rm -rf "$place"
  mkdir -p .build
  /usr/bin/python3 -m venv "$place" || fail "there is no virtual environment of Python for the checkers of pages"
  "$place/bin/python" -m pip --quiet --disable-pip-version-check install --no-deps -r "$list" ||
    fail "pip could not install the packages of $list"
  ln -s "$(cd "$place" && echo lib/python3*/site-packages)" "$place/packages"
  cp "$list" "$place/list"
}

# To compile: what a Swift toolchain itself expects of Debian, then the headers of the C libraries.
build_packages="libncurses6 libcurl4 libxml2 libsqlite3-0 libedit2 librrd-dev libsnmp-dev libyaml-dev libpng-dev libfreetype-dev libcurl4-openssl-dev
libssl-dev libc-ares-dev libsqlite3-dev pkg-config git ca-certificates binutils libc6-dev libgcc-12-dev libstdc++-12-dev zlib1g-dev tzdata"
# To run.
run_packages="fping fonts-dejavu-core fonts-dejavu-extra"
# To test: the real peers.
test_packages="snmpd snmp nginx-light exim4-daemon-light nsd rrdtool openssl procps python3
python3-venv python3-pip openjdk-17-jre-headless lighttpd lighttpd-mod-deflate apache2-bin busybox chromium-headless-shell monitoring-plugins-basic munin-plugins-core"
