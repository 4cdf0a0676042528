const PAGE = 'Firebase, Verify App Check tokens from a custom backend';

/** The steps of the page's "Verify the token", read 2026-11-21. */
export const step = (text: string): string => `${PAGE}, "${text}"`;

/** What the page leaves out and a careful server does not. */
export const hardening = (reason: string): string => `beyond the page: ${reason}`;
