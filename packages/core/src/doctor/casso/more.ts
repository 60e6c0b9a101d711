/** What the command line offers beyond reading; a bundle that only reads leaves it out. */
import { DELIVERY_CHECKS, DELIVERY_PROBES } from './deliveries';
import { WRITE_PROBES } from './webhooks';

export const CASSO_MORE = { probes: [...WRITE_PROBES, ...DELIVERY_PROBES], checks: DELIVERY_CHECKS };
