export { type Budgets, DEFAULT_BUDGETS } from './admission/admission.ts';
export { type ConnectionLimits, DEFAULT_CONNECTIONS } from './admission/connections.ts';
export { DEFAULT_TIMEOUTS, PROTOCOL_VERSION, type Timeouts } from './listener.ts';
export { HIDDEN } from './openapi.ts';
export { createOperatorApp, type OperatorAppOptions } from './operator/app.ts';
export { createMetrics, type Metrics, type Sample } from './operator/metrics.ts';
export { createPublicApp, type PublicAppOptions } from './public/app.ts';
export type { Readiness, ReadinessCheck } from './public/health.ts';
export { HTTP_REASONS } from './reasons.ts';
