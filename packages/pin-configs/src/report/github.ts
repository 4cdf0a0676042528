import type { Finding, Severity } from '../lint/rule.ts';

const COMMAND: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/** One workflow command of GitHub Actions a finding; what a command's value may not hold is escaped as GitHub asks. */
export function toGithub(findings: readonly Finding[], titleOf: (rule: string) => string): readonly string[] {
  return findings.map(({ rule, severity, place, message }) => {
    const { file, line, column, endLine } = place;
    const properties = { file, line: Math.max(1, line), ...(column > 0 ? { col: column } : {}), endLine };
    return githubCommand(COMMAND[severity], { ...properties, title: `${rule} ${titleOf(rule)}` }, message);
  });
}

/** A workflow command; properties without a value are left out. */
export function githubCommand(
  name: string,
  properties: Readonly<Record<string, string | number | undefined>>,
  message: string,
): string {
  const written = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([property, value]) => `${property}=${inProperty(String(value))}`);
  return `::${name} ${written.join(',')}::${inData(message)}`;
}

const inData = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const inProperty = (text: string): string => inData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
