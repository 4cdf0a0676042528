import type { Document, Finding, Project, Rule } from '../../src/index.ts';

/** A finding with everything that a report shows; a test changes what it is about. */
export function finding(change: Partial<Finding> & { readonly line?: number } = {}): Finding {
  const { line = 3, ...members } = change;
  const place = { file: 'app/net.xml', line, column: 7, endLine: line, endColumn: 12 };
  return { rule: 'P001', severity: 'error', place, message: 'one pin, and no backup', ...members };
}

/** A rule that reports what it is told to. */
export function ruleOf(id: string, reports: ReturnType<Rule['check']> = [], change: Partial<Rule> = {}): Rule {
  return {
    ...{ id, name: `rule-${id.toLowerCase()}`, severity: 'error', summary: `summary of ${id}`, why: `why ${id}` },
    ...{ attacker: 'a way in', lockout: 'nobody', fix: 'mend it', masvs: 'MASVS-NETWORK-2', maswe: 'MASWE-0047' },
    ...{ fires: [], passes: [] },
    check: () => reports,
    ...change,
  };
}

/** A document of a kind that readers need not be run for. */
export function documentOf(file: string, text: string): Document {
  return { kind: 'pin-list', file, text, origin: 'source', variant: 'any', pinned: [] };
}

export function projectOf(...documents: readonly Document[]): Project {
  return { documents, now: 0, expiryLeadDays: 90 };
}
