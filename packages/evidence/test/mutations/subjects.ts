import { encodeCbor, utf8 } from '@assay/formats';
import {
  type Appraisal,
  type HuaweiFlavour,
  verifyAppAttestAssertion,
  verifyAppAttestAttestation,
  verifyAppAttestReceipt,
  verifyKeyAttestation,
  verifyPlayIntegrity,
  verifySysIntegrity,
} from '../../src/index.ts';
import { ISSUERS, mintKeyAttestation, root } from '../support/mint-android.ts';
import { checking, mintAppCheck } from '../support/mint-app-check.ts';
import { launchMap, mintAssertion, mintAttestation } from '../support/mint-apple.ts';
import { granting, mintDev } from '../support/mint-dev.ts';
import { mintSysIntegrity } from '../support/mint-huawei.ts';
import { mintPlayIntegrity } from '../support/mint-play.ts';
import { mintReceipt, receiptRoot } from '../support/mint-receipt.ts';
import { meaningOf, type Subject } from './campaign.ts';
import { stretchOf } from './deviations.ts';
import type { Part } from './part.ts';

/** Evidence of one part that is bytes. */
function ofBytes(name: string, bytes: Uint8Array, verify: (bytes: Uint8Array) => Appraisal<unknown>): Subject {
  return {
    name,
    parts: [bytes],
    free: [],
    verify: ([part]) => verify(toBytes(part)),
    meaning: (appraisal) => meaningOf(appraisal, CARRIED),
  };
}

const toBytes = (part: Part = ''): Uint8Array => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part);

/** Members that repeat the evidence as it was sent: a receipt is verified on its own, the others name a spelling. */
const CARRIED = ['receipt', 'leafDer', 'leafDigest'];

function attestation(name: string, changes: Parameters<typeof mintAttestation>[0]): Subject {
  const { input, context } = mintAttestation(changes);
  const subject = ofBytes(name, input.attestationObject, (attestationObject) =>
    verifyAppAttestAttestation({ ...input, attestationObject }, context),
  );
  return { ...subject, free: [stretchOf('carried_receipt', subject.parts, 0, encodeCbor(utf8('receipt')))] };
}

function assertion(name: string, changes: Parameters<typeof mintAssertion>[0]): Subject {
  const input = mintAssertion(changes);
  return ofBytes(name, input.assertionObject, (assertionObject) =>
    verifyAppAttestAssertion({ ...input, assertionObject }),
  );
}

function receipt(name: string, changes: Parameters<typeof mintReceipt>[0]): Subject {
  const { input, context } = mintReceipt(changes);
  const subject = ofBytes(name, input.receipt, (bytes) =>
    verifyAppAttestReceipt({ ...input, receipt: bytes }, context),
  );
  return { ...subject, free: [stretchOf('root_in_receipt', subject.parts, 0, receiptRoot.certificate)] };
}

function chain(name: string, issuers: keyof typeof ISSUERS): Subject {
  const { input, context } = mintKeyAttestation({ issuers: ISSUERS[issuers] });
  const top = input.chain.length - 1;
  return {
    name,
    parts: input.chain,
    free: [stretchOf('presented_root', input.chain, top, root.certificate)],
    verify: (parts) => verifyKeyAttestation({ ...input, chain: parts.map(toBytes) }, context),
    meaning: (appraisal) => meaningOf(appraisal, [...CARRIED, 'certificates']),
  };
}

/** Evidence of one part that is a vendor's token. */
function ofToken(name: string, token: string, verify: (token: string) => Appraisal<unknown>): Subject {
  return {
    name,
    parts: [token],
    free: [],
    verify: ([part = '']) => verify(String(part)),
    meaning: (appraisal) => meaningOf(appraisal, CARRIED),
  };
}

function play(name: string): Subject {
  const { input, context } = mintPlayIntegrity();
  return ofToken(name, input.token, (token) => verifyPlayIntegrity({ ...input, token }, context));
}

function huawei(name: string, flavour: HuaweiFlavour): Subject {
  const { input, context } = mintSysIntegrity({ flavour });
  return ofToken(name, input.jws, (jws) => verifySysIntegrity({ ...input, jws }, context));
}

function appCheck(name: string): Subject {
  return ofToken(name, mintAppCheck(), (token) => checking({}, { token })());
}

function dev(name: string): Subject {
  return ofToken(name, mintDev(), (token) => granting({}, { token })());
}

const LAUNCH = launchMap(Uint8Array.of(4, 0, 0, 0), '4201');

/** Evidence under test roots, one sample of each shape. */
export const SUBJECTS: readonly Subject[] = [
  attestation('apple-app-attest attestation', {}),
  attestation('apple-app-attest attestation, iOS 27', { extensions: LAUNCH }),
  assertion('apple-app-attest assertion', {}),
  assertion('apple-app-attest assertion, iOS 27', { extensions: LAUNCH }),
  receipt('apple-app-attest receipt', {}),
  chain('android-key, factory', 'factory'),
  chain('android-key, rkp', 'rkp'),
  play('play-integrity'),
  huawei('huawei-sysintegrity', 'hms'),
  huawei('harmony-sysintegrity', 'harmony'),
  appCheck('firebase-app-check'),
  dev('dev'),
];
