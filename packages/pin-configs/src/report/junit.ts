import type { Finding, Rule } from '../lint/rule.ts';

/** A report in JUnit's XML: one test case a rule, which fails with each of its findings. */
export function toJunit(findings: readonly Finding[], rules: readonly Rule[]): string {
  const cases = rules.map((rule) => {
    const own = findings.filter((finding) => finding.rule === rule.id);
    return testCaseOf(rule, own);
  });
  const failed = rules.filter(({ id }) => findings.some(({ rule }) => rule === id)).length;
  const counts = `tests="${rules.length}" failures="${failed}" errors="0"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="assay pins lint" ${counts}>`,
    `  <testsuite name="pinning" ${counts}>`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCaseOf(rule: Rule, findings: readonly Finding[]): string {
  const name = escaped(`${rule.id} ${rule.name}`);
  if (findings.length === 0) return `    <testcase classname="assay.pins" name="${name}"/>`;
  const [worst] = findings;
  const lines = findings.map(({ place, message }) => escaped(`${place.file}:${place.line}:${place.column} ${message}`));
  const failure = `<failure message="${escaped(rule.summary)}" type="${worst?.severity ?? ''}">${lines.join('\n')}</failure>`;
  return `    <testcase classname="assay.pins" name="${name}">${failure}</testcase>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for XML 1.0: what may not stand there at all becomes U+FFFD. */
function escaped(text: string): string {
  return text
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '')
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD');
}
