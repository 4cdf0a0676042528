#!/bin/sh
# One run of curl for one case: every step is a transfer of the same process, so that connections and sessions are kept.
# Arguments are options for each transfer: how careful this curl is. `--pins` stands for the pins of the host.
set -eu

pins="sha256//$(printf %s "${ASSAY_PINS:-}" | sed 's|,|;sha256//|g')"
second="sha256//$(printf %s "${ASSAY_PINS:-}" | cut -d , -f 2)"
export CURL_CA_BUNDLE="$ASSAY_CA" # here its path may hold spaces; $options is split at them
options="--silent --show-error --max-time 8 --output /dev/null $*"
if [ -n "${ASSAY_RESOLVE:-}" ]; then options="$options --resolve $ASSAY_RESOLVE"; fi

set --
for step in $(printf %s "$ASSAY_STEPS" | tr , ' '); do
  case $step in
    request) url=$ASSAY_URL pinned=$pins ;;
    second-host) url=$ASSAY_SECOND_URL pinned=$second ;; # has a key of its own
    plain-request) url=$ASSAY_PLAIN_URL pinned=$pins ;;
    *) continue ;;
  esac
  # No word of $options holds a space.
  # shellcheck disable=SC2046,SC2086
  set -- "$@" ${1:+--next} $(printf %s "$options" | sed "s|--pins|--pinnedpubkey $pinned|") "$url"
done
exec curl "$@"
