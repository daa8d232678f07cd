#!/bin/sh
# Audits the sample fleet against the simulator: demo.sh [BUILD]
set -eu

cd "$(dirname "$0")/.."
build=${1:-build}
work=$(mktemp -d)
sim=
# shellcheck disable=SC2317
end() {
    [ -z "$sim" ] || kill "$sim" || true
    rm -rf "$work"
}
trap end EXIT
trap 'exit 130' INT TERM

# Runs what it shows.
show() {
    printf '\n$ %s\n' "$*"
    "$@"
}

mkfifo "$work/ready"
"$build/mqstat-sim" --latency 20ms --latency-jitter 10ms --max-time 2m \
    </dev/null >"$work/ready" &
sim=$!
read -r MQSTAT_ENDPOINT <"$work/ready"
export MQSTAT_ENDPOINT MQSTAT_USER=user0 MQSTAT_PASSWORD=secret0
echo "mqstat-sim, a stand-in for the service, is at $MQSTAT_ENDPOINT"

status=0
show "$build/mqstat" --column vin --keep model,region samples/fleet.csv ||
    status=$?

echo
echo "Status $status: finished, and one row carries an error, the one without"
echo "an id. 24 rows in, 24 rows out. A row repeats an id, so its attempts"
echo "are 0. Next: the manual, man ./man/mqstat.1"
[ "$status" -eq 1 ]
