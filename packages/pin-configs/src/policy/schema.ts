import { type Member, POLICY_SHAPE, type Shape } from './shape.ts';

type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json };
type Schema = { readonly [key: string]: Json };

/** The JSON Schema (2020-12) of `assay.pins.yaml`, published as `schema/assay.pins.schema.json`. */
export const policySchema: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:assay:schema:pins:1',
  title: 'assay.pins.yaml',
  ...schemaOf(POLICY_SHAPE),
};

function schemaOf(shape: Shape): Schema {
  const { about: description } = shape;
  switch (shape.kind) {
    case 'text':
      return { type: 'string', pattern: shape.pattern.source, description };
    case 'choice':
      return { enum: shape.values, description };
    case 'constant':
      return { const: shape.value, description };
    case 'list':
      return {
        type: 'array',
        items: schemaOf(shape.of),
        minItems: shape.minimum,
        maxItems: shape.maximum,
        description,
      };
    case 'object':
      return { ...objectSchema(shape), description };
  }
}

function objectSchema({ members }: Extract<Shape, { kind: 'object' }>): Schema {
  const entries = Object.entries(members);
  return {
    type: 'object',
    properties: Object.fromEntries(entries.map(([name, { shape }]) => [name, schemaOf(shape)])),
    required: entries.filter(([, { required }]) => required).map(([name]) => name),
    additionalProperties: false,
    ...conditionsOf(entries),
  };
}

function conditionsOf(entries: readonly (readonly [string, Member])[]): Schema {
  const conditions = entries.flatMap(([name, { only }]) => {
    if (only === undefined) return [];
    const chosen = { properties: { [only.with]: { const: only.being } }, required: [only.with] };
    const absent = { properties: { [name]: false } };
    const complete = { anyOf: [{ not: chosen }, { required: [name] }] };
    return [{ anyOf: [chosen, absent] }, ...(only.required ? [complete] : [])];
  });
  return conditions.length === 0 ? {} : { allOf: conditions };
}
