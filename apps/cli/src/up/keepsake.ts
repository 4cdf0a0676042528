import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toBase64, utf8 } from '@assay/formats';
import { makeFolder } from '@assay/server/folder';
import { bindingText, parseRequest, roleBindingPreimage } from '@assay/tokens';
import { BANK } from './demo-app.ts';

/**
 * Keeps the evidence of a virtual Android phone with the bank's app as a file that `assay evidence verify` reads, with the challenge that it
 * has to commit to. Returns the path, or undefined for requests that carry no chain.
 */
export async function keepEvidence(request: Request, folder: string, name: string): Promise<string | undefined> {
  const { bytes, evidence } = parseRequest(utf8(await request.clone().text()));
  const [piece] = evidence;
  if (piece?.form !== 'chain') return undefined;
  const preimage = roleBindingPreimage('android-key', { jkt: new Uint8Array(0), statement: bytes });
  const challenge = bindingText('android-key', createHash('sha256').update(preimage).digest());
  const document = {
    ...{ id: name, kind: 'android-key-attestation', chain: piece.chain.map(toBase64), challenge: { utf8: challenge } },
    ...{ expectedPackage: BANK.virtual.package, expectedDigestSha256Hex: BANK.virtual.signer },
  };
  makeFolder(folder);
  const path = join(folder, `${name}.json`);
  writeFileSync(path, `${JSON.stringify(document, undefined, 2)}\n`);
  return path;
}
