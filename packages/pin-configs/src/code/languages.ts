/** Endings of the source files that are read. */
export const CODE_ENDINGS: readonly string[] = [
  'kt',
  'kts',
  'java',
  'swift',
  'm',
  'mm',
  'dart',
  'ts',
  'tsx',
  'js',
  'jsx',
  'ets',
  'cs',
];
