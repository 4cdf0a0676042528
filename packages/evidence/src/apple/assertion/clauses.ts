const ASSERTION = 'Apple, Validating apps that connect to your server, "Verify the assertion"';

/** The numbered steps of Apple's page, read 2026-11-21. */
export const step = (number: string): string => `${ASSERTION}, step ${number}`;
