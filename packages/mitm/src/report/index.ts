export { type Baseline, type Comparison, compareBaseline, parseBaseline } from './baseline.ts';
export { differencesOf } from './differences.ts';
export { toHtml } from './html/page.ts';
export { toJson } from './json.ts';
export { toJunit } from './junit.ts';
export { type SarifOptions, toSarif } from './sarif.ts';
export { ARRIVED, type Conclusion, conclusionOf, type Excuse, outcomeWordOf } from './words.ts';
