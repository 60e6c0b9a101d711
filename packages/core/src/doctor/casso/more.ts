/**
 * What only the command line asks: details that need nothing to be done, and what takes more than reading. The packages leave
 * it out.
 */
import { DELIVERY_PROBES } from './deliveries';
import { LIST_DETAILS } from './listDetails';
import { RECORD_DETAILS } from './recordDetails';
import { WEBHOOK_CHECKS } from './webhookChecks';
import { WRITE_PROBES } from './webhooks';

export const CASSO_MORE = {
	probes: [...LIST_DETAILS, ...RECORD_DETAILS, ...WRITE_PROBES, ...DELIVERY_PROBES],
	checks: WEBHOOK_CHECKS,
};
