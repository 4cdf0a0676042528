export { type RunOrder, runBattery } from './battery.ts';
export type {
  Forge,
  Launch,
  LaunchOrder,
  OfferPins,
  Place,
  Progress,
  ReportEndpoint,
  RunPorts,
  RunWay,
  StageSettings,
} from './ports.ts';
export { openReportEndpoint } from './report-endpoint.ts';
