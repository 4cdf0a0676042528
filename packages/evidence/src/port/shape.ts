import type { EvidenceFormat, FormatVector } from './format.ts';

type Rule = (format: EvidenceFormat) => readonly (string | false)[];

const ROLE = /^x-[a-z0-9][a-z0-9-]{0,29}$/;
const DIGEST = /^[0-9a-f]{64}$/;
const BINDING = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;

/** How the codes of a role begin: nobody else's do. */
export const codePrefixOf = (role: string): string => `${role.replaceAll('-', '_')}.`;

/** Everything that is wrong with a description, in words; each a rule of docs/evidence-port.md. */
export function faultsOfFormat(format: EvidenceFormat): readonly string[] {
  return RULES.flatMap((rule) => rule(format)).filter((fault) => fault !== false);
}

const names: Rule = ({ role, title }) => [
  !ROLE.test(role) && 'role: x- and up to 30 lower-case letters, digits and hyphens',
  title.trim() === '' && 'title: some text',
];

const checks: Rule = ({ checks: declared, reasons }) => [
  declared.length === 0 && 'checks: at least one',
  hasRepeated(declared.map(({ id }) => id)) && 'checks: ids that differ',
  ...declared.flatMap(({ id, clause, proves, codes }) => [
    (clause.trim() === '' || proves.trim() === '') && `checks: ${id} names its clause and what it proves`,
    codes.length === 0 && `checks: ${id} has no code, so it can stop nothing`,
    ...codes.map(
      (code) => !Object.hasOwn(reasons, code) && `checks: ${id} stops with ${code}, which no reason explains`,
    ),
  ]),
];

const reasons: Rule = ({ role, reasons: declared, checks: steps }) =>
  Object.entries(declared).flatMap(([name, { code }]) => [
    name !== code && `reasons: ${name} has the code ${code}`,
    !code.startsWith(codePrefixOf(role)) && `reasons: ${code} does not begin with ${codePrefixOf(role)}`,
    !steps.some(({ codes }) => codes.includes(code)) && `reasons: no check stops with ${code}`,
  ]);

const anchors: Rule = ({ anchors: digests }) => [
  digests.length === 0 && 'anchors: at least one; evidence that nobody vouches for is a claim',
  !digests.every((digest) => DIGEST.test(digest)) && 'anchors: SHA-256 in lower-case hex',
  hasRepeated(digests) && 'anchors: digests that differ',
];

const vectors: Rule = ({ vectors: cases, reasons: declared }) => [
  !cases.some(({ expected }) => expected === 'accept') && 'vectors: one that is accepted',
  !cases.some(({ expected }) => expected === 'reject') && 'vectors: one that is rejected',
  hasRepeated(cases.map(({ id }) => id)) && 'vectors: ids that differ',
  ...cases.flatMap((each) => faultsOfVector(each, declared)),
];

const RULES: readonly Rule[] = [names, checks, reasons, anchors, vectors];

function faultsOfVector({ id, context, expected, code, why }: FormatVector, declared: object) {
  return [
    !BINDING.test(context.binding) && `vectors: ${id} has no binding of 32 bytes in base64url`,
    !isTime(context.at) && `vectors: ${id} has no UTC time such as 2026-11-21T12:00:00Z`,
    context.apps.length === 0 && `vectors: ${id} names no app`,
    why.trim() === '' && `vectors: ${id} does not say why`,
    expected === 'accept' && code !== undefined && `vectors: ${id} is accepted and has a code`,
    expected === 'reject' && !Object.hasOwn(declared, code ?? '') && `vectors: ${id} is rejected without a known code`,
  ];
}

const isTime = (text: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/.test(text) && !Number.isNaN(Date.parse(text));

const hasRepeated = (values: readonly string[]): boolean => new Set(values).size !== values.length;
