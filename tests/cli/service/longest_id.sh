sim
head -c 65535 /dev/zero | tr '\0' % | mqstat | cut -d, -f2-5
sim_end
awk '{ print length($4), substr($4, 1, 6) }' arrivals
