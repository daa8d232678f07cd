#!/usr/bin/env bash
# Makes the README's pictures from a real run against the simulator:
# pictures.sh [BUILD]. Needs chromium and tmux besides what building needs.
set -eu -o pipefail

cd "$(dirname "$0")/.."
build=$(cd "${1:-build}" && pwd)
samples=$PWD/samples
work=$(mktemp -d)
sim=
# shellcheck disable=SC2317
end() {
    tmux -S "$work/tmux" kill-server 2>/dev/null || true
    [ -z "$sim" ] || kill "$sim" || true
    rm -rf "$work"
}
trap end EXIT
trap 'exit 130' INT TERM

# A fleet with all that a report can show: models, copies, faults.
{
    echo vin,model
    seq 6000 | awk 'BEGIN { split("Comet Vega Lyra Altair Vega Comet", model) }
        { n = $1 % 97 ? $1 : $1 - 5
          printf "%s,%s\n", $1 == 71 ? "" : sprintf("VIN%07d", n),
              model[1 + ($1 * 7 + int($1 / 9)) % 6] }'
} >"$work/fleet.csv"
printf 'id=*413 status=500\nid=*77 status=404\n' >"$work/scenario"
mkfifo "$work/ready"
"$build/mqstat-sim" --latency 25ms --latency-jitter 30ms --quota 260 \
    --online 0.87 --scenario "$work/scenario" --max-time 2m \
    </dev/null >"$work/ready" &
sim=$!
read -r url <"$work/ready"

pane() {
    tmux -S "$work/tmux" "$@"
}
cat >"$work/rc" <<END
export MQSTAT_ENDPOINT=$url MQSTAT_USER=user0 MQSTAT_PASSWORD=secret0
export PATH=$build:\$PATH HOME=$work LC_ALL=C.UTF-8
PS1='$ '
END
cd "$work"
pane -f /dev/null new-session -d -x 104 -y 24 bash --rcfile rc
command="mqstat -r 300 -k model --group-by model --report report.html"
command+=" -o now.csv fleet.csv"
pane send-keys "clear; $command; echo ready" Enter
sleep 9 # in the middle of 25 s
pane capture-pane -p >middle
until pane capture-pane -p | grep -q '^ready'; do sleep 0.2; done
pane capture-pane -p >last

# The line of progress, then all that stands when the run is over.
{
    echo "\$ $command"
    grep -v '^$' middle | tail -n 1
    sed '/^ready/,$d' last
} >screen
python3 - screen >"$samples/terminal.svg" <<'END'
import html
import sys
lines = open(sys.argv[1], encoding="utf-8").read().split("\n")
lines = [line.rstrip() for line in lines if line.strip()]
high, wide = 20 * len(lines) + 32, max(map(len, lines)) * 8.43 + 40
print('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" '
      'width="%d" font-family="ui-monospace, Menlo, Consolas, monospace" '
      'font-size="14"><title>mqstat in a terminal</title><rect width="100%%" '
      'height="100%%" rx="8" fill="#14181b"/>' % (wide, high, wide))
for at, line in enumerate(lines):
    fill = "#4fb9ae" if line.startswith("$") else "#e6eaec"
    print('<text x="20" y="%d" fill="%s" xml:space="preserve" textLength="%.1f">'
          '%s</text>' % (31 + 20 * at, fill, 8.43 * len(line), html.escape(line)))
print('</svg>')
END
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars \
    --blink-settings=preferredColorScheme=1 --window-size=900,1330 \
    --screenshot="$samples/report.png" "file://$work/report.html" 2>/dev/null
[ "$(wc -c <"$samples/report.png")" -lt 100000 ] ||
    echo "pictures: report.png is over 100 KB" >&2
