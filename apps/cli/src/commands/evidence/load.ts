import { parseStrictJson } from '@assay/formats';
import { anchorsOfPem } from '../../cases/anchors.ts';
import type { EvidenceCase } from '../../cases/case.ts';
import { readCase } from '../../cases/read.ts';
import { textOf, type Values } from '../../command.ts';
import { readBeside, readText } from '../../input.ts';
import { fault } from '../../reasons.ts';
import { bareDocument } from './bare.ts';
import { LIMITS, withOptions } from './options.ts';
import type { Source } from './source.ts';

/** The evidence document that a source holds: JSON as it stands, or the one that bare evidence amounts to. */
export function loadDocument({ bytes }: Source): object {
  const text = new TextDecoder().decode(bytes).trim();
  return /^[[{]/.test(text) ? jsonDocument(text) : bareDocument(bytes, text);
}

/** A list is a chain, as phones hand it over: base64 DER, leaf first. */
function jsonDocument(text: string): object {
  const value = parseStrictJson(text, LIMITS);
  if (Array.isArray(value) && value.length > 0) return { chain: value };
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw fault('cli.not_evidence', { expected: 'a JSON object, or a list of certificates' });
}

/** The source's document with what the options say, read into a case. */
export function loadCase(source: Source, values: Values, today: string): EvidenceCase {
  const trust = textOf(values, 'trust');
  const anchors = trust === undefined ? undefined : anchorsOfPem(readText(trust), trust, today);
  const document = withOptions(loadDocument(source), values);
  return readCase(document, { file: (name) => readBeside(source.folder, name), anchors });
}
