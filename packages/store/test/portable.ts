/** What the portable subset leaves out, and why (docs/decisions/0003-storage.md). Row by row: adding a rule is adding a row. */
const REFUSED: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/;/, 'two statements in one text: SQLite drops the second without a word'],
  [/\b(now|current_timestamp|current_date|current_time|random|gen_random_uuid)\b/, 'time and chance come in as values'],
  [/\b(serial|bigserial|autoincrement|identity|sequence)\b/, 'ids are made in code'],
  [
    /\b(int|integer|smallint|real|double|numeric|decimal|float|boolean|bool|blob|bytea|jsonb?|uuid)\b/,
    'types are text and bigint',
  ],
  [/\b(varchar|char|timestamp|timestamptz|date|interval|array)\b/, 'types are text and bigint'],
  [/\b(ilike|similar|glob|regexp)\b|~/, 'one engine only'],
  [/\bfor\s+(update|share|no key)\b|\bskip\s+locked\b|\bpg_\w+|\badvisory\b/, 'races end at unique keys, not at locks'],
  [/\b(listen|notify|truncate|merge|pragma|vacuum|replace\s+into|insert\s+or)\b/, 'one engine only'],
  [/->|::|\[|@>|<@|\?/, 'operators of one engine'],
  [/"|`/, 'quoted names hide reserved words'],
  [/\$\D/, 'dollar quoting'],
  [/--|\/\*/, 'comments belong into the code'],
  [/\b(greatest|least|iif|ifnull|strftime|to_char|printf|format\()/, 'functions of one engine'],
  [/\blimit\s+\d+\s*,/, 'limit with an offset in front'],
  [/\boffset\b/, 'pages go by key'],
  [/[A-Z]/, 'lower case: names that differ in case differ on one engine only'],
];

/** What is not portable about a statement; empty when nothing is. Text in single quotes is data and may be anything but `$`. */
export function lintSql(sql: string): readonly string[] {
  const literals = sql.match(/'[^']*'/g) ?? [];
  const code = sql.replaceAll(/'[^']*'/g, "''");
  const found = REFUSED.filter(([pattern]) => pattern.test(code)).map(([pattern, why]) => `${pattern.source}: ${why}`);
  return literals.some((literal) => literal.includes('$')) ? [...found, 'a placeholder inside a text'] : found;
}
