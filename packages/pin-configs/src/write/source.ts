import { dayOf } from '../match/day.ts';
import type { PolicyHost } from '../policy/model.ts';

/** What every file that is written says first. */
export const WRITTEN_BY = 'Written by `assay pins write`';

const madeFrom = (source: string): string => `${WRITTEN_BY} from ${source}: edit that file and write anew.`;

/** Says in every file where it comes from. */
export const MADE_BY: string = madeFrom('assay.pins.yaml');

/** Ends no comment in any of the languages that are written. */
const TAME = /^(?!.*--)[\w.@-]{1,100}$/;

/** The same of a policy by another name; one that could end a comment is not repeated. */
export const namingSource = (text: string, source: string): string =>
  text.replaceAll(MADE_BY, madeFrom(TAME.test(source) ? source : 'its policy'));

/** Lines under one another. */
export const lines = (...parts: readonly (string | readonly string[])[]): string => `${parts.flat().join('\n')}\n`;

/** Every line of a text a step to the right; empty lines stay empty. */
export const indented = (text: readonly string[], by: string): readonly string[] =>
  text.map((line) => (line === '' ? '' : `${by}${line}`));

/** Epoch milliseconds of a policy's end. The reader has checked the day. */
export const endOf = ({ expires }: PolicyHost): number | undefined =>
  expires === undefined ? undefined : dayOf(expires);

/** Names of the authorities of a host that is kept to them. */
export const authoritiesOf = ({ trust }: PolicyHost): readonly string[] =>
  trust.store === 'private' ? trust.certificates : [];

/**
 * Hosts, pins, days, addresses and names of authorities are of alphabets without quotes, backslashes and `$`, as the form of a
 * policy checks; so double quotes are enough in every language that is written.
 */
export const quoted = (text: string): string => `"${text}"`;

export const quotedList = (texts: readonly string[]): string => texts.map(quoted).join(', ');

/** AlgorithmIdentifiers of the keys that platforms hand out without them, in hexadecimal. RFC 3279 2.3.1, RFC 5480 2.1.1. */
export const KEY_ALGORITHMS = {
  rsa: '300d06092a864886f70d0101010500',
  p256: '301306072a8648ce3d020106082a8648ce3d030107',
  p384: '301006072a8648ce3d020106052b81040022',
  p521: '301006072a8648ce3d020106052b81040023',
} as const;

/** `0x30, 0x0d, …` */
export const hexBytes = (hex: string): string => (hex.match(/../g) ?? []).map((byte) => `0x${byte}`).join(', ');
