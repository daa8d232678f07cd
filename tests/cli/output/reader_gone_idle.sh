# The reader's end is noticed although there is nothing to write.
sim
mkfifo in o
mqstat <in >o 2>err &
exec 9>in && exec 8<o && echo A1 >&9 && read -r line <&8 && exec 8<&-
{ wait $! || echo "status $?"; } && cat err
