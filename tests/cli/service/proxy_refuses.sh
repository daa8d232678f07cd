sim && sim_end
ids 3 | status mqstat --proxy "$url" -e http://mqtt.example:1883 --give-up-after 500ms 2>err | cut -d, -f1,3-4
grep -o 'ended early: .*127.0.0.1' err
