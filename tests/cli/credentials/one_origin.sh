# The login goes to the endpoint only: redirects are not followed.
sim && mv arrivals other && other=$url
printf '%s\n' "id=A1 status=302 header=\"Location: $other/\"" "id=A2 status=307 header=\"Location: $other/client-id/A2/status\"" 'id=A3 status=301 header="Location: /client-id/A4/status"' >scenario
sim --scenario scenario && ids 5 A | sed 's/000000//' | status mqstat -q
sim_end && arrivals && log=other arrivals
