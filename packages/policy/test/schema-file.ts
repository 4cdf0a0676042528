import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { policySchema } from '../src/schema.ts';

/** The published schema, made out of the readers of the document. */
export const SCHEMA_FILE: string = join(import.meta.dirname, '../../../docs/policy.schema.json');

export function renderSchema(): string {
  return `${JSON.stringify(policySchema(), null, 2)}\n`;
}

if (import.meta.main) writeFileSync(SCHEMA_FILE, renderSchema());
