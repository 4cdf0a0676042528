// `:exchangeDebugToken` of Google's App Check client: simulators and CI, by grants, in environments of kind development.
import { createECDH } from 'node:crypto';
import { claimed, type DevGrant, type Facts, type Instance, type InstanceChange, noFacts, proven } from '@assay/core';
import { equalBytes, parseBase64url, parseStrictJson, toBase64url } from '@assay/formats';
import { type EcJwk, ecJwk } from '@assay/formats/shape';
import { sha256, thumbprint, toPoint, toSpki } from '@assay/tokens';
import type { Assessment } from '../../attest/assessment.ts';
import { newLineage } from '../../attest/lineage.ts';
import type { Message } from '../../attest/record.ts';
import { redemptionOf } from '../../attest/redemption.ts';
import { fault } from '../../fault.ts';
import { answering, registering } from './answering.ts';
import { conclude, type Exchange, type Exchanged } from './conclude.ts';
import type { FacadeScene } from './scene.ts';

const DEV = 'dev';
const NONCE_BYTES = 32;

/** Id of a grant, a dot, and the private half of its key as the member `d` of a JWK. */
const DEBUG_TOKEN = /^([0-9a-f]{32})\.([A-Za-z0-9_-]{43})$/;

/**
 * Exchanges a debug token for a bearer token. Every exchange uses the grant once, since nothing tells one simulator from another.
 *
 * @throws ConfigError; UpstreamError
 */
export function exchangeDebugToken(exchange: Exchange, debugToken: string): Promise<Exchanged> {
  const { scene, watch } = exchange;
  return answering(scene, async () => {
    const grant = await grantOf(scene, debugToken);
    const jwk = keyOf(grant.publicJwk);
    const jkt = thumbprint(jwk);
    watch.end('evidence');
    // No challenge comes along; what is redeemed is a name of our own, so that every exchange is one.
    const nonce = scene.service.random(NONCE_BYTES);
    const message: Message = {
      ...{ purpose: 'enrol', jkt, requestHash: sha256(nonce), challenge: '', challengeAgeMs: 0, evidence: [] },
      ...{ pinset: null, bundledPinset: null },
    };
    const redemption = redemptionOf(toBase64url(nonce), scene.at, message.requestHash);
    return registering(async () =>
      conclude(exchange, message, await assessGrant(scene, grant.id, jkt, jwk), redemption),
    );
  });
}

/** @throws EvidenceError `service.grant_unfit`, whatever is wrong with it */
async function grantOf({ service, issuer, app, at }: FacadeScene, debugToken: string): Promise<DevGrant> {
  const [, id = '', secret = ''] = DEBUG_TOKEN.exec(debugToken) ?? [];
  const grant = id === '' ? undefined : await service.store.grant(issuer.iss, id);
  const isAllowed = app.dev && issuer.kind === 'development';
  const isInForce = grant?.app === app.id && grant.revokedAt === null && at < grant.expiresAt;
  if (grant === undefined || !isAllowed || !isInForce || !isKeyOf(grant, secret)) throw fault('service.grant_unfit');
  return grant;
}

function isKeyOf({ publicJwk }: DevGrant, secret: string): boolean {
  const pair = createECDH('prime256v1');
  try {
    pair.setPrivateKey(parseBase64url(secret));
  } catch {
    // Zero, beyond the order of the curve, or no canonical base64url.
    return false;
  }
  return equalBytes(pair.getPublicKey(), toPoint(keyOf(publicJwk)));
}

const keyOf = (publicJwk: string) => ecJwk(parseStrictJson(publicJwk, { maxBytes: 1024 }), '$');

/** All that hold a grant are one instance: it is named by the grant's key. */
async function assessGrant(scene: FacadeScene, grant: string, jkt: string, jwk: EcJwk): Promise<Assessment> {
  const { service, issuer, at } = scene;
  const known = await service.store.instance(issuer.iss, jkt);
  const instance = known ?? newInstance(scene, jkt, toBase64url(toSpki(jwk)));
  const change: InstanceChange = known === undefined ? { kind: 'enrol', instance } : { kind: 'refresh', jkt, fat: at };
  const { lineage, vat } = instance;
  return {
    ...{ format: DEV, facts: FACTS, checks: [], change, lineage, attestedKey: jkt, grant, vat, fat: at },
    ...{ anchor: null, certificates: [], outages: [], silent: [] },
  };
}

function newInstance(scene: FacadeScene, jkt: string, attestedSpki: string): Instance {
  const { issuer, app, at } = scene;
  return {
    ...{ iss: issuer.iss, jkt, app: app.id, format: DEV, attestedKey: jkt, attestedSpki },
    ...{ lineage: newLineage(scene, undefined), status: 'active', counter: 0, environment: null },
    ...{ vat: at, fat: at, createdAt: at, serialHmacs: [], reporters: [], facts: FACTS },
  };
}

/** Who holds the secret of a grant proves that, and nothing of an app or a device. */
const FACTS: Facts = {
  ...noFacts(),
  evidence: [DEV],
  platform: proven('dev', DEV),
  key: { ...noFacts().key, protection: claimed('software', DEV) },
};
