sim
printf '%s\n' . .. '' good $'\xff' $'\xc0\xaf' $'\xed\xa0\x80' $'\xf4\x90\x80\x80' >ids.txt
printf 'a\0b\n' >>ids.txt
head -c 65536 /dev/zero | tr '\0' x >long.txt
status mqstat --rate 1000 ids.txt long.txt | cut -d, -f1-7 | sed 's/xxxx*/x.../'
sim_end
echo "$(arrivals) request: $(awk '{ print $4 }' arrivals)"
