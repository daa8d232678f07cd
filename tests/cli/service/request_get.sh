sim --log-headers
ids 1 | mqstat >out.csv
sim_end
version=$(mqstat -V | head -n 1 | cut -d' ' -f2)
sed -n 's/^# //p' arrivals | sed -e 's/\\r\\n/\n/g' -e "s|/$version$|/VERSION|"
