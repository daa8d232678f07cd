# In the background nothing is drawn, and tostop stops nothing.
sim && ids 5000 >ids.txt && term 80 && keys "stty tostop; mqstat -r 100 -o out.csv ids.txt &" Enter
wait_arrivals 200 && screen | sed 's/^\[1\].*/[1] PID/' && ps -o stat= --ppid "$(tmux -S tmux.sock display -p '#{pane_pid}')" | cut -c 1 | tr RD S
keys "fg" Enter && wait_screen '^[0-9,]* rows.*left' && keys C-c && wait_screen 'rows so far'
