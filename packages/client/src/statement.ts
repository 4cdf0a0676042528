import type { Purpose, Random } from '@assay/core';
import { toBase64url, utf8 } from '@assay/formats';
import {
  bindingText,
  type EcJwk,
  type PinSetMark,
  type Role,
  roleBindingPreimage,
  type Statement,
  type StatementSignal,
  thumbprintPreimage,
  toPoint,
} from '@assay/tokens/wire';
import type { ClientCrypto } from './ports.ts';
import { SDK_VERSION } from './version.ts';

/** What every statement of one client says. */
export interface Speaker {
  readonly iss: string;
  readonly app: string;
  readonly version: string;
  readonly build: string;
  readonly os: string;
  readonly audiences: readonly string[];
  readonly secrets: readonly string[];
}

/** What one statement says. */
export interface Saying {
  readonly purpose: Purpose;
  readonly challenge: string;
  readonly encryptionKey: EcJwk;
  readonly ev: readonly Role[];
  readonly akid?: string | undefined;
  readonly old?: string | undefined;
  /** The pin set that the client holds. */
  readonly pins?: PinSetMark | undefined;
  /** What the app saw of its surroundings. */
  readonly signals?: readonly StatementSignal[] | undefined;
}

const SDK = `assay/${SDK_VERSION}`;

/** The exact bytes of S. They are made once: what is signed, bound and sent are these. */
export function createStatement(speaker: Speaker, saying: Saying, random: Random): Uint8Array {
  const { purpose, challenge, encryptionKey, ev, akid, old, pins, signals = [] } = saying;
  const statement: Statement = {
    ...{ v: 1, purpose, aud: speaker.iss, app: speaker.app, challenge, ev },
    rid: toBase64url(random(16)),
    enc: toBase64url(toPoint(encryptionKey)),
    ...(akid === undefined ? {} : { akid }),
    ...(old === undefined ? {} : { old }),
    want: {
      aud: speaker.audiences,
      ...(speaker.secrets.length === 0 ? {} : { secrets: speaker.secrets }),
      ...(pins === undefined ? {} : { pins }),
    },
    claims: {
      ...{ ver: speaker.version, build: speaker.build, os: speaker.os, sdk: SDK },
      ...(signals.length === 0 ? {} : { signals }),
    },
  };
  return utf8(JSON.stringify(statement));
}

/** base64url of the RFC 7638 thumbprint. */
export async function thumbprintOf(jwk: EcJwk, { sha256 }: Pick<ClientCrypto, 'sha256'>): Promise<string> {
  return toBase64url(await sha256(thumbprintPreimage(jwk)));
}

/** The text that the platform's call is given, so that its evidence commits to S. */
export async function bindingOf(
  role: Role,
  bound: { readonly jkt: Uint8Array; readonly anchor?: Uint8Array; readonly statement: Uint8Array },
  { sha256 }: Pick<ClientCrypto, 'sha256'>,
): Promise<string> {
  return bindingText(role, await sha256(roleBindingPreimage(role, bound)));
}
