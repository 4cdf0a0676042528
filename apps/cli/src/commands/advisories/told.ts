import type { EcJwk } from '@assay/pins';
import { type Advisories, type Advisory, assertCurrent, readAdvisories } from '@assay/server';
import { moment } from '../../duration.ts';
import { naming, readText } from '../../input.ts';
import { readKey } from '../../keys/key-file.ts';
import { fault } from '../../reasons.ts';
import { plain, type Speech } from '../../speech.ts';

const MAX_BYTES = 1 << 20;

/**
 * A signed file, verified by a public key.
 *
 * @throws RequestError `service.advisories_*`; ConfigError `cli.key_unusable`; UpstreamError `cli.file_unreadable`
 */
export function readSigned(path: string, keyFiles: readonly string[]): Advisories {
  const keys = keyFiles.map(readPublicKey);
  return naming(path, 'sign it with `assay advisories sign`', () => readAdvisories(readText(path, MAX_BYTES), keys));
}

/** A private key has no place where advisories are verified: a server refuses it too. */
function readPublicKey(path: string): EcJwk {
  const { jwk, signer } = readKey(path);
  if (signer === undefined) return jwk;
  throw fault('cli.key_unusable', {
    message: `${path} holds a private key`,
    expected: 'the public half',
    hint: 'name the file that ends in .pub: the private half stays with whoever signs',
  });
}

/** Whether a server would take it now. */
export function isCurrent(advisories: Pick<Advisories, 'expiresAt'>, now: number): boolean {
  try {
    assertCurrent(advisories, now);
    return true;
  } catch {
    return false;
  }
}

type Shown = Pick<Advisories, 'version' | 'expiresAt'> & { readonly advisories: readonly Advisory[] };

/** One paragraph for each: what is wrong, and what it names. */
export function showAdvisories(speech: Speech, { version, expiresAt, advisories }: Shown, now: number): void {
  const end = expiresAt > now ? `until ${moment(expiresAt)}` : speech.paint('red', `ENDED ${moment(expiresAt)}`);
  speech.out(speech.paint('bold', `advisories, version ${version}, ${end}`));
  if (advisories.length === 0) speech.out('  nothing is known to be vulnerable');
  for (const { id, severity, title, affects } of advisories) {
    speech.out(`  ${plain(id)}  ${plain(severity)}  ${plain(title)}`);
    const named = Object.entries(affects).map(([what, value]) => `${what} ${[value].flat().join(', ')}`);
    speech.out(speech.paint('dim', `    ${plain(named.join('; '), 400)}`));
  }
}
