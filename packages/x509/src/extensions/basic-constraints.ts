import { type DerReader, TAG } from '@assay/formats';

export interface BasicConstraints {
  readonly ca: boolean;
  /** How many non-self-issued intermediates may stand below. */
  readonly pathLength?: number;
}

/** RFC 5280 4.2.1.9. `lenient` admits a BOOLEAN other than 0xFF for true. */
export function readBasicConstraints(reader: DerReader, lenient: boolean): BasicConstraints {
  const fields = reader.enter(TAG.SEQUENCE);
  const ca = fields.peek() === TAG.BOOLEAN && fields.boolean({ lenient });
  const pathLength = fields.peek() === TAG.INTEGER ? fields.smallInteger(255) : undefined;
  fields.end();
  return pathLength === undefined ? { ca } : { ca, pathLength };
}
