import type { Random } from '@assay/core';
import { toBase64url, utf8 } from '@assay/formats';
import {
  createCosign,
  createRequestJws,
  type PinSetMark,
  PURPOSES,
  type RequestBody,
  type StatementSignal,
} from '@assay/tokens/wire';
import type { AttestationAdapter } from './adapter.ts';
import type { ClientCrypto, EncryptionKey } from './ports.ts';
import { type Instance, type Purpose, prove, type SpareAnchor } from './prove.ts';
import { createStatement, type Speaker, thumbprintOf } from './statement.ts';

/** One request, complete: it may be sent again, and is never made again for the same challenge. */
export interface PreparedRequest {
  readonly purpose: Purpose;
  readonly path: string;
  /** The exact text that is sent, each time. */
  readonly body: string;
  /** base64url SHA-256 of the request JWS: what its reply must name. */
  readonly rqh: string;
  /** The key that signed. */
  readonly instance: Instance;
  /** Opens the reply's boxes. */
  readonly encryption: EncryptionKey & { readonly jkt: string };
}

export interface RequestPlan {
  readonly purpose: Purpose;
  readonly challenge: string;
  /** The registered instance, for every purpose but an enrolment. */
  readonly instance?: Instance | undefined;
  readonly pins?: PinSetMark | undefined;
  readonly signals?: readonly StatementSignal[] | undefined;
}

export interface RequestContext {
  readonly speaker: Speaker;
  readonly adapter: AttestationAdapter;
  readonly crypto: ClientCrypto;
  readonly random: Random;
  /** Of a platform with an A. Without it every try is by a new one. */
  readonly spare?: SpareAnchor;
}

const NO_SPARE: SpareAnchor = { id: undefined, keep: async () => {} };

/** Makes a request with a new encryption key. Rejects with whatever the platform's call rejects with. */
export async function prepareRequest(plan: RequestPlan, context: RequestContext): Promise<PreparedRequest> {
  const { crypto, speaker, random, adapter, spare = NO_SPARE } = context;
  const { purpose, challenge, pins, signals } = plan;
  const encryption = await crypto.createEncryptionKey();
  const said = { purpose, challenge, encryptionKey: encryption.jwk, pins, signals };
  const { statement, evidence, ...instance } = await prove(adapter, purpose, plan.instance, {
    ...{ crypto, spare },
    say: (open) => createStatement(speaker, { ...said, ...open }, random),
  });
  const request = await createRequestJws(statement, instance.key.jwk, instance.key.sign);
  const hash = await crypto.sha256(utf8(request));
  const body: RequestBody = { request, ...(await consent(plan, context, hash)), evidence };
  return {
    ...{ purpose, path: PURPOSES[purpose].path, instance },
    body: JSON.stringify(body),
    rqh: toBase64url(hash),
    encryption: { ...encryption, jkt: await thumbprintOf(encryption.jwk, crypto) },
  };
}

/** A rekey needs the word of the old key, unless a platform key that is registered speaks for the new one. */
async function consent(
  { purpose, instance }: RequestPlan,
  { adapter }: RequestContext,
  requestHash: Uint8Array,
): Promise<Pick<RequestBody, 'cosign'>> {
  if (purpose !== 'rekey' || instance === undefined || adapter.order === 'key_first') return {};
  return { cosign: await createCosign(requestHash, instance.key.jwk, instance.key.sign) };
}
