/** The three providers document one form of answer, with members of their own. */
export const clause = (section: string): string => `docs/verification/web.md, ${section}`;
