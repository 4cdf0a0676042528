import { hash, sign } from 'node:crypto';
import { der } from '@assay/formats';
import { OID } from '../../src/oids.ts';
import { algorithmId, DAY, ext, type Keys, type Minted, mintLeaf, NOW, parsed, type Spec } from './mint.ts';

export const OCSP_SIGNING = '1.3.6.1.5.5.7.3.9';
const SHA1 = '1.3.14.3.2.26';
const SHA256 = '2.16.840.1.101.3.4.2.1';

/** What a single response differs in from a good one. */
export interface SingleSpec {
  readonly status?: Uint8Array;
  readonly serial?: Uint8Array;
  readonly issuerName?: Uint8Array;
  readonly issuerKey?: Keys;
  readonly digest?: 'sha1' | 'sha256' | 'sha384';
  readonly thisUpdate?: number;
  readonly nextUpdate?: number | null;
  readonly extensions?: readonly Uint8Array[];
}

export interface OcspSpec extends SingleSpec {
  readonly singles?: readonly Uint8Array[];
  /** Whoever signs and is named, when not the issuer. */
  readonly responder?: Minted;
  readonly signedBy?: Keys;
  readonly by?: 'name' | 'key';
  readonly responderId?: Uint8Array;
  readonly certificates?: readonly Uint8Array[];
  readonly responseExtensions?: readonly Uint8Array[];
  readonly version?: Uint8Array;
  readonly algorithm?: Uint8Array;
  readonly hash?: string;
  readonly tamper?: boolean;
}

export const status = {
  good: der.raw(0x80, new Uint8Array()),
  unknown: der.raw(0x82, new Uint8Array()),
  revoked: (at: number, reason?: number): Uint8Array =>
    der.raw(
      0xa1,
      Buffer.concat([
        der.generalizedTime(at),
        ...(reason === undefined ? [] : [der.explicit(0, der.enumerated(reason))]),
      ]),
    ),
};

const DIGEST_OIDS = { sha1: SHA1, sha256: SHA256, sha384: '2.16.840.1.101.3.4.2.2' } as const;

/** The bits of a public key, taken from its JWK or PKCS #1 form and not from an SPKI. */
function keyBits({ publicKey }: Keys): Uint8Array {
  if (publicKey.asymmetricKeyType === 'rsa') return publicKey.export({ format: 'der', type: 'pkcs1' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  return Buffer.concat([Uint8Array.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
}

export function mintSingle(leaf: Minted, issuer: Minted, spec: SingleSpec = {}): Uint8Array {
  const digest = spec.digest ?? 'sha1';
  const { nextUpdate = NOW + DAY } = spec;
  return der.sequence(
    der.sequence(
      algorithmId(DIGEST_OIDS[digest], der.null()),
      der.octets(hash(digest, spec.issuerName ?? issuer.subject, 'buffer')),
      der.octets(hash(digest, keyBits(spec.issuerKey ?? issuer.keys), 'buffer')),
      der.raw(0x02, spec.serial ?? parsed(leaf).serial),
    ),
    spec.status ?? status.good,
    der.generalizedTime(spec.thisUpdate ?? NOW - DAY),
    ...(nextUpdate === null ? [] : [der.explicit(0, der.generalizedTime(nextUpdate))]),
    ...(spec.extensions ? [der.explicit(1, der.sequence(...spec.extensions))] : []),
  );
}

/** An OCSP response about `leaf`, good and signed by `issuer` unless `spec` says otherwise. */
export function mintOcsp(leaf: Minted, issuer: Minted, spec: OcspSpec = {}): Uint8Array {
  const responder = spec.responder ?? issuer;
  const byKey = der.explicit(2, der.octets(hash('sha1', keyBits(responder.keys), 'buffer')));
  const certificates = spec.certificates ?? (spec.responder ? [spec.responder.der] : []);
  const tbs = der.sequence(
    ...(spec.version ? [spec.version] : []),
    spec.responderId ?? (spec.by === 'name' ? der.explicit(1, responder.subject) : byKey),
    der.generalizedTime(NOW),
    der.sequence(...(spec.singles ?? [mintSingle(leaf, issuer, spec)])),
    ...(spec.responseExtensions ? [der.explicit(1, der.sequence(...spec.responseExtensions))] : []),
  );
  const signature = sign(spec.hash ?? 'sha256', tbs, (spec.signedBy ?? responder.keys).privateKey);
  if (spec.tamper) signature[signature.length - 1] = (signature.at(-1) ?? 0) ^ 1;
  const basic = der.sequence(
    tbs,
    spec.algorithm ?? algorithmId(OID.ecdsaSha256),
    der.bits(signature),
    ...(certificates.length === 0 ? [] : [der.explicit(0, der.sequence(...certificates))]),
  );
  return wrap(0, basic);
}

/** OCSPResponse around whatever is called basic. */
export function wrap(responseStatus: number, basic?: Uint8Array, type = '1.3.6.1.5.5.7.48.1.1'): Uint8Array {
  const body = basic && [der.explicit(0, der.sequence(der.oid(type), der.octets(basic)))];
  return der.sequence(der.enumerated(responseStatus), ...(body ?? []));
}

/** A responder that `issuer` appointed. */
export function mintResponder(issuer: Minted, spec: Spec = {}): Minted {
  const extensions = { [OID.extKeyUsage]: ext.extKeyUsage(OCSP_SIGNING), ...spec.extensions };
  return mintLeaf(issuer, { name: 'Test Responder', ...spec, extensions });
}
