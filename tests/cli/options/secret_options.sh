# No option takes a secret; what follows is not repeated.
for option in -pcanary --password=canary --passwordcanary --pass=canary --passcanary --token=canary --secret=canary --user=u:canary -uu:canary; do status mqstat $option; done 2>&1 | tee out
for url in http://u:canary@h https://canary@h http://h/@canary 'http://u:ca/nary@h'; do status mqstat -e "$url"; status mqstat --proxy "$url"; done 2>&1 | tee -a out
MQSTAT_ENDPOINT=http://u:canary@h status mqstat 2>&1 | tee -a out; MQSTAT_USER=u:canary status mqstat -e http://h 2>&1 | tee -a out; MQSTAT_PROXY=http://u:canary@h status mqstat 2>&1 | tee -a out
status mqstat --password canary -e http://h; grep -e canary -e nary out || :
