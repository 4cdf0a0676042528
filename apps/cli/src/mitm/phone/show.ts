import type { Case, Progress, RunReport } from '@assay/mitm';
import { renderUnicodeCompact } from 'uqr';
import { plain, type Speech } from '../../speech.ts';
import { type Against, lineOf, showReport } from '../show.ts';
import { bracketed, isLoopback } from './addresses.ts';
import { WORDS } from './person.ts';
import { ASKED } from './plan.ts';
import type { Now } from './texts.ts';

export interface Places {
  readonly addresses: readonly string[];
  readonly proxyPort: number;
  readonly setupPort: number;
  readonly hosts: readonly string[];
  readonly untrusted: boolean;
}

const KEYS = Object.keys(WORDS)
  .map((word) => `${word[0]} ${word}`)
  .join(', ');

/** Where the phone goes, and what to do first. */
export function greet({ talk, paint }: Speech, { addresses, proxyPort, setupPort, hosts, untrusted }: Places): void {
  const urls = addresses.map((address) => `http://${bracketed(address)}:${setupPort}/`);
  const [first = ''] = urls;
  talk(renderUnicodeCompact(first, { border: 2 }));
  talk(`setup page  ${paint(['bold', 'cyan'], urls.join('  '))}  (scan the code with the phone)`);
  talk(`proxy       ${addresses.map((address) => `${bracketed(address)}:${proxyPort}`).join('  ')}`);
  talk(`PAC         ${first}assay.pac`);
  if (addresses.every(isLoopback)) {
    talk(`by cable    adb reverse tcp:${proxyPort} tcp:${proxyPort} && adb reverse tcp:${setupPort} tcp:${setupPort}`);
    talk(`            adb shell settings put global http_proxy 127.0.0.1:${proxyPort}`);
  }
  talk(`forged      ${hosts.map((host) => plain(host)).join(' ')}; every other host is passed through untouched`);
  if (untrusted) talk('trust       none: install nothing on the phone; the control is the real server');
  else talk(`trust       a lab build, or ${first}authority.cer (iOS: authority.mobileconfig)`);
  talk(`keys        ${KEYS}`);
  talk('');
}

/** What is told while the list is walked, here and on the page of the phone. */
export interface Told {
  onCase(item: Case): void;
  onProgress(progress: Progress): void;
  onFinish(): void;
  onJunk(text: string): void;
  now(): Now;
}

const MOST_LINES = 200;

export function createTold(speech: Speech, host: string, cases: number): Told {
  const done: string[] = [];
  let [judged, total] = [0, cases];
  let now: Omit<Now, 'done'> = { heading: 'Not begun', ask: 'Set the phone up first.' };
  return {
    onCase(item) {
      const heading = `${item.id}  ${item.title}`;
      const ask = `${ASKED[item.steps[0] ?? 'request'] ?? ASKED.request} ${host}`;
      now = { heading, ask };
      speech.talk(`case ${judged + 1} of ${total}  ${speech.paint('bold', plain(heading))}`);
      speech.talk(`  ${plain(ask)}`);
    },
    onProgress(progress) {
      if (progress.kind !== 'judged') return;
      [judged, total] = [progress.done, progress.total];
      const line = lineOf(speech, progress.result);
      speech.talk(`  ${line}`);
      done.unshift(
        `${progress.result.case.id} ${progress.result.outcome ?? progress.result.standing} (${progress.result.standing})`,
      );
      done.length = Math.min(done.length, MOST_LINES);
      now = { heading: 'Next', ask: 'One moment.' };
    },
    onFinish: () => speech.talk('finishing: once more for the last control, then the report'),
    onJunk: (text) => speech.talk(`  not understood: ${plain(text, 40)}; ${KEYS}`),
    now: () => ({ ...now, done }),
  };
}

/** What a report is read against, and what was seen beside it. */
export interface Beside extends Against {
  /** Hosts that were carried to themselves. */
  readonly strangers: ReadonlySet<string>;
  readonly untrusted: boolean;
}

const MOST_NAMED = 8;

/** The result for people; where the control failed, what to look at by what was seen. */
export function showPhoneReport(speech: Speech, report: RunReport, { strangers, untrusted, ...against }: Beside): void {
  const names = [...strangers].slice(0, MOST_NAMED).map((host) => plain(host, 80));
  const more = strangers.size > MOST_NAMED ? ` and ${strangers.size - MOST_NAMED} more` : '';
  if (names.length > 0) speech.talk(`passed through untouched: ${names.join(' ')}${more}`);
  showReport(speech, report, against);
  if (report.controls !== 'failed-before') return;
  const isReached = report.results[0]?.observation.connections.some(({ stranger }) => stranger !== true) === true;
  speech.talk(`on a phone: ${isReached ? REFUSED[untrusted ? 'untrusted' : 'lab'] : NOT_REACHED}`);
}

const NOT_REACHED =
  'see that its proxy is set, and that --host is what the app calls; hosts passed through are named above';
const REFUSED = {
  lab: 'this build must trust the authority and pin the keys of the lab (`assay pins write --lab`); one as it is shipped takes --untrusted',
  untrusted: 'the app does not accept its own server by way of this proxy; see where --connect leads',
} as const;
