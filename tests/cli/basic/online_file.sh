ids 20 | awk 'NR % 3 == 0' >online.txt
sim --online-file online.txt
ids 20 | mqstat | awk -F, '$2 == "true" { print $1 }' | diff online.txt -
