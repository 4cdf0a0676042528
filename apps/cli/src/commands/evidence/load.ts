import { dirname } from 'node:path';
import { parseBase64, parsePem, parseStrictJson, toBase64 } from '@assay/formats';
import { anchorsOfPem } from '../../cases/anchors.ts';
import type { EvidenceCase } from '../../cases/case.ts';
import { readCase } from '../../cases/read.ts';
import { textOf, type Values } from '../../command.ts';
import { readBeside, readInput, readText } from '../../input.ts';
import { fault } from '../../reasons.ts';
import { LIMITS, withOptions } from './options.ts';

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
  const document = withOptions(loadDocument(path), values);
  return readCase(document, { file: (name) => readBeside(dirname(path), name), anchors });
}
