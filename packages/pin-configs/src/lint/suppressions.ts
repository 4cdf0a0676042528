import type { XmlElement } from '@assay/formats';
import { createPlacer } from '../place.ts';
import type { Document, Project } from '../project.ts';
import { parseXml } from '../xml/read.ts';
import type { Finding } from './rule.ts';

export interface Suppressions {
  covers(finding: Finding): boolean;
}

interface Suppression {
  /** Rule ids. */
  readonly rules: readonly string[];
  readonly fromLine: number;
  readonly toLine: number;
}

/** `assay-ignore P001 P002: reason` holds for its own line and the next one, `assay-ignore-file P001: reason` for the file. */
const COMMENT = /assay-ignore(-file)?[ \t]+([A-Z]\d{3}(?:[ ,\t]+[A-Z]\d{3})*)/g;

/** What Android Lint's ids, as in `tools:ignore`, are called here. */
const ANDROID_LINT: Readonly<Record<string, readonly string[]>> = {
  NetworkSecurityConfig: ['P003', 'P004', 'N007', 'N008'],
  MissingBackupPin: ['P001', 'P002'],
  PinSetExpiry: ['E001', 'E002', 'E005'],
  AcceptsUserCertificates: ['N001'],
  InsecureBaseConfiguration: ['N004'],
  TrustAllX509TrustManager: ['C001'],
  CustomX509TrustManager: ['C002'],
  DefaultCleartextTraffic: ['N006'],
};

const TOOLS = 'http://schemas.android.com/tools';

/** What the files of a project themselves take back. */
export function createSuppressions(project: Project): Suppressions {
  const byFile = new Map<string, readonly Suppression[]>();
  for (const document of project.documents) {
    const found = suppressionsOf(document);
    if (found.length > 0) byFile.set(document.file, found);
  }
  return {
    covers: ({ rule, place }) =>
      (byFile.get(place.file) ?? []).some(
        ({ rules, fromLine, toLine }) => rules.includes(rule) && place.line >= fromLine && place.line <= toLine,
      ),
  };
}

function suppressionsOf({ file, text, kind }: Document): readonly Suppression[] {
  if (text === undefined) return [];
  const comments = text.includes('assay-ignore') ? commentsOf(text) : [];
  const isXml = kind === 'nsc' || kind === 'manifest';
  return isXml && text.includes('tools:ignore') ? [...comments, ...toolsIgnoresOf(parseXml(file, text))] : comments;
}

function commentsOf(text: string): Suppression[] {
  const placer = createPlacer('', text);
  return Array.from(text.matchAll(COMMENT), ({ 1: whole, 2: ids = '', index }) => {
    const { line } = placer.at(index);
    const rules = ids.split(/[ ,\t]+/);
    return whole === undefined
      ? { rules, fromLine: line, toLine: line + 1 }
      : { rules, fromLine: 0, toLine: Number.POSITIVE_INFINITY };
  });
}

function toolsIgnoresOf(element: XmlElement): Suppression[] {
  const ignored =
    element.attributes.find(({ name, namespace }) => namespace === TOOLS && name === 'ignore')?.value ?? '';
  const rules = ignored.split(',').flatMap((id) => ANDROID_LINT[id.trim()] ?? []);
  const own = rules.length === 0 ? [] : [{ rules, fromLine: element.at.line, toLine: lastLineOf(element) }];
  return [...own, ...element.children.flatMap(toolsIgnoresOf)];
}

/** The last line on which anything of an element begins. */
function lastLineOf({ at, attributes, children }: XmlElement): number {
  const last = [...attributes.map((attribute) => attribute.at.line), ...children.map(lastLineOf)];
  return last.reduce((latest, line) => Math.max(latest, line), at.line);
}
