import { isListName } from './document/document.ts';
import { createTexts, type PathFault, type Texts } from './texts.ts';

/** Members that hold expressions, by the section of the document. */
const SECTIONS: Readonly<Record<string, Readonly<Record<string, 'question' | 'value'>>>> = {
  rules: { when: 'question', require: 'question' },
  assurance: { when: 'question' },
  annotations: { value: 'value', when: 'question' },
  bans: { when: 'question' },
};

/** Collects the faults of the expressions of a document that is faulty elsewhere: its author shall see all at once. */
export function checkTexts(document: unknown, faults: PathFault[]): undefined {
  const lists = Object.keys(membersOf(membersOf(document)['lists'])).filter(isListName);
  const texts = createTexts(Object.fromEntries(lists.map((name) => [name, []])), faults);
  for (const [section, members] of Object.entries(SECTIONS)) {
    const rows: unknown = membersOf(document)[section];
    if (!Array.isArray(rows)) continue;
    for (const [at, row] of rows.entries()) checkRow(row, `$.${section}[${at}]`, members, texts);
  }
}

function checkRow(
  row: unknown,
  path: string,
  members: Readonly<Record<string, 'question' | 'value'>>,
  texts: Texts,
): void {
  for (const [member, kind] of Object.entries(members)) {
    const source = membersOf(row)[member];
    if (typeof source === 'string' && source.trim() !== '') texts[kind](source, `${path}.${member}`);
  }
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
