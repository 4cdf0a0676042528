export { type Budgets, DEFAULT_BUDGETS } from './admission/admission.ts';
export { createOperatorApp, type OperatorAppOptions } from './operator/app.ts';
export { createMetrics, type Metrics } from './operator/metrics.ts';
export { createPublicApp, PROTOCOL_VERSION, type PublicAppOptions } from './public/app.ts';
export type { Readiness, ReadinessCheck } from './public/health.ts';
