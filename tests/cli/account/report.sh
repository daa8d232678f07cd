# A report is well-formed, fetches nothing, runs nothing, and is small.
printf 'id=*7 status=404\nid=*5 status=403\n' >scenario && sim --quota 100 --scenario scenario && { ids 400; echo; ids 9; } >ids.txt
status mqstat --rate 200 --trim --report r.html --fail-if 'error>0' ids.txt >out.csv 2>/dev/null
xmllint --noout r.html && [ "$(wc -c <r.html)" -lt 60000 ] && ! grep -i -e '<script' -e ' src=' -e href -e '@import' -e 'url(' -e ' on[a-z]*="' r.html
sed 's/<[^>]*>/\n/g; s/&#160;/ /g' r.html | grep -e 'clients online' -e holds -e '^error>0$' -e '^server not\|^the service does\|^no permission' -e 'The first 50'
xmllint --xpath '//h2/text()' r.html && for chart in rate latency; do xmllint --xpath "count(//*[@id='$chart-t' or @id='$chart-d'])" r.html; done
xmllint --xpath '//*[@class="errors"]//td/code/text()' r.html && ! grep -q secret0 r.html
