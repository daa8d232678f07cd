# Copies of a row that failed carry its error; bad ids are not asked at all.
printf 'id=A1 status=404\nid=A2 status=500\n' >scenario
sim --scenario scenario
printf '%s\n' A0 A1 A1 A2 . A2 . '' '' >a.txt && status mqstat -q --retries 1 a.txt
sim_end && arrivals
