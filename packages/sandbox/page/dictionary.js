/** Every text of the page, by key: English, Vietnamese. */
import { deliveriesTexts } from './texts/deliveries.js';
import { faultTexts } from './texts/faults.js';
import { frameTexts } from './texts/frame.js';
import { servicesTexts } from './texts/services.js';
import { switchTexts } from './texts/switches.js';
import { transactionsTexts } from './texts/transactions.js';
import { webhooksTexts } from './texts/webhooks.js';

/** @type {Record<string, [english: string, vietnamese: string]>} */
export const dictionary = {
	...frameTexts,
	...transactionsTexts,
	...webhooksTexts,
	...deliveriesTexts,
	...servicesTexts,
	...faultTexts,
	...switchTexts,
};
