#!/bin/sh
# One run of curl for one case: every step is a transfer of the same process, so that connections and sessions are kept.
# Arguments are options for each transfer: how careful this curl is. `--pins` stands for every pin of the harness.
set -eu

pins="sha256//$(printf %s "${ASSAY_PINS:-}" | sed 's|,|;sha256//|g')"
options="--cacert $ASSAY_CA --silent --show-error --max-time 20 --output /dev/null"
if [ -n "${ASSAY_RESOLVE:-}" ]; then options="$options --resolve $ASSAY_RESOLVE"; fi
for option in "$@"; do
  if [ "$option" = --pins ]; then option="--pinnedpubkey $pins"; fi
  options="$options $option"
done

set --
for step in $(printf %s "$ASSAY_STEPS" | tr , ' '); do
  case $step in
    request) url=$ASSAY_URL ;;
    second-host) url=$ASSAY_SECOND_URL ;;
    plain-request) url=$ASSAY_PLAIN_URL ;;
    *) continue ;;
  esac
  # No word of $options holds a space.
  # shellcheck disable=SC2086
  set -- "$@" ${1:+--next} $options "$url"
done
exec curl "$@"
