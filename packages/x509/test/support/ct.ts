import { generateKeyPairSync, hash, sign } from 'node:crypto';
import { concat, der, utf8 } from '@assay/formats';
import { type Certificate, type CtLog, type CtLogDescription, createCtLog, parseCertificate } from '@assay/x509';
import { SCT_LIST } from '../../src/ct/oids.ts';
import { ecKeys, type Keys, type Minted, mintLeaf, NOW, type Spec } from './mint.ts';

/** A log whose private key we hold. */
export interface TestLog extends CtLog {
  readonly keys: Keys;
}

/** A usable RFC 6962 log of operator A, or what differs from it. */
export function mintLog(differing: Partial<CtLogDescription> & { readonly keys?: Keys } = {}): TestLog {
  const { keys = ecKeys(), ...description } = differing;
  const log = createCtLog(new Uint8Array(keys.publicKey.export({ format: 'der', type: 'spki' })), {
    description: 'a test log',
    operator: 'A',
    previousOperators: [],
    api: 'rfc6962',
    state: { name: 'usable', since: 0 },
    ...description,
  });
  return { ...log, keys };
}

/** What a timestamp differs in from a good one. */
export interface SctSpec {
  readonly timestamp?: number;
  readonly extensions?: Uint8Array;
  readonly version?: number;
  readonly algorithm?: readonly [hash: number, signature: number];
  readonly tamper?: boolean;
}

const number = (value: number, octets: number): Uint8Array =>
  Uint8Array.from({ length: octets }, (_, at) => Number((BigInt(value) >> BigInt(8 * (octets - 1 - at))) & 0xffn));

const opaque = (content: Uint8Array, octets: number): Uint8Array => concat(number(content.length, octets), content);

/** A serialized timestamp by `log` over a serialized entry: its type and body. */
export function mintSct(log: TestLog, entry: Uint8Array, spec: SctSpec = {}): Uint8Array {
  const { timestamp = NOW - 1000, extensions = new Uint8Array(), version = 0 } = spec;
  const algorithm = spec.algorithm ?? [4, log.key.kind === 'rsa' ? 1 : 3];
  const signed = concat(Uint8Array.of(0, 0), number(timestamp, 8), entry, opaque(extensions, 2));
  const signature = sign('sha256', signed, log.keys.privateKey);
  if (spec.tamper) signature[signature.length - 1] = (signature.at(-1) ?? 0) ^ 1;
  const id = Buffer.from(log.id, 'base64');
  const head = concat(
    Uint8Array.of(version),
    id,
    number(timestamp, 8),
    opaque(extensions, 2),
    Uint8Array.from(algorithm),
  );
  return concat(head, opaque(signature, 2));
}

export const x509Entry = (certificate: Uint8Array): Uint8Array => concat(number(0, 2), opaque(certificate, 3));

export const precertEntry = (issuer: Minted, tbs: Uint8Array): Uint8Array => {
  const spki = issuer.keys.publicKey.export({ format: 'der', type: 'spki' });
  return concat(number(1, 2), hash('sha256', spki, 'buffer'), opaque(tbs, 3));
};

export function sctList(...scts: readonly Uint8Array[]): Uint8Array {
  return opaque(concat(...scts.map((sct) => opaque(sct, 2))), 2);
}

export const sctExtension = (list: Uint8Array): { readonly value: Uint8Array } => ({ value: der.octets(list) });

/** The same certificate without the list: minted, not taken apart, so that it checks how the product takes it apart. */
export function mintLogged(
  issuer: Minted,
  logs: readonly (TestLog | readonly [TestLog, SctSpec])[],
  spec: Spec = {},
): Certificate {
  const keys = ecKeys();
  const { tbs } = parseCertificate(mintLeaf(issuer, { ...spec, keys }).der);
  const entry = precertEntry(issuer, tbs);
  const scts = logs.map((each) => ('id' in each ? mintSct(each, entry) : mintSct(each[0], entry, each[1])));
  const extensions = { ...spec.extensions, [SCT_LIST]: sctExtension(sctList(...scts)) };
  return parseCertificate(mintLeaf(issuer, { ...spec, keys, extensions }).der);
}

/** Keys that no log may have. */
export const otherKeys: () => readonly Keys[] = () => [ecKeys('P-384'), generateKeyPairSync('ed25519')];

/** A log as Google and Apple write it. */
export function logJson(log: CtLog, extra: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    description: log.description,
    log_id: log.id,
    key: Buffer.from(log.spki).toString('base64'),
    mmd: 86400,
    state: { usable: { timestamp: '2024-11-08T18:00:00Z' } },
    ...extra,
  };
}

export const listJson = (operators: unknown, extra: Readonly<Record<string, unknown>> = {}): Uint8Array =>
  utf8(JSON.stringify({ version: '1.2', log_list_timestamp: '2026-08-20T13:34:57Z', operators, ...extra }));
