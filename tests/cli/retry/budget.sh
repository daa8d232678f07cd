# Two of five fail: at most 10 % and max(50, 2 s of rate) more requests.
# limit: 40
echo 'share=40% status=500' >bad
sim --scenario bad
ids 400 | status mqstat --rate 60 --retries 9 -j 20 2>err | awk -F, '{ print $3 }' | sort -u
sim_end
extra=$(($(arrivals) - 400)) && [ $extra -le 160 ] && [ $extra -ge 80 ] || echo "$extra more"
