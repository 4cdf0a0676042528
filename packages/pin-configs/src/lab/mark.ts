/**
 * How a lab variant is known: a configuration that trusts the test authority of a harness and pins its keys. Not by the keys,
 * which every lab has of its own, but by marks that stay when comments are gone.
 */

/**
 * Stands beside the pins of the lab in every list. Decoded it reads `assay-lab-pins/not-for-a-release`: 32 octets, so that
 * every platform takes it for a pin, and the digest of no key that anybody has. Compilers, shrinkers and binary forms keep it.
 */
export const LAB_PIN = 'YXNzYXktbGFiLXBpbnMvbm90LWZvci1hLXJlbGVhc2U=';

/** What the certificate of the lab's authority is called: `@raw/assay_lab`, `assay_lab.pem`. */
export const LAB_AUTHORITY = 'assay_lab';

/** Source set of Gradle for the build that holds the variant; its name tells the linter that no user gets it. */
export const LAB_SOURCE_SET = 'assayLab';

/** What the comment on top of each file begins with. */
export const LAB_COMMENT = 'assay-lab:';

/** Folder for what is written of lab variants, beneath the one that `--out` names. */
export const LAB_FOLDER = 'assay-lab';
