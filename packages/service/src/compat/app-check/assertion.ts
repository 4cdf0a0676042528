// `:exchangeAppAttestAssertion` of Google's App Check client: the attested key signs artifact and challenge.
import type { Instance } from '@assay/core';
import { keyOfPoint, verifyAppAttestAssertion } from '@assay/evidence';
import { concat, parseBase64url } from '@assay/formats';
import { fromPoint, sha256, thumbprint } from '@assay/tokens';
import type { Assessment } from '../../attest/assessment.ts';
import { renewFacts } from '../../attest/merge.ts';
import { holding } from '../../attest/pieces/finding.ts';
import type { Message } from '../../attest/record.ts';
import { redemptionOf } from '../../attest/redemption.ts';
import { assertNotEnded } from '../../attest/situation.ts';
import { withoutMessage } from '../../facts.ts';
import { fault } from '../../fault.ts';
import { answering } from './answering.ts';
import { appIdsOf } from './app-ids.ts';
import { parseArtifact } from './artifact.ts';
import { readFacadeChallenge } from './challenge.ts';
import { conclude, type Exchange, type Exchanged } from './conclude.ts';
import type { FacadeScene } from './scene.ts';

export interface AssertionExchange {
  readonly artifact: Uint8Array;
  readonly assertion: Uint8Array;
  readonly challenge: Uint8Array;
}

/**
 * Exchanges an assertion by a registered key for a bearer token. Its counter is compared and raised in the transaction that
 * accepts it.
 *
 * @throws RequestError `tokens.challenge_*`, `service.challenge_used`; ConfigError; UpstreamError
 */
export function exchangeAssertion(exchange: Exchange, sent: AssertionExchange): Promise<Exchanged> {
  const { scene, watch } = exchange;
  const challenge = readFacadeChallenge(scene, sent.challenge);
  const requestHash = sha256(sent.assertion);
  return answering(scene, async () => {
    const instance = await instanceOf(scene, parseArtifact(sent.artifact));
    const assessment = assess(scene, instance, sent);
    watch.end('evidence');
    const message: Message = {
      ...{ purpose: 'refresh', jkt: instance.jkt, requestHash, challenge: challenge.text },
      challengeAgeMs: challenge.ageMs,
      evidence: [{ role: 'apple-assert', form: 'object', object: sent.assertion }],
      ...{ pinset: null, bundledPinset: null },
    };
    return conclude(exchange, message, assessment, redemptionOf(challenge.text, challenge.expiresAt, requestHash));
  });
}

/**
 * The row that an artifact names, if its key is the App Attest key itself: the instance of another client has another key, and
 * what that one promised is not to be had without it.
 */
async function instanceOf({ service, issuer, app }: FacadeScene, jkt: string): Promise<Instance> {
  const instance = await service.store.instance(issuer.iss, jkt);
  if (instance === undefined || instance.app !== app.id || !isOwnName(instance)) {
    throw fault('service.facade_key_unknown');
  }
  assertNotEnded(instance);
  return instance;
}

const POINT_BYTES = 65;

function isOwnName({ jkt, attestedSpki }: Instance): boolean {
  const point = parseBase64url(attestedSpki);
  return point.length === POINT_BYTES && thumbprint(fromPoint(point)) === jkt;
}

function assess(
  scene: FacadeScene,
  instance: Instance,
  { artifact, assertion, challenge }: AssertionExchange,
): Assessment {
  const { at } = scene;
  const appraisal = verifyAppAttestAssertion({
    assertionObject: assertion,
    // Both of one length each: no two pairs are one text.
    clientDataHash: sha256(concat(artifact, challenge)),
    appIds: appIdsOf(scene),
    publicKey: keyOfPoint(parseBase64url(instance.attestedSpki)),
    storedCounter: instance.counter,
  });
  const { proven, facts, checks } = holding(appraisal);
  const { jkt, format, lineage, attestedKey, vat } = instance;
  return {
    ...{ format, lineage, attestedKey, vat, fat: at, checks, anchor: null, certificates: [], outages: [], silent: [] },
    facts: renewFacts(withoutMessage(instance.facts), facts, []),
    change: { kind: 'refresh', jkt, counter: proven.counter, fat: at },
  };
}
