/** The doctor: asks a service what its documentation leaves open. A separate entry, so that a bundle contains only what it uses. */
export type { Progress } from './doctor/asker';
export { type CassoDoctorOptions, runCassoDoctor } from './doctor/casso';
export type { CassoExtras, ReceivedDelivery } from './doctor/casso/facts';
export { CASSO_MORE } from './doctor/casso/more';
export type { Report, ReportRow } from './doctor/report';
