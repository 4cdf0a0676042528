import type { NscConfig, NscDomainConfig, NscScope } from '../../../android/nsc.ts';
import type { NscDocument, Project } from '../../../project.ts';

/** The scopes that count in every build: base-config and each domain-config, nested ones too. */
export const scopesOf = ({ base, domains }: NscConfig): readonly NscScope[] => [
  ...(base === undefined ? [] : [base]),
  ...configsIn(domains),
];

/** Each domain-config, the outer before the inner. */
export const configsIn = (configs: readonly NscDomainConfig[]): readonly NscDomainConfig[] =>
  configs.flatMap((config) => [config, ...configsIn(config.nested)]);

/** Those that count: in a built app a file that the manifest does not refer to does nothing, and N012 says so. */
export const nscDocuments = (project: Project): readonly NscDocument[] =>
  everyNscDocument(project).filter(({ isReferenced }) => isReferenced !== false);

export const everyNscDocument = ({ documents }: Project): readonly NscDocument[] =>
  documents.filter((document) => document.kind === 'nsc');

/** Defaults of a target that nothing here depends on: only what a file says itself is looked at. */
export const ANY_TARGET = { targetSdk: 36 } as const;

/** How a finding calls a scope. */
export const titleOf = (scope: NscScope): string => (scope.kind === 'domain' ? 'domain-config' : 'base-config');
