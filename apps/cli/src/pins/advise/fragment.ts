import { KNOWN_AUTHORITIES, knownAuthority } from '@assay/pin-configs';
import { spkiDigest } from '@assay/x509';
import type { Looked } from '../looked.ts';
import type { Level } from './rules.ts';
import type { Provider } from './situation.ts';

export interface FragmentInput {
  readonly host: string;
  readonly level: Level;
  readonly looked: Looked;
  readonly provider: Provider | undefined;
  /** Pins of keys that the caller made and keeps. */
  readonly backups: readonly string[];
  /** Epoch milliseconds. */
  readonly at: number;
}

export interface Fragment {
  /** assay.pins.yaml, whole and ready; null where nothing is to be pinned, or a key is missing. */
  readonly yaml: string | null;
  /** What to do first. */
  readonly missing: string | null;
}

interface Line {
  readonly spki: string;
  readonly role: 'leaf' | 'root' | 'backup';
  readonly position?: 'ca';
  readonly note: string;
}

const NO_BACKUP =
  'a second key: openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout backup.key -out backup.csr -subj /CN=backup, then --backup backup.csr';

/** As long as a version of an app is taken to be in use: a day that every release moves on. */
const PINNED_DAYS = 365;
const DAY_MS = 86_400_000;

const expiresLine = (at: number): string =>
  `    expires: ${new Date(at + PINNED_DAYS * DAY_MS).toISOString().slice(0, 10)} # old versions go on unpinned from here; move it with every release`;

/**
 * A policy of one host, as the advice has it. It has an end: without one, whoever does not update is locked out for ever once
 * no pin is served any more.
 */
export function fragmentOf(input: FragmentInput): Fragment {
  const { level, looked, host, at } = input;
  if (level === 'none' || !looked.path.valid) return { yaml: null, missing: null };
  const lines = LINES[level](input);
  if (!lines.some(({ role }) => role === 'backup')) return { yaml: null, missing: NO_BACKUP };
  const pins = lines.flatMap(({ spki, role, position, note }) => [
    `      - spki: "${spki}"`,
    `        role: ${role}`,
    ...(position === undefined ? [] : [`        position: ${position}`]),
    `        note: ${JSON.stringify(note)}`,
  ]);
  const trust =
    level === 'private_root'
      ? ['    trust: private', '    authorities: [private_root]']
      : ['    certificateTransparency: required'];
  return {
    yaml: ['version: 1', 'hosts:', `  - host: ${host}`, expiresLine(at), '    pins:', ...pins, ...trust, ''].join('\n'),
    missing: null,
  };
}

const own = (backups: readonly string[], position?: 'ca'): readonly Line[] =>
  backups.map((spki) => ({
    spki,
    role: 'backup',
    ...(position === undefined ? {} : { position }),
    note: 'our second key',
  }));

const LINES: Readonly<Record<Exclude<Level, 'none'>, (input: FragmentInput) => readonly Line[]>> = {
  leaf_key: ({ looked, backups }) => [...leafLine(looked), ...own(backups)],
  root_set: rootLines,
  private_root: ({ looked, backups }) => [...anchorLine(looked), ...own(backups, 'ca')],
};

function leafLine({ path }: Looked): readonly Line[] {
  const [leaf] = path.valid ? path.certificates : [];
  return leaf === undefined
    ? []
    : [{ spki: spkiDigest(leaf.spki), role: 'leaf', note: 'served now; keep it over renewals' }];
}

function anchorLine({ path }: Looked): readonly Line[] {
  return path.valid
    ? [{ spki: path.anchor.pin, role: 'root', note: `${path.anchor.name}, at the end of the path now` }]
    : [];
}

/** The root that is in use, and every other one of the same provider, or of the same owner, that may take its place. */
function rootLines({ looked, provider, backups }: FragmentInput): readonly Line[] {
  const used = looked.path.valid ? looked.path.anchor.pin : undefined;
  const owner = used === undefined ? undefined : knownAuthority(used)?.owner;
  const owners = provider?.pool ?? (owner === undefined ? [] : [owner]);
  const others = KNOWN_AUTHORITIES.filter(
    ({ pin, status, owner: each }) => status === 'root' && owners.includes(each) && pin !== used,
  );
  const once = new Map(others.map((each) => [each.pin, each]));
  const lines = [...once.values()].map(
    ({ pin, name, owner: each }): Line => ({ spki: pin, role: 'backup', position: 'ca', note: `${name} of ${each}` }),
  );
  return [...anchorLine(looked), ...lines, ...own(backups, 'ca')];
}
