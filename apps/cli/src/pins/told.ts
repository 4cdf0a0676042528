import { plain, type Speech, type Style } from '../speech.ts';
import type { DescribedPin } from './described.ts';
import type { Judged } from './looked.ts';
import type { Survival } from './survival.ts';

/** One row under the name of a source: what it is about, what was found, and how to take it. */
type Row = readonly [label: string, text: string, style?: Style];

const day = (iso: string | null): string => (iso === null ? 'no end named' : iso.slice(0, 10));

/** Everything about a chain, in rows. */
export function tellJudged(speech: Speech, { path, ocsp, transparency }: Judged, survival?: Survival): void {
  tellRows(speech, [
    pathRow(path),
    ...ocspRows(ocsp),
    ...transparencyRows(transparency),
    ...(survival === undefined ? [] : survivalRows(survival)),
  ]);
}

function tellRows(speech: Speech, rows: readonly Row[]): void {
  for (const [label, text, style] of rows) {
    speech.out(`  ${speech.paint('dim', label.padEnd(8))}  ${style === undefined ? text : speech.paint(style, text)}`);
  }
}

function pathRow(path: Judged['path']): Row {
  if (path.valid) return ['path', `valid, ends at ${plain(path.anchor.name)} of ${path.roots}`, 'green'];
  return ['path', `not valid by ${path.roots}: ${plain(path.reason)} (${path.code})`, 'red'];
}

const OCSP_STYLES: Readonly<Record<string, Style>> = { good: 'green', none: 'dim' };

function ocspRows({ status, code, nextUpdate }: Judged['ocsp']): readonly Row[] {
  if (status === 'none') return [];
  const detail = code === null ? `stapled, until ${day(nextUpdate)}` : code;
  return [['ocsp', `${status}, ${detail}`, OCSP_STYLES[status] ?? 'red']];
}

function transparencyRows({ timestamps, policies, fault }: Judged['transparency']): readonly Row[] {
  if (fault !== null) return [['ct', `the timestamps cannot be read (${fault})`, 'red']];
  if (timestamps.length === 0 && policies.length === 0) return [];
  const counted = `${timestamps.length} ${timestamps.length === 1 ? 'timestamp' : 'timestamps'}`;
  if (policies.length === 0) return [['ct', `${counted}, not checked: give --log-list`]];
  return [
    ['ct', `${counted}: ${countsOf(timestamps.map(({ outcome }) => outcome)) || 'none'}`],
    ...policies.map(({ policy, met, why, list }): Row => {
      const by = `${list.publisher} ${plain(list.version)}${list.signed ? ', signed' : ''}`;
      return ['', `${policy}: ${met ? 'met' : `not met (${why.join(', ')})`}, by list ${by}`, met ? 'green' : 'red'];
    }),
  ];
}

function countsOf(outcomes: readonly string[]): string {
  return [...Map.groupBy(outcomes, (outcome) => outcome)]
    .map(([outcome, all]) => `${all.length} ${outcome}`)
    .join(', ');
}

const SURVIVALS: Readonly<Record<Survival['leaf'], readonly [text: string, style?: Style]>> = {
  same_certificate: ['the same certificate as before'],
  key_kept: ['renewed, and the key survived', 'green'],
  key_changed: ['the leaf has another key than before: pins of the old one match no longer', 'red'],
  not_in_earlier: ['the earlier output says nothing of this source'],
};

function survivalRows({ leaf, gone, added }: Survival): readonly Row[] {
  const [text, style] = SURVIVALS[leaf];
  const changed = (what: string, pins: readonly string[]): readonly Row[] =>
    pins.length === 0 ? [] : [['', `${what}: ${pins.join(', ')}`, 'yellow']];
  return [
    style === undefined ? ['renewal', text] : ['renewal', text, style],
    ...changed('authorities that are gone', gone),
    ...changed('authorities that are new', added),
  ];
}

const DAY_MS = 86_400_000;

/** The pin first: it is what people copy. */
export function tellPin(
  speech: Speech,
  { pin, role, subject, expires, key, certificate }: DescribedPin,
  now: number,
): void {
  const about = [expires === null ? undefined : `until ${expires.slice(0, 10)}`, subject];
  speech.out(`  ${pin}  ${role.padEnd(12)}  ${about.filter((part) => part != null).join('  ')}`.trimEnd());
  speech.out(speech.paint('dim', `      ${[keyText(key), ...lifeOf(certificate, expires, now)].join(', ')}`));
}

function keyText({ algorithm, bits }: DescribedPin['key']): string {
  return algorithm === 'RSA' ? `RSA ${bits}` : algorithm;
}

function lifeOf(certificate: DescribedPin['certificate'], expires: string | null, now: number): readonly string[] {
  if (certificate === null || expires === null) return [];
  const left = Math.floor((Date.parse(expires) - now) / DAY_MS);
  return [`${certificate.lifetimeDays} days, ${left < 0 ? 'over' : `${left} left`}`, `by ${certificate.issuer}`];
}
