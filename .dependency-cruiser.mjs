// Which import may point where. Arrows point down only; packages are met by their name, never by a path into their src.

/** From the top down: what a layer may import lies in a later row. Members of one row do not import each other. */
const LAYERS = [
  ['cli'],
  ['server', 'pins-page'],
  ['http', 'store'],
  ['service'],
  ['virtual-devices'],
  ['middleware', 'client', 'mitm'],
  ['evidence', 'pins', 'pin-configs', 'tokens', 'secrets', 'policy'],
  ['x509'],
  ['formats'],
  ['core'],
];

/** What others embed must install alone, without anything of the server. */
const EMBEDDED = ['middleware', 'client'];
const SERVER = ['service', 'http', 'store', 'server', 'cli'];

/** Pure code: bytes and values in, values out. */
const PURE = ['^packages/(core|formats|policy|evidence|pin-configs)/src/', '^packages/tokens/src/wire/'];
const EFFECTS =
  '^(node:)?(fs|fs/promises|net|http|https|http2|tls|dgram|dns|dns/promises|child_process|worker_threads|cluster)$';

const folder = (names) => `^(packages|apps)/(${names.join('|')})/src/`;

const upward = LAYERS.map((names, row) => ({
  name: `up-from-${names.join('-')}`,
  severity: 'error',
  comment: 'Arrows point down only; what two neighbours share belongs in a layer beneath them.',
  from: { path: folder(names) },
  to: { path: folder(LAYERS.slice(0, row + 1).flat()), pathNot: names.map((name) => folder([name])).join('|') },
}));

const sideways = LAYERS.filter((names) => names.length > 1).map((names) => ({
  name: `sideways-${names.join('-')}`,
  severity: 'error',
  comment: 'Neighbours in one layer do not know each other.',
  from: { path: `^(?:packages|apps)/(${names.join('|')})/src/` },
  to: { path: folder(names), pathNot: '^(?:packages|apps)/$1/' },
}));

export default {
  forbidden: [
    ...upward,
    ...sideways,
    {
      name: 'no-layer',
      severity: 'error',
      comment: 'A new package gets a row in LAYERS first.',
      from: { path: '^(packages|apps)/[^/]+/src/', pathNot: folder(LAYERS.flat()) },
      to: {},
    },
    {
      name: 'no-cycle',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-reaching-in',
      severity: 'error',
      comment: 'Another package is imported by its name: a relative path would go round its exports.',
      from: { path: '^(packages|apps)/([^/]+)/' },
      to: { path: '^(packages|apps)/', pathNot: '^$1/$2/', dependencyTypes: ['local'] },
    },
    {
      name: 'formats-of-evidence-apart',
      severity: 'error',
      comment: 'One folder a format; what two formats share lies in shared/.',
      from: { path: '^packages/evidence/src/([^/]+)/', pathNot: '^packages/evidence/src/shared/' },
      to: { path: '^packages/evidence/src/[^/]+/', pathNot: '^packages/evidence/src/($1|shared)/' },
    },
    {
      name: 'shared-evidence-below-formats',
      severity: 'error',
      from: { path: '^packages/evidence/src/shared/' },
      to: { path: '^packages/evidence/src/', pathNot: '^packages/evidence/src/shared/' },
    },
    {
      name: 'embedded-reaches-server',
      severity: 'error',
      comment: 'Middleware and client install alone: not even by way of another package may they reach the server.',
      from: { path: folder(EMBEDDED) },
      to: { path: folder(SERVER), reachable: true },
    },
    {
      name: 'cli-takes-the-entry',
      severity: 'error',
      comment: 'Of the server the CLI takes its entries alone: the whole, and the making of folders.',
      from: { path: folder(['cli']) },
      to: { path: folder(['server']), pathNot: '^apps/server/src/(?:index|folder)\\.ts$' },
    },
    {
      name: 'cli-below-the-server',
      severity: 'error',
      comment: 'What the CLI needs of service, http and store comes through the server.',
      from: { path: folder(['cli']) },
      to: { path: folder(['service', 'http', 'store']) },
    },
    {
      name: 'no-effects',
      severity: 'error',
      comment: 'Trust, time and input come in as arguments here.',
      from: { path: PURE },
      to: { path: EFFECTS, dependencyTypes: ['core'] },
    },
    {
      name: 'portable',
      severity: 'error',
      comment: 'Wire formats, and configurations of platforms, also run where there is no Node.',
      from: { path: '^packages/(?:(?:tokens|pins)/src/wire|(?:formats|pin-configs)/src)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'sources-know-no-tests',
      severity: 'error',
      from: { path: '^(packages|apps)/[^/]+/src/' },
      to: { path: '(^tools/|^bench/|/test/)' },
    },
    {
      name: 'unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    // TypeScript 7 has no API for dependency-cruiser to use: without swc it would see no .ts file, and pass.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@assay/source', 'import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
};
