# The proxy wants a login of its own, or fails: given up, and it is named.
for to in http https; do
    for how in 'status=407' 'status=502'; do
        echo "$how" >fail && sim --scenario fail
        ids 3 | status mqstat --proxy "$url" -e "$to://127.0.0.1:9" --give-up-after 1s 2>err | cut -d, -f1,3-4 |
            sed '3,4s/server_error,502/not_attempted,/' # they may have been asked before the end
        sim_end && grep -o 'ended early[^;]*' err
    done
done
