const FRAUD = 'Apple, Assessing fraud risk, "Verify the receipt"';

/** The numbered steps of Apple's page, read 2026-11-21. */
export const step = (number: string): string => `${FRAUD}, step ${number}`;
