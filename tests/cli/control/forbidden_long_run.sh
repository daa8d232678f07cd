# 403 for a hundred ids in a row, not for all: rows, and few controls.
ids 200 | sed -n '51,150p' >forbidden && sim --forbidden-file forbidden
ids 200 | status mqstat --rate 1000 -j 4 2>/dev/null | cut -d, -f3,4 | sort | uniq -c
sim_end
echo "$(arrivals '$4 == "VIN0000001"') for the control's id"
