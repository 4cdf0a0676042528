import { RequestError } from '@assay/core';
import { type CryptoKey, compactDecrypt, type JWK } from 'jose';
import { ALG, type BoxHeader, ENC, parseHeader } from './header.ts';
import { isSecretName, MAX_BOX_LENGTH } from './limits.ts';
import { unpad } from './padding.ts';

export interface BoxExpectation {
  /** The reply's member that the box stood in: the name of the secret. */
  readonly member: string;
  readonly iss: string;
  /** base64url SHA-256 of the request that was sent. */
  readonly rqh: string;
  /** base64url thumbprints of the instance key and of the encryption key. */
  readonly jktK: string;
  readonly jktE: string;
  /** Milliseconds since the epoch, from the signed reply rather than from the device. */
  readonly now: number;
}

export interface OpenedBox {
  readonly name: string;
  readonly version: number;
  /** Seconds since the epoch after which the secret is to be forgotten. */
  readonly exp: number;
  readonly plaintext: Uint8Array;
}

const SEC = /^(?<name>[^@]+)@(?<version>[1-9]\d{0,8})$/;

/**
 * Opens a box out of a reply whose signature was verified. Everything the header says is compared before the key is used,
 * and authenticated by opening.
 *
 * @throws RequestError `secrets.box_malformed`, `secrets.box_mismatch`, `secrets.box_expired`, `secrets.box_not_opened`,
 * or a format's code.
 */
export async function openBox(box: string, privateKeyE: CryptoKey | JWK, expect: BoxExpectation): Promise<OpenedBox> {
  const header = parseHeader(headerPart(box));
  const { name, version } = parseSec(header.sec);
  assertMeant(header, name, expect);
  const plaintext = unpad(await decrypt(box, privateKeyE));
  if (plaintext === undefined) throw new RequestError('secrets.box_malformed', 'the box is not padded as it must be');
  return { name, version, exp: header.exp, plaintext };
}

function headerPart(box: string): string {
  const [header = '', encryptedKey, , , , ...rest] = box.length > MAX_BOX_LENGTH ? [] : box.split('.', 6);
  if (encryptedKey !== '' || rest.length > 0) throw new RequestError('secrets.box_malformed', 'this is no box');
  return header;
}

function parseSec(sec: string): { name: string; version: number } {
  const { name = '', version } = SEC.exec(sec)?.groups ?? {};
  if (!isSecretName(name)) throw new RequestError('secrets.box_malformed', 'the box names no secret');
  return { name, version: Number(version) };
}

/** A box that is genuine but for another place is refused by the member that tells; the values are nobody's business. */
function assertMeant(header: BoxHeader, name: string, expect: BoxExpectation): void {
  const rows = [
    ['sec', name, expect.member],
    ['iss', header.iss, expect.iss],
    ['apu', header.apu, expect.rqh],
    ['apv', header.apv, expect.jktK],
    ['kid', header.kid, expect.jktE],
  ] as const;
  const other = rows.find(([, found, expected]) => found !== expected);
  if (other !== undefined) {
    throw new RequestError('secrets.box_mismatch', `the box is for another ${other[0]}`, { expected: other[0] });
  }
  if (expect.now >= header.exp * 1000) throw new RequestError('secrets.box_expired', 'the box is past its expiry');
}

async function decrypt(box: string, key: CryptoKey | JWK): Promise<Uint8Array> {
  try {
    const algorithms = { keyManagementAlgorithms: [ALG], contentEncryptionAlgorithms: [ENC] };
    return (await compactDecrypt(box, key, algorithms)).plaintext;
  } catch (error) {
    throw new RequestError('secrets.box_not_opened', 'the box does not open', {}, { cause: error });
  }
}
