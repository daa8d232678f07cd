# A certificate without a key, a key that is none, pins that are no hashes.
sim --tls --tls-ca-out ca.pem
ids 1 | status mqstat --cert ca.pem && ids 1 | status mqstat --cert ca.pem --key ca.pem
for pin in abc "$(printf %043d 0)" "$(printf %043d 0)=;x"; do ids 1 | status mqstat --pinned-key "sha256//$pin"; done
