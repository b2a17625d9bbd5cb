# What the comparisons share. Sourced, plain sh, after $redeye and $farm are set.
# shellcheck shell=sh disable=SC2034,SC2154
# In memory, so that the disk of the day is not measured, on either side.
[ -d /dev/shm ] && TMPDIR=/dev/shm && export TMPDIR
folder=$(mktemp -d)
children=
trap 'exec 3>&-; kill $children 2>/dev/null || :; wait 2>/dev/null || :; rm -rf "$folder"' EXIT INT TERM
port=16161
export COMMUNITY=public SIGNING=signs-everything HIDING=hides-everything
export LC_ALL=C

# start COUNT [PORTS]: agents that live as long as descriptor 3 is open.
start() {
  rm -f "$folder/feed"
  mkfifo "$folder/feed"
  : >"$folder/farm"
  "$farm" "$1" "$port" "${2:-50}" <"$folder/feed" >"$folder/farm" &
  exec 3>"$folder/feed"
  until grep -q agents "$folder/farm"; do
    kill -0 $! || exit
    sleep 0.1
  done
}

stop() {
  exec 3>&-
  sleep 0.3
}

# address NUMBER: where the agent of a number is.
address() {
  place=$(($1 + 1))
  echo "127.$((1 + place / 62500)).$((place / 250 % 250)).$((place % 250 + 1))"
}

# configure NAME COUNT STEP DEADLINE LOGIN USE: a folder with a configuration of as many agents.
configure() {
  mkdir -p "$folder/$1"
  awk -v count="$2" -v step="$3" -v deadline="$4" -v login="$5" -v use="$6" -v port="$port" 'BEGIN {
    printf "package: farm\nrequires: [base]\nsettings: {step: %s, deadline: %s}\nhosts:\n  all:\n", step, deadline
    printf "    snmp: {%s, port: %s}\n", login, port
    for (i = 1; i <= count; i++)
      printf "    switch%d: {address: 127.%d.%d.%d, use: [%s]}\n", i, 1 + int(i / 62500), int(i / 250) % 250, i % 250 + 1, use
  }' >"$folder/$1/redeye.yaml"
}

# mrtg_targets SWITCHES PORTS: what MRTG's configuration says of each port.
mrtg_targets() {
  i=0
  while [ $i -lt "$1" ]; do
    where=$(address $i)
    p=1
    while [ $p -le "$2" ]; do
      printf 'Target[s%s-%s]: %s:public@%s:%s::::2\nMaxBytes[s%s-%s]: 125000000\nTitle[s%s-%s]: x\nPageTop[s%s-%s]: x\n' \
        $i $p $p "$where" $port $i $p $i $p $i $p
      p=$((p + 1))
    done
    i=$((i + 1))
  done
}

plain='version: 2c, community: !secret env:COMMUNITY'
secured='version: 3, user: reader, authentication: SHA, password: !secret env:SIGNING, privacy: AES, privacy password: !secret env:HIDING'

# measure COMMAND...: CPU milliseconds, wall milliseconds and peak KiB of a command and its children. What it said stays
# in $folder/output; a command that failed has no figure, unless $may_fail is set.
may_fail=
measure() {
  env time -q -f '%U %S %e %M' -o "$folder/time" "$@" >"$folder/output" 2>&1 || if [ -z "$may_fail" ]; then
    echo "$*: $(head -n 3 "$folder/output")" >&2
    return 1
  fi
  awk 'END { printf "%d %d %d", ($1 + $2) * 1000, $3 * 1000, $4 }' "$folder/time"
}

# next_slot SECONDS: waits for the next one to begin.
next_slot() { sleep $(($1 - $(date +%s) % $1 + 1)); }

# Ticks of 10 ms a process has used.
ticks() { awk '{ print $14 + $15 }' "/proc/$1/stat"; }

# least NAME: of $folder/NAME1 to 3, what a measure wrote, the one with the least CPU.
least() { for turn in 1 2 3; do awk '{ print }' "$folder/$1$turn"; done | sort -n | awk 'NF { print; exit }'; }

heading() { printf '\n| what | CPU ms | peak MiB | bound |\n|---|---:|---:|---|\n'; }

row() { # title, bound, "CPU wall KiB"
  rest=${3#* }
  printf '| %s (%s ms wall) | %s | %s | %s |\n' "$1" "${rest% *}" "${3%% *}" "$((${rest#* } / 1024))" "$2"
}

# ratio PEER OURS [LESS]: how many times as much the peer used, of CPU.
ratio() { awk -v ours="$2" -v peer="$1" -v less="${3:-0}" 'BEGIN { d = ours - less; printf "%.1f", peer / (d > 1 ? d : 1) }'; }
