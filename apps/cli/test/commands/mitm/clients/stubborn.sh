# A client that heeds no signal, and leaves two of its kind: one in its group, and a daemon that has left it and its parent.
trap '' TERM INT HUP
if [ "$ASSAY_CASE" = P1 ]; then exec "$NODE" "$CLIENTS/pinned.mjs"; fi
sleep "$NAP" &
(setsid sleep "$NAP" 2>/dev/null &)
echo "$HTTPS_PROXY" >>"$STARTED"
sleep "$NAP"
