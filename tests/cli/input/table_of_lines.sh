# A table that is read as lines is worth a note, on a terminal or with -v.
sim
printf 'vin,model\nA1,x\n' >a.txt && printf '"Typ";"VIN"\n' >b.txt && printf '{"id":"A1"}\n' >c.txt && printf 'VIN1,vins\n' >d.txt && echo '[' >e.json
for file in a.txt b.txt c.txt d.txt e.json '--from lines a.txt' '--header a.txt'; do
    mqstat -v $file 2>&1 >/dev/null | grep looks || echo "no note on $file"
done
mqstat -v <a.txt 2>&1 >/dev/null | grep looks && mqstat a.txt >/dev/null
