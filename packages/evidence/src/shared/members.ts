import { RequestError } from '@assay/core';
import type { CborMap, CborValue } from '@assay/formats';

/**
 * Typed reads out of a decoded CBOR map; every fault is `evidence.member_unexpected`, which {@link decoding} puts under
 * the caller's code. Members that are not asked for are ignored: vendors add some.
 */
export function mapOf(value: CborValue, what: string): CborMap {
  if (value instanceof Map) return value;
  throw unexpected(what, 'a map');
}

export function mapMember(map: CborMap, name: string): CborMap {
  return mapOf(map.get(name) ?? null, name);
}

export function bytesMember(map: CborMap, name: string | number): Uint8Array {
  const value = map.get(name);
  if (value instanceof Uint8Array) return value;
  throw unexpected(String(name), 'a byte string');
}

export function textMember(map: CborMap, name: string): string {
  const value = map.get(name);
  if (typeof value === 'string') return value;
  throw unexpected(name, 'text');
}

export function bytesListMember(map: CborMap, name: string): readonly Uint8Array[] {
  const value = map.get(name);
  if (Array.isArray(value) && value.every((item) => item instanceof Uint8Array)) return value;
  throw unexpected(name, 'a list of byte strings');
}

/** @throws RequestError `evidence.too_large` */
export function assertSize(bytes: Uint8Array, max: number): void {
  if (bytes.length <= max) return;
  throw new RequestError('evidence.too_large', 'the evidence is larger than its kind ever is', {
    expected: `at most ${max} bytes`,
    found: `${bytes.length} bytes`,
  });
}

function unexpected(name: string, expected: string): RequestError {
  return new RequestError('evidence.member_unexpected', 'a member of the evidence is missing or of another type', {
    expected: `${name}: ${expected}`,
  });
}
