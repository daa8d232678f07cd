# A run that learns nothing, or is held by its --max-rate, forgets nothing.
export XDG_STATE_HOME=$PWD/state
sim && ids 30 | mqstat --rate auto --max-rate 20 >a.csv && file=$(echo state/mqstat/rate-*)
cut -d' ' -f2 "$file" && sed -i 's/ [0-9.]* / 400 /' "$file"
ids 30 | mqstat --rate auto >a.csv && ids 9 | mqstat --rate auto --max-rate 9 >a.csv && ids 400 | mqstat --rate auto >a.csv
cut -d' ' -f2 "$file"
