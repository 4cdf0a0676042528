import { dirname } from 'node:path';
import { parseBase64, parsePem, parseStrictJson, toBase64 } from '@assay/formats';
import { anchorsOfPem } from '../../cases/anchors.ts';
import type { EvidenceCase } from '../../cases/case.ts';
import { readCase } from '../../cases/read.ts';
import { textOf, type Values } from '../../command.ts';
import { readBeside, readInput, readText } from '../../input.ts';
import { fault } from '../../reasons.ts';

/** Options that stand for members of the document; an option wins over the file. */
export const MEMBER_OPTIONS = {
  app: 'appId',
  'key-id': 'keyId',
  'client-data-hash': 'clientDataHash',
  'client-data': 'clientData',
  challenge: 'challenge',
  counter: 'previousCounter',
  environment: 'environment',
  package: 'expectedPackage',
  digest: 'expectedDigestSha256Hex',
} as const;

const LIMITS = { maxBytes: 4 << 20, maxDepth: 32, maxMembers: 100_000 };

/** The evidence document that a file holds: JSON as it stands, or a PEM chain, or a bare App Attest object. */
export function loadDocument(path: string): object {
  const bytes = readInput(path);
  const text = new TextDecoder().decode(bytes);
  if (text.trimStart().startsWith('{')) return jsonDocument(text);
  if (text.includes('-----BEGIN CERTIFICATE-----')) return { chain: parsePem(text, 'CERTIFICATE').map(toBase64) };
  return bareObject(bytes, text.trim());
}

function jsonDocument(text: string): object {
  const value = parseStrictJson(text, LIMITS);
  if (typeof value === 'object' && value !== null) return value;
  throw fault('cli.not_evidence', { expected: 'a JSON object' });
}

/** A CBOR map of three is an attestation, one of two an assertion (RFC 8949 3.1). */
const BARE: ReadonlyMap<number | undefined, string> = new Map([
  [0xa3, 'attestationObject'],
  [0xa2, 'assertionObject'],
]);

function bareObject(bytes: Uint8Array, text: string): object {
  const object = BARE.has(bytes[0]) ? bytes : decoded(text);
  const member = BARE.get(object[0]);
  if (member !== undefined) return { [member]: toBase64(object) };
  throw fault('cli.not_evidence', {
    expected: 'a JSON document, a PEM chain, or an App Attest object as CBOR or base64',
    found: `${bytes.length} bytes of something else`,
  });
}

function decoded(text: string): Uint8Array {
  try {
    return parseBase64(text);
  } catch {
    return new Uint8Array();
  }
}

/** The file's document with what the options say, read into a case. */
export function loadCase(path: string, values: Values, today: string): EvidenceCase {
  const trust = textOf(values, 'trust');
  const anchors = trust === undefined ? undefined : anchorsOfPem(readText(trust), trust, today);
  const document = { ...loadDocument(path), ...memberOptions(values) };
  return readCase(document, { file: (name) => readBeside(dirname(path), name), anchors });
}

function memberOptions(values: Values): object {
  const given = Object.entries(MEMBER_OPTIONS).flatMap(([option, member]) => {
    const text = textOf(values, option);
    return text === undefined ? [] : [[member, memberValue(option, text)] as const];
  });
  const list = textOf(values, 'status-list');
  const statusList = list === undefined ? {} : { statusList: parseStrictJson(readText(list), LIMITS) };
  const at = textOf(values, 'at');
  return { ...Object.fromEntries(given), ...statusList, ...(at === undefined ? {} : { verifyAt: at }) };
}

function memberValue(option: string, text: string): unknown {
  if (option === 'counter') return Number(text);
  if (option === 'challenge') return text.startsWith('utf8:') ? { utf8: text.slice(5) } : { base64: text };
  return text;
}
