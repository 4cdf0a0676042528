import { createPublicKey } from 'node:crypto';
import { parsePem, parseStrictJson, toBase64 } from '@assay/formats';
import type { EcJwk } from '@assay/pins';
import { MEMBER_OPTIONS, OTHER_OPTIONS } from '../../cases/options.ts';
import { kindOf } from '../../cases/read.ts';
import { numberOf, textOf, type Values } from '../../command.ts';
import { readText } from '../../input.ts';
import { readKey } from '../../keys/key-file.ts';
import { fault } from '../../reasons.ts';

export const LIMITS = { maxBytes: 4 << 20, maxDepth: 32, maxMembers: 100_000 };

type ReadValue = (text: string, values: Values) => unknown;

/** Options whose member is not the text as it stands. */
const READ: Readonly<Record<string, ReadValue>> = {
  counter: (_, values) => numberOf(values, 'counter', 0, 0xffff_ffff),
  'key-id': bytesOf,
  'client-data-hash': bytesOf,
  'client-data': bytesOf,
  challenge: bytesOf,
  key: (path) => publicKeyPem(readKey(path).jwk),
  nonce: bytesOf,
  'decryption-key': (path) => readText(path).trim(),
  'verification-key': readVerificationKey,
  digest: readDigest,
  environment: readEnvironment,
  'status-list': (text) => parseStrictJson(readText(text), LIMITS),
};

/**
 * The document with what the options say. An option wins over every member of the file that speaks of the same thing.
 *
 * @throws RequestError `cli.usage` for options that this kind of evidence has no use for, or that do not fit together
 */
export function withOptions(document: object, values: Values): object {
  assertApplicable(document, values);
  const given = MEMBER_OPTIONS.filter(({ option }) => textOf(values, option) !== undefined);
  const dropped = new Set(given.flatMap(({ drops }) => drops));
  const kept = Object.entries(document).filter(([name]) => !dropped.has(name));
  const members = given.map(({ option, member }) => [member, memberValue(option, values)] as const);
  const merged = Object.fromEntries([...kept, ...members]);
  return { ...merged, ...packagesBesideDigest(document, values) };
}

function memberValue(option: string, values: Values): unknown {
  const text = textOf(values, option) ?? '';
  return READ[option]?.(text, values) ?? text;
}

function assertApplicable(document: object, values: Values): void {
  const kind = kindOf(document);
  if (kind === undefined) return; // no evidence at all, which its reader tells
  const idle = [...MEMBER_OPTIONS, ...OTHER_OPTIONS]
    .filter(({ option, kinds }) => textOf(values, option) !== undefined && !kinds.includes(kind))
    .map(({ option }) => `--${option}`);
  if (idle.length > 0) {
    throw fault('cli.usage', { message: `${idle.join(', ')}: of no use to evidence of kind ${kind}` });
  }
  if (textOf(values, 'client-data') !== undefined && textOf(values, 'client-data-hash') !== undefined) {
    throw fault('cli.usage', { message: '--client-data beside --client-data-hash: one is the hash of the other' });
  }
  if (textOf(values, 'nonce') !== undefined && textOf(values, 'request-hash') !== undefined) {
    throw fault('cli.usage', { message: '--nonce beside --request-hash: a token is of one kind of request' });
  }
  if (textOf(values, 'policy') !== undefined && textOf(values, 'environment') !== undefined) {
    throw fault('cli.usage', { message: '--environment beside --policy: the policy says which environments pass' });
  }
}

/** A digest without `--package` is that of the file's own packages; a digest of no package would compare nothing. */
function packagesBesideDigest(document: object, values: Values): object {
  const digest = textOf(values, 'digest');
  if (digest === undefined || textOf(values, 'package') !== undefined) return {};
  const { expectedApp, expectedPackage } = document as { expectedApp?: unknown; expectedPackage?: unknown }; // read as unknown
  if (typeof expectedApp === 'object' && expectedApp !== null) {
    return { expectedApp: { ...expectedApp, signatureDigestsSha256Hex: [readDigest(digest)] } };
  }
  if (expectedPackage !== undefined) return {};
  throw fault('cli.usage', { message: '--digest is of no package', expected: '--package NAME beside it' });
}

/** `utf8:`, `hex:`, or base64 in either alphabet as it stands. */
function bytesOf(text: string): unknown {
  const [, form, value] = /^(utf8|hex):(.*)$/s.exec(text) ?? [];
  return form === undefined ? text : { [form]: value };
}

/** Base64 of the SubjectPublicKeyInfo, as the Play Console shows it, or the same in PEM. */
function readVerificationKey(path: string): string {
  const text = readText(path).trim();
  if (!text.startsWith('-----BEGIN')) return text;
  return toBase64(parsePem(text, 'PUBLIC KEY')[0] ?? new Uint8Array());
}

function publicKeyPem({ kty, crv, x, y }: EcJwk): string {
  const key = createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' });
  return key.export({ type: 'spki', format: 'pem' }).toString();
}

function readDigest(text: string): string {
  if (/^[0-9a-f]{64}$/i.test(text)) return text.toLowerCase();
  throw fault('cli.usage', { message: '--digest is no SHA-256', expected: '64 hexadecimal digits' });
}

function readEnvironment(text: string): string {
  if (text === 'production' || text === 'development') return text;
  throw fault('cli.usage', { message: '--environment is none of App Attest', expected: 'production or development' });
}
