import { unprovenFormats } from '@assay/evidence';
import type { Policy } from '@assay/policy';
import type { EvidenceCase } from '../../cases/case.ts';
import { type Judgement, judge } from '../../cases/judge.ts';
import { notCompared } from '../../cases/not-compared.ts';
import { MEMBER_OPTIONS, OTHER_OPTIONS } from '../../cases/options.ts';
import { type Command, operandsOf, textOf, type Values, type World } from '../../command.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { readPolicyFile } from '../../policies/read.ts';
import { plain } from '../../speech.ts';
import { loadCase } from './load.ts';
import { showChecks, showRules } from './show.ts';
import { readSource } from './source.ts';

const HELP = `
Proves a piece of evidence step by step, each step with the clause it follows, then lets a policy judge the facts.
No network, no server: bytes, trust anchors and a clock in, a verdict out.

FILE is a JSON document (with attestationObject, assertionObject, receipt, chain, token, tokenPayloadExternal or jws), or
the evidence alone: a chain in PEM or DER, a list of base64 certificates, an App Attest object, a receipt; as bytes,
base64 or hex; a token of Play Integrity or Huawei as it is. \`-\` is stdin.
What the file does not say, options do; an option wins over the file. An option that the kind of evidence has no use
for is refused. What nobody named is listed as not compared, before the verdict. Play Integrity and Huawei were tested with
synthetic samples alone, since no genuine one is public: the verdict says so.

  --at TIME                 clock to verify at, ISO 8601 (default: the file's, else now)
  --trust ROOTS             PEM file of roots to trust instead of the vendor's, for test evidence
  --policy FILE             policy to judge by, or preset:NAME (default: strict, or what a token by itself can show)
  --status-list FILE        copy of Google's attestation status list
  --app ID                  Apple App ID, TEAMID.bundle.id
  --key-id BYTES            attestation: the key id that the app sent
  --client-data BYTES       attestation, assertion: what the app had hashed
  --client-data-hash BYTES  attestation: that hash itself
  --environment production|development  attestation
  --key FILE                assertion, receipt: the stored public key, PEM or JWK
  --counter N               assertion: the stored counter
  --challenge BYTES         key attestation
  --package NAME  --digest HEX  Android and HarmonyOS: the app, and the SHA-256 of its signing certificate
  --request-hash TEXT       Play: what a standard request was bound to
  --nonce BYTES             Play: what a classic request was bound to; Huawei: the nonce
  --decryption-key FILE  --verification-key FILE  Play: the two keys of the Play Console
  --flavour hms|harmony     Huawei: which service
  --app-id ID               Huawei: the app id of AppGallery Connect
  --json                    one JSON document, schema assay.evidence.verify/1

BYTES are base64 or base64url, hex:DIGITS, or utf8:TEXT.

Exit codes: 0 verified, 1 rejected, 2 usage or not evidence at all, 3 file unreadable, 5 unusable roots, key or policy.

Examples:
  assay evidence verify attestation.json
  assay evidence verify assertion.bin --key device.pem --app TEAMID.bundle.id --client-data utf8:hello --counter 0
  adb shell cat /sdcard/chain.pem | assay evidence verify - --challenge utf8:hello --package com.example.bank
  assay evidence verify chain.pem --challenge utf8:hello --package com.example.bank --at 2025-08-08T12:00:00Z
`;

export const verifyCommand: Command = {
  name: 'evidence verify',
  operands: 'FILE [options]',
  summary: 'Proves a piece of evidence, check by check, offline.',
  help: HELP,
  options: Object.fromEntries(
    [...MEMBER_OPTIONS, ...OTHER_OPTIONS].map(({ option }) => [option, { type: 'string' as const }]),
  ),
  run,
};

async function run(world: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  const [path] = operandsOf(operands, ['FILE']);
  const source = await readSource(world, path);
  const evidence = loadCase(source, values, new Date(world.now()).toISOString().slice(0, 10));
  const judgement = judge(evidence, { now: world.now(), policy: await chosenPolicy(world, values) });
  show(world, source.name, evidence, judgement);
  world.speech.result(toJson(evidence, judgement, world.now()));
  return judgement.outcome === 'verified' ? EXIT.ok : EXIT.no;
}

async function chosenPolicy(world: World, values: Values): Promise<Policy | undefined> {
  const file = textOf(values, 'policy');
  return file === undefined ? undefined : readPolicyFile(world, file);
}

function show({ speech, now }: World, name: string, evidence: EvidenceCase, judgement: Judgement): void {
  const at = new Date(evidence.at ?? now()).toISOString();
  speech.out(`${speech.paint('bold', evidence.kind)}  ${plain(name)}`);
  speech.out(speech.paint('dim', `  checked as of ${at}, against ${trustOf(evidence)}`));
  speech.out();
  speech.out('Evidence');
  showChecks(speech, judgement.checks);
  if (judgement.verdict !== undefined) {
    speech.out();
    speech.out(`Policy ${judgement.verdict.policy}`);
    showRules(speech, judgement.verdict.trace);
  }
  speech.out();
  showNotCompared(speech, evidence);
  showSamples(speech, judgement);
  speech.out(conclusion(judgement, speech.paint));
}

function showNotCompared({ out, paint }: World['speech'], evidence: EvidenceCase): void {
  const missing = notCompared(evidence).map(({ what, give }) => `${what} (${give})`);
  if (missing.length > 0) out(paint('yellow', `not compared: ${missing.join(', ')}`));
}

/** A verdict is worth what its checks were tried on. */
function showSamples({ out, paint }: World['speech'], judgement: Judgement): void {
  for (const format of syntheticFormats(judgement)) {
    out(paint('yellow', `${format}: no genuine sample has proven these checks, see docs/verification`));
  }
}

function syntheticFormats({ appraisal }: Judgement): readonly string[] {
  return appraisal.outcome === 'verified' ? unprovenFormats(appraisal.facts.evidence) : [];
}

function trustOf({ kind, anchors }: EvidenceCase): string {
  if (kind === 'play-integrity') return 'the keys of the Play Console';
  if (kind === 'apple-app-attest-assertion') return 'the stored key';
  return anchors === undefined ? "the vendor's roots" : `roots of your own: ${anchors[0]?.source}`;
}

function conclusion({ outcome, verdict, error }: Judgement, paint: World['speech']['paint']): string {
  if (outcome === 'verified') {
    const assurance = verdict === undefined ? '' : `, ${verdict.tier}, assurance ${verdict.assurance}`;
    return paint(['bold', 'green'], `VERIFIED${assurance}`);
  }
  const reasons = error === undefined ? (verdict?.reasons.join(', ') ?? '') : error.code;
  const by = error === undefined ? 'the evidence holds, the policy refuses it' : 'the evidence does not hold';
  return `${paint(['bold', 'red'], `REJECTED ${reasons}`)}  ${paint('dim', by)}`;
}

function toJson(evidence: EvidenceCase, judgement: Judgement, now: number) {
  const { outcome, checks, error, verdict, appraisal } = judgement;
  return {
    schema: 'assay.evidence.verify/1',
    kind: evidence.kind,
    id: evidence.id,
    at: new Date(evidence.at ?? now).toISOString(),
    outcome,
    notCompared: notCompared(evidence).map(({ what }) => what),
    synthetic: syntheticFormats(judgement),
    reasons: error === undefined ? (verdict?.reasons ?? []) : [error.code],
    checks,
    facts: appraisal.outcome === 'verified' ? appraisal.facts : null,
    verdict: verdict ?? null,
  };
}
