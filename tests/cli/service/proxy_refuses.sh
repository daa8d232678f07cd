sim && sim_end
ids 3 | status mqstat --proxy "$url" -e http://mqtt.example:1883 --give-up-after 500ms
