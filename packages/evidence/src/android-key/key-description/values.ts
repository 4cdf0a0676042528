import { type DerReader, TAG } from '@assay/formats';

/** An INTEGER as a number; undefined when it is negative or beyond safe integers, as some vendors' patch levels are. */
export function readNumber(value: DerReader): number | undefined {
  const octets = value.integerBytes();
  const isNegative = (octets[0] ?? 0) >= 0x80;
  let number = 0;
  for (const octet of octets) number = number * 256 + octet;
  return isNegative || !Number.isSafeInteger(number) ? undefined : number;
}

/** A SET OF INTEGER, in the order given: genuine sets are not always sorted. */
export function readNumbers(value: DerReader): readonly number[] {
  const set = value.enter(TAG.SET);
  const numbers: number[] = [];
  while (!set.isEmpty) numbers.push(set.smallInteger());
  return numbers;
}

/** A NULL whose presence is the statement. */
export function readFlag(value: DerReader): true {
  value.nullValue();
  return true;
}

export function readOctets(value: DerReader): Uint8Array {
  return value.octetString();
}

/** An OCTET STRING of text; undefined when it is not UTF-8. */
export function readText(value: DerReader): string | undefined {
  return toText(value.octetString());
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function toText(bytes: Uint8Array): string | undefined {
  try {
    return UTF8.decode(bytes);
  } catch {
    return undefined;
  }
}
