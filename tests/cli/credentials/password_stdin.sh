# - is standard input, when the ids come from a file.
sim
export -n MQSTAT_PASSWORD && echo A1 >a.txt
echo secret0 | mqstat --password-file - a.txt | rows && printf secret0 | mqstat --password-file=- a.txt | rows
echo secret0 | status mqstat --password-file - && echo secret0 | status mqstat --password-file - a.txt - && status mqstat --password-file - a.txt </dev/null
