import type { CaseResult, RunReport } from '@assay/mitm';
import { plain, type Speech } from '../speech.ts';
import { row, userSees } from './rows.ts';

interface Failed {
  readonly way: RunReport['way'];
  readonly status: number | string | undefined;
  /** A host that the client went to and that nobody named; only where it went to no other. */
  readonly stranger: string | undefined;
  readonly isReached: boolean;
  /** Data came, but not the request that was asked for. */
  readonly isUnmarked: boolean;
}

type Next = readonly [holds: (failed: Failed) => boolean, text: (failed: Failed) => string];

const NOT_STARTED: readonly (number | string | undefined)[] = [126, 127]; // POSIX, Shell Command Language 2.8.2

/** What to do, by what was seen: the first that holds. */
const NEXT: readonly Next[] = [
  [
    ({ status }) => NOT_STARTED.includes(status),
    () => 'the shell cannot start the command: mind its path and the quotes',
  ],
  [
    ({ stranger }) => stranger !== undefined,
    ({ stranger }) =>
      `the client went to ${stranger}, which nobody named: have it request $ASSAY_URL, or add --host ${stranger} if it is yours`,
  ],
  [({ isUnmarked }) => isUnmarked, () => 'have the client request $ASSAY_URL as it is, with its path'],
  [({ isReached }) => isReached, () => 'have the client trust the file $ASSAY_CA and pin $ASSAY_PIN'],
  [
    ({ way }) => way === 'direct',
    () => 'have the client connect to where $ASSAY_RESOLVE says (curl --resolve), and request $ASSAY_URL',
  ],
  [({ way }) => way === 'transparent', () => 'see that the firewall redirects what the client sends to the harness'],
  [({ way }) => way === 'socks5', () => 'have the client go through $ALL_PROXY to $ASSAY_URL'],
  [
    () => true,
    () => 'have the client go through $HTTPS_PROXY to $ASSAY_URL; for one that knows no proxy there is --way direct',
  ],
];

function seenIn({ observation }: CaseResult, way: RunReport['way']): Failed {
  const { connections, exit } = observation;
  const ours = connections.filter(({ stranger }) => stranger !== true);
  const stranger = ours.length > 0 ? undefined : connections.find(({ host }) => host !== undefined)?.host;
  const requests = ours.flatMap((connection) => connection.requests);
  return {
    ...{ way, status: exit?.status, stranger: stranger === undefined ? undefined : plain(stranger, 253) },
    ...{ isReached: ours.length > 0, isUnmarked: requests.length > 0 && !requests.some(({ marked }) => marked) },
  };
}

/** Nothing else ran: what is left to tell is what the client did with the valid server, and what to do about it. */
export function showFailedControl(speech: Speech, { way, results: [control] }: RunReport): void {
  speech.out(speech.paint('bold', 'The client does not accept the valid server, so nothing can be proven.'));
  if (control === undefined) return;
  const seen = seenIn(control, way);
  row(speech, 'seen', control.because);
  if (control.observation.exit !== undefined) row(speech, 'user sees', userSees(control.observation.exit));
  row(speech, 'next', NEXT.find(([holds]) => holds(seen))?.[1](seen) ?? '');
  speech.out();
}
