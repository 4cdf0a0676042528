import { ConfigError, claimed, defineReasons, EvidenceError, noFacts, proven, RequestError } from '@assay/core';
import { parseBase64, parseBase64url, parseStrictJson, toBase64, toBase64url } from '@assay/formats';
import { loadAnchor, parseCertificate, validateChain } from '@assay/x509';
import { appraise } from '../shared/appraisal.ts';
import { decoding } from '../shared/decoding.ts';
import { decodeJws, isSignedEs256, isSignedRs256 } from '../shared/jws.ts';
import { defineFormat } from './define.ts';
import type { EvidenceFormat } from './format.ts';

/**
 * What a module of an operator's own is given, so that it imports nothing of the product at run time: its errors are then
 * the product's own, and no second copy of a parser comes in.
 */
export const FORMAT_KIT = {
  ...{ defineFormat, defineReasons, appraise, decoding },
  ...{ noFacts, proven, claimed, EvidenceError, RequestError },
  ...{ parseBase64, parseBase64url, toBase64, toBase64url, parseStrictJson },
  ...{ decodeJws, isSignedEs256, isSignedRs256 },
  ...{ loadAnchor, parseCertificate, validateChain },
} as const;

export type FormatKit = typeof FORMAT_KIT;

/** The default export of a module that holds a format. */
export type FormatModule = (kit: FormatKit) => EvidenceFormat;

/**
 * The format in a loaded module.
 *
 * @throws ConfigError `port.module_invalid`, `port.format_invalid`
 */
export function formatOfModule(module: unknown): EvidenceFormat {
  const exported =
    typeof module === 'object' && module !== null && 'default' in module ? (module.default as unknown) : undefined;
  if (typeof exported !== 'function') {
    throw new ConfigError('port.module_invalid', 'the module does not export a format', {
      expected: 'a default export that is a function of the kit',
    });
  }
  return defineFormat((exported as FormatModule)(FORMAT_KIT)); // whatever it returns is checked there
}
