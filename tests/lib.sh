# shellcheck shell=bash
# What cases are written with; run.sh puts it before each of them. A case:
#
#     sim --quota 100 --online-file online.txt    (sets $url, MQSTAT_*)
#     ids 300 | status mqstat --rate 200 >out.csv
#     sim_end                                     (the log is whole now)
#     echo "$(rows out.csv) rows, $(arrivals '$5 == 429') refused"
#
# mqstat and mqstat-sim are commands: `mqstat & kill -INT $!` works. The
# output is masked (mask.sed) and compared; every line must succeed, so put
# `status` before what ends with another status than 0.
#
# sim ARG...        starts mqstat-sim on a free port with --log arrivals,
#                   sets $url, $sim_pid, MQSTAT_ENDPOINT, _USER, _PASSWORD
# sim_end           ends all simulators; prints what went wrong with them
# status CMD...     runs it, prints `status N`, succeeds
# ids N [PREFIX]    N ids, VIN0000001 and so on
# rows [FILE]       number of result rows, the header not counted
# arrivals [COND]   number of requests in the log; COND: awk on $1 time in
#                   ns, $2 connection, $3 method, $4 id (encoded), $5 status
# max_in_window S   most requests in any S seconds of the log
# within_rate RATE  fails when the log breaks the promise on --rate RATE
# span A B LOW HIGH fails unless the log's requests A to B took LOW to HIGH s
# wait_arrivals N   until the log has N requests
# wait_line RE FILE until a line of FILE matches
# answers_match F   fails unless online is right in each row of the csv F
# faulty RULES CMD  with calls that fail as RULES say (faults/preload.c); where
#                   these speak of malloc, no case for a sanitizer's build
# no_sanitizer      first of all: the case is none for a sanitizer's build
# own_network       first of all: the case has a network (and mounts) of its
#                   own, where it may be root; skips where that is forbidden
# resolver WORD...  the only resolver there answers so (faults/resolver.py);
#                   again: from now on so. Questions go to the file questions
# filter RULE...    nftables rules for what leaves; none: no rules any more
# skip REASON       ends the case: this machine cannot run it
# mask              the masking, for what is printed otherwise
# nginx_start S [H] starts nginx with S inside server { } and H inside
#                   http { } on a free port, sets $nginx_url; ends by itself
# term COLUMNS      opens a terminal (tmux) of 24 lines with a shell in it,
#                   its screen full already: `keys WORD... Enter` types,
#                   screen prints what stands there, `size COLUMNS`
#                   makes it narrower or wider, `wait_screen RE` waits
# on_tty CMD        runs CMD in a terminal of 80 columns; prints its bytes
# as_nobody CMD...  as a user who may not read everything

# Not exported: the program would find it among its own variables.
# shellcheck disable=SC2034
MQSTAT_PATIENCE=$PATIENCE
sim_pids=()
sim_args=()
nginx_pid=
resolver_pid=

sim() {
    sim_args=("$@")
    rm -f sim.fifo && mkfifo sim.fifo
    mqstat-sim --log arrivals --max-time 300 "$@" \
        </dev/null >sim.fifo 2>sim.err &
    sim_pid=$!
    sim_pids+=("$sim_pid")
    if ! read -r url <sim.fifo; then
        cat sim.err
        return 1
    fi
    export MQSTAT_ENDPOINT=$url MQSTAT_USER=user0 MQSTAT_PASSWORD=secret0
}

# A sanitizer speaks through the simulator's status.
sim_end() {
    local pid status=0
    for pid in "${sim_pids[@]}"; do
        kill "$pid" 2>/dev/null || true
        wait "$pid" || status=$?
        [ "$status" -eq 0 ] || { echo "sim: status $status" && cat sim.err; }
    done
    sim_pids=()
}

# The shell's own word about a signal goes to nobody.
status() {
    local status=0
    { "$@" 2>&3 3>&- || status=$?; } 3>&2 2>/dev/null
    echo "status $status"
}

ids() {
    seq -f "${2-VIN}%07.0f" "$1"
}

rows() {
    tail -n +2 "$@" | wc -l
}

# shellcheck disable=SC2120
arrivals() {
    awk '!/^#/ && $3 != "CONNECT" && $3 != "CLOSE" && ('"${1-1}"') { n++ }
         END { print n + 0 }' "${log:-arrivals}"
}

max_in_window() {
    awk -v ns="$1e9" '/^#/ || $3 == "CONNECT" || $3 == "CLOSE" { next }
        { at[++last] = $1; while (at[last] - at[first + 1] >= ns) first++
          if (last - first > most) most = last - first }
        END { print most + 0 }' "${log:-arrivals}"
}

# contract 4.1 plus what 50 ms of a stalled machine move into a window.
within_rate() {
    local most
    most=$(max_in_window 1)
    awk -v most="$most" -v rate="$1" 'BEGIN {
        if (most <= rate * 1.055 + 1) exit 0
        print most " requests in one second, at --rate " rate; exit 1 }'
}

span() {
    awk -v a="$1" -v b="$2" -v low="$3" -v high="$4" '
        /^#/ || $3 == "CONNECT" || $3 == "CLOSE" { next }
        { at[++n] = $1 }
        END { s = (at[b] - at[a]) / 1e9
              if (n < b) print "only " n " requests"
              else if (s < low || s > high) print s " s from " a " to " b
              else exit 0
              exit 1 }' "${log:-arrivals}"
}

wait_for() {
    local end=$((SECONDS + 10 * PATIENCE))
    until "$@" 2>/dev/null; do
        [ "$SECONDS" -lt "$end" ] || { echo "never came: $*" && return 1; }
        sleep 0.01
    done
}

has_arrivals() {
    [ "$(arrivals 1)" -ge "$1" ]
}

wait_arrivals() {
    wait_for has_arrivals "$1"
}

wait_line() {
    wait_for grep -q -e "$1" "$2"
}

# What a simulator with the same fleet says is right; no log, no quota.
answers_match() {
    local i fleet=() pid truth
    for ((i = 0; i + 1 < ${#sim_args[@]}; i++)); do
        case ${sim_args[i]} in
        --online | --online-file) fleet+=("${sim_args[@]:i:2}") ;;
        esac
    done
    mkfifo truth.fifo
    mqstat-sim --max-time 60 "${fleet[@]}" </dev/null >truth.fifo &
    pid=$!
    read -r truth <truth.fifo
    rm truth.fifo
    python3 "$TESTS/answers_match.py" "$truth" "$1" || i=-1
    kill "$pid" && wait "$pid" && [ "$i" -ge 0 ]
}

no_sanitizer() {
    [ "$(nm -D "$BUILD/mqstat" | grep -c __asan_init)" -eq 0 ] ||
        skip "a sanitizer has memory, and looks at it, in its own way"
}

# Our own library goes before a sanitizer's: it calls that one.
faulty() {
    local rules=$1
    shift
    [ -e "$BUILD/faults.so" ] || { echo "make units builds faults.so" && return 1; }
    case $rules in malloc*) no_sanitizer ;; esac
    FAULTS=$rules LD_PRELOAD=$BUILD/faults.so \
        ASAN_OPTIONS=verify_asan_link_order=0:$ASAN_OPTIONS "$@"
}

# The case begins anew in there.
own_network() {
    local how=-nm
    [ "$(id -u)" -eq 0 ] || how=-rnm
    if [ -z "${NETWORK-}" ]; then
        unshare $how ip link set lo up 2>own.err ||
            skip "no network of its own: $(head -n 1 own.err)"
        # The inner shell expands it.
        # shellcheck disable=SC2016
        NETWORK=1 exec unshare $how bash -eu -o pipefail -c \
            '. "$TESTS/lib.sh"; . "$CASE"' "$0"
    fi
    ip link set lo up
    filter || skip "no nftables here"
}

resolver() {
    echo "$@" >answers.new && mv answers.new answers
    [ -z "$resolver_pid" ] || return 0
    echo 'nameserver 127.0.0.53
options timeout:1 attempts:1' >resolv.conf
    echo 'hosts: files dns' >nsswitch.conf
    mount --bind resolv.conf /etc/resolv.conf
    mount --bind nsswitch.conf /etc/nsswitch.conf
    : >questions
    python3 "$TESTS/faults/resolver.py" answers questions >resolver.out &
    resolver_pid=$!
    wait_line ready resolver.out
}

filter() {
    nft flush ruleset && nft add table inet t &&
        nft add chain inet t out '{ type filter hook output priority 0; }' ||
        return
    local rule
    for rule; do
        nft add rule inet t out "$rule"
    done
}

skip() {
    echo "$1"
    exit 77
}

mask() {
    sed -E -f "$TESTS/mask.sed"
}

# nginx cannot say which port it got: tries some below the ephemeral ones.
nginx_start() {
    local port
    for _ in 1 2 3 4 5; do
        port=$((20000 + RANDOM % 10000))
        cat >nginx.conf <<END
daemon off;
master_process off;
pid $PWD/nginx.pid;
error_log $PWD/nginx.log;
events {}
http {
    access_log off;
    client_body_temp_path $PWD/nginx.tmp;
    proxy_temp_path $PWD/nginx.tmp;
    fastcgi_temp_path $PWD/nginx.tmp;
    uwsgi_temp_path $PWD/nginx.tmp;
    scgi_temp_path $PWD/nginx.tmp;
    ${2-}
    server {
        listen 127.0.0.1:$port;
        $1
    }
}
END
        nginx -e "$PWD/nginx.log" -c "$PWD/nginx.conf" 2>/dev/null &
        nginx_pid=$!
        until [ -s nginx.pid ] || ! kill -0 "$nginx_pid" 2>/dev/null; do
            sleep 0.01
        done
        # shellcheck disable=SC2034
        nginx_url=http://127.0.0.1:$port
        [ -s nginx.pid ] && return
        grep -q 'Address already in use' nginx.log || break
    done
    cat nginx.log
    return 1
}

# The leak checker cannot work beside another tracer.
strace() {
    ASAN_OPTIONS=${ASAN_OPTIONS-}:detect_leaks=0 command strace "$@"
}

as_nobody() {
    local user=()
    [ "$(id -u)" -ne 0 ] ||
        user=(setpriv --reuid=65534 --regid=65534 --clear-groups)
    "${user[@]}" "$@"
}

term() {
    TERM=xterm tmux -S tmux.sock -f /dev/null new-session -d -x "$1" -y 24 \
        "seq 99; exec env PS1='$ ' bash --norc -i"
    wait_screen '^\$ *$'
}

keys() {
    tmux -S tmux.sock send-keys "$@"
}

size() {
    tmux -S tmux.sock resize-window -x "$1" -y 24
}

screen() {
    tmux -S tmux.sock capture-pane -p -S - | sed '/./!d; /^[0-9]*$/d; /^\$ *$/d'
}

screen_has() {
    tmux -S tmux.sock capture-pane -p | grep -q -e "$1"
}

wait_screen() {
    wait_for screen_has "$1"
}

on_tty() {
    TERM=xterm script -qfec "stty cols 80; $1" /dev/null </dev/null
}

is_gone() {
    ! kill -0 "$1"
}

term_end() {
    local pids pid
    pids=$(tmux -S tmux.sock display -p '#{pane_pid} #{pid}')
    tmux -S tmux.sock kill-server
    for pid in $pids; do wait_for is_gone "$pid"; done
}

end_servers() {
    local pid
    [ ! -S tmux.sock ] || term_end
    sim_end
    for pid in $nginx_pid $resolver_pid; do
        kill "$pid" 2>/dev/null || true
        wait "$pid" || true
    done
}

trap end_servers EXIT
