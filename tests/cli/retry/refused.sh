# Nobody listens: the first row carries the code, the rest was not asked.
sim && sim_end
ids 4 | status mqstat --give-up-after 500ms 2>err
sed 's/ port [0-9]* after [0-9]* ms/ port PORT/' err
echo A1 | status mqstat -v --give-up-after 500ms 2>&1 >/dev/null | sed -n '/until it answers/s/(.*): /: /p'
