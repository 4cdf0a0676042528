import type { Finding } from './rule.ts';

/**
 * What tells one finding from another, whatever line it moves to: rule, file, host, and its number among equal ones. No
 * digest, so that a baseline can be read and reviewed.
 */
export function fingerprintsOf(findings: readonly Finding[]): readonly string[] {
  const seen = new Map<string, number>();
  return findings.map(({ rule, place, host }) => {
    const name = `${rule} ${place.file} ${host ?? '-'}`;
    const number = (seen.get(name) ?? 0) + 1;
    seen.set(name, number);
    return `${name} #${number}`;
  });
}

/** The findings that are not in the baseline, and the entries of the baseline that nothing answers to any more. */
export function beyondBaseline(
  findings: readonly Finding[],
  baseline: readonly string[],
): { readonly fresh: readonly Finding[]; readonly known: number; readonly gone: readonly string[] } {
  const fingerprints = fingerprintsOf(findings);
  const accepted = new Set(baseline);
  const fresh = findings.filter((_, index) => !accepted.has(fingerprints[index] ?? ''));
  const present = new Set(fingerprints);
  return { fresh, known: findings.length - fresh.length, gone: baseline.filter((entry) => !present.has(entry)) };
}
