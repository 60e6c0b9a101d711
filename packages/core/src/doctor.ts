/** The doctor: asks a service what its documentation leaves open. A separate entry, so that a bundle contains only what it uses. */
export type { AskOptions, Progress } from './doctor/asker';
export { CASSO_READ_PROBES, type CassoDoctorOptions, runCassoDoctor } from './doctor/casso';
export type { CassoExtras, ReceivedDelivery } from './doctor/casso/facts';
export { CASSO_MORE } from './doctor/casso/more';
export { printReport } from './doctor/print';
export type { AnyProbe, Report, ReportRow } from './doctor/report';
export { runSimplizeDoctor, SIMPLIZE_PROBES, type SimplizeDoctorOptions } from './doctor/simplize';
