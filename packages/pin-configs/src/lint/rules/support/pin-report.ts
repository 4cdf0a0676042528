import type { Report, Severity, TextEdit } from '../../rule.ts';
import type { SeenPin } from './pins.ts';
import { weight } from './weight.ts';

/** A report about one pin, where it stands. */
export function pinReport(
  { host, spelled }: SeenPin,
  message: string,
  { severity, fix }: { readonly severity?: Severity; readonly fix?: TextEdit | undefined } = {},
): Report {
  return {
    message,
    place: spelled.place,
    host: host.host.text,
    ...weight(host.release, severity),
    ...(fix === undefined ? {} : { fix }),
  };
}

/** What becomes of an app with a pin that its format cannot use. */
export const EFFECTS = {
  crash: 'the app crashes',
  drop: 'the platform drops it without a word',
  'never-matches': 'it never matches',
  unknown: 'it matches nothing',
} as const;
