import { verifyKeyAttestation } from '@assay/evidence';
import { toBase64url, utf8 } from '@assay/formats';
import { sha256, toSpki } from '@assay/tokens';
import { androidApps } from './apps.ts';
import { bindingOf } from './binding.ts';
import { type Bench, chainOf, type Finding, holding } from './finding.ts';

/** Key Attestation of K itself. */
export function attestAndroid(bench: Bench): Finding {
  const { service, app, request, at } = bench.situation;
  const status = service.trust.statusList();
  const appraisal = verifyKeyAttestation(
    {
      chain: chainOf(bench),
      challenge: utf8(bindingOf(bench).text),
      apps: androidApps(app),
      expectedKey: toSpki(request.jwk),
    },
    {
      trust: { anchors: service.trust.android },
      at,
      memory: service.memory,
      ...(status === undefined ? {} : { statusList: status.list }),
    },
  );
  const { proven, facts, checks } = holding(appraisal);
  const issuer = proven.certificates[1]?.serialHex;
  return {
    ...{ facts, checks },
    attested: {
      attestedKey: toBase64url(sha256(proven.publicKey)),
      attestedSpki: toBase64url(proven.publicKey),
      environment: null,
      anchor: proven.anchorId,
      certificates: proven.certificates,
      leafDigest: proven.leafDigest,
      ...(issuer === undefined ? {} : { deviceSerial: issuer }),
    },
  };
}
