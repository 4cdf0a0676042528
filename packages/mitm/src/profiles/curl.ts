/**
 * The shell command of curl as a client under test: every step is a transfer of one process, so that connections and
 * sessions are kept.
 *
 * @param options for each transfer, none of which holds a space: how careful this curl is; `--pins` stands for the pins
 */
export function curlCommand(options: string): string {
  return [`options='--silent --show-error --max-time 8 --output /dev/null ${options}';`, ...STEPS].join(' ');
}

const STEPS = [
  `pins="sha256//$(printf %s "$ASSAY_PINS" | sed 's|,|;sha256//|g')";`,
  // The second host has a key of its own.
  'second="sha256//$(printf %s "$ASSAY_PINS" | cut -d , -f 2)";',
  // Options are split at spaces, and the path of the authority may hold some.
  'export CURL_CA_BUNDLE="$ASSAY_CA";',
  '[ -z "$ASSAY_RESOLVE" ] || options="$options --resolve $ASSAY_RESOLVE";',
  'set --;',
  'for step in $(printf %s "$ASSAY_STEPS" | tr , " "); do',
  'case $step in',
  'request) url=$ASSAY_URL pinned=$pins;;',
  'second-host) url=$ASSAY_SECOND_URL pinned=$second;;',
  'plain-request) url=$ASSAY_PLAIN_URL pinned=$pins;;',
  '*) continue;;',
  'esac;',
  '[ $# = 0 ] || set -- "$@" --next;',
  'set -- "$@" $(printf %s "$options" | sed "s|--pins|--pinnedpubkey $pinned|") "$url";',
  'done;',
  'exec curl "$@"',
];
