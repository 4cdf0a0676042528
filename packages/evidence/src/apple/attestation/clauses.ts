const ATTESTATION = 'Apple, Validating apps that connect to your server, "Verify the attestation"';
const GUIDE = 'Apple, Attestation Object Validation Guide (2026)';

/** The numbered steps of Apple's page, read 2026-11-21. */
export const step = (number: string): string => `${ATTESTATION}, step ${number}`;

/** The guide that came with iOS 27. */
export const guide = (section: string): string => `${GUIDE}, ${section}`;

/** What Apple's page takes for granted and a careful server does not. */
export const hardening = (reason: string): string => `beyond Apple's steps: ${reason}`;
