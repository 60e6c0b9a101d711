/** Display names of Casso's parameters, for error messages: those that their names do not tell. */
import { nodeErrorsFor } from '@saoke/n8n-kit';

const DISPLAY_NAMES = {
	accountId: 'Account',
	accountScope: 'Accounts',
	accountNumber: 'Account',
	apiKey: 'API Key',
	bankBin: 'Bank BIN',
	baseUrl: 'Base URL',
	changedOnly: 'Only Orders Paid Now',
	code: 'Orders',
	description: 'Description Contains',
	fromDate: 'From',
	groupDeliveries: 'Group Deliveries That Arrive Together',
	incomeOnly: 'Only Money In',
	allowLegacy: 'Accept Legacy Deliveries',
	pickedAccounts: 'Account Names or IDs',
	registration: 'Webhook Setup',
	simple: 'Simplify',
	syncFirst: 'Sync Before Reading',
	toDate: 'To',
	transaction: 'Transactions',
	webhookCredential: 'Casso Webhook API',
	webhookUrl: 'Webhook URL',
	timesEndingInZ: 'Times Ending in Z',
};

/** Converts anything thrown to an n8n error; the third argument is the index of the input item, if there is one. */
export const toNodeError = nodeErrorsFor(DISPLAY_NAMES);
