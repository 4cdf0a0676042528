import { concat, DerReader, der, TAG } from '@assay/formats';
import type { CertificateRecipe } from '../recipe.ts';
import { encode } from './encoding.ts';
import { type ExtensionOrder, extension, extensionsOf, POISON } from './extensions.ts';
import { unforgeable } from './fault.ts';
import type { LabKey } from './keys.ts';
import { OID } from './oids.ts';
import { algorithmOf, signatureOf } from './signing.ts';
import { timeOf } from './spans.ts';

export const SERIAL_OCTETS = 16;

export interface CertificateOrder extends ExtensionOrder {
  /** {@link SERIAL_OCTETS} of them, which the serial number is made of. */
  readonly random: Uint8Array;
  /** Epoch milliseconds. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** Logs a precertificate, given what they sign of it, and returns their SignedCertificateTimestampList. */
  readonly logged?: ((tbs: Uint8Array) => Uint8Array) | undefined;
}

/** A minted certificate and its serial number, an INTEGER, by which staples speak of it. */
export interface Minted {
  readonly der: Uint8Array;
  readonly serial: Uint8Array;
}

/** An X.509 certificate (RFC 5280 4.1) with exactly the faults that its recipe asks for. Raises mitm.recipe_unforgeable. */
export function mintCertificate(order: CertificateOrder): Minted {
  const { recipe, issuer } = order;
  const hash = recipe.hash ?? 'sha256';
  const algorithm = algorithmOf(issuer.key, hash);
  const serial = SERIALS[recipe.serial ?? 'positive'](order.random);
  const tbs = signedPart(order, [serial, algorithm]);
  const signature = signatureOf(tbs, issuer.key, hash, recipe.signature === 'broken');
  return { der: encode(der.sequence(tbs, algorithm, der.bits(signature)), recipe.encoding), serial };
}

type SerialForm = 'positive' | NonNullable<CertificateRecipe['serial']>;

/** RFC 5280 4.1.2.2: positive, at most 20 octets. The bit under the sign is set, so that no octet is saved or added. */
const SERIALS: Readonly<Record<SerialForm, (random: Uint8Array) => Uint8Array>> = {
  positive: (random) => der.raw(TAG.INTEGER, leading(((random[0] ?? 0) & 0x7f) | 0x40, random)),
  negative: (random) => der.raw(TAG.INTEGER, leading(((random[0] ?? 0) & 0xbf) | 0x80, random)),
  zero: () => der.integer(0),
  'too-long': (random) => der.raw(TAG.INTEGER, concat(Uint8Array.of(0x40, 0, 0, 0, 0), random)),
};

function leading(first: number, random: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(first), random.subarray(1));
}

/** TBSCertificate. `head` is the serial number and the algorithm of the signature. */
function signedPart(order: CertificateOrder, head: readonly Uint8Array[]): Uint8Array {
  const { recipe, issuer, subject } = order;
  const fields = [
    ...head,
    issuer.name,
    der.sequence(timeOf(order.notBefore), timeOf(order.notAfter)),
    subject.name,
    recipe.spki === 'unknown-curve' ? onUnknownCurve(subject.key) : subject.key.spki,
  ];
  if (recipe.version === 1 || recipe.version === 2) return withoutExtensions(fields, order);
  const extensions = extensionsOf(order);
  const whole = (all: readonly Uint8Array[]) => der.sequence(V3, ...fields, der.explicit(3, der.sequence(...all)));
  const late = recipe.poison === true ? [POISON] : [];
  if (order.logged !== undefined) late.push(extension(OID.timestamps, der.octets(order.logged(whole(extensions)))));
  return whole([...extensions, ...late]);
}

const V3 = der.explicit(0, der.integer(2));
const V2 = der.explicit(0, der.integer(1));

/** RFC 5280 4.1.2.1 and 4.1.2.9: extensions belong to version 3; version 1 is the default, which DER leaves out. */
function withoutExtensions(fields: readonly Uint8Array[], { recipe, logged }: CertificateOrder): Uint8Array {
  if (logged !== undefined) throw unforgeable('timestamps', `embedded, in version ${recipe.version}`);
  return der.sequence(...(recipe.version === 2 ? [V2] : []), ...fields);
}

/** The key's own bits on a curve that nobody knows. */
function onUnknownCurve({ spki }: LabKey): Uint8Array {
  const fields = DerReader.of(spki).enter(TAG.SEQUENCE);
  fields.skip();
  return der.sequence(der.sequence(OID.ecPublicKey, OID.unknownCurve), fields.raw(TAG.BIT_STRING));
}
