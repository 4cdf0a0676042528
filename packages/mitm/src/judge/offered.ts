import type { Case } from '../case.ts';
import type { TlsVersion } from '../recipe.ts';
import { cipherName } from '../wire/cipher-names.ts';
import { VERSION } from '../wire/codes.ts';
import type { Bench } from './bench.ts';
import { isModern } from './shapes.ts';

/** What makes a cipher suite worthless, by its name. */
const WEAKNESSES = [/_NULL_/, /_EXPORT_/, /_RC4_/, /_3DES_/, /_anon_/];

const ANOTHER = 'so another server may get what this one did not';

/**
 * What a client offers by name of that which it must refuse, so that it was not for this that it left; and
 * what to do about it, in words.
 */
export function offeredAlike({ one, weighed }: Bench): string | undefined {
  const { versions = [], cipher = '' } = one.recipe.tls ?? {};
  const hellos = weighed.flatMap(({ connection }) => connection.hello ?? []);
  const old = versions.some(isModern) ? [] : versions;
  const weak = WEAKNESSES.filter((weakness) => weakness.test(cipher));
  const names = hellos.flatMap(({ ciphers }) => ciphers.map(cipherName));
  const version = old.find((each) => hellos.some((hello) => hello.versions.includes(VERSION[each])));
  if (version !== undefined) return oldVersion(version, one);
  const suite = names.find((name) => weak.some((weakness) => weakness.test(name)));
  return suite === undefined ? undefined : `${suite}, ${ANOTHER}. Take suites like it out of what it offers`;
}

function oldVersion(version: TlsVersion, { id }: Case): string {
  const [row, letter] = id.split('.');
  const others = letter === undefined ? '' : `; if another case of ${row} went through, that one decides`;
  return `${version.replace('tls', 'TLS ')}, ${ANOTHER}. Set its minimum version to TLS 1.2 (curl: --tlsv1.2)${others}`;
}
