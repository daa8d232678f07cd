# What a line may look like: blanks, comments, quotes, BOM, CRLF, a last line without an end; the last of equal keys counts.
printf '\xef\xbb\xbf# c\r\n; c\r\n\r\n  rate = 5\r\nrate=6 \r\nkeep = a;b #c\r\ncolumn = " x "\r\n[ profile x]' >c; status mqstat --config c --print-config
printf '\xef\xbb\xbf[profile x]\r\n\r\n rate : 5\r\n keep = a;b #c\r\ndelimiter = ";"\ncolumn = " x "\n[profile y]\nrate = 1\n[profile x] \n  rate=6 \ntrim = TRUE\nheader = 0\nunordered = no\nendpoint = "https://h/%%20=1"' >c
mqstat --config c --profile x --print-config | grep -v default
printf 'pinned-key = sha256//%05000d\nkeep = %060000d' 0 0 >c; mqstat --config c --print-config | awk '/ config c/ { print $1, length($3), $4, $5, $6 }'
mqstat --config <(echo rate = 9) --print-config | grep -c '^rate = 9/s  # config /dev/fd/'
