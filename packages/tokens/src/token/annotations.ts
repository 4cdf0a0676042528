import { flag, integer, matching, misfit, type Reader, ShapeError, table } from '@assay/formats/shape';

/** What a policy writes into a token about an install, by name. */
export type Annotations = Readonly<Record<string, string | number | boolean>>;

/** A token travels with every call, so what a policy adds to it is bounded; `bytes` is the JSON of all of them. */
export const ANNOTATION_LIMITS = {
  ...{ count: 16, nameCharacters: 32, characters: 128, bytes: 1024 },
  /** Of a token that is padded, so that the longest is no longer than the rest. */
  sealedBytes: 512,
} as const;

const LIMITS = ANNOTATION_LIMITS;
const NAME = new RegExp(`^[a-z][a-z0-9_]{0,${LIMITS.nameCharacters - 1}}$`);
const TEXT = new RegExp(`^[ -~]{0,${LIMITS.characters}}$`);

const readName = matching(
  NAME,
  `a name of at most ${LIMITS.nameCharacters} lower-case letters, digits and underscores`,
);
const readText = matching(TEXT, `at most ${LIMITS.characters} printable ASCII characters`);
const readNumber = integer(Number.MIN_SAFE_INTEGER);

const readValue: Reader<string | number | boolean> = (value, path) => {
  if (typeof value === 'string') return readText(value, path);
  return typeof value === 'boolean' ? flag(value, path) : readNumber(value, path);
};

const readTable = table(readName, readValue, LIMITS.count);

/** A flat map, its size bounded as a whole and in every part. */
export const readAnnotations: Reader<Annotations> = (value, path) => {
  const annotations = readTable(value, path);
  // ASCII throughout, so characters are bytes.
  if (JSON.stringify(annotations).length > LIMITS.bytes) misfit(path, `at most ${LIMITS.bytes} bytes of JSON`);
  return annotations;
};

/**
 * The annotations that a token has room for, the first ones first. What a policy notes may be a device's own words: a long one must not
 * keep it from getting a token.
 */
export function fittingAnnotations(annotations: Annotations, bytes: number = LIMITS.bytes): Annotations {
  let fitting: Annotations = {};
  for (const [name, value] of Object.entries(annotations)) {
    const more = { ...fitting, [name]: value };
    if (isReadable(more) && JSON.stringify(more).length <= bytes) fitting = more;
  }
  return fitting;
}

function isReadable(annotations: Annotations): boolean {
  try {
    readAnnotations(annotations, '$');
    return true;
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    return false;
  }
}
