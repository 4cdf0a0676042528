import { hash } from 'node:crypto';
import { parseStatusList } from '@assay/evidence';
import { parsePem } from '@assay/formats';
import type { TrustAnchor } from '@assay/x509';
import type { z } from 'zod';
import { issueOf, issuesOf } from '../documents.ts';
import { fault } from '../reasons.ts';
import type { CaseKind, EvidenceCase } from './case.ts';
import {
  AssertionMembers,
  AttestationMembers,
  Bytes,
  KeyAttestationMembers,
  PlayMembers,
  ReceiptMembers,
  SysIntegrityMembers,
} from './members.ts';
import { optionOf } from './options.ts';
import { playCase, sysIntegrityCase } from './read-tokens.ts';

/** What reading a document may need from outside it. */
export interface Surroundings {
  /** Text of a file that the document names, such as its PEM chain. */
  readonly file: (name: string) => string;
  readonly anchors: readonly TrustAnchor[] | undefined;
}

type Read = (document: object, around: Surroundings) => EvidenceCase;

interface KindRow {
  readonly kind: CaseKind;
  /** A member that only this kind has, for documents without `kind`. */
  readonly mark: string;
  readonly read: Read;
}

const KINDS: readonly KindRow[] = [
  { kind: 'apple-app-attest-attestation', mark: 'attestationObject', read: readAttestation },
  { kind: 'apple-app-attest-assertion', mark: 'assertionObject', read: readAssertion },
  { kind: 'apple-app-attest-receipt', mark: 'receipt', read: readReceipt },
  { kind: 'android-key-attestation', mark: 'chainFile', read: readKeyAttestation },
  { kind: 'android-key-attestation', mark: 'chain', read: readKeyAttestation },
  { kind: 'play-integrity', mark: 'token', read: readPlay },
  { kind: 'play-integrity', mark: 'tokenPayloadExternal', read: readPlay },
  { kind: 'huawei-sysintegrity', mark: 'jws', read: readSysIntegrity },
];

/** Which kind of evidence a document holds: its `kind`, else a member that only one kind has. */
export function kindOf(document: object): CaseKind | undefined {
  if ('kind' in document) return KINDS.find((row) => row.kind === document.kind)?.kind;
  return KINDS.find((row) => row.mark in document)?.kind;
}

/**
 * Reads one evidence document.
 *
 * @throws RequestError `cli.not_evidence` when it is of no known kind, `cli.member_invalid` naming each bad member
 */
export function readCase(document: object, around: Surroundings): EvidenceCase {
  const kind = kindOf(document);
  const row = KINDS.find((each) => each.kind === kind);
  if (row === undefined) {
    throw fault('cli.not_evidence', {
      expected: KINDS.map(({ kind, mark }) => `${kind} (member ${mark})`).join(', '),
      found: `members ${Object.keys(document).slice(0, 12).join(', ')}`,
    });
  }
  return row.read(document, around);
}

function readAttestation(document: object, { anchors }: Surroundings): EvidenceCase {
  const { id, attestationObject, keyId, clientDataHash, appId, verifyAt, launchPolicy, ...members } = parse(
    AttestationMembers,
    withHash(document),
  );
  return {
    kind: 'apple-app-attest-attestation',
    ...{ id, attestationObject, keyId, clientDataHash, anchors },
    appIds: [appId],
    at: verifyAt,
    environments: members.allowedEnvironments ?? [members.environment ?? 'production'],
    launch: launchPolicy ?? undefined,
  };
}

/** The hash is computed where only what it is of was given. */
function withHash(document: { readonly clientData?: unknown; readonly clientDataHash?: unknown }): object {
  const given = Bytes.safeParse(document.clientData);
  if (!given.success || document.clientDataHash !== undefined) return document;
  return { ...document, clientDataHash: { base64: hash('sha256', given.data, 'base64') } };
}

function readAssertion(document: object, { anchors }: Surroundings): EvidenceCase {
  const { id, assertionObject, clientData, publicKeyPem, appId, previousCounter, verifyAt } = parse(
    AssertionMembers,
    document,
  );
  return {
    kind: 'apple-app-attest-assertion',
    ...{ id, assertionObject, anchors },
    clientDataHash: hash('sha256', clientData, 'buffer'),
    publicKey: publicKeyPem,
    appIds: [appId],
    storedCounter: previousCounter,
    at: verifyAt,
  };
}

function readReceipt(document: object, { anchors }: Surroundings): EvidenceCase {
  const { id, receipt, appId, publicKeyPem, verifyAt } = parse(ReceiptMembers, document);
  return {
    kind: 'apple-app-attest-receipt',
    ...{ id, receipt, anchors },
    appIds: [appId],
    publicKey: publicKeyPem,
    at: verifyAt,
  };
}

function readKeyAttestation(document: object, { anchors, file }: Surroundings): EvidenceCase {
  const members = parse(KeyAttestationMembers, document);
  const { id, chain, chainFile, challenge, challengeOverride, statusList, verifyAt } = members;
  return {
    kind: 'android-key-attestation',
    ...{ id, anchors },
    chain: chain ?? chainOf(chainFile, file),
    challenge: challengeOverride ?? challenge,
    apps: expectedApps(members),
    statusList: statusList == null ? undefined : parseStatusList(JSON.stringify(statusList)),
    at: verifyAt,
  };
}

function readPlay(document: object): EvidenceCase {
  return { ...playCase(parse(PlayMembers, document)), anchors: undefined };
}

function readSysIntegrity(document: object, { anchors }: Surroundings): EvidenceCase {
  return { ...sysIntegrityCase(parse(SysIntegrityMembers, document)), anchors };
}

function chainOf(name: string | undefined, file: Surroundings['file']): readonly Uint8Array[] {
  if (name !== undefined) return parsePem(file(name), 'CERTIFICATE');
  throw fault('cli.member_invalid', { found: 'chain: neither it nor chainFile is there' });
}

function expectedApps({ expectedApp, expectedPackage, expectedDigestSha256Hex }: KeyAttestationMembers) {
  if (expectedApp !== undefined) {
    const digests = expectedApp.signatureDigestsSha256Hex;
    return expectedApp.packages.map(({ name }) => ({ package: name, ...(digests === undefined ? {} : { digests }) }));
  }
  if (expectedPackage === undefined) return undefined;
  const digests = expectedDigestSha256Hex === undefined ? {} : { digests: [expectedDigestSha256Hex] };
  return [{ package: expectedPackage, ...digests }];
}

function parse<T>(schema: z.ZodType<T>, document: object): T {
  const result = schema.safeParse(document);
  if (result.success) return result.data;
  throw fault('cli.member_invalid', { found: issuesOf(result.error, (issue) => withOption(issue, document)) });
}

/** A bad member with the option that gives it. */
function withOption(issue: z.core.$ZodIssue, document: object): string {
  const [member = ''] = issue.path;
  const option = optionOf(member);
  const isMissing = issue.path.length === 1 && Reflect.get(document, member) === undefined;
  if (isMissing) return `${String(member)} is missing${option === undefined ? '' : `: ${option}`}`;
  return option === undefined ? issueOf(issue) : `${issueOf(issue)} (${option})`;
}
