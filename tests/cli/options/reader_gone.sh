# What is printed instead of an audit ends without a word, too.
ids 3 >ids.txt
exec 4> >(:)
wait $!
for what in --help --version --print-config '--nagios none' '--dry-run ids.txt'; do
    status sh -c "exec mqstat $what >&4"
done
