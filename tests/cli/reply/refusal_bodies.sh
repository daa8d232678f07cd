# A 429 with no body, with HTML and with ten megabytes: asked again.
printf '%s\n' 'id=none each=1 status=429 body=""' 'id=html each=1 status=429 body="<html>slow down</html>"' \
    'id=big each=1 status=429 body-size=10M' 'id=online each=1 status=429 body="{\"online\":false}"' >refuse
sim --online 1 --scenario refuse
sed 's/^id=\([^ ]*\).*/\1/' refuse | mqstat -j 1 | cut -d, -f1-5
sim_end
echo "$(arrivals) requests, $(awk '{ print $2 }' arrivals | sort -u | wc -l) connections"
