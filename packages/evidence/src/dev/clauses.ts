/** Our own form: there is no vendor's page for simulators. */
export const clause = (section: string): string => `docs/verification/dev.md, ${section}`;
