# --rate auto starts at 0.9 of what an earlier run found; state is private.
# limit: 60
export XDG_STATE_HOME=$PWD/state
sim --quota 400 && ids 4000 | mqstat --rate auto -o a.csv 2>err && sim_end && stat -c %a state/mqstat/rate-* state/mqstat
file=$(echo state/mqstat/rate-*) && awk '{ print ($2 > 380 && $2 < 420 ? "about 400" : $2) }' "$file"
sim --quota 400 && sed -i "s|http://[^ ]*|$url|" "$file" && mv "$file" "state/mqstat/rate-$(echo "$url" | sed 's/[^a-zA-Z0-9.-]/_/g')-user0"
ids 700 | mqstat --rate auto -o b.csv 2>err && sim_end && echo "$(arrivals '$5 == 429') refused"
awk '{ t[NR] = $1 } END { r = 300 / ((t[350] - t[50]) / 1e9); print (r > 300 ? "fast from the start" : r "/s") }' arrivals
