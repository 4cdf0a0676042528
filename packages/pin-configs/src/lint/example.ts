import type { Project } from '../project.ts';
import { readDocuments } from '../read/read-documents.ts';
import type { ExampleFile } from './rule.ts';

/** The clock of the examples; nothing in them is about any other time. */
const EXAMPLE_NOW = Date.UTC(2026, 10, 21);

/** Until then the app of the examples is supported. */
const EXAMPLE_SUPPORT_END = Date.UTC(2027, 5, 30);

/** The project that the files of an example make. */
export function exampleProject(files: readonly ExampleFile[]): Project {
  const encoder = new TextEncoder();
  return {
    documents: files.flatMap(({ path, text }) => readDocuments(path, encoder.encode(text))),
    now: EXAMPLE_NOW,
    expiryLeadDays: 90,
    supportEnd: EXAMPLE_SUPPORT_END,
  };
}
