import { RequestError } from '@assay/core';
import { raising, type ShapeError } from '@assay/formats/shape';
import type { PinsCode } from './reasons.ts';

export function refused(code: PinsCode, message: string, expected?: string, found?: string): RequestError {
  return new RequestError(code, message, { expected, found });
}

/** Runs the reading of a document. Throws RequestError `pins.document_malformed`, naming the members. */
export function reading<T>(read: () => T): T {
  return raising(read, toRefusal);
}

function toRefusal({ message, faults }: ShapeError): RequestError {
  const [first] = faults;
  return refused(
    'pins.document_malformed',
    `the document is not in its form: ${message}`,
    first?.expected,
    first?.path,
  );
}
