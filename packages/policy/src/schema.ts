import { DOCUMENT } from './document/document.ts';
import type { JsonSchema } from './document/shapes.ts';

/**
 * The JSON Schema of a policy document, for editors: `# yaml-language-server: $schema=policy.schema.json`. It comes from
 * the readers that parse the document. What expressions may say, only the parser knows.
 */
export function policySchema(): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Assay policy',
    ...DOCUMENT.schema,
  };
}
