// A small strict reader of decoded JSON (`@assay/formats/shape`): one place for the shapes of statements, tokens, documents
// and policies. How a fault is raised, each package says for itself.
export { misfit, raising, ShapeError, type ShapeFault, together } from './shape-fault.ts';
export { type EcJwk, ecJwk } from './shape-jwk.ts';
export * from './shape-readers.ts';
